"""One TCP connection to a camera: large reads in, requests out."""

import asyncio
import errno
import ipaddress
import logging
import socket
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from functools import partial
from typing import Any

from recorder.rtp.track import VideoTrack
from recorder.rtsp import message
from recorder.rtsp.framing import Splitter
from recorder.rtsp.low_water import LowWater
from recorder.rtsp.message import Request, Response
from recorder.source import SourceError, SourceStats
from vms.archive.model import Cause
from vms.kernel.clock import Clock

_log = logging.getLogger(__name__)

_SCRATCH_BYTES = 512 * 1024
_READ_BYTES = 256 * 1024  # per wake-up: one camera that floods us must not starve the others
_MAX_UNSENT_BYTES = 64 * 1024
_MAX_WAITING = 16
_USER_TIMEOUT_MS = 10_000
_IDLE_US = 200_000

_names = ThreadPoolExecutor(4, thread_name_prefix="names")

# One buffer for all cameras: it is empty again when a read is done, and reads never overlap in one thread.
_scratch = memoryview(bytearray(_SCRATCH_BYTES))


async def connect(host: str, port: int, timeout_s: float) -> socket.socket:
    """Open a non-blocking TCP connection; raises SourceError (`refused`, `timeout`, `no_route`)."""
    loop = asyncio.get_running_loop()
    sock: socket.socket | None = None
    try:
        async with asyncio.timeout(timeout_s):
            family, kind, protocol, _, place = await _find(host, port)
            sock = socket.socket(family, kind, protocol)
            sock.setblocking(False)
            sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_USER_TIMEOUT, _USER_TIMEOUT_MS)
            sock.setsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE, 1)
            await loop.sock_connect(sock, place)
    except BaseException as err:
        if sock is not None:
            sock.close()
        if isinstance(err, TimeoutError) and sock is None:
            raise SourceError(Cause.NETWORK, "no_route", "No name server knows the camera's name.") from err
        if isinstance(err, OSError):
            raise connect_error(err) from err
        raise
    return sock


async def _find(host: str, port: int) -> tuple[Any, ...]:
    """Where `host` is; raises OSError. A name is looked for in threads of its own: they may hang without a name server.

    Nothing else may wait for them, and cameras that are given by IP address need no name server.
    """
    asked = partial(socket.getaddrinfo, host, port, type=socket.SOCK_STREAM)
    if _is_literal(host):
        return asked()[0]
    return (await asyncio.get_running_loop().run_in_executor(_names, asked))[0]


def _is_literal(host: str) -> bool:
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return False
    return True


def connect_error(err: OSError) -> SourceError:
    """Why a connection could not be made or broke, in the recorder's words."""
    if isinstance(err, TimeoutError):
        return SourceError(Cause.CAMERA_OFFLINE, "timeout", "The camera does not answer.")
    if isinstance(err, ConnectionRefusedError):
        return SourceError(Cause.CAMERA_OFFLINE, "refused", "The camera refuses the connection.")
    if isinstance(err, ConnectionError):
        return SourceError(Cause.CAMERA_OFFLINE, "closed", "The camera broke the connection.")
    if isinstance(err, socket.gaierror) or err.errno in (errno.EHOSTUNREACH, errno.ENETUNREACH):
        return SourceError(Cause.NETWORK, "no_route", "There is no way through the network to the camera.")
    if err.errno == errno.ETIMEDOUT:
        return SourceError(Cause.NETWORK, "timeout", "The line to the camera is dead.")
    return SourceError(
        Cause.NETWORK, "protocol", f"The connection failed ({errno.errorcode.get(err.errno or 0, '?')})."
    )


