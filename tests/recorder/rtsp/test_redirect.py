"""Where a redirection may lead."""

from contextlib import suppress

import pytest

from recorder.address import CameraAddress
from recorder.rtsp.redirect import follow
from recorder.source import SourceError
from vms.kernel.logging import redactor

HOME = CameraAddress.parse("rtsp://operator:geheim99@10.0.0.5/live")


def test_credentials_go_along():
    there = follow(HOME, "rtsp://10.0.0.5:8554/other")
    assert (there.url, there.username, there.password) == ("rtsp://10.0.0.5:8554/other", "operator", "geheim99")
    assert follow(HOME, "/other").url == "rtsp://10.0.0.5/other"


@pytest.mark.parametrize(
    "location",
    [
        "rtsp://8.8.8.8/x", "rtsp://evil.example/x", "http://10.0.0.5/", "rtsp://", "x", "rtsp://127.0.0.1:5432/x",
        "rtsp://[::1]/x", "rtsp://0.0.0.0/x", "rtsp://169.254.169.254/x", "rtsp://239.1.1.1/x",
    ],
)  # fmt: skip
def test_places_where_no_cameras_are(location):
    with pytest.raises(SourceError) as caught:
        follow(HOME, location)
    assert caught.value.detail == "protocol"
    assert "10.0.0.5" not in caught.value.message


@pytest.mark.proves("C-4")
def test_a_camera_does_not_choose_what_vanishes_from_the_logs():
    known = set(redactor._literals)
    foreign = [f"rtsp://Ereignis:Luecke@Platte-{number}.example/x" for number in range(100)]
    for location in [*foreign, "rtsp://Speicher:Fehler@10.0.0.77/x"]:
        with suppress(SourceError):
            follow(HOME, location)
    said = "Ereignis Luecke Platte-7.example Speicher Fehler"
    assert redactor.redact(said) == said
    assert redactor.redact("10.0.0.77 answers") == "*** answers"  # where we go ourselves stays ours to hide
    assert redactor._literals == known


@pytest.mark.proves("C-4")
def test_a_camera_that_always_leads_elsewhere_makes_no_line_of_the_log_dearer():
    for number in range(1000):
        follow(HOME, f"rtsp://10.1.{number // 250}.{number % 250}/x")
    assert redactor.redact("10.1.3.249 answers") == "*** answers"
    assert len(redactor._passing) < 100


def test_encryption_is_never_given_up():
    with pytest.raises(SourceError):
        follow(CameraAddress.parse("rtsps://10.0.0.5/live"), "rtsp://10.0.0.5/live")
