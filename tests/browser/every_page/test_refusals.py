"""What a person may not see, said in a way that helps and gives nothing away."""

import json
import re
import time

import pytest
from node_processes import ADMINISTRATOR, GUARD, GUARDED
from playwright.sync_api import expect
from wall_page import Wall

pytestmark = [pytest.mark.sockets, pytest.mark.system]
UNKNOWN = "01a1fc86-0000-7000-8000-000000000000"


@pytest.mark.proves("D-11.4b")
def test_a_guard_learns_which_paper_playback_needs(open_page):
    page = open_page(GUARD, "/playback")
    refusal = page.locator("[data-refusal='playback_needs_olur']")
    expect(refusal).to_contain_text("Başkanlık Oluru")
    expect(refusal.get_by_role("listitem")).to_have_count(4)
    refusal.get_by_role("link").click()
    Wall(page).wait_until_live(GUARDED)


def test_a_camera_of_others_answers_as_one_that_is_not_there(open_page, api, node):
    foreign = api(open_page(ADMINISTRATOR, "/help")).cameras()[14]["id"]
    texts = []
    for camera_id in (foreign, UNKNOWN):
        page = open_page(GUARD, f"/live?camera={camera_id}")
        wall = Wall(page)
        wall.wait_until_live([127, 3])
        expect(page.get_by_text("Yetki dışı")).to_have_count(1)
        texts.append(re.sub(r"\d\d:\d\d(:\d\d)?|\d+,\d sn", "", wall.cell(0).inner_text()))
        answer = page.request.get(f"{node.address}/api/v1/live/{camera_id}/snapshot.jpg")
        problem = answer.json()
        texts.append((answer.status, problem["code"], problem["detail"]))
    assert texts[:2] == texts[2:]
    assert texts[1][0] in {403, 404}


@pytest.mark.proves("D-11.1a", "edge-82")
def test_half_a_minute_ago_is_reached_by_no_key_and_no_address_and_the_attempt_is_logged(open_page, api, node):
    page = open_page(GUARD, "/playback")
    expect(page.locator("[data-refusal='playback_needs_olur']")).to_be_visible()
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    for key in ("ArrowLeft", "Shift+ArrowLeft", "j", "k", ",", "Home"):
        page.keyboard.press(key)
    camera = api(page).cameras()[3]
    ago_us = time.time_ns() // 1000 - 30_000_000
    for rest in (f"index.m3u8?start={ago_us}&end={ago_us + 10_000_000}", f"frame.jpg?at={ago_us}&width=320"):
        answer = page.request.get(f"{node.address}/api/v1/playback/{camera['id']}/{rest}")
        assert (answer.status, answer.json()["code"]) == (403, "playback_needs_olur")
    assert [url for url in asked if "/api/v1/playback/" in url] == []
    told = json.loads(
        node.vms("audit", "list", "--act", "view_refused", "--person", GUARD.name, "--camera", 3, "--json")
    )
    assert (told[-1]["outcome"], told[-1]["mode"]) == ("playback_needs_olur", "playback")
