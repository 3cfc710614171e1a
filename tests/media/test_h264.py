from contextlib import suppress

import av
import pytest
from hypothesis import given
from hypothesis import strategies as st

from vms.kernel.errors import VmsError
from vms.media import annexb, h264
from vms.media.h264_sps import read_sps
from vms.media.vui import Colour

SIZES = [(160, 120), (1920, 1080), (640, 360), (162, 122), (1280, 720), (704, 576), (130, 98)]


def what_libav_says(clip):
    decoder = av.CodecContext.create("h264", "r")
    frames = [frame for picture in clip for frame in decoder.decode(av.Packet(picture.annexb))]
    frames += decoder.decode(None)
    return decoder, frames


def sets_of(clip) -> tuple[list[bytes], list[bytes]]:
    nals = annexb.split(clip[0].annexb)
    return [n for n in nals if h264.nal_type(n) == 7], [n for n in nals if h264.nal_type(n) == 8]


@pytest.mark.parametrize(("width", "height"), SIZES)
def test_size_is_what_a_decoder_shows(encode_clip, format_of, width, height):
    clip = encode_clip(width=width, height=height, frames=2)
    _, frames = what_libav_says(clip)
    video = format_of(clip)
    assert (video.width, video.height) == (frames[0].width, frames[0].height) == (width, height)


@pytest.mark.parametrize(
    ("pix_fmt", "chroma_format", "bit_depth"),
    [("yuv422p", 2, 8), ("yuv444p", 3, 8), ("yuv420p10le", 1, 10), ("gray", 0, 8)],
)
def test_other_chroma_formats_crop_right(encode_clip, pix_fmt, chroma_format, bit_depth):
    (nal,), _ = sets_of(encode_clip(width=162, height=122, frames=2, pix_fmt=pix_fmt))
    sps = read_sps(nal)
    assert (sps.width, sps.height) == (162, 122)
    assert (sps.chroma_format, sps.bit_depth_luma) == (chroma_format, bit_depth)


@pytest.mark.parametrize(
    ("profile", "bframes", "prefix"),
    [("baseline", 0, "avc1.42C0"), ("main", 0, "avc1.4D40"), ("main", 2, "avc1.4D40"), ("high", 2, "avc1.6400")],
)
def test_codec_string_tells_profile_with_level(encode_clip, format_of, profile, bframes, prefix):
    clip = encode_clip(bframes=bframes, options={"profile": profile, "level": "3.1"})
    video = format_of(clip)
    decoder, _ = what_libav_says(clip)
    assert video.codec_string == f"{prefix}1F"
    assert video.codec_string[-2:] == f"{read_sps(video.sps[0]).level:02X}"
    assert decoder.profile.lower().endswith(profile)


@pytest.mark.parametrize(
    ("options", "bframes", "depth"),
    [
        ({"profile": "baseline"}, 0, 0),
        ({}, 0, 0),
        ({"x264-params": "b-pyramid=none"}, 2, 1),
        ({"x264-params": "b-pyramid=normal"}, 3, 2),
    ],
)
def test_reorder_depth_is_what_the_vui_says(encode_clip, format_of, options, bframes, depth):
    clip = encode_clip(bframes=bframes, frames=30, options=options)
    assert format_of(clip).reorder_depth == depth


def test_the_vui_tells_colour_with_pixel_shape(encode_clip, format_of):
    params = "colorprim=bt709:transfer=bt709:colormatrix=bt709:fullrange=on:sar=4/3:overscan=show:chromaloc=1"
    video = format_of(encode_clip(frames=2, options={"x264-params": params}))
    appearance = read_sps(video.sps[0]).appearance
    assert appearance.colour == Colour(1, 1, 1, is_full_range=True)
    assert appearance.sample_aspect_ratio == (4, 3)


def test_scaling_lists_with_hrd_do_not_hide_what_follows(encode_clip, format_of):
    params = "cqm=jvt:nal-hrd=cbr:vbv-maxrate=500:vbv-bufsize=500:bitrate=500:b-pyramid=none:sar=3/2"
    video = format_of(encode_clip(bframes=2, frames=10, options={"x264-params": params, "b": "500k"}))
    assert (video.width, video.height, video.reorder_depth) == (160, 120, 1)
    assert read_sps(video.sps[0]).appearance.sample_aspect_ratio == (3, 2)


def test_interlaced_height_counts_both_fields(encode_clip, format_of):
    video = format_of(encode_clip(width=720, height=576, frames=4, options={"x264-params": "interlaced=1"}))
    assert (video.width, video.height) == (720, 576)
    assert not read_sps(video.sps[0]).frame_mbs_only


