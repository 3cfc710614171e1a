"""The tap over a real Unix socket."""

import asyncio
import json
from uuid import UUID

import pytest

from recorder.tap_channel import TapChannel
from recorder.tap_server import READER_BYTES, TapServer
from streams.tap_client import status, subscribe
from vms.archive.model import StreamKey
from vms.kernel.errors import VmsError
from vms.media import tap
from vms.media.access_unit import AccessUnit
from vms.media.video_format import VideoFormat

pytestmark = pytest.mark.sockets
KEY = StreamKey(UUID(int=1), "main")
FORMAT = VideoFormat("h264", (), (b"\x67sps",), (b"\x68pps",), 640, 360, "avc1.42001E", 0, ())


class OneStream:
    def __init__(self):
        self.channel = TapChannel()
        self.joined = asyncio.Event()
        self.left = asyncio.Event()

    def open_channel(self, key):
        asyncio.get_running_loop().call_soon(self.joined.set)
        return self.channel if key == KEY else None

    def reader_left(self, key):
        self.left.set()


def unit(pts, *, is_sync=False, size=100):
    return AccessUnit(bytes(size), pts, 0, is_sync, FORMAT)


def with_server(tmp_path, scenario):
    async def body():
        streams = OneStream()
        server = TapServer(tmp_path / "tap.sock", streams, lambda: {"shard": 0})
        await server.start()
        try:
            async with asyncio.timeout(20):
                await scenario(streams, tmp_path / "tap.sock")
        finally:
            await server.stop()

    asyncio.run(body())


def test_units_arrive_and_leaving_is_noticed(tmp_path):
    async def scenario(streams, path):
        streams.channel.publish_unit(unit(0, is_sync=True), 0)
        got = []
        messages = subscribe(path, KEY, "access_units")
        async for kind, body in messages:
            if kind is not tap.Kind.UNIT:
                continue
            got.append(tap.read_unit(body).pts_90k)
            if len(got) == 3:
                break
            streams.channel.publish_unit(unit(len(got)), 0)
        await messages.aclose()
        assert got == [0, 1, 2]
        await streams.left.wait()
        assert streams.channel.readers == 0

    with_server(tmp_path, scenario)


def test_status_and_unknown_streams(tmp_path):
    async def scenario(_, path):
        assert await status(path) == {"shard": 0}
        with pytest.raises(VmsError) as refusal:
            async for _ in subscribe(path, StreamKey(UUID(int=2), "main"), "access_units"):
                pass
        assert refusal.value.code == "no_such_stream"

    with_server(tmp_path, scenario)


def test_no_recorder_is_said_so(tmp_path):
    with pytest.raises(VmsError) as refusal:
        asyncio.run(status(tmp_path / "nobody.sock"))
    assert refusal.value.code == "recorder_away"


NONSENSE = [b"{\n", b"[]\n", b"x" * 10_000, b'{"op":"subscribe","camera":"no"}\n', b'{"op":"z"}\n']


@pytest.mark.parametrize("request_line", NONSENSE)
def test_nonsense_ends_the_connection_and_nothing_else(tmp_path, request_line):
    async def scenario(_, path):
        reader, writer = await asyncio.open_unix_connection(str(path))
        writer.write(request_line)
        assert b"shard" not in await reader.read()
        writer.close()
        assert await status(path) == {"shard": 0}

    with_server(tmp_path, scenario)


def test_a_slow_reader_is_cut_to_the_next_key_frame_and_bounds_memory(tmp_path):
    async def scenario(streams, path):
        reader, writer = await asyncio.open_unix_connection(str(path), limit=1024)
        request = {"op": "subscribe", "camera": str(KEY.camera_id), "want": "access_units"}
        writer.write(json.dumps(request).encode() + b"\n")
        await streams.joined.wait()
        for at in range(300):  # 30 MB while the reader sleeps
            streams.channel.publish_unit(unit(at, is_sync=at % 50 == 0, size=100_000), 0)
            await asyncio.sleep(0)
        messages, seen, skipped_before = tap.MessageReader(), [], None
        while skipped_before is None or len(seen) == skipped_before:
            try:
                async with asyncio.timeout(0.1):
                    data = await reader.read(1 << 20)
            except TimeoutError:  # everything owed was read: the next key frame must come through
                streams.channel.publish_unit(unit(300, is_sync=True), 0)
                continue
            for kind, body in messages.feed(data):
                if kind is tap.Kind.JSON:
                    assert json.loads(body)["event"] == "skipped"
                    skipped_before = len(seen)
                elif kind is tap.Kind.UNIT:
                    seen.append(tap.read_unit(body))
        early = seen[:skipped_before]
        assert [got.pts_90k for got in early] == list(range(len(early)))
        assert len(early) * 100_000 <= READER_BYTES + 2_000_000
        assert seen[skipped_before].is_sync
        writer.close()

    with_server(tmp_path, scenario)
