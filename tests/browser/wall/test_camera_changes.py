"""A camera that is set up anew while somebody watches it."""

import time

import pytest
from node_processes import WATCHER
from playwright.sync_api import expect
from wall_page import Wall

pytestmark = [pytest.mark.sockets, pytest.mark.system, pytest.mark.long]
CHANGED = (41, 42)  # the spot, which comes by WebRTC, with one beside it, which comes by Media Source
USUAL = {"sub": (640, 360), "main": (960, 540)}
SMALLER = {"sub": (480, 270), "main": (800, 450)}
BACK_S = 20.0
# The server says that WebRTC cannot carry the stream: when it is asked for, or why it has ended.
REFUSALS = r"status of 422 .*/whep|status of 410 .*/live/sessions/"
H265 = 'video/mp4; codecs="hvc1.1.6.L93.B0"'


@pytest.fixture(scope="module")
def encode(node, spare_cameras):
    """Have both cameras encode otherwise, in the end not at all."""

    def order(codec, sizes):
        for number in CHANGED:
            for stream, (width, height) in sizes.items():
                how = {"stream": stream, "codec": codec, "width": width, "height": height}
                node.order("encode", spare_cameras[number], **how)
        return time.time_ns() // 1000

    yield order
    for number in CHANGED:
        node.vms("camera", "remove", number)


def wait_for_pictures_after(wall, since_us):
    wall.wait_until_moving(CHANGED, BACK_S, since_us)
    wall.wait_until_live(CHANGED)


def test_a_picture_that_changes_its_size_goes_on_by_itself(open_page, encode):
    wall = Wall(open_page(WATCHER))
    wall.wait_until_live(CHANGED, 30_000)
    wait_for_pictures_after(wall, encode("h264", SMALLER))
    for number in CHANGED:
        expect(wall.video(number)).to_have_js_property("videoWidth", SMALLER["sub"][0])


def test_h265_is_played_where_the_browser_can_and_said_where_it_cannot(open_page, encode):
    wall = Wall(open_page(WATCHER))
    wall.page.trap.allow(REFUSALS)
    wall.wait_until_live(CHANGED, 30_000)
    changed_us = encode("h265", USUAL)
    if wall.page.evaluate("(type) => MediaSource.isTypeSupported(type)", H265):
        wait_for_pictures_after(wall, changed_us)
    else:
        for number in CHANGED:
            wall.wait_for(number, "codec", BACK_S * 1000)
            assert wall.has_no_picture(number)
            expect(wall.tile(number)).to_contain_text("Bu tarayıcı görüntüyü açamıyor")
            expect(wall.tile(number)).to_contain_text("H.264")
    wait_for_pictures_after(wall, encode("h264", USUAL))
