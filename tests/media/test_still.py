import io

import av
import numpy as np
import pytest

from vms.kernel.errors import Kind, VmsError
from vms.media.init_parameters import parameter_sets_of
from vms.media.init_segment import build
from vms.media.still import difference, to_jpeg


def decode(jpeg: bytes) -> av.VideoFrame:
    with av.open(io.BytesIO(jpeg), format="mjpeg") as container:
        (frame,) = container.decode(video=0)
    return frame


@pytest.fixture
def still(units_of):
    """The still of an encoded clip's first pictures, from what an archive keeps of it."""

    def still(clip, count: int, width_px: int) -> av.VideoFrame:
        units = units_of(clip)[:count]
        codec, sets = parameter_sets_of(build(units[0].format).data)
        return decode(to_jpeg(codec, sets, [unit.data for unit in units], width_px))

    return still


def truth(number: int, moving) -> np.ndarray:
    return moving[number].to_ndarray(format="rgb24").astype(int)


@pytest.fixture(scope="module")
def shown(write_mp4, tmp_path_factory):
    """The pictures of the clips as a player shows them."""
    path = write_mp4(tmp_path_factory.mktemp("clip") / "clip.mp4", frames=30, gop=30)
    with av.open(str(path)) as container:
        return [frame.reformat(format="rgb24") for frame in container.decode(video=0)]


@pytest.mark.parametrize("codec", ["libx264", "libx265"])
@pytest.mark.parametrize("count", [1, 2, 9, 30])
def test_the_last_picture_is_shown(encode_clip, still, shown, codec, count):
    frame = still(encode_clip(codec=codec, frames=30, gop=30), count, 160)
    picture = frame.to_ndarray(format="rgb24").astype(int)
    differences = [np.abs(picture - truth(number, shown)).mean() for number in range(30)]
    assert int(np.argmin(differences)) == count - 1
    assert min(differences) < 12


def test_with_b_frames_it_is_the_last_in_decoding_order(encode_clip, still, shown):
    clip = encode_clip(frames=30, gop=30, bframes=2)
    order = [round(picture.pts_90k / 3600) for picture in clip]
    first = min(order)
    for count in (1, 2, 3, 4, 5):
        picture = still(clip, count, 160).to_ndarray(format="rgb24").astype(int)
        differences = [np.abs(picture - truth(number, shown)).mean() for number in range(30)]
        assert int(np.argmin(differences)) == order[count - 1] - first


@pytest.mark.parametrize(("asked", "got"), [(1, (16, 12)), (80, (80, 60)), (81, (80, 60)), (9999, (160, 120))])
def test_it_is_as_wide_as_asked_but_never_wider_than_the_picture(encode_clip, still, asked, got):
    frame = still(encode_clip(frames=10), 1, asked)
    assert (frame.width, frame.height) == got


def test_pixels_that_are_not_square_are_made_so(encode_clip, still):
    frame = still(encode_clip(frames=5, options={"aspect": "2:1"}), 1, 320)
    assert (frame.width, frame.height) == (320, 120)


@pytest.mark.parametrize(("level", "expected"), [(16, 0), (235, 255), (126, 128)])
def test_limited_range_becomes_full(units_of, level, expected):
    from fractions import Fraction

    from vms.media import annexb, h264

    encoder = av.CodecContext.create("libx264", "w")
    encoder.width, encoder.height, encoder.pix_fmt = 64, 64, "yuv420p"
    encoder.time_base, encoder.framerate = Fraction(1, 25), Fraction(25)
    frame = av.VideoFrame(64, 64, "yuv420p")
    for plane, value in zip(frame.planes, (level, 128, 128), strict=True):
        plane.update(bytes([value]) * plane.buffer_size)
    frame.pts = 0
    nals = annexb.split(b"".join(bytes(packet) for packet in [*encoder.encode(frame), *encoder.encode(None)]))
    sets = [nal for nal in nals if h264.nal_type(nal) in {7, 8}]
    unit = annexb.to_length_prefixed(nal for nal in nals if h264.is_vcl(h264.nal_type(nal)))
    grey = decode(to_jpeg("h264", sets, [unit], 64)).to_ndarray(format="gray")
    assert abs(int(np.median(grey)) - expected) <= 2


@pytest.mark.parametrize("damage", ["no key frame", "torn", "noise", "no sets"])
def test_what_cannot_be_decoded_says_so(encode_clip, units_of, damage):
    units = units_of(encode_clip(frames=10))
    codec, sets = parameter_sets_of(build(units[0].format).data)
    data = {
        "no key frame": [unit.data for unit in units[1:3]],
        "torn": [units[0].data[:-5]],
        "noise": [b"\0\0\0\x09" + bytes(range(100, 109))],
        "no sets": [units[0].data],
    }[damage]
    with pytest.raises(VmsError) as refused:
        to_jpeg(codec, [] if damage == "no sets" else sets, data, 160)
    assert (refused.value.kind, refused.value.code) == (Kind.CORRUPT, "footage_undecodable")


def test_the_difference_of_two_stills_is_that_of_their_brightness(encode_clip, units_of):
    units = units_of(encode_clip(frames=30, gop=30))
    codec, sets = parameter_sets_of(build(units[0].format).data)
    first, later, small = (
        to_jpeg(codec, sets, [unit.data for unit in units[:count]], width_px)
        for count, width_px in ((1, 160), (30, 160), (1, 96))
    )
    pictures = [decode(jpeg).to_ndarray(format="gray").astype(int) for jpeg in (first, later)]
    assert difference(first, first) == 0
    assert difference(first, later) == pytest.approx(np.abs(pictures[0] - pictures[1]).mean())
    assert difference(first, later) > 1
    assert difference(first, small) == 255
