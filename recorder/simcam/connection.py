"""One client's RTSP line: bytes in, answers and pictures out."""

import asyncio
import contextlib
import re
import socket
from typing import Protocol

from recorder.simcam import methods
from recorder.simcam.audio import Hum
from recorder.simcam.authentication import Gate
from recorder.simcam.camera import SimCamera, SimStream
from recorder.simcam.faults.board import orders_of_query
from recorder.simcam.feed import Feed
from recorder.simcam.journal import Journal
from recorder.simcam.messages import MalformedMessageError, Reply, Request, encode_request, take_message
from recorder.simcam.outbox import Outbox
from recorder.simcam.player import Player
from recorder.simcam.session import Session
from recorder.simcam.spoiler import Spoiler
from recorder.simcam.transport import Datagrams, Interleaved, Transport
from vms.kernel.clock import Clock
from vms.kernel.errors import VmsError
from vms.media.video_format import Codec

_READ_BYTES = 64 << 10
_IDLE_S = 120.0
_AUDIO_TICK_S = 0.1


class House(Protocol):
    """What a connection needs of the server."""

    clock: Clock
    journal: Journal | None

    def find(self, path: str) -> tuple[SimCamera, SimStream] | None:
        """Camera and stream behind a path."""

    async def feed(self, camera: SimCamera, stream: SimStream, coding: str | None) -> Feed:
        """Pictures of that stream."""


