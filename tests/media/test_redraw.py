"""Footage encoded anew: what is drawn is there, what is under it is gone, every picture keeps its time."""

import io
from fractions import Fraction

import av
import numpy as np
import pytest

from vms.media import init_segment
from vms.media.copy_rate import most_bytes, rate_for
from vms.media.painting import Fill
from vms.media.redraw import Picture, Redrawing

QUARTER = [[(0.5, 0.5), (1.0, 0.5), (1.0, 1.0), (0.5, 1.0)]]
FRAME_90K = 3600


def pictures_of(units):
    return [Picture(unit.data, unit.pts_90k - units[0].pts_90k, unit.is_sync) for unit in units]


def redrawn(units, draw=lambda _planes, _at: None, bits_per_s=400_000, pictures=None):
    pictures = pictures_of(units) if pictures is None else pictures
    copy = Redrawing(init_segment.build(units[0].format).data, len(units) * FRAME_90K, bits_per_s, draw)
    return copy, b"".join(copy.chunks(pictures))


def shown(data: bytes):
    with av.open(io.BytesIO(data), format="mp4") as container:
        stream = container.streams.video[0]
        assert stream.time_base == Fraction(1, 90_000)
        assert stream.codec_context.name == "h264"
        return [(frame.pts, frame.to_ndarray(format="yuv420p")) for frame in container.decode(stream)]


@pytest.fixture
def units(encode_clip, units_of):
    return units_of(encode_clip(frames=120, gop=25))


@pytest.mark.parametrize("facts", [{}, {"bframes": 2}, {"codec": "libx265"}], ids=["plain", "b-frames", "h265"])
def test_each_picture_is_there_at_its_time_and_nothing_is_seen_under_the_mask(encode_clip, units_of, facts):
    units = units_of(encode_clip(frames=120, gop=25, **facts))
    originals = [picture.show_90k for picture in pictures_of(units)]
    fill = None

    def draw(planes, _at_90k):
        nonlocal fill
        height, width = planes.luma.shape
        fill = fill or Fill(QUARTER, width, height)
        fill.on(planes)

    copy, data = redrawn(units, draw)
    found = shown(data)
    assert [at for at, _ in found] == sorted(originals)
    assert (copy.pictures, copy.undecoded) == (len(units), [])
    for _, picture in found[::13]:
        height = picture.shape[0] * 2 // 3
        width = picture.shape[1]
        hidden = picture[height // 2 : height, width // 2 :].astype(int)
        assert abs(hidden - 16).max() <= 4  # the encoder's own noise, the same in every picture
        assert np.ptp(picture[: height // 2 - 8, : width // 2 - 8]) > 40  # the rest is a picture still


def test_what_is_drawn_hears_when_the_picture_is_shown_and_does_not_reach_the_next_one(units):
    times = []

    def draw(planes, at_90k):
        times.append(at_90k)
        if at_90k == 10 * FRAME_90K:
            planes.luma[:] = 235

    _, data = redrawn(units, draw, 4_000_000)
    assert times == [index * FRAME_90K for index in range(len(units))]
    brightness = [float(picture[: picture.shape[0] * 2 // 3].mean()) for _, picture in shown(data)]
    assert brightness[10] > 220
    assert max(brightness[:10] + brightness[11:]) < 200


def test_a_film_tells_its_length_and_begins_a_fragment_with_each_key_frame(units):
    copy, data = redrawn(units)
    with av.open(io.BytesIO(data), format="mp4") as container:
        assert container.duration == len(units) * 40_000
        keys = [packet.pts for packet in container.demux(video=0) if packet.is_keyframe and packet.pts is not None]
    assert keys == [0, 100 * FRAME_90K]
    assert data.count(b"moof") == 2
    assert (copy.width, copy.height) == (units[0].format.width, units[0].format.height)
    assert copy.codec.startswith("avc1.")


def test_what_cannot_be_decoded_is_named_and_the_film_goes_on(units):
    pictures = pictures_of(units)
    pictures[50:75] = [Picture(b"\x00\x00\x00\x09torn", one.show_90k, one.is_sync) for one in pictures[50:75]]
    copy, data = redrawn(units, pictures=pictures)
    assert [at for at, _ in shown(data)] == [i * FRAME_90K for i in (*range(50), *range(75, 120))]
    assert copy.undecoded == [(50 * FRAME_90K, 75 * FRAME_90K)]


def test_a_film_that_nobody_can_decode_gives_no_byte(units):
    pictures = [Picture(b"\x00\x00\x00\x01\x65", one.show_90k, one.is_sync) for one in pictures_of(units)]
    copy, data = redrawn(units, pictures=pictures)
    assert data == b""
    assert (copy.pictures, copy.undecoded) == (0, [(0, len(units) * FRAME_90K)])


def test_the_copy_is_not_larger_than_was_said_before(units):
    size_bytes = sum(len(unit.data) for unit in units)
    duration_90k = len(units) * FRAME_90K
    _, data = redrawn(units, bits_per_s=rate_for(size_bytes, duration_90k))
    assert len(data) <= most_bytes(size_bytes, duration_90k)
