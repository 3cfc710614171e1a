from dataclasses import replace

import pytest
import still_node
from caller import Caller
from still_node import NOW_US, camera, recorder, status

from vms.cameras.status import CameraState
from vms.kernel.clock import ManualClock
from vms.kernel.errors import Kind, VmsError
from web.facts import RecorderReport
from web.overview import Observer
from web.status.health import reasons

AWAY = VmsError(Kind.UNAVAILABLE, "database_unavailable", "The control database is away.")


def codes(node) -> list[str]:
    return [reason.code for reason in reasons(Observer(node, ManualClock(NOW_US)).look())]


def test_well():
    assert codes(still_node.well()) == []


def test_a_new_node_without_cameras_is_well():
    node = still_node.well()
    node.camera_list, node.footage_map, node.recorder_list = [], {}, [recorder()]
    assert codes(node) == []


@pytest.mark.parametrize("reason", ["no_socket", "refused", "timeout", "garbled"])
def test_a_recorder_that_is_away(reason):
    node = still_node.well()
    node.recorder_list = [RecorderReport("recorder-0", None, reason)]
    assert codes(node) == ["recorder_unavailable", "no_camera_recording"]


def test_one_shard_of_two():
    node = still_node.well()
    node.recorder_list = [*node.recorder_list, RecorderReport("recorder-1", None, "refused")]
    assert codes(node) == ["recorder_unavailable"]


def test_a_volume_by_the_recorders_word():
    node = still_node.well()
    node.recorder_list = [recorder(*(status(number) for number in range(1, 5)), volumes={"v1": "volume_full"})]
    assert codes(node) == ["volume_failed"]


def test_a_volume_by_its_own_state():
    node = still_node.well()
    node.volume_list = [replace(node.volume_list[0], state="volume_missing")]
    assert codes(node) == ["volume_failed"]


def test_one_silent_camera_is_no_reason():
    node = still_node.well()
    node.recorder_list = [recorder(status(1, CameraState.WAITING), *(status(number) for number in (2, 3, 4)))]
    assert codes(node) == []


def test_all_cameras_silent():
    node = still_node.well()
    node.recorder_list = [recorder(*(status(number, CameraState.CONNECTING) for number in range(1, 5)))]
    assert codes(node) == ["no_camera_recording"]


def test_city_view_alone_has_nothing_to_record():
    node = still_node.well()
    node.camera_list = [camera(5, "Boztepe", must_record=False)]
    node.recorder_list = [recorder(status(5, CameraState.LIVE_ONLY))]
    assert codes(node) == []


@pytest.mark.proves("D-6.1")
def test_the_register_may_be_away():
    node = still_node.well()
    node.broken = {"cameras": AWAY, "alarms": AWAY, "sweep": AWAY, "footage": AWAY}
    assert codes(node) == []
    node.recorder_list = [recorder(status(1, CameraState.WAITING))]
    assert codes(node) == ["no_camera_recording"]


def test_an_archive_that_cannot_be_read():
    node = still_node.well()
    node.broken = {"volumes": AWAY}
    assert codes(node) == ["archive_unreadable"]


def test_the_answer_names_no_camera():
    from web.app import ZoneInfo, create_app

    app = create_app(still_node.troubled(), ManualClock(NOW_US), ZoneInfo("UTC"), still_node.no_parts())
    answer = Caller(app).get("/healthz")
    assert answer.status_code == 503
    assert answer.json() == {
        "status": "failing",
        "reasons": [
            {"code": "recorder_unavailable", "count": 1, "message": "A recorder does not answer."},
            {"code": "volume_failed", "count": 1, "message": "A volume takes no footage."},
        ],
    }
    assert answer.headers["cache-control"] == "no-store"
