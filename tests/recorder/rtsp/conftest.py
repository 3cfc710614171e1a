"""A camera that follows a script: real sockets, real pictures, every answer up to the test."""

import asyncio
import struct
from contextlib import asynccontextmanager, suppress

import pytest

from recorder.address import CameraAddress
from recorder.rtsp_source import RtspSource, Timeouts
from vms.kernel.clock import SystemClock

PUBLIC = "OPTIONS, DESCRIBE, SETUP, PLAY, TEARDOWN, GET_PARAMETER"
SDP = """v=0
o=- 1 1 IN IP4 0.0.0.0
s=x
a=control:*
m=audio 0 RTP/AVP 8
a=control:track0
m=video 0 RTP/AVP 96
a=rtpmap:96 H264/90000
a=control:track1
"""


class HurriedClock(SystemClock):
    """Boot time that runs faster, so that patience of seconds is over in a moment."""

    def __init__(self, factor):
        self._factor = factor

    def boottime_us(self):
        return super().boottime_us() * self._factor


class Sink:
    def __init__(self):
        self.units = []
        self.events = []
        self._waiting = []

    def on_access_unit(self, unit):
        self.units.append(unit)
        for count, future in self._waiting:
            if len(self.units) >= count and not future.done():
                future.set_result(None)

    def on_discontinuity(self, reason):
        self.events.append(reason)

    def on_camera_clock(self, offset_us):
        pass

    async def wait(self, count):
        future = asyncio.get_running_loop().create_future()
        self._waiting.append((count, future))
        if len(self.units) < count:
            async with asyncio.timeout(10):
                await future


