"""Sends coded pictures to one WebRTC viewer as they are."""

import asyncio
import logging
import secrets
import struct
from collections.abc import Callable, Sequence
from typing import Any

from aiortc.codecs import is_rtx
from aiortc.rtcdtlstransport import RTCDtlsTransport
from aiortc.rtcrtpparameters import RTCRtpSendParameters
from aiortc.rtp import (
    RTCP_PSFB_FIR,
    RTCP_PSFB_PLI,
    RTCP_RTPFB_NACK,
    AnyRtcpPacket,
    RtcpByePacket,
    RtcpPsfbPacket,
    RtcpRtpfbPacket,
    RtcpSdesPacket,
    RtcpSenderInfo,
    RtcpSourceInfo,
    RtcpSrPacket,
)

from streams.ntp_time import ntp_time

log = logging.getLogger(__name__)

HISTORY = 1024  # with aiortc's 128, one NACK in eight at 5 % loss came too late and the picture froze (measured)
BURST_PACKETS = 64
BURST_PAUSE_S = 0.003  # 200 Mbit/s: a group of pictures at once must not overrun a switch or the browser's socket
FIRST_REPORTS_S, REPORTS_S = 0.25, 1.5
_HEAD = struct.Struct("!BBHII")
_VERSION_2 = 0x80
_MARKER = 0x80


