"""The layout of a fragment: `moof` with its `mdat` (ISO/IEC 14496-12 §8.8, §8.16 for the brands).

    moof { mfhd, traf { tfhd, tfdt (version 1), trun (version 1) } } mdat

Addresses are relative to the `moof` (default-base-is-moof), because Chromium refuses absolute ones; each sample
has its own duration, size, flags and signed composition offset.
"""

import struct
from collections.abc import Sequence

from vms.media.fragment import Fragment, Sample

TRACK_ID = 1
SYNC_FLAGS = 0x02000000  # depends on no other sample
OTHER_FLAGS = 0x01010000  # depends on others, is no sync sample
TFHD_FLAGS = 0x020000  # default-base-is-moof
TRUN_FLAGS = 0x01000F01  # version 1 | data offset, duration, size, flags, composition offset for each sample

# moof, mfhd, traf, tfhd, tfdt, trun up to its first sample
HEAD = struct.Struct(">I4s I4sII I4s I4sII I4sIQ I4sIII")
SAMPLE_BYTES = 16
MDAT_HEAD_BYTES = 8
_TFDT_VERSION_1 = 0x01000000


def box(kind: bytes, *parts: bytes) -> bytes:
    """Return one box around `parts`."""
    size = 8 + sum(len(part) for part in parts)
    return b"".join((size.to_bytes(4, "big"), kind, *parts))


def build(sequence: int, start_90k: int, samples: Sequence[Sample]) -> Fragment:
    """Build the fragment of `samples` in decoding order; the first is decoded at `start_90k`.

    Media bytes are not copied: `buffers` is one header followed by the samples' own bytes. Raises ValueError
    without samples or with an empty one (players refuse a file with zero-size samples), struct.error when a
    number does not fit its field (4 GiB in one fragment, a negative start).
    """
    fields: list[int] = []
    buffers: list[bytes] = [b""]
    total_bytes = duration_90k = 0
    for sample in samples:
        data, duration = sample.data, sample.duration_90k
        size = len(data)
        if not size:
            raise ValueError("a sample without bytes")
        total_bytes += size
        duration_90k += duration
        flags = SYNC_FLAGS if sample.is_sync else OTHER_FLAGS
        fields += (duration, size, flags, sample.offset_90k & 0xFFFFFFFF)
        buffers.append(data)
    count = len(buffers) - 1
    if not count:
        raise ValueError("a fragment without samples")
    moof_bytes = HEAD.size + SAMPLE_BYTES * count
    head = HEAD.pack(*head_fields(sequence, start_90k, count))
    table = struct.pack(f">{4 * count}II4s", *fields, MDAT_HEAD_BYTES + total_bytes, b"mdat")
    buffers[0] = head + table
    return Fragment(
        buffers=buffers,
        size_bytes=moof_bytes + MDAT_HEAD_BYTES + total_bytes,
        start_90k=start_90k,
        duration_90k=duration_90k,
        samples=count,
        is_sync=samples[0].is_sync,
    )


def head_fields(sequence: int, start_90k: int, count: int) -> tuple[int | bytes, ...]:
    """Return the values of `HEAD` for a fragment of `count` samples."""
    table_bytes = SAMPLE_BYTES * count
    moof_bytes = HEAD.size + table_bytes
    return (
        moof_bytes, b"moof",
        16, b"mfhd", 0, sequence,
        moof_bytes - 24, b"traf",
        16, b"tfhd", TFHD_FLAGS, TRACK_ID,
        20, b"tfdt", _TFDT_VERSION_1, start_90k,
        20 + table_bytes, b"trun", TRUN_FLAGS, count, moof_bytes + MDAT_HEAD_BYTES,
    )  # fmt: skip
