"""Time that runs faster than the machine's: an event loop with its clock, so that default time-outs can be tested."""

import asyncio
import selectors
import time

from vms.kernel.clock import SystemClock


class _HurriedSelector(selectors.DefaultSelector):
    """Waits `speed` times shorter than asked."""

    def __init__(self, speed: float) -> None:
        super().__init__()
        self._speed = speed

    def select(self, timeout=None):
        return super().select(None if timeout is None else timeout / self._speed)


class HurriedLoop(asyncio.SelectorEventLoop):
    """Timers fire `speed` times sooner; sockets are real and know nothing of it."""

    def __init__(self, speed: float) -> None:
        self._speed = speed
        self._born_s = time.monotonic()
        super().__init__(_HurriedSelector(speed))

    def time(self) -> float:
        return self._born_s + (time.monotonic() - self._born_s) * self._speed


class HurriedClock:
    """The machine's clocks, `speed` times faster from now on; its wall time can be set wrong."""

    def __init__(self, speed: float) -> None:
        self._speed = speed
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
        return int((self._machine.boottime_us() - self._boottime_us) * self._speed)
