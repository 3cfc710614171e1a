"""Which streams a recorder process carries, as its list of cameras changes."""

import asyncio
from dataclasses import replace
from uuid import UUID

import pytest

from recorder.shard import Shard
from recorder.source import SourceStats
from streams.tap_client import status, subscribe
from vms.archive.model import Cause, Place, StreamKey
from vms.cameras.config import CameraConfig
from vms.kernel.clock import SystemClock
from vms.media import tap

pytestmark = pytest.mark.sockets


def config(number, **changes):
    base = CameraConfig(
        UUID(int=number), number, f"Camera {number}", "security", f"rtsp://h/{number}", None, "auto", True, 0
    )
    return replace(base, **changes)


class Shelf:
    last_end_us = None
    fault = None

    def __init__(self):
        self.gaps = []

    def place(self, start_us):
        return Place(start_us, None)

    def open_gap(self, start_us, cause, detail):
        self.gaps.append((cause, detail))

    def close_gap(self, end_us):
        pass


class Store:
    def __init__(self, *, is_empty=False):
        self.shelves = {}
        self._is_empty = is_empty

    def stream(self, key):
        return self.shelves.setdefault(key, Shelf())

    def volume_states(self):
        return {"v": "ok"}

    def is_empty(self):
        return self._is_empty


class Endless:
    """A source that stays connected and sends nothing."""

    opened = None
    loss_is_known = True

    def __init__(self):
        self.stats = SourceStats()
        self.is_low_latency = False

    def set_low_latency(self, wanted):
        self.is_low_latency = wanted

    async def run(self, sink):
        await asyncio.Event().wait()


class Stage:
    def __init__(self, tmp_path, *, shard=0, shards=1, socket_path=None, is_empty=False):
        self.configs, self.opened, self.store = [], [], Store(is_empty=is_empty)
        self.path = socket_path or tmp_path / "tap.sock"
        self.shard = Shard(
            self.store, lambda: list(self.configs), self.open, SystemClock(),
            socket_path=self.path, shard=shard, shards=shards,
        )  # fmt: skip

    def open(self, config, stream):
        source = Endless()
        self.opened.append((config.number, stream, source))
        return source

    def play(self, scenario):
        async def body():
            task = asyncio.create_task(self.shard.run())
            try:
                async with asyncio.timeout(20):
                    await scenario()
            finally:
                task.cancel()
                await asyncio.gather(task, return_exceptions=True)

        asyncio.run(body())

    async def reload(self, *configs):
        self.configs = list(configs)
        await self.shard.reload()
        for _ in range(3):  # let new tasks reach their source
            await asyncio.sleep(0)

    def numbers(self):
        return sorted(camera.number for camera in self.shard.status().cameras)


def test_cameras_come_and_go(tmp_path):
    stage = Stage(tmp_path)

    async def scenario():
        await stage.reload(config(1), config(2))
        assert stage.numbers() == [1, 2]
        await stage.reload(config(2), config(3))
        assert stage.numbers() == [2, 3]
        gone = stage.store.shelves[StreamKey(UUID(int=1), "main")]
        assert gone.gaps[-1] == (Cause.MAINTENANCE, "taken_out")

    stage.play(scenario)
    assert stage.store.shelves[StreamKey(UUID(int=3), "main")].gaps[-1] == (Cause.RECORDER_DOWN, "stopped")


@pytest.mark.proves("D-10.2c")
@pytest.mark.parametrize(
    ("is_empty", "commissioned_us", "cause"),
    [
        (True, 0, Cause.NOT_COMMISSIONED),  # a node's first start
        (False, 0, Cause.RECORDER_DOWN),  # registered while no recorder ran
        (False, None, Cause.NOT_COMMISSIONED),  # registered while this one ran
    ],
)
def test_what_was_not_recorded_before_a_camera_began_is_a_fault_only_of_a_recorder_that_was_down(
    tmp_path, is_empty, commissioned_us, cause
):
    stage = Stage(tmp_path, is_empty=is_empty)
    clock = SystemClock()

    async def scenario():
        since_us = clock.now_us() if commissioned_us is None else commissioned_us
        await stage.reload(config(1, commissioned_us=since_us))

    stage.play(scenario)
    assert stage.store.shelves[StreamKey(UUID(int=1), "main")].gaps[0][0] is cause


def test_a_new_name_costs_no_connection_a_new_address_does(tmp_path):
    stage = Stage(tmp_path)

    async def scenario():
        await stage.reload(config(1))
        await stage.reload(config(1, name="Gate", sub_url="rtsp://h/sub"))
        assert len(stage.opened) == 1
        assert stage.shard.status().cameras[0].name == "Gate"
        await stage.reload(config(1, main_url="rtsp://h/other"))
        assert len(stage.opened) == 2

    stage.play(scenario)


def test_shards_share_the_cameras(tmp_path):
    cameras = [config(number) for number in range(1, 8)]
    seen = []
    for index in range(3):
        stage = Stage(tmp_path, shard=index, shards=3)

        async def scenario(stage=stage):
            await stage.reload(*cameras)
            seen.extend(stage.numbers())

        stage.play(scenario)
    assert sorted(seen) == list(range(1, 8))


@pytest.mark.proves("D-13.1", "edge-34")
def test_a_city_view_camera_never_gets_a_way_to_disk(tmp_path):
    stage = Stage(tmp_path)

    async def scenario():
        await stage.reload(config(1, kind="city_view", records=False))
        assert stage.numbers() == [1]
        assert not stage.store.shelves

    stage.play(scenario)


def test_a_sub_stream_is_opened_for_its_viewer(tmp_path):
    stage = Stage(tmp_path)

    async def scenario():
        await stage.reload(config(1, sub_url="rtsp://h/sub"))
        messages = subscribe(stage.path, StreamKey(UUID(int=1), "sub"), "access_units")
        waiting = asyncio.create_task(anext(messages))
        while len(stage.opened) < 2:
            await asyncio.wait([waiting], timeout=0.01)
        assert stage.opened[1][:2] == (1, "sub")
        assert stage.opened[1][2].is_low_latency
        waiting.cancel()
        await asyncio.gather(waiting, return_exceptions=True)

    stage.play(scenario)


def test_readers_of_a_stream_that_is_opened_anew_are_let_go(tmp_path):
    stage = Stage(tmp_path)

    async def scenario():
        await stage.reload(config(1))
        messages = subscribe(stage.path, StreamKey(UUID(int=1), "main"), "access_units")
        waiting = asyncio.create_task(anext(messages, None))
        while not stage.shard._streams[StreamKey(UUID(int=1), "main")].channel.readers:
            await asyncio.wait([waiting], timeout=0.01)
        await stage.reload(config(1, main_url="rtsp://h/other"))
        got = [await waiting] + [message async for message in messages]
        assert all(message is None or message[0] is tap.Kind.JSON for message in got)

    stage.play(scenario)


def test_recording_goes_on_when_the_tap_cannot_be_opened(tmp_path, caplog):
    stage = Stage(tmp_path, socket_path=tmp_path / ("long" * 40))

    async def scenario():
        await stage.reload(config(1))
        assert stage.numbers() == [1]

    stage.play(scenario)
    assert "no live view" in caplog.text


def test_a_list_that_cannot_be_read_keeps_the_cameras(tmp_path):
    stage = Stage(tmp_path)

    async def scenario():
        await stage.reload(config(1))
        stage.shard._load_cameras = lambda: 1 / 0
        with pytest.raises(ZeroDivisionError):
            await stage.shard.reload()
        assert stage.numbers() == [1]
        assert (await status(stage.path))["cameras"][0]["number"] == 1

    stage.play(scenario)