class Connection:
    """Serves one client until either side ends; also the `Line` that faults act on. Event loop's thread only."""

    camera: SimCamera
    stream: SimStream
    spoiler: Spoiler
    gate: Gate

    def __init__(self, house: House, sock: socket.socket, loop: asyncio.AbstractEventLoop) -> None:
        self.session: Session | None = None
        self.codec: Codec = "h264"
        self.path = ""
        self._house, self._socket, self._loop = house, sock, loop
        self._task = asyncio.current_task()
        self._outbox = Outbox(loop, sock, self._cancel)
        self._feed: Feed | None = None
        self._heard_s = loop.time()
        self._cseq = 0
        self._hummer: asyncio.TimerHandle | None = None
        self._is_known = False

    async def run(self) -> None:
        """Read and answer until the client leaves, breaks the protocol or is sent away."""
        buffer = bytearray()
        try:
            while data := await self._loop.sock_recv(self._socket, _READ_BYTES):
                self._heard_s = self._loop.time()
                buffer += data
                while (message := take_message(buffer)) is not None:
                    await self._take(message)
        except (OSError, MalformedMessageError):
            pass
        finally:
            self._end()

    def expire(self, now_s: float) -> None:
        """Called every second: end a line whose client has been silent too long."""
        limit = self.session.is_expired(now_s) if self.session else now_s - self._heard_s > _IDLE_S
        if limit and not self._outbox.is_frozen:
            self.close()

    # What faults may do (see `Line`).

    @property
    def is_sync(self) -> bool:
        """See `Line.is_sync`."""
        return self.session is not None and self.session.player is not None and self.session.player.is_sync

    @property
    def media_s(self) -> float:
        """See `Line.media_s`."""
        return self.session.player.media_s if self.session and self.session.player else 0.0

    def close(self) -> None:
        """See `Line.close`."""
        self._outbox.close()
        self._cancel()

    def reset(self) -> None:
        """See `Line.reset`."""
        self._outbox.close(rudely=True)
        self._cancel()

    def freeze(self) -> None:
        """See `Line.freeze`."""
        self._outbox.is_frozen = True

    def reboot(self, gone_s: float) -> None:
        """See `Line.reboot`; later, so that the picture now in hand is done with."""
        self._loop.call_soon(self.camera.reboot, gone_s)

    def ask(self, method: str, body: bytes = b"") -> None:
        """See `Line.ask`."""
        self._cseq += 1
        headers = [("Session", self.session.id)] if self.session else []
        if body:
            headers.append(("Content-Type", "text/parameters"))
        self._outbox.send(encode_request(method, "*", self._cseq, headers, body))

    def begin(self) -> None:
        """See `Line.begin`."""
        if self.session is None:
            return
        self.session.play()
        forced = any(fault.forces_audio for fault in self.spoiler.faults())
        transport = self.session.transports.get(1) or (self.interleaved(2) if forced else None)
        if transport is not None and self.session.hum is None:
            self.session.hum = Hum(transport, self._loop.time())
            self._keep_humming()

    def forget_nonces(self) -> None:
        """See `Line.forget_nonces`."""
        self.gate.rotate()

    # What the methods need (see `methods.Client`).

    async def feed(self) -> Feed:
        """See `Client.feed`."""
        if self._feed is None:
            self._feed = await self._house.feed(self.camera, self.stream, self.spoiler.coding())
            self.codec = self._feed.codec
        return self._feed

    def interleaved(self, channel: int) -> Interleaved:
        """See `Client.interleaved`."""
        return Interleaved(self._outbox, channel)

    def datagrams(self, rtp_port: int, rtcp_port: int) -> Datagrams:
        """See `Client.datagrams`."""
        own_host, peer_host = self._socket.getsockname()[0], self._socket.getpeername()[0]
        return Datagrams(self._loop, own_host, (peer_host, rtp_port, rtcp_port), self._note_sign)

    def new_player(self, transport: Transport) -> Player:
        """See `Client.new_player`."""
        camera, clock = self.camera, self._house.clock
        return Player(transport, self.spoiler, lambda: clock.now_us() + camera.clock_offset_us)

    def now_s(self) -> float:
        """See `Client.now_s`."""
        return self._loop.time()

    async def _take(self, message: Request | bytes) -> None:
        self._note_sign()
        if isinstance(message, bytes) or message.method.startswith("RTSP/") or self._outbox.is_frozen:
            return
        reply: Reply | None
        if not self._recognise(message):
            reply = Reply(404)
        elif self.camera.state == "gone":
            self.reset()
            return
        else:
            reply = await self._answer(message)
        if reply is None:
            return
        await self._send_reply(reply.encode(message.headers.get("cseq", "0")))
        if message.method == "PLAY" and reply.status == 200:
            self.begin()
        if message.method == "TEARDOWN" and reply.status == 200:
            self._end_session()

    def _recognise(self, request: Request) -> bool:
        """Learn from the first good address which camera is meant and what is to go wrong."""
        if self._is_known:
            return True
        found = self._house.find(request.path)
        if found is None:
            return False
        self.camera, self.stream = found
        self.path = request.path
        self.spoiler = Spoiler(self, self.camera.faults)
        self.gate = Gate(self.camera.user, self.camera.password, self.camera.schemes)
        with contextlib.suppress(VmsError):
            self.spoiler.ask(orders_of_query(request.query))
        self._is_known = True
        return True

    async def _answer(self, request: Request) -> Reply | None:
        faults = self.spoiler.faults()
        reply = next((early for fault in faults if (early := fault.on_request(request)) is not None), None)
        if reply is None:
            reply = await self._proper_reply(request)
        result: Reply | None = reply
        for fault in faults:
            result = fault.on_reply(request, result) if result is not None else None
        if result is not None and request.method == "SETUP":
            self._adopt_channel(request, result)
        return result

    async def _proper_reply(self, request: Request) -> Reply:
        asks = request.method == "PLAY" or not any(fault.asks_only_on_play for fault in self.spoiler.faults())
        if request.method != "OPTIONS" and asks and not self.gate.is_open_to(request):
            return Reply(401, self.gate.challenges(request))
        if self.camera.state == "starting" and request.method in ("DESCRIBE", "SETUP"):
            return Reply(404)
        return await methods.answer(self, request)

    def _adopt_channel(self, request: Request, reply: Reply) -> None:
        """A fault may have named other channels in the reply than were asked for: use those."""
        named = re.search(r"interleaved=(\d+)", dict(reply.headers).get("Transport", ""))
        transport = self.session.transports.get(request.track or 0) if self.session else None
        if named and isinstance(transport, Interleaved):
            transport.channel = int(named.group(1))

    async def _send_reply(self, data: bytes) -> None:
        rates = [fault.reply_bytes_per_s for fault in self.spoiler.faults()] if self._is_known else []
        rate = next((rate for rate in rates if rate), None)
        if rate is None:
            self._outbox.send(data)
            return
        for at in range(len(data)):
            self._outbox.send(data[at : at + 1])
            await asyncio.sleep(1 / rate)

    def _note_sign(self) -> None:
        if self.session is not None:
            self.session.last_sign_s = self._loop.time()

    def _keep_humming(self) -> None:
        if self.session is not None and self.session.hum is not None:
            self.session.hum.catch_up(self._loop.time())
            self._hummer = self._loop.call_later(_AUDIO_TICK_S, self._keep_humming)

    def _end_session(self) -> None:
        session, self.session = self.session, None
        if self._hummer is not None:
            self._hummer.cancel()
        if session is None:
            return
        session.close()
        if self._house.journal is not None and session.player is not None:
            self._house.journal.note(self.path, session.player.watched)

    def _end(self) -> None:
        self._end_session()
        self._outbox.close()
        self._socket.close()

    def _cancel(self) -> None:
        if self._task is not None and not self._task.done():
            self._loop.call_soon(self._task.cancel)
