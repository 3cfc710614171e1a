"""Pieces of a fragmented MP4 file on their way to disk and viewers."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple


@dataclass(frozen=True, slots=True)
class InitSegment:
    """`ftyp` + `moov` with what an index wants to know of it."""

    data: bytes
    codec: str
    width: int
    height: int


class Sample(NamedTuple):
    """One access unit inside a fragment; `offset_90k` is presentation minus decoding time.

    A tuple, because thousands are made every second: a frozen dataclass costs three times as much to build.
    """

    data: bytes
    duration_90k: int
    offset_90k: int
    is_sync: bool


@dataclass(frozen=True, slots=True)
class Fragment:
    """`moof` + `mdat`, ready to be written: buffers in order, never joined.

    `start_90k` is the decoding time of its first sample, counted from the first sample of the segment file.
    """

    buffers: Sequence[bytes]
    size_bytes: int
    start_90k: int
    duration_90k: int
    samples: int
    is_sync: bool
