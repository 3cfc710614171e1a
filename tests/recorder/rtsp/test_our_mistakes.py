"""A mistake of ours ends the camera that finds it, never another."""

import asyncio

import pytest

from recorder.address import CameraAddress
from recorder.libav_source import LibavSource
from recorder.rtp.track import VideoTrack
from recorder.rtsp.quirks import CameraQuirks
from recorder.rtsp.ticker import Ticker
from recorder.source import SourceError
from vms.kernel.clock import SystemClock

pytestmark = pytest.mark.sockets


def run(scenario):
    async def bounded():
        async with asyncio.timeout(20):
            await scenario()

    asyncio.run(bounded())


def fails(*_):
    raise ZeroDivisionError


def test_the_cameras_behind_the_one_that_raises_are_called():
    async def scenario():
        ticker, ended, called = Ticker(asyncio.get_running_loop()), [], asyncio.Event()
        ticker.add(fails, lambda: ended.append("first"))
        ticker.add(called.set, lambda: ended.append("second"))
        await called.wait()
        assert (ended, ticker.failures) == (["first"], 1)
        ticker.remove(fails)
        ticker.remove(called.set)

    run(scenario)


def test_a_stream_whose_care_fails_ends(play, viewer, monkeypatch):
    async def scenario():
        monkeypatch.setattr(VideoTrack, "flush_old", fails)
        async with play() as camera, viewer(camera) as mine:
            error = await mine.error()
        assert (error.cause, error.detail) == ("unknown", "protocol")

    run(scenario)


def test_a_mistake_with_a_datagram_ends_the_source(play, viewer, monkeypatch):
    async def scenario():
        monkeypatch.setattr(VideoTrack, "on_packet", fails)
        async with play() as camera, viewer(camera, quirks=CameraQuirks(), transport="udp") as mine:
            error = await mine.error()
        assert (error.cause, error.detail) == ("unknown", "protocol")

    run(scenario)


@pytest.mark.parametrize("step", ["_begin", "_deliver"])
def test_a_mistake_behind_the_library_ends_the_source(play, monkeypatch, step):
    async def scenario():
        monkeypatch.setattr(LibavSource, step, fails)
        async with play() as camera:
            source = LibavSource(CameraAddress.parse(camera.url()), SystemClock())
            with pytest.raises(SourceError) as refusal:
                await source.run(None)
        assert (refusal.value.cause, refusal.value.detail) == ("unknown", "protocol")

    run(scenario)
