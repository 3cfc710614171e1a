"""A picture that is not now never looks like one."""

import re
import time

import pytest
from node_processes import ADMINISTRATOR, GUARD, GUARDED, PLACES, Person, Place
from playwright.sync_api import expect
from wall_page import Wall, sign_in

pytestmark = [pytest.mark.sockets, pytest.mark.system]
NUMBERS = [place.number for place in PLACES]
WATCHER_OF_TEN = Person("onlu", "Kopru-lambasi-1958", "guard", "Nermin Kaya")
SILENT = (2, 3)  # the spot, which comes by WebRTC, with one of those around it, which come by Media Source
SILENT_INDEXES = [index for index, place in enumerate(PLACES) if place.number in SILENT]
# Three and ten seconds without a new frame, with what was on its way, half a second of looking and a busy machine.
FROZEN_S, DARK_S = 5.0, 12.0
CLOSED_MS = 5_000
OTHER_PASSWORD = "Baska-bir-parola-77"
HOUR_MS = 3_600_000
# What a machine says whose clock is an hour ahead; what measures durations (performance.now) is not set by anybody.
WRONG_CLOCK = f"""(() => {{
  const Real = Date;
  const shift = {HOUR_MS};
  class Wrong extends Real {{
    constructor(...given) {{ super(...(given.length ? given : [Real.now() + shift])); }}
    static now() {{ return Real.now() + shift; }}
  }}
  globalThis.Date = Wrong;
}})();"""


@pytest.fixture
def silence(node):
    """Make two cameras send nothing; they speak again afterwards."""

    def order(do, **more):
        for index in SILENT_INDEXES:
            node.order(do, index, **more)
        return time.monotonic()

    yield lambda: order("set", fault="silent")
    order("clear")


@pytest.mark.long
@pytest.mark.proves("edge-100")
def test_a_camera_that_falls_silent_stops_its_clock_then_goes_dark(wall, silence):
    wall.wait_until_live(NUMBERS)
    for number in SILENT:
        wall.wait_for_seconds_of(number, 3)  # a wall that plays, not one that still chooses its streams
    silent_since_s = silence()
    wall.wait_for(SILENT[0], "frozen", 6_000)
    expect(wall.tile(SILENT[0])).to_contain_text("Donuk görüntü")
    for number in SILENT[1:]:  # here the server says by itself that the camera sends nothing
        expect(wall.tile(number)).to_have_attribute("data-state", re.compile("frozen|no_picture"), timeout=2_000)
    frozen_after_s = time.monotonic() - silent_since_s
    stopped = [wall.clock(number) for number in SILENT]
    for number in SILENT:
        wall.wait_for(number, "no_picture", 10_000)
    dark_after_s = time.monotonic() - silent_since_s
    assert [wall.clock(number) for number in SILENT] == stopped
    assert frozen_after_s <= FROZEN_S
    assert dark_after_s <= DARK_S
    for number in SILENT:
        assert wall.has_no_picture(number)
        expect(wall.tile(number)).to_contain_text("Görüntü yok")
        expect(wall.tile(number)).to_contain_text("Son kare")
    for number in set(NUMBERS) - set(SILENT):
        wall.wait_for(number, "live", 100)


def test_a_camera_that_was_silent_comes_back_by_itself(wall):
    wall.wait_until_live(SILENT, 40_000)
    wall.wait_until_moving(SILENT)


def test_a_viewer_whose_clock_is_an_hour_wrong_sees_now(open_page):
    wall = Wall(open_page(ADMINISTRATOR, script=WRONG_CLOCK))
    wall.wait_until_live(NUMBERS)
    times = wall.wait_until_moving(NUMBERS)
    for number in NUMBERS:
        wall.wait_for(number, "live", 100)
    now_us = time.time_ns() // 1000
    assert all(now_us - shown[-1] < 5_000_000 for shown in times.values())
    shown = wall.clock(2)
    expected = {time.strftime("%H:%M:%S", time.gmtime(now_us / 1e6 + 3 * 3600 - late_s)) for late_s in range(-1, 6)}
    assert shown in expected  # Turkey is three hours ahead of UTC


def test_a_right_that_is_revoked_closes_its_tile_and_no_other(guard_wall, node):
    guard_wall.wait_until_live(GUARDED)
    guard_wall.wait_for_seconds_of(3, 3)  # the server has looked at this person's rights meanwhile
    node.revoke(GUARD, 2)
    try:
        expect(guard_wall.tile(2)).to_have_count(0, timeout=CLOSED_MS)
        expect(guard_wall.page.get_by_text("Yetki dışı")).to_have_count(1)
        guard_wall.wait_until_moving([127, 3])
    finally:
        node.allow(GUARD, [2])
    guard_wall.wait_for(2, "live", 20_000)


def test_a_session_that_the_server_ends_clears_the_pictures_before_it_asks(open_page, node):
    wall = Wall(open_page(None, "/sign-in"))
    wall.page.trap.allow(r"status of 401 ")
    sign_in(wall.page, node.address, GUARD)
    wall.wait_until_live(GUARDED)
    node.vms("user", "password", GUARD.name, "--no-must-change", "--password-stdin", text=OTHER_PASSWORD)
    try:
        dialog = wall.page.get_by_role("dialog", name="Oturumunuz sona erdi")
        expect(dialog).to_be_visible(timeout=CLOSED_MS)
        assert wall.page.locator("video").count() == 0
        dialog.get_by_label("Parola", exact=True).fill(OTHER_PASSWORD)
        dialog.get_by_role("button", name="Giriş yap").click()
        expect(dialog).to_have_count(0)
        wall.wait_until_live(GUARDED, 20_000)
    finally:
        node.vms("user", "password", GUARD.name, "--no-must-change", "--password-stdin", text=GUARD.password)


@pytest.fixture
def ten_cameras(node):
    """Numbers of ten cameras that somebody may watch: those of the node, and six more of the same streams."""
    more = [Place(51 + index, f"Köprü {index + 1}", "Köprüler") for index in range(10 - len(PLACES))]
    for index, place in enumerate(more):
        node.register(index % len(PLACES), place)
    node.admit(WATCHER_OF_TEN)
    numbers = [*NUMBERS, *(place.number for place in more)]
    node.allow(WATCHER_OF_TEN, numbers)
    yield numbers
    for place in more:
        node.vms("camera", "remove", place.number)


@pytest.mark.long
def test_a_session_that_ends_while_ten_tiles_play_leaves_none_of_their_pictures(open_page, node, ten_cameras):
    wall = Wall(open_page(None, "/sign-in"))
    wall.page.trap.allow(r"status of 401 ")
    sign_in(wall.page, node.address, WATCHER_OF_TEN)
    wall.page.get_by_role("button", name="Yerleşim: 1 + 5").click()
    wall.page.get_by_role("menuitem", name="4×4", exact=True).click()
    shown = [number for number in ten_cameras if wall.tile(number).count()]
    for cell, number in enumerate((number for number in ten_cameras if number not in shown), len(shown)):
        wall.cell(cell).focus()
        wall.page.keyboard.type(f"{number}\n")
    wall.wait_until_live(ten_cameras, 40_000)
    node.vms("user", "disable", WATCHER_OF_TEN.name)
    expect(wall.page.locator("video")).to_have_count(0, timeout=CLOSED_MS)
    expect(wall.page.get_by_role("dialog", name="Oturumunuz sona erdi")).to_be_visible()
