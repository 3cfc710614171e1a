"""A viewer at the end of a bad line."""

import time

import pytest
from node_processes import ADMINISTRATOR, PLACES, wait_until
from playwright.sync_api import expect
from wall_page import Wall

pytestmark = [pytest.mark.sockets, pytest.mark.system, pytest.mark.long]
NUMBERS = [place.number for place in PLACES]
SPOT = 2
LOSS = 0.05
WATCHED_S = 5.0
FROZEN_MS = 1_000
# Every connection the page makes, so that its figures can be asked for.
KEPT_PEERS = """{
  const Real = RTCPeerConnection;
  globalThis.peers = [];
  globalThis.RTCPeerConnection = class extends Real {
    constructor(...given) { super(...given); globalThis.peers.push(this); }
  };
}"""
NARROW_KBIT_PER_S = 600
BLACK_MS = 1_000
RECEIVED = """async () => {
  const open = globalThis.peers.filter((peer) => peer.connectionState === 'connected');
  const reports = await Promise.all(open.map((peer) => peer.getStats()));
  return reports.flatMap((report) => [...report.values()].filter((one) => one.type === 'inbound-rtp'));
}"""


@pytest.fixture
def wall_behind(line, open_page):
    """The administrator's wall at the end of `line`."""
    return Wall(open_page(ADMINISTRATOR, script=KEPT_PEERS, line=line))


def enlarge(wall, number):
    wall.tile(number).dblclick()
    expect(wall.video(number)).to_have_attribute("data-stream", "main", timeout=10_000)


def test_one_datagram_in_twenty_is_lost_and_nobody_sees_it(wall_behind, line):
    wall = wall_behind
    wall.wait_until_live(NUMBERS)
    enlarge(wall, SPOT)
    line.loss = LOSS
    line.datagrams = line.lost = 0
    seen = wall.watch_frames(SPOT)
    began_s = time.monotonic()
    wait_until(lambda: time.monotonic() - began_s > WATCHED_S and wall.picture_us(SPOT), what="time passes")
    longest_ms, frames = seen.evaluate("(seen) => [seen.longest_ms, seen.frames]")
    (received,) = wall.page.evaluate(RECEIVED)
    assert line.lost / line.datagrams == pytest.approx(LOSS, abs=0.03)
    assert received["nackCount"] > 0
    assert received["retransmittedPacketsReceived"] > 0
    assert longest_ms < FROZEN_MS
    assert frames > WATCHED_S * 10 * 0.8
    wall.wait_until_live([SPOT], 500)


def test_an_enlarged_picture_goes_back_to_the_sub_stream_on_a_narrow_line(wall_behind, line):
    wall = wall_behind
    wall.wait_until_live(NUMBERS)
    enlarge(wall, SPOT)
    seen = wall.watch_frames(SPOT)
    line.kbit_per_s = NARROW_KBIT_PER_S
    expect(wall.video(SPOT)).to_have_attribute("data-stream", "sub", timeout=15_000)
    wall.wait_until_moving([SPOT])
    wall.wait_for(SPOT, "live")
    assert seen.evaluate("(seen) => seen.black_ms") <= BLACK_MS