def test_only_visible_changes_count(encode_clip, format_of):
    plain = format_of(encode_clip(frames=2, options={"level": "3.1"}))
    timing = format_of(encode_clip(frames=2, fps=12, options={"level": "3.1"}))
    assert plain.sps != timing.sps
    assert plain.visible == timing.visible
    for other in (
        encode_clip(frames=2, width=162),
        encode_clip(frames=2, options={"profile": "baseline"}),
        encode_clip(frames=2, options={"x264-params": "level=4"}),
        encode_clip(frames=2, options={"x264-params": "ref=4"}),
        encode_clip(frames=2, options={"x264-params": "colorprim=bt709"}),
        encode_clip(frames=2, options={"x264-params": "sar=4/3"}),
    ):
        assert format_of(other).visible != plain.visible


def test_trailing_bytes_change_nothing(encode_clip):
    sps, pps = sets_of(encode_clip(frames=2))
    plain = h264.parse(sps, pps)
    dirty = h264.parse([sps[0] + b"\x00\x00\x5a\xff\x80"], [pps[0] + b"\x00\x00\xff"])
    assert (dirty.visible, dirty.codec_string) == (plain.visible, plain.codec_string)


def test_the_sps_in_force_is_the_one_the_pps_names(encode_clip):
    small, pps = sets_of(encode_clip(frames=2))
    large, large_pps = sets_of(encode_clip(frames=2, width=640, height=480, options={"x264-params": "sps-id=3"}))
    assert h264.parse([*small, *large], large_pps).width == 640
    assert h264.parse([*large, *small], [*pps, *large_pps]).width == 160
    with pytest.raises(VmsError):
        h264.parse(small, large_pps)


def test_a_torn_vui_counts_as_absent(encode_clip):
    sps, pps = sets_of(encode_clip(frames=2, bframes=2))
    bits_before_vui = read_sps(sps[0]).core[0]
    video = h264.parse([sps[0][: 1 + bits_before_vui // 8 + 2]], pps)
    assert (video.width, video.height, video.reorder_depth) == (160, 120, 0)


@pytest.mark.parametrize(
    ("sps", "pps"),
    [
        ([], [b"\x68\xce"]),
        ([b""], [b"\x68"]),
        ([b"\x67" * 20_000], [b"\x68\xce"]),
        ([b"\x67\x64\x00\x0b"] * 32, [b"\x68\xce"]),
    ],
)
def test_impossible_sets_are_refused(sps, pps):
    with pytest.raises(VmsError) as caught:
        h264.parse(sps, pps)
    assert caught.value.code == "bad_parameter_sets"


@given(data=st.data())
def test_damaged_sets_raise_nothing_but_our_error(encode_clip, data):
    sps, pps = sets_of(encode_clip(frames=2, bframes=2, options={"x264-params": "cqm=jvt:sar=4/3"}))
    damaged = []
    for nal in (sps[0], pps[0]):
        copy = bytearray(nal[: data.draw(st.integers(0, len(nal)))])
        for at, byte in data.draw(st.lists(st.tuples(st.integers(1, 40), st.integers(0, 255)), max_size=4)):
            if at < len(copy):
                copy[at] = byte
        damaged.append(bytes(copy))
    with suppress(VmsError):
        video = h264.parse([damaged[0]], [damaged[1]])
        assert 0 < video.width <= 16_384
        assert 0 < video.height <= 16_384
        assert 0 <= video.reorder_depth <= 16


@given(st.lists(st.binary(max_size=80).map(lambda tail: b"\x67" + tail), max_size=3), st.lists(st.binary(max_size=9)))
def test_garbage_raises_nothing_but_our_error(sps, pps):
    with suppress(VmsError):
        h264.parse(sps, [*pps, b"\x68\xce\x38\x80"])


def test_pictures_are_told_by_their_nal_units(encode_clip):
    clip = encode_clip(options={"x264-params": "slices=4"}, height=240)
    for picture in clip:
        slices = [nal for nal in annexb.split(picture.annexb) if h264.is_vcl(h264.nal_type(nal))]
        assert [h264.starts_picture(nal) for nal in slices] == [True, False, False, False]
        assert all(h264.is_sync(h264.nal_type(nal)) == picture.is_key for nal in slices)


def test_a_recovery_point_is_no_key_frame(encode_clip):
    clip = encode_clip(frames=60, options={"x264-params": "intra-refresh=1"})
    syncs = [any(h264.is_sync(h264.nal_type(nal)) for nal in annexb.split(picture.annexb)) for picture in clip]
    assert syncs == [True] + [False] * 59
