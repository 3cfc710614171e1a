"""The server seen by clients nobody here wrote: libav through PyAV, ffprobe, ffmpeg."""

import asyncio
import hashlib
import itertools
import json
import subprocess

import av
import pytest

from recorder.simcam import timecode
from recorder.simcam.camera import SimCamera, drawn_streams
from recorder.simcam.nal import SYNTAX, split_annex_b
from recorder.simcam.server import SimServer
from vms.kernel.clock import SystemClock

pytestmark = [pytest.mark.sockets]


def packets_of(url, transport, count):
    """The first `count` coded pictures libav receives, as lists of NAL units."""
    options = {"rtsp_transport": transport, "analyzeduration": "0", "probesize": "32"}
    with av.open(url, options=options, timeout=10) as container:
        pictures = []
        for packet in container.demux(video=0):
            pictures.append(split_annex_b(bytes(packet)))
            if len(pictures) == count:
                return pictures
    return pictures


@pytest.mark.parametrize("transport", ["tcp", "udp"])
@pytest.mark.parametrize("name", ["cam0", "cam5"])
def test_libav_receives_the_clip_bit_for_bit_over_its_end(serving, clips, name, transport):
    clip = clips["h264" if name == "cam0" else "h265"]
    syntax = SYNTAX[clip.codec]

    async def run():
        async with serving() as server:
            return await asyncio.to_thread(packets_of, server.url(name), transport, 70)

    received = asyncio.run(run())
    digests = [hashlib.sha256(syntax.stored_bytes(nals)).hexdigest() for nals in received]
    assert digests == [clip.unit_at(n).digest for n in range(70)]


@pytest.mark.parametrize("scheme", ["basic", "digest-md5"])
def test_libav_knows_the_password(serving, scheme):
    async def run():
        async with serving(user="admin", password="p@ss:wörd", schemes=(scheme,)) as server:
            url = server.url("cam0", with_credentials=True)
            return await asyncio.to_thread(packets_of, url, "tcp", 3)

    assert len(asyncio.run(run())) == 3


@pytest.mark.parametrize("secret", ["", "admin:guess@"])
def test_nobody_enters_without_the_password(serving, secret):
    async def run():
        async with serving(user="admin", password="right") as server:
            url = server.url("cam0").replace("rtsp://", f"rtsp://{secret}")
            with pytest.raises(av.error.HTTPUnauthorizedError):
                await asyncio.to_thread(packets_of, url, "tcp", 1)

    asyncio.run(run())


@pytest.mark.system
def test_ffprobe_describes_the_stream(serving):
    async def run():
        async with serving() as server:
            command = ["ffprobe", "-v", "error", "-rtsp_transport", "tcp", "-show_entries"]
            command += ["stream=codec_name,width,height,avg_frame_rate", "-of", "json", server.url("cam5")]
            done = await asyncio.to_thread(subprocess.run, command, capture_output=True, check=True)
            return json.loads(done.stdout)["streams"]

    assert asyncio.run(run()) == [{"codec_name": "hevc", "width": 320, "height": 180, "avg_frame_rate": "25/1"}]


@pytest.mark.parametrize("codec", ["h264", "h265"])
def test_drawn_streams_decode_cleanly_and_carry_the_time_they_were_drawn(codec):
    clock = SystemClock()

    def watch(url):
        options = {"rtsp_transport": "tcp", "analyzeduration": "0", "probesize": "32"}
        with av.open(url, options=options, timeout=10) as container:
            container.streams.video[0].codec_context.options = {"err_detect": "explode"}
            seen = []
            for frame in container.decode(video=0):
                seen.append((timecode.read(frame.to_ndarray()[: frame.height]), clock.now_us(), frame.width))
                if len(seen) == 12:
                    return seen
        return seen

    async def run():
        server = SimServer(clock)
        server.add(SimCamera("cam0", streams=drawn_streams(codec), scene="harbour"))
        await server.start()
        try:
            return await asyncio.gather(
                asyncio.to_thread(watch, server.url("cam0")), asyncio.to_thread(watch, server.url("cam0", "sub"))
            )
        finally:
            await server.stop()

    main, sub = asyncio.run(run())
    for seen, width in ((main, 1280), (sub, 640)):
        drawn = [code for code, _, _ in seen]
        assert None not in drawn
        assert drawn == sorted(set(drawn))
        assert all(0 < now - code < 3_000_000 for code, now, _ in seen)
        assert {w for _, _, w in seen} == {width}


