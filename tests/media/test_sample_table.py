import pytest
from hypothesis import given
from hypothesis import strategies as st

from vms.media import fmp4
from vms.media.fragment import Sample
from vms.media.sample_table import SampleFacts, read_samples

samples = st.lists(
    st.builds(
        Sample,
        st.binary(min_size=1, max_size=20),
        st.integers(0, 1 << 20),
        st.integers(-(1 << 31), (1 << 31) - 1),
        st.booleans(),
    ),
    min_size=1,
    max_size=8,
)


@given(samples, st.integers(0, 1 << 40))
def test_what_was_built_is_read(samples, start_90k):
    fragment = fmp4.build(7, start_90k, samples)
    content = b"".join(fragment.buffers)
    moof = content[: -fmp4.MDAT_HEAD_BYTES - sum(len(one.data) for one in samples)]
    media = content[len(moof) + fmp4.MDAT_HEAD_BYTES :]
    found = read_samples(moof)
    at_90k = start_90k
    for sample, facts in zip(samples, found, strict=True):
        assert media[facts.offset : facts.offset + facts.size_bytes] == sample.data
        assert (facts.decode_90k, facts.show_90k) == (at_90k, at_90k + sample.offset_90k)
        at_90k += sample.duration_90k
    assert isinstance(found[0], SampleFacts)


def test_a_foreign_layout_is_refused():
    moof = fmp4.build(1, 0, [Sample(b"x", 1, 0, True)]).buffers[0][: -fmp4.MDAT_HEAD_BYTES]
    assert read_samples(moof)
    with pytest.raises(ValueError, match="length"):
        read_samples(moof + b"\0")
