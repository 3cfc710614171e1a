"""One RTP packet's header (RFC 3550 §5.1)."""

from struct import Struct
from typing import NamedTuple

_FIXED = Struct(">BBHII")
_EXTENSION = Struct(">HH")
FIXED_BYTES = 12


class RtpPacket(NamedTuple):
    """A packet's facts; `payload` has neither padding nor extension nor contributing sources."""

    payload_type: int
    is_marked: bool
    sequence: int
    timestamp: int
    ssrc: int
    payload: bytes


def parse(data: bytes) -> RtpPacket | None:
    """A packet out of `data`, None when its lengths contradict each other or its version is not 2."""
    if len(data) < FIXED_BYTES:
        return None
    flags, marked_type, sequence, timestamp, ssrc = _FIXED.unpack_from(data)
    if flags == 0x80:
        payload = data[FIXED_BYTES:]
    elif flags >> 6 != 2:
        return None
    else:
        span = _payload_span(data, flags)
        if span is None:
            return None
        payload = data[span[0] : span[1]]
    return RtpPacket(marked_type & 0x7F, marked_type > 0x7F, sequence, timestamp, ssrc, payload)


def _payload_span(data: bytes, flags: int) -> tuple[int, int] | None:
    start, end = FIXED_BYTES + 4 * (flags & 0x0F), len(data)
    if flags & 0x10:
        if start + _EXTENSION.size > end:
            return None
        start += _EXTENSION.size + 4 * _EXTENSION.unpack_from(data, start)[1]
    if flags & 0x20 and end > start:
        end -= data[-1]
    return (start, end) if start <= end else None
