"""Time of a stage: faster than the machine's, so that default time-outs can be tested, and never ahead of the work.

Between two looks of the event loop at its sockets at most `LONGEST_STEP_S` pass, however long the machine was busy
elsewhere: on a crowded machine a show takes longer, and everybody in it measures the same times.
"""

import asyncio
import selectors
import time

from vms.kernel.clock import SystemClock

LONGEST_STEP_S = 0.05


class Pace:
    """Seconds that have passed on the stage; the event loop moves them on."""

    def __init__(self, speed: float) -> None:
        self.speed = speed
        self.passed_s = 0.0
        self._looked_s = time.monotonic()

    def move_on(self) -> None:
        now_s = time.monotonic()
        self.passed_s += min((now_s - self._looked_s) * self.speed, LONGEST_STEP_S)
        self._looked_s = now_s


class _HurriedSelector(selectors.DefaultSelector):
    """Waits `speed` times shorter than asked, and looks up after each step."""

    def __init__(self, pace: Pace) -> None:
        super().__init__()
        self._pace = pace

    def select(self, timeout=None):
        wait_s = LONGEST_STEP_S if timeout is None else min(timeout, LONGEST_STEP_S)
        ready = super().select(wait_s / self._pace.speed)
        self._pace.move_on()
        return ready


class HurriedLoop(asyncio.SelectorEventLoop):
    """Timers follow the stage's time; sockets are real and know nothing of it."""

    def __init__(self, pace: Pace) -> None:
        self._pace = pace
        super().__init__(_HurriedSelector(pace))

    def time(self) -> float:
        return self._pace.passed_s


class HurriedClock:
    """The machine's clocks as they were at first, then the stage's time; its wall time can be set wrong."""

    def __init__(self, pace: Pace) -> None:
        self._pace = pace
        self._machine = SystemClock()
        self._now_us, self._boottime_us = self._machine.now_us(), self._machine.boottime_us()
        self._set_wrong_us = 0

    def now_us(self) -> int:
        return self._now_us + self._passed_us() + self._set_wrong_us

    def boottime_us(self) -> int:
        return self._boottime_us + self._passed_us()

    def boot_id(self) -> str:
        return self._machine.boot_id()

    def step_wall(self, seconds: float) -> None:
        self._set_wrong_us += round(seconds * 1_000_000)

    def _passed_us(self) -> int:
        return int(self._pace.passed_s * 1_000_000)
