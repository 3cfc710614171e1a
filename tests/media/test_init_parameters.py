import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vms.media.init_parameters import parameter_sets_of
from vms.media.init_segment import build


@pytest.mark.parametrize(("encoder", "codec"), [("libx264", "h264"), ("libx265", "h265")])
def test_the_sets_come_back_as_they_were(encode_clip, format_of, encoder, codec):
    video = format_of(encode_clip(codec=encoder, frames=5))
    assert parameter_sets_of(build(video).data) == (codec, [*video.vps, *video.sps, *video.pps])


def test_whatever_is_torn_or_changed_is_refused_with_one_error(encode_clip, format_of):
    inits = [build(format_of(encode_clip(codec=codec, frames=5))).data for codec in ("libx264", "libx265")]

    @settings(deadline=None, max_examples=300)
    @given(st.sampled_from(inits), st.integers(0, 2000), st.integers(0, 255), st.booleans())
    def check(init, at, value, is_cut):
        at %= len(init)
        broken = init[:at] if is_cut else init[:at] + bytes((value,)) + init[at + 1 :]
        try:
            codec, sets = parameter_sets_of(broken)
        except ValueError:
            return
        assert codec in {"h264", "h265"}
        assert all(sets)

    check()
