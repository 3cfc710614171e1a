"""A camera that is live only is recorded on demand: a real recorder, one unbroken run through every switch."""

import json
import sqlite3
import time
from datetime import datetime, timedelta

import pytest
from footage_evidence import files_of, read_rows, unplayable
from live_node import Cameras, Node

from vms.cameras.status import CameraState
from vms.kernel.days import ZONE

pytestmark = [pytest.mark.sockets, pytest.mark.system, pytest.mark.long]

LATE_US = 10_000_000  # the most by which a beginning or an end is late
NEXT_LOOK_US = 7_000_000  # longer than a recorder waits before it looks at its cameras again


class Outpost:
    """A camera of another unit; `vms(words…)` is the command line."""

    def __init__(self, node, vms_once):
        self.node, self._vms_once = node, vms_once

    def vms(self, *words):
        code, out, err = self._vms_once("camera", *words, "--data", self.node.data)
        assert code == 0, out + err
        return out

    def order(self, reason):
        tomorrow = f"{datetime.now(ZONE) + timedelta(days=1):%Y-%m-%d}"
        self.vms("central", "order", 1, "--until", tomorrow, "--reason", reason)

    def end(self, reason):
        rows = json.loads(self.vms("central", "list", 1, "--json"))
        (row,) = (one for one in rows if one["reason"] == reason)
        self.vms("central", "end", 1, "--reason", "Bitti", "--id", row["id"])

    def wait(self, state, at_least_us=0):
        """Until the camera is in `state`, recorded past a moment."""
        return self.node.wait_for_status(
            lambda status: status.cameras
            and status.cameras[0].state is state
            and (status.cameras[0].recorded_until_us or 0) >= at_least_us,
            40, f"{state} past {at_least_us}",
        )  # fmt: skip

    def goes_on(self):
        self.wait(CameraState.RECORDING, now_us() + NEXT_LOOK_US)


def now_us():
    return time.time_ns() // 1000


@pytest.mark.proves("D-12.4b")
def test_nothing_is_lost_from_one_order_to_the_next_to_its_own_switch_and_back(
    tmp_path, processes, eventually, write_mp4, vms_once
):
    clip = write_mp4(tmp_path / "clip.mp4", width=320, height=240, frames=100)
    node = Node(processes, eventually, tmp_path / "node")
    node.register(Cameras.start(processes, eventually, clip, 1).urls)
    outpost = Outpost(node, vms_once)
    outpost.vms("set", 1, "--no-record")
    life = node.start_recording()
    outpost.wait(CameraState.LIVE_ONLY)
    volume = node.data / "volumes" / "main"
    assert files_of(volume) == []

    outpost.order("Şenlik")
    ordered_us = now_us()
    outpost.wait(CameraState.RECORDING)
    outpost.goes_on()
    outpost.order("Miting")
    outpost.end("Şenlik")  # one order took over from the other
    outpost.goes_on()
    outpost.vms("set", 1, "--record")
    outpost.end("Miting")  # its own switch from an order
    outpost.goes_on()
    outpost.order("Panayır")
    outpost.vms("set", 1, "--no-record")  # an order from its own switch
    outpost.goes_on()
    before_us = now_us()
    outpost.end("Panayır")
    ended_us = now_us()
    status = outpost.wait(CameraState.LIVE_ONLY)
    assert status.cameras[0].reconnects == 0
    assert life.end_well() == 0

    index = volume / "index.sqlite"
    (rows,) = read_rows(index).values()
    assert (rows.holes(), rows.overlaps()) == ([], [])
    assert len(list(sqlite3.connect(index).execute("SELECT DISTINCT run FROM segment"))) == 1
    assert min(start for start, _ in rows.segments) < ordered_us + LATE_US
    assert before_us - 1_000_000 < max(end for _, end in rows.segments) < ended_us + LATE_US
    assert unplayable(files_of(volume)) == []
