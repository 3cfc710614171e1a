import pytest
from hypothesis import given
from hypothesis import strategies as st

from vms.media import annexb

nal_units = st.lists(
    st.binary(min_size=1, max_size=30).filter(lambda nal: b"\0\0\0" not in nal and b"\0\0\1" not in nal and nal[-1]),
    max_size=6,
)


@given(nal_units, st.lists(st.sampled_from([b"\0\0\1", b"\0\0\0\1", b"\0\0\0\0\0\1"]), min_size=6, max_size=6))
def test_split_finds_what_start_codes_separate(nals, codes):
    data = b"".join(code + nal for code, nal in zip(codes, nals, strict=False))
    assert annexb.split(data) == nals


@pytest.mark.parametrize(
    ("data", "nals"),
    [
        (b"", []),
        (b"junk", []),
        (b"junk\0\0\1\x65a", [b"\x65a"]),
        (b"\0\0\1\0\0\1\x65a\0\0\0", [b"\x65a"]),
        (b"\0\0\1", []),
        (b"\0\0\1\x09\xf0\0\0\0\1\x65\0\1", [b"\x09\xf0", b"\x65\0\1"]),
    ],
)
def test_split_at_the_edges(data, nals):
    assert annexb.split(data) == nals


@given(nal_units)
def test_length_prefixes_go_there_with_back(nals):
    assert list(annexb.split_length_prefixed(annexb.to_length_prefixed(nals))) == nals


@pytest.mark.parametrize("data", [b"\0", b"\0\0\0", b"\0\0\0\2a", b"\xff\xff\xff\xffabc", b"\0\0\0\1ab"])
def test_lengths_that_lie_are_refused(data):
    with pytest.raises(ValueError, match="longer"):
        list(annexb.split_length_prefixed(data))
