"""From start codes (Annex B) to length prefixes (ISO/IEC 14496-15)."""

from collections.abc import Iterable, Iterator

START_CODE = b"\x00\x00\x00\x01"
_SHORT_CODE = b"\x00\x00\x01"


def split(data: bytes) -> list[bytes]:
    """Cut Annex B bytes into NAL units without start codes or trailing zeros; empty ones are left out.

    What stands before the first start code is no NAL unit: it is dropped.
    """
    units: list[bytes] = []
    start = data.find(_SHORT_CODE)
    while start >= 0:
        start += 3
        end = data.find(_SHORT_CODE, start)
        unit = (data[start:] if end < 0 else data[start:end]).rstrip(b"\x00")
        if unit:
            units.append(unit)
        start = end
    return units


def to_length_prefixed(nals: Iterable[bytes]) -> bytes:
    """Join NAL units, each behind its length in 4 bytes, as `AccessUnit.data` wants them."""
    return b"".join(part for nal in nals for part in (len(nal).to_bytes(4, "big"), nal))


def split_length_prefixed(data: bytes) -> Iterator[bytes]:
    """Yield the NAL units of `AccessUnit.data`; ValueError when the lengths do not add up."""
    at, size = 0, len(data)
    while at < size:
        start = at + 4
        at = start + int.from_bytes(data[at:start], "big")
        if at > size or start > size:
            raise ValueError("a NAL unit is longer than its access unit")
        yield data[start:at]
