"""Sender reports, goodbyes, receiver reports (RFC 3550 §6)."""

from collections.abc import Iterator
from dataclasses import dataclass
from struct import Struct

SENDER_REPORT = 200
_RECEIVER_REPORT = 201
_SOURCE_DESCRIPTION = 202
GOODBYE = 203

_HEAD = Struct(">BBH")
_SENDER = Struct(">IIIIII")
_BLOCK = Struct(">IIIIII")
_NTP_TO_UNIX_S = 2_208_988_800  # 1900 to 1970 (RFC 5905 §6)


@dataclass(frozen=True, slots=True)
class SenderReport:
    """A camera's clock: `ntp_us` is UTC microseconds since 1970, None when it counts from anything else."""

    ssrc: int
    ntp_us: int | None
    ntp_middle: int  # middle 32 bits, repeated in our reports
    timestamp: int


@dataclass(frozen=True, slots=True)
class Goodbye:
    """A camera's announcement that senders end; many go on all the same."""


def parse(data: bytes) -> Iterator[SenderReport | Goodbye]:
    """What concerns us of a compound packet; stops at the first part that is no RTCP."""
    at = 0
    while at + 4 <= len(data):
        flags, kind, words = _HEAD.unpack_from(data, at)
        end = at + 4 + 4 * words
        if flags >> 6 != 2 or end > len(data):
            return
        if kind == SENDER_REPORT and end - at >= 4 + _SENDER.size:
            ssrc, seconds, fraction, timestamp, _, _ = _SENDER.unpack_from(data, at + 4)
            middle = (seconds & 0xFFFF) << 16 | fraction >> 16
            yield SenderReport(ssrc, ntp_to_unix_us(seconds, fraction), middle, timestamp)
        elif kind == GOODBYE:
            yield Goodbye()
        at = end


def ntp_to_unix_us(seconds: int, fraction: int) -> int | None:
    """UTC of an NTP time stamp. None when it stands before 1970: such cameras count from their start."""
    if seconds < _NTP_TO_UNIX_S:
        return None
    return (seconds - _NTP_TO_UNIX_S) * 1_000_000 + (fraction * 1_000_000 >> 32)


@dataclass(frozen=True, slots=True)
class Reception:
    """What a receiver report says of one sender (RFC 3550 §6.4.1)."""

    ssrc: int
    lost_fraction: int  # of 256, since the last report
    lost: int
    highest_extended: int
    last_sr_middle: int = 0
    since_sr_us: int = 0


def receiver_report(own_ssrc: int, reception: Reception | None, cname: str) -> bytes:
    """A compound packet: receiver report with the source description that must go with it (§6.1)."""
    block = b""
    if reception is not None:
        lost = max(-0x800000, min(reception.lost, 0x7FFFFF)) & 0xFFFFFF
        since = min(reception.since_sr_us * 65_536 // 1_000_000, 0xFFFFFFFF) if reception.last_sr_middle else 0
        block = _BLOCK.pack(
            reception.ssrc,
            min(reception.lost_fraction, 255) << 24 | lost,
            reception.highest_extended,
            0,  # jitter: packets are read in batches, a figure would be ours, not the network's
            reception.last_sr_middle,
            since,
        )
    head = _HEAD.pack(0x80 | bool(block), _RECEIVER_REPORT, 1 + len(block) // 4)
    own = own_ssrc.to_bytes(4)
    item = bytes([1, len(cname)]) + cname.encode()
    item += bytes(4 - len(item) % 4)  # at least one zero ends the list (§6.5)
    description = _HEAD.pack(0x81, _SOURCE_DESCRIPTION, 1 + len(item) // 4) + own + item
    return head + own + block + description
