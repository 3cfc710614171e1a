"""A guard's shift begins by keys alone: from the sign-in page to the post's pictures, and to no others."""

import json
import re
import time

import pytest
from keyboard import Keys
from node_processes import GUARD, GUARDED
from playwright.sync_api import expect
from wall_page import Wall

pytestmark = [pytest.mark.sockets, pytest.mark.system]
PLAYS_WITHIN_S = 2.0
OTHERS, UNKNOWN = 14, 999
BESIDE = (3, 127)  # the guard's cameras beside one that was called into the first cell
UNKNOWN_ID = "01a1fc86-0000-7000-8000-000000000000"
MOVING = re.compile(r"\d\d:\d\d(:\d\d)?|\d+,\d sn")


@pytest.mark.proves("D-6.1", "D-11.1a", "edge-82")
def test_the_post_plays_within_two_seconds_of_its_wall_and_other_cameras_are_unknown(open_page, node):
    page = open_page(None, "/sign-in")
    began_s = time.monotonic()
    page.reload()
    expect(page.locator("input[name=username]")).to_be_focused()
    page_s = time.monotonic() - began_s  # what a page without pictures takes here now
    keys, wall = Keys(page), Wall(page)
    keys.sign_in(GUARD)
    expect(wall.grid).to_be_visible()
    began_s = time.monotonic()
    wall.wait_until_live(GUARDED)
    assert time.monotonic() - began_s < PLAYS_WITHIN_S + page_s
    assert sorted(wall.cameras()) == sorted(GUARDED)

    keys.reach(wall.cell(0))
    texts = []
    for number in (OTHERS, UNKNOWN):
        for digit in str(number):
            keys.press(digit)
        keys.press("Enter")
        told = page.get_by_text(f"Bu numarada kamera yok: {number}")
        expect(told).to_be_visible()
        texts.append(told.inner_text().replace(str(number), ""))
    assert texts[0] == texts[1]
    assert sorted(wall.cameras()) == sorted(GUARDED)
    keys.press("Enter")
    expect(wall.grid).to_have_attribute("data-zoomed", "true")
    keys.press("Escape")
    expect(wall.grid).to_have_attribute("data-zoomed", "false")
    expect(wall.cell(0)).to_be_focused()

    ids = {camera["number"]: camera["id"] for camera in json.loads(node.vms("camera", "list", "--json"))}
    cells = []
    for camera_id in (ids[OTHERS], UNKNOWN_ID):
        page.goto(f"{node.address}/live?camera={camera_id}")  # typed where addresses are typed
        wall.wait_until_live(BESIDE)
        expect(wall.cell(0)).to_contain_text("Yetki dışı")
        keys.reach(wall.cell(1))
        keys.press("ArrowLeft")
        expect(wall.cell(0)).to_be_focused()
        cells.append(MOVING.sub("", wall.cell(0).inner_text()))
    assert cells[0] == cells[1]
    for number in BESIDE:  # Tab gets to the buttons of a tile, and past them
        keys.reach(wall.tile(number).get_by_role("button").last)
    keys.reach(wall.grid.locator("[data-selected=true]"), "Shift+Tab")
    keys.reach(page.get_by_role("link", name="Yardım", exact=True), "Shift+Tab")
