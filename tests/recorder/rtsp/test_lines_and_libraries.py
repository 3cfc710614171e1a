"""Lines that break, transports that are refused, and the library behind our client."""

import asyncio
import socket
import struct
from itertools import pairwise

import pytest

from recorder.open_source import ChosenSource
from recorder.rtsp.quirks import CameraQuirks
from recorder.rtsp_source import Timeouts
from vms.kernel.clock import SystemClock

pytestmark = pytest.mark.sockets


def run(scenario):
    async def bounded():
        async with asyncio.timeout(20):
            await scenario()

    asyncio.run(bounded())


def test_silence_ends_the_attempt(play, viewer):
    async def scenario():
        async with play() as camera:
            camera.frames_to_send = 30
            async with viewer(camera, hurry=10) as mine:
                error = await mine.error()
            assert (error.detail, error.cause) == ("silent", "camera_offline")
            assert len(mine.sink.units) == 30
            await camera.wait_for("TEARDOWN")

    run(scenario)


@pytest.mark.parametrize("how", ["fin", "rst"])
def test_a_broken_line_is_noticed_at_once(play, viewer, how):
    async def scenario():
        async with play() as camera:
            async with viewer(camera) as mine:
                await mine.pictures(5)
                if how == "rst":
                    linger = struct.pack("ii", 1, 0)
                    camera.writer.get_extra_info("socket").setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, linger)
                camera.writer.close()
                error = await mine.error()
            assert error.detail == "closed"

    run(scenario)


def test_a_camera_that_never_answers(play, viewer):
    async def scenario():
        async with play() as camera:
            camera.replies["DESCRIBE"] = [lambda headers: b"RTSP/1.0 200"]
            async with viewer(camera, timeouts=Timeouts(reply_s=0.2)) as mine:
                error = await mine.error()
            assert (error.detail, error.cause) == ("timeout", "camera_offline")

    run(scenario)


def test_nobody_there(viewer):
    async def scenario():
        with socket.socket() as taken:
            taken.bind(("127.0.0.1", 0))  # bound, not listening: refused

            class Nobody:
                def url(self, path, login):
                    return f"rtsp://127.0.0.1:{taken.getsockname()[1]}/"

            async with viewer(Nobody()) as mine:
                assert (await mine.error()).detail == "refused"

    run(scenario)


def test_udp_when_tcp_is_refused(play, viewer):
    async def scenario():
        quirks = CameraQuirks()
        async with play() as camera:
            camera.replies["SETUP"] = [(461,)]
            async with viewer(camera, quirks=quirks) as mine:
                await mine.pictures(40)
            transports = [headers["transport"] for method, _, headers in camera.requests if method == "SETUP"]
            assert "interleaved" in transports[0]
            assert "client_port" in transports[1]
            assert quirks.refuses_tcp

    run(scenario)


def test_pictures_without_parameter_sets_are_said_to_be_so(play, viewer, encode_clip):
    async def scenario():
        async with play() as camera:
            camera.clip = [
                picture._replace(annexb=b"\0\0\1" + picture.annexb[picture.annexb.rindex(b"\0\0\1") + 3 :])
                for picture in camera.clip
            ]
            async with viewer(camera, hurry=30) as mine:
                assert (await mine.error()).detail == "no_parameter_sets"

    run(scenario)


@pytest.mark.parametrize("good", [0, 50])
def test_packets_without_a_whole_picture_end_the_attempt(play, viewer, good):
    """Silence is not the only way to send nothing; what twenty seconds of filler may do, tests/e2e/nasty tells."""

    async def scenario():
        async with play() as camera:
            camera.clip = camera.clip[:good] + [camera.clip[0]._replace(annexb=b"\0\0\1\x0c\xff\xff\x80")] * 100_000
            async with viewer(camera, hurry=30) as mine:
                error = await mine.error()
            assert (error.detail, error.cause) == ("no_whole_picture", "network")
            assert len(mine.sink.units) == good
            assert mine.source.stats.packets > good
            await camera.wait_for("TEARDOWN")

    run(scenario)


def test_an_unknown_codec_is_left_to_the_library(play, viewer, monkeypatch):
    async def scenario():
        async with play() as camera:
            body = "v=0\r\nm=video 0 RTP/AVP 26\r\na=control:t\r\n"
            camera.replies["DESCRIBE"] = [lambda headers: camera.reply(headers, body=body), (404,)]
            from recorder.address import CameraAddress

            source = ChosenSource(CameraAddress.parse(camera.url()), SystemClock())
            seen = []
            from recorder.libav_source import LibavSource

            original = LibavSource.run

            async def noted(self, sink):
                seen.append(source.kind)
                await original(self, sink)

            monkeypatch.setattr(LibavSource, "run", noted)
            from recorder.source import SourceError

            with pytest.raises(SourceError):
                await source.run(None)
            assert seen == ["libav"]

    run(scenario)


def test_libav_gives_the_same_pictures(play):
    from recorder.address import CameraAddress

    async def compare():
        async with play() as camera:
            source = ChosenSource(CameraAddress.parse(camera.url()), SystemClock(), "libav")
            assert source.kind == "libav"
            assert not source.loss_is_known
            units = []

            class Keep:
                def on_access_unit(self, unit):
                    units.append(unit)
                    if len(units) == 40:
                        done.set()

                def on_discontinuity(self, reason):
                    raise AssertionError(reason)

                def on_camera_clock(self, offset_us):
                    pass

            done = asyncio.Event()
            task = asyncio.create_task(source.run(Keep()))
            await done.wait()
            task.cancel()
            with pytest.raises(asyncio.CancelledError):
                await task
            assert [unit.is_sync for unit in units[:30]] == [index % 10 == 0 for index in range(30)]
            steps = [b.pts_90k - a.pts_90k for a, b in pairwise(units[:40])]
            assert steps == [3600] * 39

    run(compare)


def test_low_latency_wakes_for_every_packet(play, viewer):
    async def scenario():
        async with play() as camera:
            async with viewer(camera) as mine:
                await mine.pictures(5)
                sock = mine.source._connection._sock
                assert sock.getsockopt(socket.SOL_SOCKET, socket.SO_RCVLOWAT) >= 16_384
                mine.source.set_low_latency(True)
                assert sock.getsockopt(socket.SOL_SOCKET, socket.SO_RCVLOWAT) == 1
                mine.source.set_low_latency(False)
                assert sock.getsockopt(socket.SOL_SOCKET, socket.SO_RCVLOWAT) >= 16_384

    run(scenario)
