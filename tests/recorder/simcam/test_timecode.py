import av
import cv2
import numpy as np
import pytest

from recorder.simcam import timecode
from recorder.simcam.encoder import EncoderSettings, StreamEncoder
from recorder.simcam.scenes import SCENES, build_scene

NOW_US = 1_763_686_477_123_456


@pytest.mark.parametrize("at_us", [0, 1, NOW_US, 2**52 - 1])
@pytest.mark.parametrize("size", [(180, 320), (270, 480), (360, 640), (720, 1280), (1080, 1920)])
def test_reads_what_was_painted(at_us, size):
    picture = np.full(size, 90, np.uint8)
    timecode.paint(picture, at_us)
    assert timecode.read(picture) == at_us


def test_survives_colour_and_scaling():
    picture = np.full((720, 1280, 3), 90, np.uint8)
    timecode.paint(picture, NOW_US)
    assert timecode.read(cv2.resize(picture, (640, 360), interpolation=cv2.INTER_AREA)) == NOW_US
    assert timecode.read(cv2.resize(picture, (1920, 1080), interpolation=cv2.INTER_LINEAR)) == NOW_US


def test_refuses_a_picture_without_code():
    assert timecode.read(np.zeros((360, 640), np.uint8)) is None
    assert timecode.read(np.random.default_rng(1).integers(0, 255, (360, 640), np.uint8)) is None


@pytest.mark.parametrize("column", [2, 7, 20, 33])
def test_refuses_a_flipped_block(column):
    picture = np.full((360, 640), 90, np.uint8)
    timecode.paint(picture, NOW_US)
    left, right = column * 640 // 36, (column + 1) * 640 // 36 + 1
    picture[352:, left:right] = 251 - picture[352:, left:right]
    assert timecode.read(picture) is None


@pytest.mark.parametrize("codec", ["h264", "h265"])
@pytest.mark.parametrize("scene", sorted(SCENES))
def test_survives_coding_at_the_size_and_rate_of_a_sub_stream(codec, scene):
    view = build_scene(scene, 640, 360, "Test")
    encoder = StreamEncoder(EncoderSettings(codec, 640, 360, 10, bitrate_kbps=150))
    times = [NOW_US + index * 100_003 for index in range(12)]
    units = [u for n, at in enumerate(times) for u in encoder.encode(view.draw(at, at), n * 9000)]
    units += encoder.flush()
    decoder = av.CodecContext.create("h264" if codec == "h264" else "hevc", "r")
    frames = []
    for unit in units:
        frames += decoder.decode(av.Packet(b"".join(b"\0\0\0\1" + nal for nal in unit.nals)))
    frames += decoder.decode(None)
    assert [timecode.read(frame.to_ndarray()[:360]) for frame in frames] == times
