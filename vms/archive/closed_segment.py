"""A finished segment on its way from its file into the index."""

import hashlib
import struct
from dataclasses import dataclass

from vms.archive import chain
from vms.archive.model import SegmentTail
from vms.archive.segment_boxes import FileHead
from vms.kernel.span import Span
from vms.media.fragment import InitSegment

_GOP = struct.Struct("<II")


@dataclass(frozen=True, slots=True)
class ClosedSegment:
    """All that a row tells; `gops` are packed as in `schema.sql`."""

    head: FileHead
    tail: SegmentTail
    init: InitSegment
    size_bytes: int
    duration_90k: int
    samples: int
    sha256: bytes
    gops: bytes

    @property
    def span(self) -> Span:
        """Wall time."""
        return Span(self.head.start_us, self.tail.end_us)

    @property
    def link(self) -> bytes:
        """This segment's link in the chain of its stream."""
        head = self.head
        return chain.link(head.previous_link, self.sha256, head.stream, head.sequence, self.span)


@dataclass(frozen=True, slots=True)
class Gop:
    """Where a fragment that starts with a key frame lies in its file."""

    offset: int
    start_90k: int


def pack_gop(offset: int, start_90k: int) -> bytes:
    """One pair for the `gops` column."""
    return _GOP.pack(offset, start_90k)


def unpack_gops(packed: bytes) -> list[Gop]:
    """The pairs of a `gops` column."""
    return [Gop(offset, start_90k) for offset, start_90k in _GOP.iter_unpack(packed)]


def gop_pairs(packed: bytes) -> list[tuple[int, int]]:
    """The same as plain (offset, start_90k): a day's playlist needs 43,200 of them."""
    return list(_GOP.iter_unpack(packed))


def init_sha256(init: InitSegment) -> bytes:
    """What names an init segment."""
    return hashlib.sha256(init.data).digest()


def media_end_us(start_us: int, duration_90k: int) -> int:
    """Wall end as the media clock has it, for segments whose tail is not known."""
    return start_us + duration_90k * 100 // 9
