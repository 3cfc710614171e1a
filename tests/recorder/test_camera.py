"""One camera's connections, states and the reasons for its gaps."""

import asyncio
from uuid import UUID

import pytest

from recorder.camera import CameraStream
from recorder.source import SourceError, SourceStats
from vms.archive.model import Cause, Place, StreamKey
from vms.cameras.config import CameraConfig
from vms.cameras.status import CameraState
from vms.kernel.clock import US_PER_SECOND, ManualClock
from vms.media import annexb, h264
from vms.media.access_unit import AccessUnit

CONFIG = CameraConfig(UUID(int=5), 5, "Gate", "security", "rtsp://x/", None, "auto", True, 0)
KEY = StreamKey(UUID(int=5), "main")


@pytest.fixture(autouse=True)
def video(encode_clip):
    """The format of a real clip, for the scripted sources."""
    nals = annexb.split(encode_clip(frames=1)[0].annexb)
    sets = [tuple(nal for nal in nals if nal[0] & 31 == kind) for kind in (7, 8)]
    Script.format = h264.parse(*sets)
    return Script.format


class Shelf:
    """A `FootageWriter` that remembers gaps."""

    def __init__(self, last_end_us=None):
        self.last_end_us = last_end_us
        self.fault = None
        self.told = []
        self.open_reason = None

        self.ended = asyncio.Event()

    def place(self, start_us):
        return Place(max(start_us, self.last_end_us or 0), None)

    def begin_segment(self, head):
        pass

    def append(self, fragment):
        return True

    def end_segment(self, tail):
        self.last_end_us = tail.end_us
        self.ended.set()

    def open_gap(self, start_us, cause, detail):
        if [cause, detail] != self.open_reason:
            self.told.append(["open", start_us, cause, detail])
        self.open_reason = [cause, detail]

    def close_gap(self, end_us):
        if self.open_reason:
            self.told.append(["close", end_us])
        self.open_reason = None


class Script:
    """A source that plays some seconds, then ends as told."""

    format = None
    loss_is_known = True

    def __init__(self, clock, seconds, ending, *, has_sync=True):
        self.stats = SourceStats()
        self._clock, self._seconds, self._ending, self._has_sync = clock, seconds, ending, has_sync

    def set_low_latency(self, wanted):
        pass

    async def run(self, sink):
        for frame in range(self._seconds * 25):
            is_sync = self._has_sync and frame % 25 == 0
            sink.on_access_unit(
                AccessUnit(b"\0\0\0\1\x65", frame * 3600, self._clock.boottime_us(), is_sync, self.format)
            )
            self.stats.bytes_received += 1000
            self.stats.packets += 3
            self.stats.lost_packets += 1
            self._clock.advance(0.04)
        if self._ending is not None:
            raise self._ending


def camera(clock, shelf, *scripts, **options):
    waiting = list(scripts)

    def opener(config, stream):
        source = waiting.pop(0)
        if isinstance(source, Exception):
            raise source
        return source

    return CameraStream(CONFIG, KEY, shelf, opener, clock, **options)


def attempt(stream):
    return asyncio.run(stream._attempt())


@pytest.mark.proves("D-10.2c")
def test_each_reason_for_having_no_footage_is_told_once():
    clock, shelf = ManualClock(), Shelf()
    refused = SourceError(Cause.CAMERA_OFFLINE, "refused", "The camera refuses.")
    stream = camera(
        clock, shelf,
        Script(clock, 2, SourceError(Cause.NETWORK, "silent", "Nothing came.")),
        Script(clock, 0, refused), Script(clock, 0, refused),
        Script(clock, 0, SourceError(Cause.CAMERA_OFFLINE, "wrong_password", "No.", retry_after_s=120)),
    )  # fmt: skip
    attempt(stream)
    end_us = shelf.last_end_us
    assert shelf.told[-1] == ["open", end_us, Cause.NETWORK, "silent"]
    told = len(shelf.told)
    clock.advance(5)
    attempt(stream)
    assert shelf.told[told:] == [["open", clock.now_us(), Cause.CAMERA_OFFLINE, "refused"]]
    attempt(stream)
    assert len(shelf.told) == told + 1
    pause_s = attempt(stream)
    assert shelf.told[-1][3] == "wrong_password"
    assert 120 <= pause_s <= 120 * 1.2
    assert (stream.status.state, stream.status.detail) == (CameraState.WAITING, "wrong_password")


