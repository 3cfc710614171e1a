"""Reading back the boxes of files that may be torn anywhere (ISO/IEC 14496-12 §4.2)."""

import io
import struct
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO

from vms.media import fmp4

_SIZE_32 = 8
_SIZE_64 = 16


@dataclass(frozen=True, slots=True)
class Box:
    """Where a box lies: `offset` of its first byte, `header_bytes` of size with type, `size_bytes` of all."""

    type: bytes
    offset: int
    header_bytes: int
    size_bytes: int

    @property
    def end(self) -> int:
        """Offset of the first byte behind it."""
        return self.offset + self.size_bytes

    @property
    def payload_offset(self) -> int:
        """Offset of the first byte behind its header."""
        return self.offset + self.header_bytes

    @property
    def payload_bytes(self) -> int:
        """How many bytes it holds."""
        return self.size_bytes - self.header_bytes


@dataclass(frozen=True, slots=True)
class FragmentInfo:
    """What one `moof` says. `data_bytes` is the sum of its samples' sizes: the payload of the `mdat` behind it."""

    sequence: int
    start_90k: int
    duration_90k: int
    samples: int
    data_bytes: int
    is_sync: bool


def walk(source: BinaryIO | bytes | bytearray | memoryview, start: int = 0, end: int | None = None) -> Iterator[Box]:
    """Yield the boxes that stand one behind another in `[start, end)`, not looking into them.

    Reads only headers. Raises ValueError at the first box that cannot be: shorter than its header, longer than
    the rest, a type that is no text. The boxes before it were yielded and are whole, so a recovery scan keeps
    them. A size of 0 means "up to the end". OSError passes through.
    """
    file = io.BytesIO(source) if isinstance(source, (bytes, bytearray, memoryview)) else source
    whole = file.seek(0, io.SEEK_END)
    limit = whole if end is None else min(end, whole)
    at = start
    while at < limit:
        file.seek(at)
        box = _read_box(file.read(_SIZE_64), at, limit)
        yield box
        at = box.end


def _read_box(head: bytes, at: int, limit: int) -> Box:
    if len(head) < _SIZE_32 or limit - at < _SIZE_32:
        raise ValueError(f"a box header is torn at {at}")
    size, kind = struct.unpack_from(">I4s", head)
    header = _SIZE_32
    if size == 1:
        if len(head) < _SIZE_64:
            raise ValueError(f"a box header is torn at {at}")
        size, header = int.from_bytes(head[8:16], "big"), _SIZE_64
    elif size == 0:
        size = limit - at
    if not all(0x20 <= byte < 0x7F or byte == 0xA9 for byte in kind):
        raise ValueError(f"no box type at {at}")
    if not header <= size <= limit - at:
        raise ValueError(f"a box of {size} bytes at {at} where {limit - at} are left")
    return Box(kind, at, header, size)


def read_fragment(moof: bytes) -> FragmentInfo:
    """Read a whole `moof` box as `fmp4.build` writes it, header included.

    Raises ValueError for any other layout, also for one that other programs would play: what a recovery scan
    does not know it must not vouch for.
    """
    if len(moof) < fmp4.HEAD.size:
        raise ValueError("a moof is torn")
    fields = fmp4.HEAD.unpack_from(moof)
    sequence, start_90k, count = fields[5], fields[15], fields[19]
    table_bytes = fmp4.SAMPLE_BYTES * count
    if len(moof) != fmp4.HEAD.size + table_bytes or not count:
        raise ValueError("a moof has another length than its samples need")
    if fields != fmp4.head_fields(sequence, start_90k, count):
        raise ValueError("a moof of foreign layout")
    values = struct.unpack_from(f">{4 * count}I", moof, fmp4.HEAD.size)
    sizes = values[1::4]
    if not all(sizes):
        raise ValueError("a sample without bytes")
    return FragmentInfo(
        sequence=sequence,
        start_90k=start_90k,
        duration_90k=sum(values[::4]),
        samples=count,
        data_bytes=sum(sizes),
        is_sync=values[2] == fmp4.SYNC_FLAGS,
    )
