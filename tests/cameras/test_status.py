"""A recorder's status on its way to other processes, also to those of another version."""

import json

import pytest

from vms.cameras.status import CameraState, CameraStatus, RecorderStatus


@pytest.fixture
def status() -> RecorderStatus:
    camera = CameraStatus("c", 7, "Gate", "main", CameraState.RECORDING, access_units=25, packets=300, lost_packets=2)
    return RecorderStatus(0, 1, 5, 10, 1.5, 1 << 20, [camera], {"v": "ok"})


def test_it_comes_back_as_it_was(status):
    assert RecorderStatus.from_json(json.loads(json.dumps(status.to_json()))) == status


def test_what_an_older_recorder_does_not_tell_has_its_default(status):
    values = status.to_json()
    del values["cameras"][0]["packets"]
    assert RecorderStatus.from_json(values).cameras[0].packets == 0


def test_what_a_newer_recorder_tells_besides_is_left_out(status):
    values = status.to_json()
    values["cameras"][0]["smell"] = "roses"
    assert RecorderStatus.from_json(values) == status


@pytest.mark.parametrize("name", ["camera_id", "state"])
def test_what_is_no_status_is_refused(status, name):
    values = status.to_json()
    del values["cameras"][0][name]
    with pytest.raises((KeyError, TypeError)):
        RecorderStatus.from_json(values)