class Camera:
    """Answers requests; `replies[method]` is a list of scripted answers, used up one by one before the usual ones.

    A scripted answer is (status, [header lines]) or a function of the headers that returns bytes (None: say nothing).
    """

    def __init__(self, clip):
        self.clip = clip
        self.requests = []
        self.replies = {}
        self.channels = (0, 1)
        self.transport_reply = None
        self.session_ids = ["abc;timeout=60"]
        self.base = None
        self.frames_to_send = None
        self.check = None  # function of (method, headers) -> status or None
        self.before_play_reply = b""
        self.connections = 0
        self.between = {}
        self.hold = asyncio.Event()
        self.changed = asyncio.Condition()
        self.port = 0
        self.writer = None
        self.udp_to = None

    def methods(self):
        return [method for method, _, _ in self.requests]

    def url(self, path="/live", login=""):
        return f"rtsp://{login}127.0.0.1:{self.port}{path}"

    async def wait_for(self, method, count=1):
        async with asyncio.timeout(10), self.changed:
            await self.changed.wait_for(lambda: self.methods().count(method) >= count)
        return [request for request in self.requests if request[0] == method][count - 1]

    async def serve(self, reader, writer):
        self.connections += 1
        self.writer = writer
        player = None
        try:
            while True:
                byte = await reader.readexactly(1)
                if byte == b"$":
                    _, size = struct.unpack(">BH", await reader.readexactly(3))
                    await reader.readexactly(size)
                    continue
                head = byte + await reader.readuntil(b"\r\n\r\n")
                if head.startswith(b"RTSP/"):
                    self.requests.append(("REPLY", head.split(b" ")[1].decode(), {}))
                    await self.note()
                    continue
                method, url, headers = self.parse(head)
                self.requests.append((method, url, headers))
                await self.note()
                reply = self.answer(method, url, headers)
                if method == "PLAY" and reply and b" 200 " in reply[:16]:
                    writer.write(self.before_play_reply)
                    player = asyncio.create_task(self.play(writer))
                if reply is not None:
                    writer.write(reply)
                await writer.drain()
        except (asyncio.IncompleteReadError, ConnectionError):
            pass
        finally:
            if player is not None:
                player.cancel()
            writer.close()
            with suppress(ConnectionError):
                await writer.wait_closed()

    async def note(self):
        async with self.changed:
            self.changed.notify_all()

    def parse(self, head):
        first, *lines = head.decode().split("\r\n")
        method, url, _ = first.split(" ")
        return method, url, {k.lower(): v.strip() for k, _, v in (line.partition(":") for line in lines) if k}

    def reply(self, headers, status=200, lines=(), body=""):
        text = [f"RTSP/1.0 {status} X", f"CSeq: {headers.get('cseq')}", *lines]
        if body:
            text.append(f"Content-Length: {len(body)}")
        return ("\r\n".join([*text, "", ""]) + body).encode()

    def answer(self, method, url, headers):
        scripted = self.replies.get(method)
        if scripted:
            entry = scripted.pop(0)
            return entry(headers) if callable(entry) else self.reply(headers, *entry)
        if self.check is not None and (refusal := self.check(method, url, headers)) is not None:
            return self.reply(headers, *refusal)
        if method == "OPTIONS":
            return self.reply(headers, lines=[f"Public: {PUBLIC}"])
        if method == "DESCRIBE":
            base = [f"Content-Base: {self.base or self.url() + '/'}"]
            return self.reply(headers, lines=base, body=SDP)
        if method == "SETUP":
            session = self.session_ids.pop(0) if len(self.session_ids) > 1 else self.session_ids[0]
            wanted = headers["transport"]
            if "client_port" in wanted:
                self.udp_to = int(wanted.split("client_port=")[1].split("-")[0])
                answer = f"{wanted};server_port=40000-40001"
            else:
                answer = "RTP/AVP/TCP;unicast;interleaved={}-{}".format(*self.channels)
            return self.reply(headers, lines=[f"Transport: {answer}", f"Session: {session}"])
        return self.reply(headers, lines=["Session: abc"])

    def packets(self):
        sequence, loop = 0, 0
        while True:
            for number, picture in enumerate(self.clip):
                nals = [n for n in picture.annexb.replace(b"\0\0\0\1", b"\0\0\1").split(b"\0\0\1") if n]
                for index, nal in enumerate(nals):
                    mark = 0x80 if index == len(nals) - 1 else 0
                    stamp = (loop * len(self.clip) + number) * 3600
                    head = struct.pack(">BBHII", 0x80, 96 | mark, sequence & 0xFFFF, stamp, 5)
                    yield loop * len(self.clip) + number, head + nal
                    sequence += 1
            loop += 1

    async def play(self, writer):
        """Fast as the wire allows until `hold`, a picture per loop turn."""
        endpoint = None
        if self.udp_to is not None:
            loop = asyncio.get_running_loop()
            endpoint, _ = await loop.create_datagram_endpoint(
                asyncio.DatagramProtocol, remote_addr=("127.0.0.1", self.udp_to)
            )
        last = -1
        for unit, packet in self.packets():
            if unit != last:
                if self.frames_to_send is not None and unit >= self.frames_to_send:
                    return
                if unit in self.between:
                    writer.write(self.between.pop(unit))
                await writer.drain()
                await asyncio.sleep(0.001)  # pace of the wire, nothing waits for it
                last = unit
            if endpoint is not None:
                endpoint.sendto(packet)
            else:
                writer.write(struct.pack(">cBH", b"$", self.channels[0], len(packet)) + packet)


@pytest.fixture
def play(encode_clip):
    """Factory: an async context with a camera at work."""

    @asynccontextmanager
    async def open_camera(camera=None):
        camera = camera or Camera(encode_clip(frames=50, gop=10))
        server = await asyncio.start_server(camera.serve, "127.0.0.1", 0)
        camera.port = server.sockets[0].getsockname()[1]
        try:
            yield camera
        finally:
            server.close()
            if camera.writer is not None:
                camera.writer.close()

    return open_camera


class Viewer:
    """A source at work in a task."""

    def __init__(self, camera, login="", *, path="/live", hurry=1, timeouts=None, **options):
        self.sink = Sink()
        self.source = RtspSource(
            CameraAddress.parse(camera.url(path, login)),
            HurriedClock(hurry),
            timeouts=timeouts or Timeouts(connect_s=2, reply_s=2),
            **options,
        )
        self.task = None

    async def __aenter__(self):
        self.task = asyncio.create_task(self.source.run(self.sink))
        return self

    async def __aexit__(self, *_):
        self.task.cancel()
        with suppress(asyncio.CancelledError, Exception):
            await self.task

    async def pictures(self, count):
        waiting = asyncio.create_task(self.sink.wait(count))
        await asyncio.wait({waiting, self.task}, return_when=asyncio.FIRST_COMPLETED)
        if self.task.done():
            waiting.cancel()
            raise self.task.exception()
        await waiting

    async def error(self):
        async with asyncio.timeout(10):
            await asyncio.wait({self.task})
        return self.task.exception()


@pytest.fixture
def viewer():
    return Viewer
