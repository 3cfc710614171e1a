"""Processes that die under the eyes of a viewer."""

import time

import pytest
from node_processes import PLACES
from playwright.sync_api import expect

pytestmark = [pytest.mark.sockets, pytest.mark.system, pytest.mark.long]
NUMBERS = [place.number for place in PLACES]
BACK_MS = 40_000
# Live sessions are unknown to the new process.
UNREACHABLE = r"net::ERR_|status of 50[234]|WebSocket connection|status of 404 .*/live/sessions/"


def wait_for_pictures_after(wall, since_us):
    """Until every tile shows something that was filmed after a moment."""
    wall.wait_until_moving(NUMBERS, BACK_MS / 1000, since_us)
    wall.wait_until_live(NUMBERS)


@pytest.mark.proves("D-1.3b")
def test_tiles_come_back_when_the_recorder_was_killed(wall, node):
    wall.page.trap.allow(UNREACHABLE)
    wall.wait_until_live(NUMBERS)
    killed_us = time.time_ns() // 1000
    node.kill("recorder")
    wait_for_pictures_after(wall, killed_us)
    assert wall.page.locator("[data-state='tampered']").count() == 0


def test_the_page_comes_back_with_what_was_typed_when_the_web_was_killed(wall, node):
    page = wall.page
    page.trap.allow(UNREACHABLE)
    wall.wait_until_live(NUMBERS)
    page.get_by_role("textbox", name="Kamera ara").fill("ışık")
    page.get_by_role("button", name="Görünüm", exact=True).click()
    page.get_by_role("menuitem", name="Görünümü sakla").click()
    name = page.get_by_role("dialog").get_by_role("textbox")
    name.fill("Yarım kalan görünüm")
    killed_us = time.time_ns() // 1000
    node.kill("web")
    node.wait_for_web()
    wait_for_pictures_after(wall, killed_us)
    assert name.input_value() == "Yarım kalan görünüm"
    name.press("Enter")
    expect(page.get_by_role("dialog")).to_have_count(0, timeout=20_000)
    expect(page.get_by_role("button", name="Yarım kalan görünüm")).to_be_visible()
    assert page.get_by_role("textbox", name="Kamera ara").input_value() == "ışık"
    expect(page.get_by_text("Sunucuya ulaşılamıyor")).to_have_count(0, timeout=BACK_MS)
