"""Finding whole fragments in a segment file by their headers, never reading their pictures."""

import os
import struct
from dataclasses import dataclass

from vms.archive.segment_boxes import SEAL, SEAL_BYTES, TAIL
from vms.media.boxes import FragmentInfo, read_fragment

_HEADER = struct.Struct(">I4s")
_READ_BYTES = 4096  # the moof of a second of pictures, with the header behind it
_MAX_MOOF_BYTES = 8 << 20
_SEAL_HEAD = SEAL_BYTES.to_bytes(4, "big") + b"uuid" + SEAL


@dataclass(frozen=True, slots=True)
class SealedFragment:
    """Where it lies: its pictures begin at `data_offset` and fill `info.data_bytes`; `end` is behind its seal."""

    offset: int
    moof: bytes
    data_offset: int
    end: int
    info: FragmentInfo


def fragment_at(descriptor: int, offset: int, size_bytes: int) -> SealedFragment | None:
    """The fragment at `offset` when it is whole and sealed below `size_bytes`; else None, whatever lies there.

    A file that is being written may end anywhere: what is not whole yet is not there yet. OSError from the disk.
    """
    head = _moof_with_next_header(descriptor, offset)
    if head is None:
        return None
    moof = head[:-8]
    try:
        info = read_fragment(moof)
    except ValueError:
        return None
    mdat_bytes, kind = _HEADER.unpack(head[-8:])
    seal_offset = offset + len(moof) + mdat_bytes
    if kind != b"mdat" or mdat_bytes != 8 + info.data_bytes or seal_offset + SEAL_BYTES > size_bytes:
        return None
    seal = os.pread(descriptor, SEAL_BYTES, seal_offset)
    if len(seal) != SEAL_BYTES or not seal.startswith(_SEAL_HEAD):
        return None
    return SealedFragment(offset, moof, offset + len(head), seal_offset + SEAL_BYTES, info)


def _moof_with_next_header(descriptor: int, offset: int) -> bytes | None:
    head = os.pread(descriptor, _READ_BYTES, offset)
    if len(head) < 8:
        return None
    moof_bytes, kind = _HEADER.unpack_from(head)
    if kind != b"moof" or not 8 <= moof_bytes <= _MAX_MOOF_BYTES:
        return None
    if len(head) < moof_bytes + 8:
        head = os.pread(descriptor, moof_bytes + 8, offset)
    return head[: moof_bytes + 8] if len(head) >= moof_bytes + 8 else None


def is_tail_at(descriptor: int, offset: int) -> bool:
    """Whether the file's tail begins there: behind the last fragment. OSError from the disk."""
    head = os.pread(descriptor, 24, offset)
    return head[4:24] == b"uuid" + TAIL
