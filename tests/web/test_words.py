from vms.archive.model import Cause
from vms.cameras.status import CameraState
from vms.operations.alarms import AlarmCode
from web.status import words


def test_every_gap_cause_has_words():
    assert {cause.value for cause in Cause} == set(words.CAUSES)


def test_every_camera_state_has_words():
    assert {state.value for state in CameraState} <= set(words.STATES)


def test_every_alarm_has_words():
    assert {code.value for code in AlarmCode} == set(words.ALARMS)
