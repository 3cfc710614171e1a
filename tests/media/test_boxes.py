import io
import struct
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vms.media import boxes, fmp4
from vms.media.fragment import Sample


def test_ordinary_large_or_endless_boxes():
    data = (
        struct.pack(">I4s4x", 12, b"free") + struct.pack(">I4sQ3x", 1, b"mdat", 19) + struct.pack(">I4s5x", 0, b"skip")
    )
    found = list(boxes.walk(data))
    assert found == list(boxes.walk(io.BytesIO(data)))
    assert [(box.type, box.offset, box.header_bytes, box.size_bytes) for box in found] == [
        (b"free", 0, 8, 12), (b"mdat", 12, 16, 19), (b"skip", 31, 8, 13),
    ]  # fmt: skip
    assert [box.type for box in boxes.walk(data, 12, 31)] == [b"mdat"]


@pytest.mark.parametrize(
    "tail",
    [
        b"\0\0\0\x08mda",
        struct.pack(">I4s", 7, b"mdat"),
        struct.pack(">I4s", 9, b"mdat"),
        struct.pack(">I4sQ", 1, b"mdat", 15),
        struct.pack(">I4sQ", 1, b"mdat", 1 << 63),
        struct.pack(">I4s4x", 1, b"mdat"),
        struct.pack(">I4s", 0xFFFFFFFF, b"mdat"),
        bytes(4096),
    ],
)
def test_boxes_before_nonsense_are_kept(tail):
    walk = boxes.walk(struct.pack(">I4s4x", 12, b"free") + tail)
    assert next(walk).end == 12
    with pytest.raises(ValueError, match="box"):
        next(walk)


@given(st.binary(max_size=200))
def test_boxes_never_leave_the_file(data):
    at = 0
    with suppress(ValueError):
        for box in boxes.walk(data):
            assert box.offset == at < box.payload_offset <= box.end <= len(data)
            at = box.end


@given(st.integers(0, 119), st.integers(1, 255))
def test_a_moof_with_one_byte_changed_is_refused_or_differs(at, change):
    samples = [Sample(b"abcdef", 3600, 0, True), Sample(b"gh", 3601, -3600, False)]
    moof = fmp4.build(7, 90_000, samples).buffers[0][:-8]
    damaged = bytearray(moof)
    damaged[at] ^= change
    carries_a_value = at in {*range(20, 24), *range(60, 68), *range(88, 120)}
    if not carries_a_value:
        with pytest.raises(ValueError, match=r"moof|sample"):
            boxes.read_fragment(bytes(damaged))
        return
    with suppress(ValueError):
        info = boxes.read_fragment(bytes(damaged))
        is_unread = at in {*range(96, 100), *range(100, 104), *range(112, 120)}
        assert is_unread or info != boxes.read_fragment(moof)


@given(st.binary(max_size=300))
def test_garbage_is_no_fragment(data):
    with pytest.raises(ValueError, match="moof"):
        boxes.read_fragment(data)


def test_a_huge_sample_count_costs_nothing():
    moof = bytearray(fmp4.build(7, 0, [Sample(b"a", 1, 0, True)]).buffers[0][:-8])
    moof[80:84] = b"\xff\xff\xff\xff"
    with pytest.raises(ValueError, match="length"):
        boxes.read_fragment(bytes(moof))
