"""What a tile shows when the server's clock is set back, or when there is nothing to begin a picture with."""

import json
import time

import pytest
from node_processes import ADMINISTRATOR, wait_until
from playwright.sync_api import expect
from wall_page import Wall

pytestmark = [pytest.mark.sockets, pytest.mark.system]
NUMBER = 3  # around the spot: it comes by Media Source
HOUR_90K = 3_600 * 90_000
LONGEST_MS = 2_500  # to the next key frame, with what a busy machine takes


class Relay:
    """Between a page and the server's WebSockets: says what a server says whose clock is set back by an hour."""

    def __init__(self, page):
        self.opened = 0
        self.is_set_back = False
        page.route_web_socket("**/live/*/mse*", self._open)

    def _open(self, socket):
        self.opened += 1
        server = socket.connect_to_server()
        head = []  # the format, then its init segment
        has_begun_anew = False

        def pass_on(message):
            nonlocal has_begun_anew
            if isinstance(message, str):
                if json.loads(message)["type"] == "format":
                    head[:] = [message]
            elif len(head) == 1:
                head.append(message)
            elif self.is_set_back:
                if not has_begun_anew:
                    has_begun_anew = True
                    socket.send(json.dumps({"type": "discontinuity", "reason": "new_time_line"}))
                    for part in head:
                        socket.send(part)
                message = earlier(message, HOUR_90K)
            socket.send(message)

        server.on_message(pass_on)


def earlier(fragment, by_90k):
    """A fragment whose decode time (tfdt, ISO/IEC 14496-12 §8.8.12) lies earlier."""
    at = fragment.index(b"tfdt") + 8
    start_90k = int.from_bytes(fragment[at : at + 8], "big")
    return fragment[:at] + (start_90k - by_90k).to_bytes(8, "big") + fragment[at + 8 :]


@pytest.mark.proves("D-1.3b")
def test_a_tile_goes_on_when_the_servers_clock_is_set_back_by_an_hour(open_page):
    page = open_page(ADMINISTRATOR, "/help")
    relay = Relay(page)
    page.goto(page.url.replace("/help", "/live"))
    wall = Wall(page)
    wall.wait_until_live([NUMBER])
    wall.wait_for_seconds_of(NUMBER, 3)  # a wall that plays, not one that still chooses its streams
    opened = relay.opened
    seen = wall.watch_frames(NUMBER)
    relay.is_set_back = True
    set_us = time.time_ns() // 1000
    wait_until(lambda: wall.video(NUMBER).evaluate("(video) => video.currentTime") < set_us / 1e6 - 3_000, 10, "a jump")
    wall.wait_until_moving([NUMBER], since_us=set_us)
    wall.wait_for(NUMBER, "live", 500)
    assert seen.evaluate("(seen) => seen.longest_ms") < LONGEST_MS
    assert relay.opened == opened


def test_a_camera_without_key_frames_is_not_called_silent(open_page):
    page = open_page(ADMINISTRATOR, "/help")
    page.route_web_socket(
        "**/live/*/mse*", lambda socket: socket.send('{"type": "waiting", "code": "no_key_frame", "detail": ""}')
    )
    page.goto(page.url.replace("/help", "/live"))
    wall = Wall(page)
    wall.wait_for(NUMBER, "no_picture")
    expect(wall.tile(NUMBER)).to_contain_text("Kamera anahtar kare göndermiyor; görüntü ilk anahtar kareyle açılır.")
