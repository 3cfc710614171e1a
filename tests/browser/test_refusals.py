"""What a person may not see, said in a way that helps and gives nothing away."""

import re

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


def test_the_past_of_a_camera_cannot_be_fetched_by_address(open_page, api, node):
    page = open_page(GUARD, "/help")
    camera_id = api(page).cameras()[2]["id"]
    answer = page.request.get(f"{node.address}/api/v1/playback/{camera_id}/frame.jpg?at=1&width=320")
    assert (answer.status, answer.json()["code"]) == (403, "playback_needs_olur")