class Connection:
    """Owns the socket. Packets go to the splitter's channels, answers to whoever asked, failures to `failed`."""

    def __init__(self, sock: socket.socket, clock: Clock, stats: SourceStats) -> None:
        self._loop = asyncio.get_running_loop()
        self._sock = sock
        self._clock = clock
        self._stats = stats
        self._rest = b""
        self._unsent = b""
        self._cseq = 0
        self._waiting: dict[int, Callable[[Response], None]] = {}
        self._is_open = True
        self.splitter = Splitter(self._on_message, stats)
        self.track: VideoTrack | None = None
        self.low_water = LowWater(sock)
        self.last_read_us = clock.boottime_us()
        self.failed: asyncio.Future[SourceError] = self._loop.create_future()
        self._loop.add_reader(sock, self._read)

    @property
    def peer(self) -> str:
        """The camera's IP address."""
        return str(self._sock.getpeername()[0])

    @property
    def own(self) -> tuple[int, str]:
        """Address family with our own IP address towards the camera."""
        return self._sock.family, str(self._sock.getsockname()[0])

    def close(self) -> None:
        """Let go of the socket; may be called twice."""
        if self._is_open:
            self._is_open = False
            self._loop.remove_reader(self._sock)
            self._loop.remove_writer(self._sock)
            self._sock.close()

    def send_request(
        self,
        method: str,
        url: str,
        headers: list[tuple[str, str]],
        on_reply: Callable[[Response], None],
    ) -> int:
        """Send a request without waiting; returns its CSeq."""
        self._cseq += 1  # the first is 1: picky servers
        if len(self._waiting) >= _MAX_WAITING:
            del self._waiting[next(iter(self._waiting))]  # some cameras never answer a keep-alive
        self._waiting[self._cseq] = on_reply
        self.send(message.format_request(method, url, self._cseq, headers))
        return self._cseq

    async def ask(self, method: str, url: str, headers: list[tuple[str, str]], timeout_s: float) -> Response:
        """Send a request and wait for its answer; raises SourceError (`timeout`, `closed`, …)."""
        reply: asyncio.Future[Response] = self._loop.create_future()

        def on_reply(response: Response) -> None:
            if not reply.done():
                reply.set_result(response)

        cseq = self.send_request(method, url, headers, on_reply)
        try:
            both: set[asyncio.Future[Any]] = {reply, self.failed}
            await asyncio.wait(both, timeout=timeout_s, return_when=asyncio.FIRST_COMPLETED)
        finally:
            self._waiting.pop(cseq, None)
        if reply.done():
            return reply.result()
        if self.failed.done():
            raise self.failed.result()
        raise SourceError(Cause.CAMERA_OFFLINE, "timeout", f"The camera did not answer {method} in time.")

    def send(self, data: bytes) -> None:
        """Queue bytes for the camera; one that does not read them for long has failed."""
        if not self._is_open or self.failed.done():
            return
        was_empty = not self._unsent
        self._unsent += data
        if len(self._unsent) > _MAX_UNSENT_BYTES:
            self._fail(SourceError(Cause.NETWORK, "timeout", "The camera stopped reading what we send."))
        elif was_empty:
            self._write()

    def drain_idle(self, now_us: int) -> None:
        """Fetch what waits below the low-water mark, so that nothing is held for longer than half a second."""
        if self._is_open and now_us - self.last_read_us >= _IDLE_US and not self.failed.done():
            self._read()

    def _write(self) -> None:
        try:
            sent = self._sock.send(self._unsent)
        except (BlockingIOError, InterruptedError):
            sent = 0
        except OSError as err:
            self._fail(connect_error(err))
            return
        self._unsent = self._unsent[sent:]
        if self._unsent:
            self._loop.add_writer(self._sock, self._write)
        else:
            self._loop.remove_writer(self._sock)

    def _read(self) -> None:
        held = len(self._rest)
        _scratch[:held] = self._rest
        try:
            received = self._sock.recv_into(_scratch[held : held + _READ_BYTES])
        except (BlockingIOError, InterruptedError):
            return
        except OSError as err:
            self._fail(connect_error(err))
            return
        if not received:
            self._fail(SourceError(Cause.CAMERA_OFFLINE, "closed", "The camera closed the connection."))
            return
        self._stats.bytes_received += received
        self.last_read_us = self._clock.boottime_us()
        if self.track is not None:
            self.track.at(self.last_read_us)
        end = held + received
        try:
            done = self.splitter.feed(_scratch, end)
        except SourceError as err:
            self._fail(err)
            return
        except Exception:  # noqa: BLE001 - the outermost loop of a camera: one that finds our mistake must not stop the others
            _log.exception("a camera's data was not understood")
            self._fail(SourceError(Cause.UNKNOWN, "protocol", "The camera's data could not be understood."))
            return
        self._rest = bytes(_scratch[done:end])

    def _on_message(self, received: Response | Request) -> None:
        if isinstance(received, Request):
            # RFC 2326 §10.1 lets a server ask too; some end the session when nobody answers.
            cseq = received.headers.get("cseq")
            is_known = received.method == "OPTIONS"
            self.send(message.format_response(*((200, "OK") if is_known else (501, "Not Implemented")), cseq))
            return
        cseq_number = received.cseq
        if cseq_number not in self._waiting:
            if cseq_number is not None or not self._waiting:
                return
            cseq_number = next(iter(self._waiting))  # an answer that does not say to what
        self._waiting.pop(cseq_number)(received)

    def _fail(self, error: SourceError) -> None:
        self._loop.remove_reader(self._sock)
        with suppress(asyncio.InvalidStateError):
            self.failed.set_result(error)
