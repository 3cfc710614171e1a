"""Many viewers at once, among them some that do not read what they asked for."""

import socket
from contextlib import ExitStack

import pytest
from node_processes import ADMINISTRATOR, MAX_VIEWERS, PLACES
from playwright.sync_api import expect
from wall_page import Wall

pytestmark = [pytest.mark.sockets, pytest.mark.system, pytest.mark.long]
NUMBERS = [place.number for place in PLACES]
SPOT = 2
FROZEN_MS = 1_000
LONGEST_WAIT_MS = 46_000  # a tile that was refused asks again within this time
_ASKS = (
    "GET /api/v1/live/{camera_id}/mse?stream=main HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nCookie: {cookie}\r\n"
    "Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"
    "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n"
)


@pytest.fixture
def idle_viewers(node, signed_in_state):
    """`idle_viewers(camera_id, count)`: so many open its stream and read nothing but the server's consent."""
    cookie = "; ".join(f"{one['name']}={one['value']}" for one in signed_in_state(ADMINISTRATOR)["cookies"])
    with ExitStack() as doors:

        def come(camera_id, count):
            for _ in range(count):
                door = doors.enter_context(socket.create_connection(("127.0.0.1", node.port), 10))
                door.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
                door.sendall(_ASKS.format(camera_id=camera_id, port=node.port, cookie=cookie).encode())
                assert door.recv(12) == b"HTTP/1.1 101"

        come.go = doors.close
        yield come


def test_viewers_that_do_not_read_hold_nobody_up_and_a_full_server_says_so(wall, open_page, api, idle_viewers):
    wall.wait_until_live(NUMBERS)
    seen = wall.watch_frames(SPOT)
    idle_viewers(api(wall.page).cameras()[SPOT]["id"], MAX_VIEWERS - len(NUMBERS))
    late = open_page(ADMINISTRATOR, "/help")
    late.trap.allow(r"status of 503 .*/whep")
    late.clock.install()
    late.goto(f"{api(late).host}/live")
    refused = Wall(late)
    for number in NUMBERS:
        refused.wait_for(number, "server_full")
        expect(refused.tile(number)).to_contain_text("Sunucu dolu")
        assert refused.has_no_picture(number)
    wall.wait_until_moving(NUMBERS)
    assert seen.evaluate("(seen) => seen.longest_ms") < FROZEN_MS
    idle_viewers.go()
    late.clock.fast_forward(LONGEST_WAIT_MS)
    refused.wait_until_live(NUMBERS)