def test_pictures_that_never_reached_a_key_frame_do_not_hide_the_reason():
    clock, shelf = ManualClock(), Shelf()
    stream = camera(clock, shelf, Script(clock, 2, SourceError(Cause.NETWORK, "silent", "x"), has_sync=False))
    attempt(stream)
    assert shelf.told == [["open", clock.now_us(), Cause.NETWORK, "silent"]]


def test_recording_begins_with_the_gap_since_the_last_footage():
    clock = ManualClock()
    last_us = clock.now_us() - 60 * US_PER_SECOND
    shelf = Shelf(last_us)
    stream = camera(clock, shelf, Script(clock, 2, None))

    async def run_a_while():
        task = asyncio.create_task(stream.run())
        async with asyncio.timeout(10):
            await shelf.ended.wait()
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)

    asyncio.run(run_a_while())
    assert shelf.told[0] == ["open", last_us, Cause.RECORDER_DOWN, "not_running"]
    assert shelf.told[1][0] == "close"
    assert shelf.told[1][1] == pytest.approx(clock.now_us() - 2 * US_PER_SECOND, abs=US_PER_SECOND // 10)


@pytest.mark.proves("D-10.2c")
@pytest.mark.parametrize(
    ("is_first", "recorded_us", "cause"),
    [
        (True, None, (Cause.NOT_COMMISSIONED, "first_start")),
        (False, None, (Cause.RECORDER_DOWN, "not_running")),
        (True, 60 * US_PER_SECOND, (Cause.RECORDER_DOWN, "not_running")),
    ],
)
def test_the_time_before_a_first_recording_is_nobodys_fault(is_first, recorded_us, cause):
    clock = ManualClock()
    shelf = Shelf(None if recorded_us is None else clock.now_us() - recorded_us)
    stream = camera(clock, shelf, SourceError(Cause.CAMERA_OFFLINE, "refused", "x"), is_first=is_first)
    stream._open_first_gap()
    assert tuple(shelf.told[0][2:]) == cause


def test_our_own_mistake_does_not_end_a_camera():
    clock, shelf = ManualClock(), Shelf()
    stream = camera(clock, shelf, RuntimeError("bug"), Script(clock, 1, None))
    assert attempt(stream) > 0
    assert shelf.told[-1][2:] == [Cause.UNKNOWN, "internal_error"]
    attempt(stream)
    assert shelf.last_end_us is not None


@pytest.mark.proves("D-6.1")
def test_the_status_tells_rates_and_picture():
    clock, shelf = ManualClock(), Shelf()
    seen = []

    class Looking(Script):
        async def run(self, sink):
            stream.tick()
            await super().run(sink)
            stream.tick()
            seen.append((stream.status.frames_per_s, stream.status.bits_per_s, stream.status.state))

    stream = camera(clock, shelf, Looking(clock, 4, None))
    attempt(stream)
    assert seen == [(25.0, 200_000.0, CameraState.RECORDING)]
    assert (stream.status.width, stream.status.codec, stream.status.access_units) == (160, "h264", 100)
    assert stream.status.frames_per_s == 0


def test_counters_go_on_over_connections():
    clock, shelf = ManualClock(), Shelf()
    broken = SourceError(Cause.NETWORK, "silent", "Nothing came.")
    first, second = Script(clock, 2, broken), Script(clock, 4, broken)
    stream = camera(clock, shelf, first, second)
    attempt(stream)
    stream._source = second  # as while it runs
    stream.tick()
    assert (stream.status.packets, stream.status.lost_packets) == (150, 50)
    attempt(stream)
    stream._source = Script(clock, 0, None)
    stream.tick()
    assert (stream.status.packets, stream.status.lost_packets, stream.status.access_units) == (450, 150, 150)
