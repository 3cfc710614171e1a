"""A right to the past ends by itself in the browser, with nobody left to tell it."""

import json
import time

import pytest
from playwright.sync_api import expect

pytestmark = [pytest.mark.sockets, pytest.mark.system, pytest.mark.long]
US = 1_000_000


def test_a_paused_picture_goes_when_its_right_ends_although_the_server_is_away(desk, node):
    page = desk.page
    page.trap.allow("ERR_FAILED|ERR_INTERNET_DISCONNECTED|events")
    ends_us = (time.time_ns() // 1000) + 20 * US

    def shortened(route):
        """What the server says, with a right that ends soon: the shortest that can be granted lasts a day."""
        answer = route.fetch()
        body = answer.json()
        for camera in body["cameras"]:
            if camera["playback"]:
                camera["playback"]["until_us"] = ends_us
        route.fulfill(response=answer, body=json.dumps(body))

    page.route("**/api/v1/cameras", shortened)
    page.route("**/api/v1/events", lambda route: route.abort())
    desk.open([2], time.time_ns() // 1000 - 6 * US)
    desk.wait_for(2, "video", 10_000)
    assert desk.picture_times_us().get(2)
    page.context.set_offline(True)
    desk.wait_for(2, "refused", 25_000)
    assert time.time_ns() // 1000 >= ends_us - US
    expect(desk.tile(2)).to_contain_text("Yetkiniz sona erdi")
    assert desk.tile(2).locator("video").evaluate("(video) => video.readyState") == 0
    assert desk.tile(2).locator("canvas").evaluate("(canvas) => canvas.width") == 0
