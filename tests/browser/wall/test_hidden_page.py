"""A page that nobody can see."""

import time

import pytest
from node_processes import ADMINISTRATOR, PLACES
from playwright.sync_api import expect
from wall_page import Wall

pytestmark = [pytest.mark.sockets, pytest.mark.system]
NUMBERS = [place.number for place in PLACES]
GRACE_MS = 30_000
# A headless browser never says by itself that its pages are hidden.
HIDING = """
globalThis.isHidden = false;
Object.defineProperty(Document.prototype, 'hidden', { get: () => globalThis.isHidden });
Object.defineProperty(Document.prototype, 'visibilityState', {
  get: () => (globalThis.isHidden ? 'hidden' : 'visible'),
});
globalThis.hide = (isHidden) => {
  globalThis.isHidden = isHidden;
  document.dispatchEvent(new Event('visibilitychange'));
};"""


@pytest.fixture
def open_timed(open_page):
    """Factory of walls in pages whose clock can be put forward, with the WebSockets they have opened."""

    def open_(path):
        page = open_page(ADMINISTRATOR, "/help", script=HIDING, spot_of=ADMINISTRATOR)
        page.clock.install()
        lines = []
        page.on("websocket", lambda line: lines.append(line))  # noqa: PLW0108 - Playwright marks what it is given
        page.goto(page.url.replace("/help", path))
        return Wall(page), lines

    return open_


def test_tiles_rest_while_nobody_can_see_them_and_show_now_when_somebody_can(open_timed):
    wall, lines = open_timed("/live")
    page = wall.page
    wall.wait_until_live(NUMBERS)
    opened = len(lines)
    seen = wall.watch_frames(NUMBERS[0])
    page.evaluate("hide(true)")
    wall.wait_for_seconds_of(NUMBERS[0], 2)
    page.evaluate("hide(false)")  # somebody who looked into another tab for a moment finds the wall as it was
    wall.wait_until_live(NUMBERS, 100)
    assert seen.evaluate("(seen) => seen.black_ms") < 100
    assert len(lines) == opened
    page.evaluate("hide(true)")
    with page.expect_request(lambda request: request.method == "DELETE" and "/live/sessions/" in request.url):
        page.clock.fast_forward(GRACE_MS)
    for number in NUMBERS:
        wall.wait_for(number, "stopped", 2_000)
        expect(wall.tile(number)).to_contain_text("Duraklatıldı")
    expect(page.locator("video")).to_have_count(0)
    assert all(line.is_closed() for line in lines)
    shown_us = time.time_ns() // 1000
    page.evaluate("hide(false)")
    wall.wait_until_live(NUMBERS)
    wall.wait_until_moving(NUMBERS, since_us=shown_us)


def test_a_wall_on_its_own_never_rests(open_timed, saved_view):
    wall, _ = open_timed(saved_view)
    wall.wait_until_live(NUMBERS)
    wall.page.evaluate("hide(true)")
    wall.page.clock.fast_forward(2 * GRACE_MS)
    hidden_us = time.time_ns() // 1000
    wall.wait_until_moving(NUMBERS, since_us=hidden_us)
    wall.wait_until_live(NUMBERS)
