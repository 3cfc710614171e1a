import random

import pytest

from vms.cameras.status import CameraStatus
from vms.operations.loss_window import PAYLOAD_BYTES, LossWindow

S = 1_000_000


def status(units: int, lost: int, frames_per_s: float = 25.0, bits_per_s: float = 4_000_000.0) -> CameraStatus:
    return CameraStatus(
        "c", 1, "c", "main", access_units=units, lost_packets=lost, frames_per_s=frames_per_s, bits_per_s=bits_per_s
    )


def test_nothing_is_said_before_five_minutes():
    window = LossWindow()
    for step in range(10):
        window.add(status(step * 750, step * 100), step * 30 * S)
        assert window.loss() is None
    window.add(status(7500, 1000), 300 * S)
    assert window.loss() is not None


def test_only_the_last_five_minutes_count():
    window = LossWindow()
    for step in range(40):
        window.add(status(step * 750, 5000 if step else 0), step * 30 * S)
    assert window.loss().lost == 0


def test_counters_that_go_back_begin_anew():
    window = LossWindow()
    for step in range(11):
        window.add(status(100_000 + step * 750, 9_000), step * 30 * S)
    window.add(status(750, 3), 330 * S)
    assert window.loss() is None


@pytest.mark.parametrize(("frames_per_s", "bits_per_s"), [(25, 4e6), (25, 500e3), (25, 80e3), (5, 200e3), (15, 12e6)])
def test_packets_are_reckoned_well_enough(frames_per_s, bits_per_s):
    """Beside a count of real packets: pictures of changing size, key pictures eight times as large."""
    chance = random.Random(3)
    window, units, packets = LossWindow(), 0, 0
    for step in range(11):
        window.add(status(units, 0, frames_per_s, bits_per_s), step * 30 * S)
        if step == 10:
            break
        for number in range(round(frames_per_s * 30)):
            mean = bits_per_s / frames_per_s / 8
            size = mean * chance.uniform(0.5, 0.98) * (8 if number % 50 == 0 else 1)
            packets += max(1, -(-int(size) // PAYLOAD_BYTES))
            units += 1
    assert window.loss().received == pytest.approx(packets, rel=0.35)
