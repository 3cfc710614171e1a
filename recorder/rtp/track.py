"""One camera's video from RTP packets to access units."""

import logging
import secrets
from collections.abc import Iterable

from recorder.rtp import rtcp
from recorder.rtp.camera_clock import CameraClock
from recorder.rtp.delivery import Delivery
from recorder.rtp.depacketiser import Depacketiser
from recorder.rtp.h264 import H264Depacketiser
from recorder.rtp.h265 import H265Depacketiser
from recorder.rtp.nal_rules import H264, H265
from recorder.rtp.packet import RtpPacket, parse
from recorder.rtp.senders import SenderChoice
from recorder.rtp.sequence import LATE, RESTARTED, STRANGE, SequenceTracker
from recorder.rtp.units import MAX_UNIT_AGE_US, UnitAssembler
from recorder.source import AccessUnitSink, SourceStats
from vms.media.video_format import Codec

_log = logging.getLogger(__name__)


class VideoTrack:
    """Takes every packet of one video channel, whatever it holds, without raising; gives pictures to a sink.

    Call `at` before the packets of one read. The public `sequence`, `depacketiser`, `flags_word`, `moment`
    and `stride_bytes` are
    for the fast path, which appends the middle fragments of a NAL unit itself and then calls `took`.
    """

    def __init__(
        self,
        codec: Codec,
        payload_type: int,
        sink: AccessUnitSink,
        stats: SourceStats,
        *,
        has_donl: bool = False,
        ssrc_hint: int | None = None,
    ) -> None:
        self.payload_type = payload_type
        self.stats = stats
        rules = H264 if codec == "h264" else H265
        self.delivery = Delivery(rules, sink, stats, self._set_interlaced)
        self.units = UnitAssembler(rules, self.delivery.on_picture, self.delivery.on_sets, self.delivery.deliver)
        self.depacketiser: Depacketiser = (
            H264Depacketiser(self.units) if codec == "h264" else H265Depacketiser(self.units, has_donl=has_donl)
        )
        self.sequence = SequenceTracker()
        self.flags_word = 0x8000 | payload_type  # version 2 with nothing special, no marker
        self.moment = -1  # time stamp with SSRC of the packet before
        self.stride_bytes = 0  # that packet with its interleaved header
        self.arrival_us = 0
        self.last_packet_us = 0
        self.goodbye_us: int | None = None
        self._sink = sink
        self._senders = SenderChoice(ssrc_hint)
        self._foreign_seen = 0
        self._camera_clock = CameraClock()
        self._report: rtcp.SenderReport | None = None
        self._report_us = 0
        self._own_ssrc = secrets.randbits(32)
        self._reported_lost = 0
        self._reported_received = 0

    def at(self, arrival_us: int) -> None:
        """The packets that follow were read now (CLOCK_BOOTTIME)."""
        self.arrival_us = arrival_us
        self.units.arrival_us = arrival_us

    def offer_sdp(self, sets: Iterable[bytes]) -> None:
        """Parameter sets of the description: in force until others come with the pictures."""
        self.delivery.formats.offer(sets, is_from_sdp=True)
        self._set_interlaced(self.delivery.formats.resolve())

    def on_packet(self, data: bytes) -> None:
        """Take one RTP packet."""
        self.stats.packets += 1
        packet = parse(data)
        if packet is None or packet.payload_type != self.payload_type:
            self.stats.unexpected_packets += 1
            return
        before = self._senders.ssrc
        accepted = self._senders.take(packet)
        if before is not None and self._senders.ssrc != before:
            self._restart()
        if self._senders.foreign_packets != self._foreign_seen:
            self.stats.unexpected_packets += self._senders.foreign_packets - self._foreign_seen
            self._foreign_seen = self._senders.foreign_packets
        for one in accepted:
            self._take(one)
        self.stride_bytes = 4 + len(data)

    def took(self, count: int) -> None:
        """Note that the fast path took packets, `count` of them not in arrays."""
        self.stats.packets += count
        self._senders.confirm()
        self.last_packet_us = self.arrival_us

    def on_rtcp(self, data: bytes, wall_us: int) -> None:
        """Take one RTCP packet, read at wall time `wall_us`."""
        for part in rtcp.parse(data):
            if isinstance(part, rtcp.Goodbye):
                _log.info("the camera said goodbye; listening on")
                self.goodbye_us = self.arrival_us
                self._senders.goodbye()
            elif part.ssrc == self._senders.ssrc or not self._foreign_seen:
                self._report, self._report_us = part, self.arrival_us
                if part.ntp_us is not None:
                    self._sink.on_camera_clock(self._camera_clock.note(part.ntp_us, wall_us))

    def receiver_report(self) -> bytes:
        """What we received, for the camera, which may want a sign of life (RFC 3550 §6.4.2)."""
        reception = None
        if self._senders.ssrc is not None and self.sequence.expected is not None:
            lost = self.sequence.lost - self._reported_lost
            received = self.sequence.received - self._reported_received
            self._reported_lost, self._reported_received = self.sequence.lost, self.sequence.received
            reception = rtcp.Reception(
                ssrc=self._senders.ssrc,
                lost_fraction=lost * 256 // max(1, lost + received),
                lost=self.sequence.lost,
                highest_extended=self.sequence.highest_extended,
                last_sr_middle=self._report.ntp_middle if self._report else 0,
                since_sr_us=self.arrival_us - self._report_us,
            )
        return rtcp.receiver_report(self._own_ssrc, reception, "nazar")

    def flush_old(self, now_us: int) -> None:
        """Hand on a picture that waits for its end for too long."""
        if self.depacketiser.open_parts is None:
            self.units.flush(older_than_us=now_us - MAX_UNIT_AGE_US)

    def close(self) -> None:
        """Hand on the last picture when it is whole."""
        if self.depacketiser.open_parts is None:
            self.units.flush()

    def _take(self, packet: RtpPacket) -> None:
        missing = self.sequence.take(packet.sequence)
        if missing in (LATE, STRANGE):
            self.stats.unexpected_packets += 1
            return
        if missing == RESTARTED:
            self.delivery.restart_at_sync("sequence_restart")
        elif missing:
            self.stats.lost_packets += missing
        self.last_packet_us = self.arrival_us
        self.moment = packet.timestamp << 32 | packet.ssrc
        self.depacketiser.push(packet.payload, packet.timestamp, packet.is_marked, missing != 0)

    def _set_interlaced(self, is_interlaced: bool) -> None:
        self.units.is_interlaced = is_interlaced

    def _restart(self) -> None:
        """Another sender took over: nothing of the old one may be mixed with it."""
        self.close()
        self.sequence = SequenceTracker()
        self._reported_lost = self._reported_received = 0
        self.depacketiser.reset()
        self.units.reset()
        self.delivery.wait_for_sync("sender_changed")
