"""One client's view of one stream: its own SSRC, sequence numbers, times, faults."""

import secrets
from collections.abc import Callable
from dataclasses import dataclass

from recorder.simcam import rtcp
from recorder.simcam.coded_unit import CodedUnit
from recorder.simcam.encoder import TICKS_PER_SECOND
from recorder.simcam.faults.fault import Fault
from recorder.simcam.packet import Piece, RtpPacket
from recorder.simcam.payload import payloads_of
from recorder.simcam.spoiler import Spoiler, spoil_pieces
from recorder.simcam.transport import Transport

_REPORT_EVERY_90K = 5 * TICKS_PER_SECOND


@dataclass(slots=True)
class Watched:
    """What a client was sent, for the journal. Numbers are those of the endless loop (clips) or of the encoder."""

    first_unit: int | None = None
    last_unit: int | None = None
    units_sent: int = 0
    units_skipped: int = 0  # left out because the client was too slow


class Player:
    """Turns units into packets for one client. Event loop's thread only.

    A client that does not keep up loses everything to the next key picture after its backlog is gone; times go
    on, sequence numbers do not jump (as when a camera drops pictures before it packs them).
    """

    def __init__(self, transport: Transport, spoiler: Spoiler, camera_time_us: Callable[[], int]) -> None:
        self.transport = transport
        self.ssrc = secrets.randbits(32)
        self.sequence = secrets.randbits(16)
        self.first_timestamp = secrets.randbits(32)
        self.watched = Watched()
        self.is_sync = False
        self.media_s = 0.0
        self._spoiler = spoiler
        self._camera_time_us = camera_time_us
        self._first_pts_90k: int | None = None
        self._is_skipping = False
        self._report_at_90k = 0
        self._packets = 0
        self._payload_bytes = 0

    def send(self, unit: CodedUnit, number: int, offset_90k: int, late_s: float = 0.0) -> None:
        """Send unit `number`, whose times count from `offset_90k` on, `late_s` after it was due.

        Before the first key picture nothing is sent.
        """
        pts_90k = unit.pts_90k + offset_90k
        if self._first_pts_90k is None:
            if not unit.is_sync:
                return
            self._first_pts_90k = pts_90k
            self._report_at_90k = pts_90k
        transport = self.transport
        if (self._is_skipping or transport.is_congested()) and self._has_to_skip(unit):
            self.watched.units_skipped += 1
            return
        timestamp = (self.first_timestamp + pts_90k - self._first_pts_90k) & 0xFFFFFFFF
        faults = self._spoiler.next_turn()
        if faults:
            self.is_sync = unit.is_sync
            self.media_s = (unit.dts_90k + offset_90k) / TICKS_PER_SECOND
            if not self._send_spoiled(unit, timestamp, faults):
                return
        else:
            template = unit.template
            transport.send_frame(template, self.sequence, timestamp, self.ssrc)
            self.sequence = (self.sequence + template.packets) & 0xFFFF
            self._packets += template.packets
            self._payload_bytes += unit.payload_bytes
        watched = self.watched
        if watched.first_unit is None:
            watched.first_unit = number
        watched.last_unit = number
        watched.units_sent += 1
        if pts_90k >= self._report_at_90k:
            self._report_at_90k = pts_90k + _REPORT_EVERY_90K
            self._report(timestamp, late_s)

    def _has_to_skip(self, unit: CodedUnit) -> bool:
        self._is_skipping = not (self._is_skipping and unit.is_sync and self.transport.is_relaxed())
        return self._is_skipping

    def _send_spoiled(self, unit: CodedUnit, timestamp: int, faults: list[tuple[Fault, int]]) -> bool:
        wishes = [fault.on_turn(number) for fault, number in faults]  # every fault counts its turns
        if not all(wishes):
            return False
        nals = list(unit.nals)
        for fault, number in faults:
            nals = fault.on_nals(number, nals)
        payloads = payloads_of(nals, unit.codec)
        for fault, number in faults:
            payloads = fault.on_payloads(number, payloads)
        pieces: list[Piece] = [
            RtpPacket(payload, index == len(payloads) - 1, (self.sequence + index) & 0xFFFF, timestamp, self.ssrc)
            for index, payload in enumerate(payloads)
        ]
        self.sequence = (self.sequence + len(payloads)) & 0xFFFF
        self._packets += len(payloads)
        self._payload_bytes += sum(map(len, payloads))
        self.transport.send_pieces(spoil_pieces(faults, pieces))
        return True

    def _report(self, timestamp: int, late_s: float) -> None:
        taken_us = self._camera_time_us() - round(late_s * 1_000_000)
        self.transport.send_control(
            rtcp.sender_report(self.ssrc, taken_us, timestamp, self._packets, self._payload_bytes)
        )
