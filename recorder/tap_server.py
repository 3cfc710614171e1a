"""The recorder's Unix socket: live pictures and the recorder's own state."""

import asyncio
import contextlib
import json
import logging
import socket
from collections.abc import Callable
from pathlib import Path
from typing import Any, Protocol
from uuid import UUID

from recorder.tap_channel import TapChannel
from vms.archive.model import StreamKey
from vms.media import tap

log = logging.getLogger(__name__)

REQUEST_TIMEOUT_S = 5.0
READER_BYTES = 8 * 1024 * 1024  # what a reader may owe before it loses pictures: more than a group of them
RESUME_BYTES = READER_BYTES // 4
MAX_READERS = 512


class Channels(Protocol):
    """Where the tap finds streams; opening one on demand is the recorder's business."""

    def open_channel(self, key: StreamKey) -> TapChannel | None:
        """The channel of a stream (None: no such stream here); it stays open while it has readers."""
        ...

    def reader_left(self, key: StreamKey) -> None:
        """A reader of this stream is gone."""
        ...


class TapServer:
    """Serves `vms.media.tap` on a Unix socket that only this user can open.

    Readers are never waited for: one that owes more than 8 MiB misses pictures until the next key frame.
    """

    def __init__(self, path: Path, channels: Channels, status: Callable[[], dict[str, Any]]) -> None:
        self._path = path
        self._channels = channels
        self._status = status
        self._server: asyncio.Server | None = None
        self._readers = 0
        self._connections: set[asyncio.Task[None]] = set()

    async def start(self) -> None:
        """Listen; a socket left by a dead recorder is replaced."""
        self._path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        with contextlib.suppress(FileNotFoundError):
            self._path.unlink()
        self._server = await asyncio.start_unix_server(self._accept, str(self._path), limit=tap.MAX_REQUEST_BYTES)
        self._path.chmod(0o600)  # its folder is this user's alone already

    async def stop(self) -> None:
        """Stop listening and drop all readers."""
        if self._server is not None:
            self._server.close()
            self._server = None
        for task in self._connections:
            task.cancel()
        if self._connections:
            await asyncio.wait(self._connections)
        with contextlib.suppress(FileNotFoundError):
            self._path.unlink()

    def _accept(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.create_task(self._serve(reader, writer))
        self._connections.add(task)
        task.add_done_callback(self._connections.discard)

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            request = await self._request(reader)
            if request.get("op") == "status":
                writer.write(tap.pack_json(self._status()))
                await asyncio.wait_for(writer.drain(), REQUEST_TIMEOUT_S)
            elif request.get("op") == "subscribe":
                await self._subscribe(request, reader, writer)
            else:
                writer.write(tap.pack_json({"error": "unknown_request"}))
        except (
            OSError,
            TimeoutError,
            ValueError,
            asyncio.IncompleteReadError,
            asyncio.LimitOverrunError,
        ) as err:
            log.debug("a tap connection ended: %s", type(err).__name__)
        finally:
            writer.close()

    async def _request(self, reader: asyncio.StreamReader) -> dict[str, Any]:
        line = await asyncio.wait_for(reader.readuntil(b"\n"), REQUEST_TIMEOUT_S)
        request = json.loads(line)
        if not isinstance(request, dict):
            raise ValueError("a request is an object")  # noqa: TRY004 - input, not a programming error
        return request

    async def _subscribe(
        self, request: dict[str, Any], reader: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> None:
        want = request.get("want")
        key = StreamKey(UUID(str(request.get("camera"))), str(request.get("stream", "main")))
        if want not in ("access_units", "fragments"):
            raise ValueError("want access_units or fragments")
        channel = self._channels.open_channel(key) if self._readers < MAX_READERS else None
        if channel is None:
            writer.write(tap.pack_json({"error": "no_such_stream" if self._readers < MAX_READERS else "too_many"}))
            return
        subscriber = _Subscriber(want, writer)
        self._readers += 1
        channel.join(subscriber)
        try:
            await reader.read(1)  # readers say nothing more; this ends when they leave
        finally:
            channel.leave(subscriber)
            writer.transport.abort()  # one that stopped reading must not keep what it owes
            self._readers -= 1
            self._channels.reader_left(key)


class _Subscriber:
    """A connected reader with a bound on what it owes."""

    def __init__(self, want: tap.Want, writer: asyncio.StreamWriter) -> None:
        self.want = want
        self._transport = writer.transport
        connection = writer.get_extra_info("socket")
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, 256 * 1024)
        self._is_skipping = False
        self._skipped = 0

    def send(self, message: bytes, *, is_sync: bool) -> None:
        """See `tap_channel.Reader.send`."""
        if self._transport.is_closing():
            return
        waiting = self._transport.get_write_buffer_size()
        if self._is_skipping:
            if not is_sync or waiting > RESUME_BYTES:
                self._skipped += 1
                return
            self._is_skipping = False
            self._transport.write(tap.pack_json({"event": "skipped", "messages": self._skipped}))
        elif waiting + len(message) > READER_BYTES and waiting:
            self._is_skipping, self._skipped = True, 1
            return
        self._transport.write(message)

    def end(self) -> None:
        """See `tap_channel.Reader.end`."""
        self._transport.abort()

    def notify(self, message: bytes) -> None:
        """See `tap_channel.Reader.notify`."""
        if not self._transport.is_closing() and self._transport.get_write_buffer_size() <= 2 * READER_BYTES:
            self._transport.write(message)
