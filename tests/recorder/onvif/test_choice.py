from dataclasses import replace

from recorder.onvif.choice import choose_streams
from recorder.onvif.description import DescribedProfile, DeviceDescription

BASE = DescribedProfile("t", "n", "lens0", "h264", "H264", 1920, 1080, 25.0, 4000, "rtsp://c/1")


def device(*profiles: DescribedProfile) -> DeviceDescription:
    return DeviceDescription("m", "m", "s", 0, profiles, frozenset(), has_media2=True)


def test_the_largest_is_recorded_the_largest_up_to_720p_is_for_the_wall():
    small = replace(BASE, width=640, height=360, stream_uri="rtsp://c/2")
    middle = replace(BASE, width=1280, height=720, stream_uri="rtsp://c/3")
    large = replace(BASE, width=3840, height=2160, codec="h265", stream_uri="rtsp://c/4")
    choice = choose_streams(device(small, BASE, large, middle))
    assert (choice.main, choice.sub) == (large, middle)


def test_walls_prefer_what_every_browser_plays():
    small = replace(BASE, width=640, height=360, stream_uri="rtsp://c/2")
    newer = replace(BASE, width=1280, height=720, codec="h265", stream_uri="rtsp://c/3")
    assert choose_streams(device(BASE, newer, small)).sub == small


def test_equal_sizes_are_decided_by_rate():
    slow = replace(BASE, fps=5.0, stream_uri="rtsp://c/2")
    assert choose_streams(device(slow, BASE)).main == BASE
    assert choose_streams(device(slow, BASE)).sub is None  # not smaller


def test_the_other_lens_is_no_sub_stream():
    other = replace(BASE, source="lens1", width=640, height=360, stream_uri="rtsp://c/2")
    assert choose_streams(device(BASE, other)).sub is None
    assert choose_streams(device(BASE, other), source="lens1").main == other


def test_what_cannot_be_recorded_is_not_chosen():
    picture = replace(BASE, codec=None, encoding="JPEG")
    silent = replace(BASE, stream_uri=None)
    assert choose_streams(device(picture, silent)).main is None
