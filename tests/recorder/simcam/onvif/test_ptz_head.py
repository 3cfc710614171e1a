import pytest

from recorder.simcam.camera import SimCamera
from recorder.simcam.onvif.camera_clock import CameraClock
from recorder.simcam.onvif.ptz_head import Position, PtzHead
from recorder.simcam.onvif.soap import SoapFaultError
from vms.kernel.clock import ManualClock


@pytest.fixture
def clock() -> ManualClock:
    return ManualClock()


@pytest.fixture
def head(clock) -> PtzHead:
    return PtzHead(CameraClock(clock, SimCamera("cam0")))


def test_a_move_ends_after_its_time_out_whatever_happens_to_the_wall_clock(clock, head):
    head.move((1.0, -0.5, 0.0), timeout_s=1.0)
    assert head.is_moving() == (True, False)
    clock.step_wall(-3600)
    clock.advance(0.5)
    assert head.position().axes() == pytest.approx((0.25, -0.125, 0.0))
    clock.advance(100)
    assert head.position().axes() == pytest.approx((0.5, -0.25, 0.0))
    assert head.is_moving() == (False, False)


def test_the_limits_hold(clock, head):
    head.move((1.0, 0.0, 1.0), timeout_s=60.0)
    clock.advance(10)
    assert head.position() == Position(1.0, 0.0, 1.0)
    assert head.is_moving() == (False, False)


def test_stopping_zoom_lets_pan_go_on(clock, head):
    head.move((0.5, 0.0, 0.5), timeout_s=2.0)
    clock.advance(1)
    head.stop(pan_tilt=False)
    clock.advance(10)
    assert head.position().axes() == pytest.approx((0.5, 0.0, 0.25))


def test_a_preset_is_reached_and_then_kept(clock, head):
    head.go_to(Position(0.5, 0.5, 0.2))
    clock.advance(5)
    token = head.set_preset("gate", None)
    head.go_to(Position())
    clock.advance(5)
    head.go_to_preset(token)
    clock.advance(5)
    assert head.position().axes() == pytest.approx((0.5, 0.5, 0.2))


def test_what_cannot_be_is_refused(head):
    with pytest.raises(SoapFaultError):
        head.move((1.5, 0.0, 0.0), 1.0)
    with pytest.raises(SoapFaultError):
        head.go_to(Position(0.0, 0.0, -0.1))
    with pytest.raises(SoapFaultError):
        head.go_to_preset("preset9")
    for _ in range(32):
        head.set_preset("one", None)
    with pytest.raises(SoapFaultError):
        head.set_preset("too many", None)
