import asyncio

import pytest

from recorder.source import SourceError, SourceStats
from vms.archive.model import Cause
from vms.cameras.config import CameraConfig
from vms.cameras.status import CameraState, CameraStatus
from vms.cli.first_contact import LastReasons, camera_sentences
from vms.kernel.clock import SystemClock
from vms.kernel.ids import new_id

CONFIG = CameraConfig(
    camera_id=new_id(SystemClock()), number=3, name="camera 3", kind="security", main_url="rtsp://cam.example/1",
    sub_url=None, transport="auto", records=True, commissioned_us=0,
)  # fmt: skip


class Failing:
    """A source that ends as it is told."""

    loss_is_known = True

    def __init__(self, detail):
        self.detail, self.stats, self.is_low = detail, SourceStats(packets=7), None

    async def run(self, sink):
        raise SourceError(Cause.CAMERA_OFFLINE, self.detail, "It ended.")

    def set_low_latency(self, wanted):
        self.is_low = wanted


def status(**values):
    return CameraStatus("id", 3, "camera 3", "main", **values)


def test_a_reason_outlives_the_attempt_that_had_it():
    reasons, source = LastReasons(), Failing("wrong_password")
    watched = reasons.watched(lambda *_: source)(CONFIG, "main")
    with pytest.raises(SourceError):
        asyncio.run(watched.run(None))
    watched.set_low_latency(True)
    assert (watched.stats.packets, watched.loss_is_known, source.is_low) == (7, True, True)
    assert reasons.of(status(state=CameraState.CONNECTING)) == "wrong_password"
    assert reasons.of(status(state=CameraState.WAITING, detail="refused")) == "refused"
    assert reasons.of(status(state=CameraState.RECORDING)) == ""


def test_an_address_that_is_none_is_a_reason_too():
    reasons = LastReasons()

    def refuse(*_):
        raise SourceError(Cause.CAMERA_OFFLINE, "camera_address_invalid", "This is no camera address.")

    with pytest.raises(SourceError):
        reasons.watched(refuse)(CONFIG, "main")
    assert reasons.of(status()) == "camera_address_invalid"


@pytest.mark.parametrize(("packets", "expected"), [(0, "timeout"), (5, "no_pictures_yet")])
def test_a_first_attempt_that_never_ended_has_a_reason(packets, expected):
    assert LastReasons().of(status(packets=packets)) == expected


@pytest.mark.parametrize(
    ("reason", "words"),
    [
        ("wrong_password", "wrong password. Give the right user and password: rtsp://USER:PASSWORD@HOST/PATH"),
        ("refused", "connection refused. Check the camera's RTSP service and port"),
        ("timeout", "no answer. Check the address"),
        ("no_parameter_sets", "stream description missing. Set the camera to H.264 or H.265"),
        ("camera_address_invalid", "this is no camera address. An address looks like rtsp://"),
        ("no_key_frame", "key frame). Record for longer"),
        ("something_new", "something_new. Check the camera's power"),
    ],
)
def test_who_sees_nothing_is_told_why_and_what_to_do(reason, words):
    (sentence,) = camera_sentences(status(state=CameraState.WAITING), reason, [])
    assert sentence.startswith("camera 3: nothing was recorded: ")
    assert words in sentence


def test_who_sees_something_is_told_what_and_where(tmp_path):
    seen = status(state=CameraState.RECORDING, codec="h265", width=1920, height=1080, access_units=9)
    told = f"camera 3: H.265, 1920 x 1080; its files lie in {tmp_path}"
    assert camera_sentences(seen, "", [tmp_path]) == [told]
    seen.state = CameraState.WAITING
    assert camera_sentences(seen, "silent", [tmp_path]) == [
        told, "camera 3: it stopped: sends no pictures. Restart the camera.",
    ]  # fmt: skip
    seen.state = CameraState.NO_STORAGE
    assert "no volume takes its pictures (disk_full). Run: vms doctor" in camera_sentences(seen, "disk_full", [])[0]