def test_sender_report_shows_the_cameras_own_clock(serving, raw):
    offset_us = 3_600_000_000

    async def run():
        async with serving(clock_offset_us=offset_us) as server:
            client = await raw(server.url("cam0")).play()
            first = (await client.picture())[0]
            await client.picture()
            now_us = server.clock.now_us()
            await client.close()
            return first, client.control[0], now_us

    first, report, now_us = asyncio.run(run())
    assert report[1] == 200
    ntp = int.from_bytes(report[8:16], "big")
    camera_us = ((ntp >> 32) - 2_208_988_800) * 1_000_000 + ((ntp & 0xFFFFFFFF) * 1_000_000 >> 32)
    assert abs(camera_us - now_us - offset_us) < 2_000_000
    assert int.from_bytes(report[16:20], "big") == first.timestamp


def test_journal_tells_what_was_sent(serving, raw, tmp_path):
    path = tmp_path / "journal.jsonl"

    async def run():
        async with serving(journal=path) as server:
            for _ in range(2):
                client = await raw(server.url("cam0")).play()
                for _ in range(12):
                    await client.picture()
                status, _ = await client.ask("TEARDOWN")
                assert status == 200
                await client.close()

    asyncio.run(run())
    first, second = map(json.loads, path.read_text().splitlines())
    assert first["path"] == "/cam0"
    assert first["first_unit"] == 0
    assert first["units_sent"] == first["last_unit"] + 1 >= 12
    assert second["first_unit"] % 10 == 0
    assert second["first_unit"] > first["last_unit"]


def test_slow_client_loses_whole_gops_while_others_lose_nothing(serving, raw, clips, monkeypatch):
    monkeypatch.setattr("recorder.simcam.transport.CONGESTED_BYTES", 20_000)
    monkeypatch.setattr("recorder.simcam.transport.RELAXED_BYTES", 5_000)
    syntax = SYNTAX["h264"]

    async def run():
        async with serving() as server:
            slow, quick = raw(server.url("cam0")), raw(server.url("cam0"))
            await slow.play()
            slow.writer.transport.pause_reading()
            line = next(iter(server.connections("cam0")))
            line._socket.setsockopt(1, 7, 4096)  # SO_SNDBUF
            await quick.play()
            pictures = []
            while not line.session.player.watched.units_skipped:
                pictures.append(await quick.picture())
            slow.writer.transport.resume_reading()
            late, last = [], None
            while last is None or (late[-1][0].timestamp - late[-2][0].timestamp) % 2**32 <= 3600:
                late.append(await slow.picture())
                last = late[-1] if len(late) > 1 else None
            await slow.close()
            await quick.close()
            return pictures, late

    pictures, late = asyncio.run(run())
    steps = {(b[0].timestamp - a[0].timestamp) % 2**32 for a, b in itertools.pairwise(pictures)}
    assert steps == {3600}
    assert syntax.type_of(late[-1][0].payload) == 7  # goes on with parameter sets and a key picture
    assert late[-1][0].sequence == (late[-2][-1].sequence + 1) % 2**16


def test_session_ends_when_the_client_is_silent(serving, raw):
    async def run():
        async with serving(session_timeout_s=1) as server:
            client = await raw(server.url("cam0")).play()
            with pytest.raises(asyncio.IncompleteReadError):
                await client.watch()
            await client.close()

    asyncio.run(run())


def test_unknown_paths_methods_and_sessions_are_refused(serving, raw):
    async def run():
        async with serving() as server:
            client = await raw(server.url("cam0")).connect()
            statuses = [
                (await client.ask("DESCRIBE", server.url("cam0").replace("cam0", "cam9")))[0],
                (await client.ask("OPTIONS"))[0],
                (await client.ask("RECORD"))[0],
                (await client.ask("PLAY"))[0],
                (await client.ask("SETUP", headers="Transport: RTP/AVP;multicast\r\n"))[0],
            ]
            await client.close()
            return statuses

    assert asyncio.run(run()) == [404, 200, 501, 454, 461]
