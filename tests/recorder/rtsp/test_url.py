"""Bases and controls of real cameras."""

import pytest

from recorder.rtsp.url import base_url, track_url

ASKED = "rtsp://10.0.0.5:554/live?channel=1&subtype=1"
HIK = "rtsp://10.0.0.5:554/Streaming/Channels/101/trackID=1?transportmode=unicast&profile=Profile_1"


@pytest.mark.parametrize(
    ("content_base", "content_location", "control", "expected"),
    [
        ("", "", "", ASKED),
        ("rtsp://10.0.0.5:554/live/", "", "*", "rtsp://10.0.0.5:554/live/"),
        ("", "rtsp://10.0.0.5/loc/", "", "rtsp://10.0.0.5/loc/"),
        ("rtsp://10.0.0.5/a/", "", "rtsp://10.0.0.5/b/", "rtsp://10.0.0.5/b/"),
        ("10.0.0.5:554/live/", "", "", "rtsp://10.0.0.5:554/live/"),
        ("rtsp://rtsp://10.0.0.5/live/", "", "", "rtsp://10.0.0.5/live/"),
        ("rtsp://fe80::1:554/live/", "", "", "rtsp://10.0.0.5:554/live/"),
        ("/live/", "", "", "rtsp://10.0.0.5:554/live/"),
        ("rtsp://127.0.0.1:554/live/", "", "", "rtsp://10.0.0.5:554/live/"),
        ("rtsp://10.0.0.5/a\r\nX: y", "", "", ASKED),
    ],
)
def test_base(content_base, content_location, control, expected):
    assert base_url(ASKED, content_base, content_location, control) == expected


@pytest.mark.parametrize(
    ("base", "control", "expected"),
    [
        ("rtsp://h/live/", "trackID=1", "rtsp://h/live/trackID=1"),
        ("rtsp://h/live", "trackID=1", "rtsp://h/live/trackID=1"),
        ("rtsp://h/live/", "/trackID=1", "rtsp://h/live/trackID=1"),
        ("rtsp://h/live", "/trackID=1", "rtsp://h/live/trackID=1"),
        ("rtsp://h/cam?channel=1&subtype=1/", "trackID=0", "rtsp://h/cam?channel=1&subtype=1/trackID=0"),
        ("rtsp://h/cam?channel=1", "trackID=0", "rtsp://h/cam?channel=1/trackID=0"),
        ("rtsp://h/live", "*", "rtsp://h/live"),
        ("rtsp://h/live", "", "rtsp://h/live"),
        ("rtsp://h/live", HIK, HIK),
        ("rtsp://h/live", "a b", "rtsp://h/live"),
    ],
)
def test_track(base, control, expected):
    assert track_url(base, control) == expected
