"""What still has to leave through one TCP line, in order, without ever waiting."""

import asyncio
import contextlib
import socket
import struct
from collections.abc import Callable

CONGESTED_BYTES = 2 << 20
RELAXED_BYTES = 256 << 10
BROKEN_BYTES = 16 << 20


class Outbox:
    """Sends at once what the kernel takes; keeps the rest and sends it when there is room.

    Event loop's thread only. `on_broken` is called once when the line turns out dead or the rest exceeds 16 MiB.
    """

    def __init__(self, loop: asyncio.AbstractEventLoop, sock: socket.socket, on_broken: Callable[[], None]) -> None:
        self._loop = loop
        self._socket = sock
        self._on_broken = on_broken
        self._rest = bytearray()
        self._is_closed = False
        self.is_frozen = False

    @property
    def backlog_bytes(self) -> int:
        """What the kernel did not take yet."""
        return len(self._rest)

    def send(self, data: bytes | bytearray) -> None:
        """Queue `data`; it may be changed by its owner afterwards."""
        if self._is_closed or self.is_frozen:
            return
        if self._rest:
            self._keep(data)
            return
        try:
            taken = self._socket.send(data)
        except BlockingIOError:
            taken = 0
        except OSError:
            self._break()
            return
        if taken < len(data):
            self._keep(memoryview(data)[taken:])
            self._loop.add_writer(self._socket, self._flush)

    def close(self, rudely: bool = False) -> None:
        """End the line: by FIN, or by RST when `rudely`. May be called twice."""
        if self._is_closed:
            return
        self._is_closed = True
        self._loop.remove_writer(self._socket)
        with contextlib.suppress(OSError):
            if rudely:
                self._socket.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            else:
                self._socket.shutdown(socket.SHUT_RDWR)

    def _keep(self, data: bytes | bytearray | memoryview) -> None:
        self._rest += data
        if len(self._rest) > BROKEN_BYTES:
            self._break()

    def _flush(self) -> None:
        try:
            taken = self._socket.send(self._rest)
        except BlockingIOError:
            return
        except OSError:
            self._break()
            return
        del self._rest[:taken]
        if not self._rest:
            self._loop.remove_writer(self._socket)

    def _break(self) -> None:
        self.close(rudely=True)
        self._on_broken()
