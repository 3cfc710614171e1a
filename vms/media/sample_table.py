"""The pictures of a fragment as its `moof` tells."""

import struct
from dataclasses import dataclass

from vms.media import fmp4
from vms.media.boxes import read_fragment

_SIGN = 1 << 31


@dataclass(frozen=True, slots=True)
class SampleFacts:
    """One picture: `offset` of its bytes behind the head of the `mdat`; times in ticks of the file."""

    offset: int
    size_bytes: int
    decode_90k: int
    show_90k: int


def read_samples(moof: bytes) -> list[SampleFacts]:
    """The samples of a whole `moof` in decoding order; ValueError for any layout but that of `fmp4.build`."""
    info = read_fragment(moof)
    values = struct.unpack_from(f">{4 * info.samples}I", moof, fmp4.HEAD.size)
    samples = []
    offset, decode_90k = 0, info.start_90k
    for duration_90k, size_bytes, shift in zip(values[::4], values[1::4], values[3::4], strict=True):
        show_90k = decode_90k + (shift ^ _SIGN) - _SIGN  # signed (14496-12 §8.8.8, version 1)
        samples.append(SampleFacts(offset, size_bytes, decode_90k, show_90k))
        offset += size_bytes
        decode_90k += duration_90k
    return samples
