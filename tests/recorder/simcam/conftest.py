"""A clip, a running server, a client that looks at every byte."""

import asyncio
import re
import struct
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

import pytest

from recorder.simcam.camera import SimCamera, SimStream
from recorder.simcam.clip import Clip
from recorder.simcam.encoder import EncoderSettings
from recorder.simcam.make_clip import make_clip
from recorder.simcam.server import SimServer
from vms.kernel.clock import SystemClock

DEADLINE_S = 15


@dataclass
class Packet:
    """An RTP packet as it came."""

    channel: int
    marker: bool
    payload_type: int
    sequence: int
    timestamp: int
    ssrc: int
    payload: bytes


def parse(channel: int, data: bytes) -> Packet:
    first, second, sequence, timestamp, ssrc = struct.unpack(">BBHII", data[:12])
    assert first >> 6 == 2
    return Packet(channel, bool(second & 0x80), second & 0x7F, sequence, timestamp, ssrc, data[12:])


class RawClient:
    """Speaks RTSP over one TCP line without any of the server's code; keeps RTCP apart."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.session = ""
        self.control: list[bytes] = []
        self.skipped = b""
        self._cseq = 0

    async def connect(self) -> "RawClient":
        host, port = re.match(r"rtsp://([^:/]+):(\d+)", self.url).groups()
        self.reader, self.writer = await asyncio.open_connection(host, int(port))
        return self

    async def ask(self, method: str, url: str | None = None, headers: str = "") -> tuple[int, str]:
        """Send a request, return status and the whole text of the answer."""
        self.send(method, url, headers)
        return await self.answer()

    def send(self, method: str, url: str | None = None, headers: str = "") -> None:
        self._cseq += 1
        session = f"Session: {self.session}\r\n" if self.session else ""
        self.writer.write(
            f"{method} {url or self.url} RTSP/1.0\r\nCSeq: {self._cseq}\r\n{session}{headers}\r\n".encode()
        )

    async def answer(self) -> tuple[int, str]:
        while True:
            head = await self._text()
            if head is None:
                continue
            length = re.search(r"Content-Length: (\d+)", head)
            body = await self.reader.readexactly(int(length.group(1))) if length else b""
            return int(head.split(" ")[1]), head + body.decode()

    async def play(self) -> "RawClient":
        """Set up the video inside this line and begin."""
        if not hasattr(self, "writer"):
            await self.connect()
        path, _, query = self.url.partition("?")
        status, text = await self.ask(
            "SETUP", f"{path}/trackID=0?{query}", "Transport: RTP/AVP/TCP;unicast;interleaved=0-1\r\n"
        )
        assert status == 200, text
        self.session = re.search(r"Session: (\d+)", text).group(1)
        status, text = await self.ask("PLAY")
        assert status == 200, text
        return self

    async def packet(self) -> Packet:
        """The next RTP packet; RTCP goes to `control`, bytes that are neither to `skipped`."""
        while True:
            mark = await self.reader.readexactly(1)
            if mark != b"$":
                self.skipped += mark
                continue
            channel, length = struct.unpack(">BH", await self.reader.readexactly(3))
            data = await self.reader.readexactly(length)
            if channel % 2 == 0 or channel == 9:
                return parse(channel, data)
            self.control.append(data)

    async def picture(self) -> list[Packet]:
        """Packets up to a marker."""
        packets = [await self.packet()]
        while not packets[-1].marker:
            packets.append(await self.packet())
        return packets

    async def watch(self) -> None:
        """Take pictures until the line ends."""
        while True:
            await self.picture()

    async def _text(self) -> str | None:
        first = await self.reader.readexactly(1)
        if first == b"$":
            _, length = struct.unpack(">BH", await self.reader.readexactly(3))
            await self.reader.readexactly(length)
            return None
        return (first + await self.reader.readuntil(b"\r\n\r\n")).decode()

    async def close(self) -> None:
        self.writer.close()


@pytest.fixture(scope="session")
def clip_files(tmp_path_factory: pytest.TempPathFactory) -> dict:
    folder = tmp_path_factory.mktemp("clips")
    files = {}
    for codec in ("h264", "h265"):
        files[codec] = folder / f"{codec}.mp4"
        make_clip(files[codec], EncoderSettings(codec, 320, 180, 25, 400, gop_s=0.4), seconds=2)
    return files


@pytest.fixture(scope="session")
def clips(clip_files: dict) -> dict:
    return {codec: Clip.load(path) for codec, path in clip_files.items()}


@pytest.fixture
def serving(clips: dict):
    """`async with serving(**camera options) as server`: camera `cam0` loops the clip, `cam5` the H.265 one."""

    @asynccontextmanager
    async def run(journal=None, **options) -> AsyncIterator[SimServer]:
        server = SimServer(SystemClock(), journal=journal, tick_s=0.01)
        server.add(SimCamera("cam0", streams=(SimStream("main", clip=clips["h264"]),), **options))
        server.add(SimCamera("cam5", streams=(SimStream("main", clip=clips["h265"]),), **options))
        await server.start()
        try:
            async with asyncio.timeout(DEADLINE_S):
                yield server
        finally:
            await server.stop()

    return run


@pytest.fixture
def raw():
    return RawClient
