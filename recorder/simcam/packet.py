"""RTP packets as bytes on an interleaved line or in a datagram (RFC 3550 §5.1, RFC 2326 §10.12)."""

import struct
from collections.abc import Sequence
from dataclasses import dataclass

PAYLOAD_TYPE = 96
_VERSION = 0x80
_HEADER = struct.Struct(">BBHBBHII")
_CHANGING = struct.Struct(">HII")
_CHANGING_AT = 6
_FRAME_BYTES = 4
_OVERHEAD_BYTES = 16

_stamp = _CHANGING.pack_into


class FrameTemplate:
    """All packets of one picture, ready but for sequence, time and SSRC.

    The buffer is shared by all who watch: `stamped` writes into it in place, so it must be sent or copied
    before anybody stamps it again (one thread, no await between).
    """

    __slots__ = ("_buffer", "_channel", "_stamps", "packets")

    def __init__(self, payloads: Sequence[bytes]) -> None:
        parts: list[bytes] = []
        self._stamps: list[int] = []
        self._channel = 0
        at = 0
        last = len(payloads) - 1
        for index, payload in enumerate(payloads):
            marker = 0x80 if index == last else 0
            length = len(payload) + _OVERHEAD_BYTES - _FRAME_BYTES
            parts += _HEADER.pack(0x24, 0, length, _VERSION, marker | PAYLOAD_TYPE, 0, 0, 0), payload
            self._stamps.append(at + _CHANGING_AT)
            at += _OVERHEAD_BYTES + len(payload)
        self._buffer = bytearray(b"".join(parts))
        self.packets = len(payloads)

    def stamped(self, channel: int, sequence: int, timestamp: int, ssrc: int) -> bytearray:
        """The picture as interleaved frames for one receiver; valid until the next call."""
        buffer = self._buffer
        if channel != self._channel:
            self._channel = channel
            for at in self._stamps:
                buffer[at - _CHANGING_AT + 1] = channel
        for at in self._stamps:
            _stamp(buffer, at, sequence & 0xFFFF, timestamp, ssrc)
            sequence += 1
        return buffer

    def datagrams(self, sequence: int, timestamp: int, ssrc: int) -> list[memoryview]:
        """The same as single packets without interleaved framing; valid until the next call."""
        view = memoryview(self.stamped(self._channel, sequence, timestamp, ssrc))
        starts = [at - _CHANGING_AT + _FRAME_BYTES for at in self._stamps]
        ends = [start - _FRAME_BYTES for start in starts[1:]] + [len(view)]
        return [view[start:end] for start, end in zip(starts, ends, strict=True)]


@dataclass(slots=True)
class RtpPacket:
    """One packet that a fault may still change."""

    payload: bytes
    marker: bool
    sequence: int
    timestamp: int
    ssrc: int
    payload_type: int = PAYLOAD_TYPE
    channel: int | None = None  # other than the track's own
    padding_bytes: int = 0
    extension: bytes = b""  # whole 32-bit words

    def datagram(self) -> bytes:
        """The packet itself (RFC 3550 §5.1)."""
        first = _VERSION | (0x20 if self.padding_bytes else 0) | (0x10 if self.extension else 0)
        head = struct.pack(
            ">BBHII", first, (0x80 if self.marker else 0) | self.payload_type, self.sequence & 0xFFFF,
            self.timestamp & 0xFFFFFFFF, self.ssrc,
        )  # fmt: skip
        if self.extension:
            head += struct.pack(">HH", 0xBEDE, len(self.extension) // 4) + self.extension
        tail = bytes(self.padding_bytes - 1) + bytes((self.padding_bytes,)) if self.padding_bytes else b""
        return head + self.payload + tail


@dataclass(slots=True)
class RawBytes:
    """Something that is no packet, thrown between packets of an interleaved line."""

    data: bytes


@dataclass(slots=True)
class RtcpPacket:
    """A control packet that travels among the pictures."""

    data: bytes


Piece = RtpPacket | RawBytes | RtcpPacket


def interleaved(channel: int, packet: bytes) -> bytes:
    """One packet behind `$`, channel, length."""
    return struct.pack(">BBH", 0x24, channel, len(packet)) + packet
