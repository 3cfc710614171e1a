"""A film that stands alone, made of fragments that were recorded: what has to be written anew around their samples.

    ftyp moov (with mehd) | sidx | (moof mdat)*

`mehd` tells how long it is, `sidx` where its key frames lie (ISO/IEC 14496-12 §8.8.2, §8.16.3): players that are
handed a file, not a stream, want both before the first picture. Sequence numbers and decoding times of fragments are
put in place; nothing else of them changes, and not one byte of a sample.
"""

import struct
from collections.abc import Callable, Sequence
from typing import NamedTuple

from vms.media.boxes import Box, walk
from vms.media.fmp4 import HEAD, TRACK_ID, box
from vms.media.init_segment import TIMESCALE

MAX_ENTRIES = 60_000  # the count has 16 bits
_SIZE_LIMIT = 1 << 31
_DURATION_LIMIT = 1 << 32
_STARTS_WITH_KEY = 0x90000000  # starts_with_SAP, SAP type 1
_SIDX_HEAD = struct.Struct(">I4s I II QQ HH")
_SEQUENCE_AT = 20  # behind moof and mfhd, version with flags
_TFDT_AT = 8 + 16 + 8 + 16 + 12  # behind moof, mfhd, traf, tfhd, tfdt's own head


class Stretch(NamedTuple):
    """Consecutive fragments of a film, from a key frame up to the next; `starts_with_key` False: from no key frame."""

    size_bytes: int
    duration_90k: int
    starts_with_key: bool


def with_duration(init: bytes, duration_90k: int) -> bytes:
    """The init segment, telling how long the film is. ValueError for one that `init_segment.build` did not write."""
    length = box(b"mehd", struct.pack(">IQ", 0x01000000, duration_90k))
    return _with_mvex(init, lambda children: length + children)


def without_duration(init: bytes) -> bytes:
    """The init segment as it was recorded, back from `with_duration`; ValueError for anything else."""
    return _with_mvex(init, _without_mehd)


def _with_mvex(init: bytes, change: Callable[[bytes], bytes]) -> bytes:
    """The same with other contents of `moov/mvex`; sizes follow."""
    moov = _only(init, 0, len(init), b"moov")
    mvex = _only(init, moov.payload_offset, moov.end, b"mvex")
    inner = box(b"mvex", change(init[mvex.payload_offset : mvex.end]))
    outer = box(b"moov", init[moov.payload_offset : mvex.offset], inner, init[mvex.end : moov.end])
    return init[: moov.offset] + outer + init[moov.end :]


def _without_mehd(children: bytes) -> bytes:
    first = next(walk(children), None)
    if first is None or first.type != b"mehd":
        raise ValueError("no mehd box")
    return children[first.end :]


def _only(init: bytes, start: int, end: int, kind: bytes) -> Box:
    found = [part for part in walk(init, start, end) if part.type == kind]
    if len(found) != 1:
        raise ValueError(f"no {kind.decode()} box, or several")
    return found[0]


def index_of(stretches: Sequence[Stretch]) -> bytes:
    """The `sidx` of a film that begins right behind it. ValueError without stretches, or with one beyond 2 GiB."""
    joined = _few(stretches)
    if not joined:
        raise ValueError("a film without fragments")
    table: list[int] = []
    for one in joined:
        if one.size_bytes >= _SIZE_LIMIT or one.duration_90k >= _DURATION_LIMIT:
            raise ValueError("a stretch too large for an index")
        table += (one.size_bytes, one.duration_90k, _STARTS_WITH_KEY if one.starts_with_key else 0)
    size_bytes = _SIDX_HEAD.size + 12 * len(joined)
    version_1, first_offset = 0x01000000, 0
    head = _SIDX_HEAD.pack(size_bytes, b"sidx", version_1, TRACK_ID, TIMESCALE, 0, first_offset, 0, len(joined))
    return head + struct.pack(f">{len(table)}I", *table)


def _few(stretches: Sequence[Stretch]) -> list[Stretch]:
    """The same with neighbours joined, so that their number can be told."""
    step = _joined(len(stretches))
    if step == 1:
        return list(stretches)
    joined = []
    for first in range(0, len(stretches), step):
        some = stretches[first : first + step]
        size_bytes, duration_90k = sum(one.size_bytes for one in some), sum(one.duration_90k for one in some)
        joined.append(Stretch(size_bytes, duration_90k, some[0].starts_with_key))
    return joined


def _joined(count: int) -> int:
    return max(1, -(-count // MAX_ENTRIES))


def moved(moof: bytes, sequence: int, start_90k: int) -> bytes:
    """A `moof` as `fmp4.build` writes it (`boxes.read_fragment` has taken it), with another number and start."""
    if len(moof) < HEAD.size:
        raise ValueError("a moof is torn")
    changed = bytearray(moof)
    struct.pack_into(">I", changed, _SEQUENCE_AT, sequence)
    struct.pack_into(">Q", changed, _TFDT_AT, start_90k)
    return bytes(changed)
