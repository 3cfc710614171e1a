"""Cuts H.264 pictures into RTP payloads (RFC 6184, packetization-mode 1)."""

from collections.abc import Iterable
from weakref import WeakKeyDictionary

from streams.live_items import Picture
from vms.media.annexb import split_length_prefixed

MAX_PAYLOAD_BYTES = 1200  # with SRTP, TURN, IPv6, a tunnel's head still below 1,400
_STAP_A, _FU_A = 24, 28
_START, _END = 0x80, 0x40


class PayloadCache:
    """Payloads of a picture, made for its first viewer and kept for as long as the picture is."""

    def __init__(self) -> None:
        self._made: WeakKeyDictionary[Picture, list[bytes]] = WeakKeyDictionary()

    def of(self, picture: Picture) -> list[bytes]:
        """Payloads in order; parameter sets stand in front of a key frame. ValueError for torn NAL units."""
        found = self._made.get(picture)
        if found is None:
            found = self._made[picture] = payloads(_nal_units(picture))
        return found


def payloads(nals: Iterable[bytes]) -> list[bytes]:
    """Payloads of one access unit: small NAL units share one (STAP-A §5.7.1), large ones are cut (FU-A §5.8)."""
    made: list[bytes] = []
    small: list[bytes] = []
    small_bytes = 1
    for nal in nals:
        if small and small_bytes + 2 + len(nal) > MAX_PAYLOAD_BYTES:
            made.append(_aggregate(small))
            small, small_bytes = [], 1
        if len(nal) > MAX_PAYLOAD_BYTES:
            made += _fragments(nal)
        elif nal:
            small.append(nal)
            small_bytes += 2 + len(nal)
    if small:
        made.append(_aggregate(small))
    return made


def _nal_units(picture: Picture) -> Iterable[bytes]:
    if picture.is_sync:  # browsers decode nothing without sets in band
        yield from picture.format.sps
        yield from picture.format.pps
    yield from split_length_prefixed(picture.data)


def _aggregate(nals: list[bytes]) -> bytes:
    if len(nals) == 1:
        return nals[0]
    forbidden = max(nal[0] & 0x80 for nal in nals)
    importance = max(nal[0] & 0x60 for nal in nals)
    body = b"".join(part for nal in nals for part in (len(nal).to_bytes(2, "big"), nal))
    return bytes((forbidden | importance | _STAP_A,)) + body


def _fragments(nal: bytes) -> list[bytes]:
    indicator, kind = nal[0] & 0xE0 | _FU_A, nal[0] & 0x1F
    step = MAX_PAYLOAD_BYTES - 2
    last = (len(nal) - 2) // step
    middle = bytes((indicator, kind))
    made = [middle + nal[1 + step * number : 1 + step * (number + 1)] for number in range(last + 1)]
    made[0] = bytes((indicator, kind | _START)) + made[0][2:]
    made[-1] = bytes((indicator, kind | _END)) + made[-1][2:]
    return made