class PassthroughSender:
    """What aiortc's peer connection asks of a sender, for pictures that are coded already.

    aiortc's own sender ignores requests for a key frame when it is given packets, keeps 128 of them and packs every
    picture anew for every viewer. Payloads here are shared; a packet of a viewer is twelve bytes of its own.
    `on_key_frame_wanted` is called at each PLI or FIR. A lost packet is sent again while it is among the last 1,024, at
    most as often as there are packets.
    """

    kind = "video"
    track = None

    def __init__(self, transport: RTCDtlsTransport, on_key_frame_wanted: Callable[[], None]) -> None:
        self.transport = transport
        self.is_ready = asyncio.Event()
        self.packets_sent = self.packets_resent = 0
        # aiortc reads these
        self._ssrc = secrets.randbits(32)
        self._rtx_ssrc = secrets.randbits(32)
        self._stream_id = secrets.token_hex(8)
        self._track_id = secrets.token_hex(8)
        self._enabled = True
        self._on_key_frame_wanted = on_key_frame_wanted
        self._payload_type = self._rtx_payload_type = 0
        self._cname = ""
        self._sequence = secrets.randbits(15)  # below 2^15: SRTP must not roll over before the viewer is there
        self._rtx_sequence = secrets.randbits(15)
        self._history: list[tuple[int, int, int, bytes] | None] = [None] * HISTORY
        self._resends_left = HISTORY
        self._bytes_sent = 0
        self._last = (0, 0)  # timestamp, server time of the newest picture
        self._reports: asyncio.Task[None] | None = None

    async def send_picture(self, payloads: Sequence[bytes], timestamp: int, wall_us: int) -> None:
        """Send one access unit; ConnectionError when the viewer is gone."""
        last = len(payloads) - 1
        for number, payload in enumerate(payloads):
            marker = _MARKER if number == last else 0
            await self._send_packet(marker | self._payload_type, timestamp, payload)
        self._last = (timestamp, wall_us)
        self._resends_left = min(HISTORY, self._resends_left + len(payloads))

    # From here on: called by aiortc.

    async def send(self, parameters: RTCRtpSendParameters) -> None:
        """The connection stands: take the negotiated codec."""
        if self.is_ready.is_set():
            return
        codec = parameters.codecs[0]
        assert codec.payloadType is not None
        self._payload_type = codec.payloadType
        for other in parameters.codecs:
            if is_rtx(other) and other.parameters.get("apt") == codec.payloadType and other.payloadType is not None:
                self._rtx_payload_type = other.payloadType
        self._cname = parameters.rtcp.cname or ""
        self.transport._register_rtp_sender(self, parameters)  # noqa: SLF001 - the way aiortc's own sender goes
        self._reports = asyncio.create_task(self._send_reports())
        self.is_ready.set()

    async def stop(self) -> None:
        """Say goodbye."""
        reports, self._reports = self._reports, None
        if reports is None:
            return
        reports.cancel()
        self.transport._unregister_rtp_sender(self)  # noqa: SLF001
        await self._send_control([RtcpByePacket(sources=[self._ssrc])])

    def setTransport(self, transport: RTCDtlsTransport) -> None:  # noqa: N802 - aiortc's name
        """Media are bundled on another transport."""
        self.transport = transport

    async def _handle_rtcp_packet(self, packet: AnyRtcpPacket) -> None:
        if isinstance(packet, RtcpRtpfbPacket) and packet.fmt == RTCP_RTPFB_NACK:
            for sequence in packet.lost:
                await self._resend(sequence)
        elif isinstance(packet, RtcpPsfbPacket) and packet.fmt in (RTCP_PSFB_PLI, RTCP_PSFB_FIR):
            self._on_key_frame_wanted()

    async def _send_packet(self, type_and_marker: int, timestamp: int, payload: bytes) -> None:
        sequence = self._sequence
        self._sequence = sequence + 1 & 0xFFFF
        self._history[sequence % HISTORY] = (sequence, type_and_marker, timestamp, payload)
        head = _HEAD.pack(_VERSION_2, type_and_marker, sequence, timestamp, self._ssrc)
        await self.transport._send_rtp(head + payload)  # noqa: SLF001
        self._bytes_sent += len(payload)
        self.packets_sent += 1
        if self.packets_sent % BURST_PACKETS == 0:
            await asyncio.sleep(BURST_PAUSE_S)

    async def _resend(self, sequence: int) -> None:
        """RFC 4588 §4, or the same packet again where the viewer offered no retransmission stream."""
        kept = self._history[sequence % HISTORY]
        if kept is None or kept[0] != sequence or self._resends_left <= 0:
            return
        self._resends_left -= 1
        self.packets_resent += 1
        _, type_and_marker, timestamp, payload = kept
        if self._rtx_payload_type:
            type_and_marker = type_and_marker & _MARKER | self._rtx_payload_type
            head = _HEAD.pack(_VERSION_2, type_and_marker, self._rtx_sequence, timestamp, self._rtx_ssrc)
            self._rtx_sequence = self._rtx_sequence + 1 & 0xFFFF
            head += sequence.to_bytes(2, "big")
        else:
            head = _HEAD.pack(_VERSION_2, type_and_marker, sequence, timestamp, self._ssrc)
        await self.transport._send_rtp(head + payload)  # noqa: SLF001

    async def _send_reports(self) -> None:
        """RTCP sender reports that tie the pictures' timestamps to the server's time of the picture."""
        pause_s = FIRST_REPORTS_S
        while True:
            await asyncio.sleep(pause_s)
            if not self.packets_sent:
                continue
            pause_s = min(pause_s * 1.5, REPORTS_S)
            timestamp, wall_us = self._last
            info = RtcpSenderInfo(
                ntp_timestamp=ntp_time(wall_us),
                rtp_timestamp=timestamp,
                packet_count=self.packets_sent & 0xFFFFFFFF,
                octet_count=self._bytes_sent & 0xFFFFFFFF,
            )
            name = RtcpSourceInfo(ssrc=self._ssrc, items=[(1, self._cname.encode())])
            await self._send_control([RtcpSrPacket(ssrc=self._ssrc, sender_info=info), RtcpSdesPacket(chunks=[name])])

    async def _send_control(self, packets: Sequence[Any]) -> None:
        try:
            await self.transport._send_rtp(b"".join(bytes(packet) for packet in packets))  # noqa: SLF001
        except ConnectionError:
            log.debug("an RTCP report found no connection")
