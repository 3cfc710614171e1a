from contextlib import suppress

import av
import pytest
from hypothesis import given
from hypothesis import strategies as st

from vms.kernel.errors import VmsError
from vms.media import annexb, h265
from vms.media.h265_sps import ProfileTierLevel, read_sps
from vms.media.vui import Colour

SIZES = [(160, 120), (1920, 1080), (162, 122), (704, 576), (130, 98)]


def sets_of(clip) -> list[list[bytes]]:
    nals = annexb.split(clip[0].annexb)
    return [[nal for nal in nals if h265.nal_type(nal) == kind] for kind in (32, 33, 34)]


@pytest.mark.parametrize(("width", "height"), SIZES)
def test_size_is_what_a_decoder_shows(encode_clip, format_of, width, height):
    clip = encode_clip(codec="libx265", width=width, height=height, frames=2)
    decoder = av.CodecContext.create("hevc", "r")
    frames = [frame for picture in clip for frame in decoder.decode(av.Packet(picture.annexb))]
    frames += decoder.decode(None)
    video = format_of(clip)
    assert (video.width, video.height) == (frames[0].width, frames[0].height) == (width, height)


@pytest.mark.parametrize(
    ("params", "expected"),
    [
        ("level-idc=3.1", "hvc1.1.6.L93.90"),
        ("level-idc=4.1:high-tier=1:vbv-maxrate=30000:vbv-bufsize=30000:bitrate=25000", "hvc1.1.6.H123.90"),
    ],
)
def test_codec_string_tells_profile_tier_level(encode_clip, format_of, params, expected):
    clip = encode_clip(codec="libx265", frames=2, width=640, height=480, options={"x265-params": params})
    assert format_of(clip).codec_string == expected


@pytest.mark.parametrize(
    ("general", "expected"),
    [
        ((0, False, 1, 0x60000000, "b00000000000", 93), "hvc1.1.6.L93.B0"),  # 14496-15 Annex E.3
        ((1, True, 4, 0x08000000, "000000000000", 120), "hvc1.A4.10.H120"),
        ((0, False, 2, 0x20000000, "900000000001", 153), "hvc1.2.4.L153.90.0.0.0.0.1"),
    ],
)
def test_codec_string_reverses_flags_but_keeps_inner_zero_bytes(general, expected):
    space, tier, profile, compatibility, constraints, level = general
    fields = ProfileTierLevel(space, tier, profile, compatibility, bytes.fromhex(constraints), level)
    assert h265.codec_string(fields) == expected


@pytest.mark.parametrize(("bframes", "pyramid", "depth"), [(0, 0, 0), (2, 0, 1), (4, 1, 2)])
def test_reorder_depth(encode_clip, format_of, bframes, pyramid, depth):
    options = {"x265-params": f"b-pyramid={pyramid}"}
    assert format_of(encode_clip(codec="libx265", bframes=bframes, options=options)).reorder_depth == depth


@pytest.mark.parametrize("extra", ["", "temporal-layers=3", "scaling-list=default", "ref=5", "multi-pass-opt-rps=1"])
def test_colour_is_found_behind_everything_before_it(encode_clip, format_of, extra):
    params = f"colorprim=bt709:transfer=bt709:colormatrix=bt709:range=full:sar=4:{extra}".rstrip(":")
    clip = encode_clip(codec="libx265", bframes=4, options={"x265-params": params})
    sps = read_sps(format_of(clip).sps[0])
    assert sps.appearance.colour == Colour(1, 1, 1, is_full_range=True)
    assert sps.appearance.sample_aspect_ratio == (16, 11)


def test_sub_layers_are_counted(encode_clip, format_of):
    clip = encode_clip(codec="libx265", bframes=4, options={"x265-params": "temporal-layers=3"})
    assert read_sps(format_of(clip).sps[0]).sub_layers == 3


def test_ten_bits(encode_clip, format_of):
    clip = encode_clip(codec="libx265", frames=2, pix_fmt="yuv420p10le")
    video = format_of(clip)
    assert video.codec_string.startswith("hvc1.2.4.")
    assert read_sps(video.sps[0]).bit_depth_luma == 10


def test_only_visible_changes_count(encode_clip, format_of):
    def visible(**wanted):
        return format_of(encode_clip(codec="libx265", frames=2, **wanted)).visible

    level = {"x265-params": "level-idc=3.1"}
    assert visible(options=level) == visible(fps=12, options=level)
    assert visible(options=level) != visible(options={"x265-params": "level-idc=4"})
    assert visible() != visible(width=168)
    assert visible() != visible(options={"x265-params": "colorprim=bt709"})


def test_trailing_bytes_change_nothing(encode_clip):
    vps, sps, pps = sets_of(encode_clip(codec="libx265"))
    dirty = h265.parse(vps, [sps[0] + b"\x00\xff\x12"], [pps[0] + b"\x00\x00"])
    assert dirty.visible == h265.parse(vps, sps, pps).visible


def test_all_three_kinds_are_needed(encode_clip):
    vps, sps, pps = sets_of(encode_clip(codec="libx265"))
    for sets in (([], sps, pps), (vps, [], pps), (vps, sps, []), (sps, sps, pps), (vps, vps, pps), (vps, sps, sps)):
        with pytest.raises(VmsError) as caught:
            h265.parse(*sets)
        assert caught.value.code == "bad_parameter_sets"


@given(data=st.data())
def test_damaged_sets_raise_nothing_but_our_error(encode_clip, data):
    sets = []
    clip = encode_clip(codec="libx265", bframes=4, options={"x265-params": "temporal-layers=3"})
    for (nal,) in sets_of(clip):
        copy = bytearray(nal[: data.draw(st.integers(0, len(nal)))])
        for at, byte in data.draw(st.lists(st.tuples(st.integers(2, 60), st.integers(0, 255)), max_size=4)):
            if at < len(copy):
                copy[at] = byte
        sets.append([bytes(copy)])
    with suppress(VmsError):
        video = h265.parse(*sets)
        assert 0 < video.width <= 16_384
        assert 0 < video.height <= 16_384
        assert 0 <= video.reorder_depth <= 16


@given(st.binary(max_size=120))
def test_garbage_raises_nothing_but_our_error(tail):
    with suppress(VmsError):
        h265.parse([b"\x40\x01\x0c"], [b"\x42\x01" + tail], [b"\x44\x01\xc1\x72"])


def test_pictures_are_told_by_their_nal_units(encode_clip):
    for picture in encode_clip(codec="libx265", frames=30):
        (nal,) = [nal for nal in annexb.split(picture.annexb) if h265.is_vcl(h265.nal_type(nal))]
        assert h265.is_sync(h265.nal_type(nal)) == picture.is_key
        assert h265.starts_picture(nal)
        later_segment = nal[:2] + bytes((nal[2] & 0x7F,)) + nal[3:]
        assert not h265.starts_picture(later_segment)


def test_open_gops_have_leading_pictures(encode_clip):
    clip = encode_clip(codec="libx265", frames=40, gop=10, bframes=3, options={"x265-params": "open-gop=1"})
    kinds = [
        next(h265.nal_type(nal) for nal in annexb.split(picture.annexb) if h265.is_vcl(h265.nal_type(nal)))
        for picture in clip
    ]
    key_pts = None
    for kind, picture in zip(kinds, clip, strict=True):
        if h265.is_sync(kind):
            key_pts = picture.pts_90k
        assert h265.is_leading(kind) == (picture.pts_90k < key_pts)
    assert h265.NalType.CRA in kinds
    assert any(h265.is_leading(kind) for kind in kinds)
