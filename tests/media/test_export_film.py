"""Boxes around recorded fragments, read back by the rules of ISO/IEC 14496-12."""

import struct

import pytest

from vms.media import fmp4
from vms.media.boxes import read_fragment, walk
from vms.media.export_film import MAX_ENTRIES, Stretch, index_of, moved, with_duration, without_duration
from vms.media.fmp4 import box
from vms.media.fragment import Sample


def test_a_moved_fragment_differs_in_two_numbers():
    fragment = fmp4.build(7, 900_000, [Sample(b"abc", 3600, 0, True), Sample(b"de", 3600, -5, False)])
    moof = fragment.buffers[0][:-8]
    changed = moved(moof, 1, (1 << 33) + 5)
    info, before = read_fragment(changed), read_fragment(moof)
    assert (info.sequence, info.start_90k) == (1, (1 << 33) + 5)
    assert (info.duration_90k, info.samples, info.data_bytes) == (before.duration_90k, 2, 5)
    assert moved(changed, 7, 900_000) == moof
    with pytest.raises(ValueError, match="torn"):
        moved(moof[:80], 1, 0)


def test_the_length_stands_in_the_init_segment_and_nothing_else_changes():
    init = box(b"ftyp", b"iso5") + box(b"moov", box(b"mvhd", bytes(8)), box(b"mvex", box(b"trex", bytes(24))))
    told = with_duration(init, 123)
    moov = list(walk(told))[1]
    mvex = list(walk(told, moov.payload_offset, moov.end))[1]
    mehd, trex = walk(told, mvex.payload_offset, mvex.end)
    assert (mehd.type, told[mehd.payload_offset : mehd.end]) == (b"mehd", struct.pack(">IQ", 1 << 24, 123))
    assert told[trex.offset : trex.end] == box(b"trex", bytes(24))
    assert len(told) == len(init) + mehd.size_bytes
    assert without_duration(told) == init
    with pytest.raises(ValueError, match="no mehd"):
        without_duration(init)
    for broken in (b"", box(b"ftyp", b""), box(b"moov", box(b"mvhd", b"")), init[:-1]):
        with pytest.raises(ValueError, match="box"):
            with_duration(broken, 1)


def entries(index: bytes) -> list[tuple[int, int, int]]:
    size, kind, version, track, scale, earliest, first, _, count = struct.unpack_from(">I4sIIIQQHH", index)
    assert (size, kind, version >> 24, track, scale, earliest, first) == (len(index), b"sidx", 1, 1, 90_000, 0, 0)
    values = struct.unpack_from(f">{3 * count}I", index, 40)
    return list(zip(values[::3], values[1::3], values[2::3], strict=True))


def test_the_index_tells_where_key_frames_lie():
    found = entries(index_of([Stretch(1000, 90_000, True), Stretch(2000, 45_000, False)]))
    assert found == [(1000, 90_000, 0x90000000), (2000, 45_000, 0)]
    with pytest.raises(ValueError, match="without"):
        index_of([])
    with pytest.raises(ValueError, match="large"):
        index_of([Stretch(1 << 31, 1, True)])


def test_more_stretches_than_an_index_can_count_are_joined():
    count = MAX_ENTRIES * 2 + 1
    found = entries(index_of([Stretch(10, 3, True)] * count))
    assert len(found) <= MAX_ENTRIES
    assert (sum(size for size, _, _ in found), sum(time for _, time, _ in found)) == (10 * count, 3 * count)
