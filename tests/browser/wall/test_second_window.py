"""Windows that nobody operates: a spot that follows another window, a wall on its own."""

import time

import pytest
from node_processes import ADMINISTRATOR, PLACES
from playwright.sync_api import expect
from wall_page import Wall

pytestmark = [pytest.mark.sockets, pytest.mark.system, pytest.mark.long]
NUMBERS = [place.number for place in PLACES]
BACK_S = 40.0
# Live sessions are unknown to the new process.
UNREACHABLE = r"net::ERR_|status of 50[234]|WebSocket connection|status of 404 .*/live/sessions/"


def opened_by(wall, item):
    """The window that an item of the screen menu opens."""
    wall.page.get_by_role("button", name="Ekran", exact=True).click()
    with wall.page.expect_popup() as opened:
        wall.page.get_by_role("button", name=item).click()
    return Wall(opened.value)


def test_a_spot_window_shows_what_is_selected_in_the_wall(wall):
    wall.wait_until_live(NUMBERS)
    wall.cell(1).click()
    spot = opened_by(wall, "Odak penceresi aç")
    for cell in (1, 3):
        wall.cell(cell).click()
        number = wall.cameras()[cell]
        expect(spot.tile(number)).to_be_visible()
        spot.wait_until_live([number])
        spot.wait_until_moving([number])
        assert spot.cameras() == [number]
    spot.page.reload()
    spot.wait_until_live([number])


def test_a_wall_on_its_own_comes_back_after_the_server(open_page, saved_view, node):
    wall = Wall(open_page(ADMINISTRATOR, saved_view))
    wall.page.trap.allow(UNREACHABLE)
    wall.wait_until_live(NUMBERS)
    wall.page.evaluate("globalThis.isSamePage = true")
    killed_us = time.time_ns() // 1000
    node.kill("web")
    wall.wait_until_moving(NUMBERS, BACK_S, killed_us)
    wall.wait_until_live(NUMBERS)
    assert wall.page.evaluate("globalThis.isSamePage")
    expect(wall.page.get_by_text("Sunucuya ulaşılamıyor")).to_have_count(0, timeout=BACK_S * 1000)
    assert wall.page.get_by_role("button").count() == 0
