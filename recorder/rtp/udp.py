"""RTP with RTCP over a pair of UDP ports (RFC 3550 §11)."""

import asyncio
import logging
import socket
from collections.abc import Callable
from contextlib import suppress

from recorder.rtp.reorder import ReorderBuffer
from recorder.rtp.track import VideoTrack
from recorder.source import SourceError, SourceStats
from vms.archive.model import Cause
from vms.kernel.clock import Clock

_log = logging.getLogger(__name__)

_PORT_TRIES = 20
_RECEIVE_BYTES = 4 << 20  # a key frame comes as one burst: what the kernel cannot hold is lost
_PACKETS_PER_WAKE = 128
_LARGEST_PACKET_BYTES = 65_536


class UdpReceiver:
    """Receives from one camera only, restores order, feeds a track. Everything else that arrives is dropped.

    `failed` gets the reason when nothing more is received.
    """

    def __init__(self, family: int, own_ip: str, camera_ip: str, clock: Clock, stats: SourceStats) -> None:
        self._loop = asyncio.get_running_loop()
        self._clock = clock
        self._stats = stats
        self._camera_ip = camera_ip
        self._rtp, self._rtcp = _open_pair(family, own_ip)
        self._reorder = ReorderBuffer()
        self._pushed = 0
        self._pushed_at_tick = 0
        self._scratch = bytearray(_LARGEST_PACKET_BYTES)
        self.track: VideoTrack | None = None
        self.failed: asyncio.Future[SourceError] = self._loop.create_future()
        self._loop.add_reader(self._rtp, self._read, self._rtp, self._on_rtp)
        self._loop.add_reader(self._rtcp, self._read, self._rtcp, self._on_rtcp)

    @property
    def ports(self) -> tuple[int, int]:
        """Our ports, for SETUP."""
        return self._rtp.getsockname()[1], self._rtcp.getsockname()[1]

    def greet(self, server_ports: tuple[int, int], report: bytes) -> None:
        """Send something to the camera's ports, so that address translation and firewalls let its answers in."""
        with suppress(OSError):
            self._rtp.sendto(bytes([0x80, 0, *bytes(10)]), (self._camera_ip, server_ports[0]))
            self._rtcp.sendto(report, (self._camera_ip, server_ports[1]))

    def send_report(self, server_ports: tuple[int, int], report: bytes) -> None:
        """Send an RTCP packet."""
        with suppress(OSError):
            self._rtcp.sendto(report, (self._camera_ip, server_ports[1]))

    def on_tick(self) -> None:
        """Give up on packets that are missing since the last tick."""
        if self._pushed == self._pushed_at_tick and self.track is not None:
            for packet in self._reorder.flush():
                self.track.on_packet(packet)
        self._pushed_at_tick = self._pushed

    def close(self) -> None:
        """Let go of the ports."""
        self._stop_reading()
        for sock in (self._rtp, self._rtcp):
            sock.close()

    def _stop_reading(self) -> None:
        for sock in (self._rtp, self._rtcp):
            self._loop.remove_reader(sock)

    def _read(self, sock: socket.socket, take: Callable[[bytes], None]) -> None:
        try:
            self._read_some(sock, take)
        except Exception:  # noqa: BLE001 - the outermost loop of a camera: one that finds our mistake must not stop the others
            _log.exception("a camera's data was not understood")
            self._stop_reading()
            with suppress(asyncio.InvalidStateError):
                self.failed.set_result(
                    SourceError(Cause.UNKNOWN, "protocol", "The camera's data could not be understood.")
                )

    def _read_some(self, sock: socket.socket, take: Callable[[bytes], None]) -> None:
        if self.track is not None:
            self.track.at(self._clock.boottime_us())
        for _ in range(_PACKETS_PER_WAKE):
            try:
                size, sender = sock.recvfrom_into(self._scratch)
            except (BlockingIOError, InterruptedError):
                return
            except OSError:
                continue  # an ICMP error of an earlier greeting
            self._stats.bytes_received += size
            if sender[0] == self._camera_ip:
                take(bytes(self._scratch[:size]))
            else:
                self._stats.unexpected_packets += 1

    def _on_rtp(self, packet: bytes) -> None:
        if self.track is None or len(packet) < 12 or packet[1] & 0x7F != self.track.payload_type:
            self._stats.unexpected_packets += 1
            return
        self._pushed += 1
        repeated = self._reorder.repeated
        for ready in self._reorder.push(packet[2] << 8 | packet[3], packet):
            self.track.on_packet(ready)
        self._stats.unexpected_packets += self._reorder.repeated - repeated

    def _on_rtcp(self, packet: bytes) -> None:
        if self.track is not None:
            self.track.on_rtcp(packet, self._clock.now_us())


def _open_pair(family: int, own_ip: str) -> tuple[socket.socket, socket.socket]:
    """An even port with the odd one above it; raises OSError when the machine has none left."""
    for _ in range(_PORT_TRIES):
        rtp, rtcp = (socket.socket(family, socket.SOCK_DGRAM) for _ in range(2))
        try:
            rtp.bind((own_ip, 0))
            port = rtp.getsockname()[1]
            if port % 2 == 0:
                rtcp.bind((own_ip, port + 1))
                for sock in (rtp, rtcp):
                    sock.setblocking(False)
                rtp.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, _RECEIVE_BYTES)
                return rtp, rtcp
        except OSError:
            pass
        rtp.close()
        rtcp.close()
    raise OSError("no pair of UDP ports is free")
