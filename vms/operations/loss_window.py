"""Packets lost over the last minutes, from counters that only grow."""

from collections import deque
from dataclasses import dataclass

from vms.cameras.status import CameraStatus
from vms.kernel.clock import US_PER_SECOND
from vms.operations.health_rules import Loss

WINDOW_US = 300 * US_PER_SECOND  # a burst of a second on a shared line is no fault; five minutes of it are
PAYLOAD_BYTES = 1400  # what cameras put into a packet on Ethernet


@dataclass(frozen=True, slots=True)
class _Sample:
    at_us: int
    lost: int
    units: int
    received: float


class LossWindow:
    """One camera's counters. The recorder does not tell how many packets came, so they are reckoned from pictures.

    A picture of n bytes is n / 1400 packets, the last one half full on average, and never less than one. That is right
    within some tens of percent, which tells 1 % from nothing.
    """

    def __init__(self) -> None:
        self._samples: deque[_Sample] = deque()
        self._packets_a_unit = 1.0

    def add(self, status: CameraStatus, boottime_us: int) -> None:
        """Take one look; counters that went back (the recorder was started anew) begin a new window."""
        if status.frames_per_s > 0:
            unit_bytes = status.bits_per_s / status.frames_per_s / 8
            self._packets_a_unit = max(1.0, unit_bytes / PAYLOAD_BYTES + 0.5)
        last = self._samples[-1] if self._samples else None
        if last is not None and (status.access_units < last.units or status.lost_packets < last.lost):
            self._samples.clear()
            last = None
        received = 0.0
        if last is not None:
            received = last.received + (status.access_units - last.units) * self._packets_a_unit
        self._samples.append(_Sample(boottime_us, status.lost_packets, status.access_units, received))
        while len(self._samples) > 1 and boottime_us - self._samples[1].at_us >= WINDOW_US:
            self._samples.popleft()

    def loss(self) -> Loss | None:
        """Over the window; None before it is full."""
        if not self._samples:
            return None
        first, last = self._samples[0], self._samples[-1]
        if last.at_us - first.at_us < WINDOW_US:
            return None
        return Loss(last.lost - first.lost, round(last.received - first.received))
