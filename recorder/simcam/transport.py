"""The two ways a track's packets reach a client: inside the RTSP line, or as datagrams."""

import asyncio
import contextlib
import socket
from collections.abc import Callable, Sequence
from typing import Protocol

from recorder.simcam.outbox import CONGESTED_BYTES, RELAXED_BYTES, Outbox
from recorder.simcam.packet import FrameTemplate, Piece, RawBytes, RtcpPacket, RtpPacket, interleaved

_PORT_TRIES = 50
_SEND_BUFFER_BYTES = 1 << 20


class Transport(Protocol):
    """Where one track goes."""

    def is_congested(self) -> bool:
        """Whether pictures should be left out."""

    def is_relaxed(self) -> bool:
        """Whether pictures may begin again."""

    def send_frame(self, template: FrameTemplate, sequence: int, timestamp: int, ssrc: int) -> None:
        """Send one unspoiled picture."""

    def send_pieces(self, pieces: Sequence[Piece]) -> None:
        """Send what faults made of a picture."""

    def send_control(self, data: bytes) -> None:
        """Send an RTCP packet."""

    def close(self) -> None:
        """Give back what it holds."""


class Interleaved:
    """RFC 2326 §10.12. `channel` may be changed until the first packet."""

    def __init__(self, outbox: Outbox, channel: int) -> None:
        self._outbox = outbox
        self.channel = channel

    def is_congested(self) -> bool:
        """See `Transport.is_congested`."""
        return self._outbox.backlog_bytes > CONGESTED_BYTES

    def is_relaxed(self) -> bool:
        """See `Transport.is_relaxed`."""
        return self._outbox.backlog_bytes < RELAXED_BYTES

    def send_frame(self, template: FrameTemplate, sequence: int, timestamp: int, ssrc: int) -> None:
        """See `Transport.send_frame`."""
        self._outbox.send(template.stamped(self.channel, sequence, timestamp, ssrc))

    def send_pieces(self, pieces: Sequence[Piece]) -> None:
        """See `Transport.send_pieces`."""
        self._outbox.send(b"".join(map(self._bytes, pieces)))

    def send_control(self, data: bytes) -> None:
        """See `Transport.send_control`."""
        self._outbox.send(interleaved(self.channel + 1, data))

    def close(self) -> None:
        """See `Transport.close`."""

    def _bytes(self, piece: Piece) -> bytes:
        if isinstance(piece, RawBytes):
            return piece.data
        if isinstance(piece, RtcpPacket):
            return interleaved(self.channel + 1, piece.data)
        return interleaved(self.channel if piece.channel is None else piece.channel, piece.datagram())


class Datagrams:
    """RFC 3550 over UDP: a pair of ports of ours, a pair of the client's.

    A datagram the kernel does not take is lost, as on any network.
    """

    def __init__(
        self, loop: asyncio.AbstractEventLoop, own_host: str, client: tuple[str, int, int],
        on_control: Callable[[], None],
    ) -> None:  # fmt: skip
        host, rtp_port, rtcp_port = client
        self._loop = loop
        self._rtp, self._rtcp = _port_pair(own_host)
        self._rtp_to, self._rtcp_to = (host, rtp_port), (host, rtcp_port)
        self._on_control = on_control
        self.ports: tuple[int, int] = (self._rtp.getsockname()[1], self._rtcp.getsockname()[1])
        loop.add_reader(self._rtcp, self._read)

    def is_congested(self) -> bool:
        """See `Transport.is_congested`."""
        return False

    def is_relaxed(self) -> bool:
        """See `Transport.is_relaxed`."""
        return True

    def send_frame(self, template: FrameTemplate, sequence: int, timestamp: int, ssrc: int) -> None:
        """See `Transport.send_frame`."""
        for datagram in template.datagrams(sequence, timestamp, ssrc):
            self._send(self._rtp, datagram, self._rtp_to)

    def send_pieces(self, pieces: Sequence[Piece]) -> None:
        """See `Transport.send_pieces`."""
        for piece in pieces:
            if isinstance(piece, RtpPacket):
                self._send(self._rtp, piece.datagram(), self._rtp_to)
            elif isinstance(piece, RtcpPacket):
                self._send(self._rtcp, piece.data, self._rtcp_to)

    def send_control(self, data: bytes) -> None:
        """See `Transport.send_control`."""
        self._send(self._rtcp, data, self._rtcp_to)

    def close(self) -> None:
        """See `Transport.close`."""
        self._loop.remove_reader(self._rtcp)
        self._rtp.close()
        self._rtcp.close()

    def _send(self, sock: socket.socket, data: bytes | memoryview, to: tuple[str, int]) -> None:
        with contextlib.suppress(OSError):
            sock.sendto(data, to)

    def _read(self) -> None:
        with contextlib.suppress(OSError):
            self._rtcp.recv(2048)
            self._on_control()


def _port_pair(host: str) -> tuple[socket.socket, socket.socket]:
    """Two bound sockets on an even port and the one above (RFC 3550 §11)."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    for _ in range(_PORT_TRIES):
        rtp = socket.socket(family, socket.SOCK_DGRAM)
        rtcp = socket.socket(family, socket.SOCK_DGRAM)
        try:
            rtp.bind((host, 0))
            even = rtp.getsockname()[1] & ~1
            if even != rtp.getsockname()[1]:
                rtp.close()
                rtp = socket.socket(family, socket.SOCK_DGRAM)
                rtp.bind((host, even))
            rtcp.bind((host, even + 1))
        except OSError:
            rtp.close()
            rtcp.close()
            continue
        rtp.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, _SEND_BUFFER_BYTES)
        rtp.setblocking(False)
        rtcp.setblocking(False)
        return rtp, rtcp
    raise OSError("no free pair of ports")
