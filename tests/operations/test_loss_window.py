import pytest

from vms.cameras.status import CameraStatus
from vms.operations.loss_window import LossWindow

S = 1_000_000


def status(packets: int, lost: int, units: int = 750) -> CameraStatus:
    return CameraStatus("c", 1, "c", "main", access_units=units, packets=packets, lost_packets=lost)


def test_nothing_is_said_before_five_minutes():
    window = LossWindow()
    for step in range(10):
        window.add(status(1 + step * 10_000, step * 100), step * 30 * S)
        assert window.loss() is None
    window.add(status(100_001, 1000), 300 * S)
    assert window.loss() is not None


def test_only_the_last_five_minutes_count():
    window = LossWindow()
    for step in range(40):
        window.add(status(1 + step * 10_000, 5000 if step else 0), step * 30 * S)
    assert (window.loss().lost, window.loss().received) == (0, 100_000)


def test_counters_that_go_back_begin_anew():
    window = LossWindow()
    for step in range(11):
        window.add(status(100_000 + step * 750, 9_000), step * 30 * S)
    window.add(status(750, 3), 330 * S)
    assert window.loss() is None


@pytest.mark.parametrize(
    ("packets", "lost", "share"), [(9_900, 100, 0.01), (995, 5, 0.005), (300, 0, 0.0), (0, 0, 0.0)]
)
def test_the_share_is_of_what_the_camera_sent(packets, lost, share):
    """Not of what pictures of that size would need: a camera may send many small packets."""
    window = LossWindow()
    window.add(status(0, 0, units=0), 0)
    window.add(status(packets, lost, units=25 if packets else 0), 300 * S)
    assert window.loss().share == share


def test_of_a_recorder_that_tells_no_packets_nothing_is_known():
    window = LossWindow()
    for step in range(12):
        window.add(status(0, step * 5), step * 30 * S)
    assert window.loss() is None
