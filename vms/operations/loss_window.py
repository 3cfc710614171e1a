"""Packets lost over the last minutes, from counters that only grow."""

from collections import deque
from dataclasses import dataclass

from vms.cameras.status import CameraStatus
from vms.kernel.clock import US_PER_SECOND
from vms.operations.health_rules import Loss

WINDOW_US = 300 * US_PER_SECOND  # a burst of a second on a shared line is no fault; five minutes of it are


@dataclass(frozen=True, slots=True)
class _Sample:
    at_us: int
    lost: int
    received: int


class LossWindow:
    """One camera's counters."""

    def __init__(self) -> None:
        self._samples: deque[_Sample] = deque()

    def add(self, status: CameraStatus, boottime_us: int) -> None:
        """Take one look; counters that went back (the recorder was started anew) begin a new window.

        Of a recorder that tells pictures but no packets (an older one, while a node is updated) nothing is known.
        """
        last = self._samples[-1] if self._samples else None
        if last is not None and (status.packets < last.received or status.lost_packets < last.lost):
            self._samples.clear()
        if status.access_units and not status.packets:
            return
        self._samples.append(_Sample(boottime_us, status.lost_packets, status.packets))
        while len(self._samples) > 1 and boottime_us - self._samples[1].at_us >= WINDOW_US:
            self._samples.popleft()

    def loss(self) -> Loss | None:
        """Over the window; None before it is full."""
        if not self._samples:
            return None
        first, last = self._samples[0], self._samples[-1]
        if last.at_us - first.at_us < WINDOW_US:
            return None
        return Loss(last.lost - first.lost, last.received - first.received)
