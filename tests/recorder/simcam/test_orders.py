"""Orders to cameras whose pictures are drawn, seen by libav over RTSP."""

import asyncio
import json
from contextlib import asynccontextmanager

import av
import pytest

from recorder.simcam import timecode
from recorder.simcam.camera import SimCamera, SimStream
from recorder.simcam.control import ControlDoor
from recorder.simcam.server import SimServer
from vms.kernel.clock import SystemClock

pytestmark = pytest.mark.sockets


@asynccontextmanager
async def drawn_camera():
    """A running server with one drawn camera, and its control door."""
    server = SimServer(SystemClock())
    streams = (SimStream("main", "h264", 320, 180, fps=10), SimStream("sub", "h264", 160, 90, fps=5))
    server.add(SimCamera("cam0", streams=streams))
    await server.start()
    try:
        async with asyncio.timeout(20):
            yield server, ControlDoor(server)
    finally:
        await server.stop()


def obey(door, **order):
    return door.obey(json.dumps({"camera": "cam0", **order}).encode())


def watch(url, pictures):
    """Codec, size and the times painted into the first pictures of a stream."""
    options = {"rtsp_transport": "tcp", "analyzeduration": "0", "probesize": "32"}
    with av.open(url, options=options, timeout=10) as container:
        frames = [frame for frame, _ in zip(container.decode(video=0), range(pictures), strict=False)]
        times = [timecode.read(frame.to_ndarray(format="gray")) for frame in frames]
        return container.streams.video[0].codec.name, (frames[-1].width, frames[-1].height), times


def test_a_sensor_that_hangs_gives_one_picture_while_time_goes_on():
    async def run():
        async with drawn_camera() as (server, door):
            url = server.url("cam0")
            await asyncio.to_thread(watch, url, 1)
            assert obey(door, do="set", fault="still")["ok"]
            hanging = await asyncio.to_thread(watch, url, 5)
            assert obey(door, do="clear", fault="still")["ok"]
            return hanging, await asyncio.to_thread(watch, url, 5)

    (_, _, hanging), (_, _, running) = asyncio.run(run())
    assert len(hanging) == 5
    assert len(set(hanging)) == 1
    assert len(set(running)) == 5
    assert running[0] > hanging[0]


def test_a_camera_encodes_otherwise_from_the_order_on():
    async def run():
        async with drawn_camera() as (server, door):
            answer = obey(door, do="encode", stream="main", codec="h265", width=256, height=144)
            both = [await asyncio.to_thread(watch, server.url("cam0", name), 2) for name in ("main", "sub")]
            return answer, [seen[:2] for seen in both]

    answer, both = asyncio.run(run())
    assert answer == {"ok": True}
    assert both == [("hevc", (256, 144)), ("h264", (160, 90))]


@pytest.mark.parametrize(
    "wrong",
    [
        {"codec": "vp8"},
        {"width": 257},
        {"height": 146},
        {"width": 0, "height": 0},
        {"width": 8000, "height": 4500},
        {"stream": "third"},
        {"codec": None},
    ],
)
def test_what_cannot_be_drawn_is_no_order(wrong):
    async def run():
        async with drawn_camera() as (server, door):
            order = {"stream": "main", "codec": "h264", "width": 256, "height": 144} | wrong
            return obey(door, do="encode", **order), server.cameras["cam0"].streams

    answer, streams = asyncio.run(run())
    assert answer["code"] == "order_invalid"
    assert streams[0].width == 320
