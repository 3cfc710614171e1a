"""The only place that reads a clock."""

import time
from datetime import UTC, datetime
from pathlib import Path
from typing import Protocol

US_PER_SECOND = 1_000_000
US_PER_DAY = 86_400 * US_PER_SECOND


class Clock(Protocol):
    """Where times come from; passed in, so that tests never wait."""

    def now_us(self) -> int:
        """Wall time, UTC, microseconds since 1970. May step when the machine's clock is set."""
        ...

    def boottime_us(self) -> int:
        """Microseconds since the machine started, asleep or awake (CLOCK_BOOTTIME). Never steps."""
        ...

    def boot_id(self) -> str:
        """Name of this start of the machine; `boottime_us` compares only under one boot id."""
        ...


class SystemClock:
    """The machine's clocks."""

    def now_us(self) -> int:
        """See `Clock.now_us`."""
        return time.time_ns() // 1000

    def boottime_us(self) -> int:
        """See `Clock.boottime_us`."""
        return time.clock_gettime_ns(time.CLOCK_BOOTTIME) // 1000

    def boot_id(self) -> str:
        """See `Clock.boot_id`."""
        return Path("/proc/sys/kernel/random/boot_id").read_text().strip()


class ManualClock:
    """A clock that stands still until it is told to move."""

    def __init__(self, now_us: int = 1_750_000_000 * US_PER_SECOND, boot_id: str = "boot-1") -> None:
        self._now_us = now_us
        self._boottime_us = 1_000 * US_PER_SECOND
        self._boot_id = boot_id

    def now_us(self) -> int:
        """See `Clock.now_us`."""
        return self._now_us

    def boottime_us(self) -> int:
        """See `Clock.boottime_us`."""
        return self._boottime_us

    def boot_id(self) -> str:
        """See `Clock.boot_id`."""
        return self._boot_id

    def advance(self, seconds: float) -> None:
        """Let real time pass: both clocks move."""
        delta_us = round(seconds * US_PER_SECOND)
        self._now_us += delta_us
        self._boottime_us += delta_us

    def step_wall(self, seconds: float) -> None:
        """Set the wall clock wrong (or right): only `now_us` moves."""
        self._now_us += round(seconds * US_PER_SECOND)

    def reboot(self, boot_id: str) -> None:
        """Start the machine anew: boot time counts from zero under another boot id."""
        self._boottime_us = 0
        self._boot_id = boot_id


def to_datetime(at_us: int) -> datetime:
    """UTC datetime of a wall time in microseconds."""
    return datetime.fromtimestamp(at_us // US_PER_SECOND, UTC).replace(microsecond=at_us % US_PER_SECOND)


def from_datetime(at: datetime) -> int:
    """Wall time in microseconds of an aware datetime (naive ones raise ValueError)."""
    if at.tzinfo is None:
        raise ValueError("a time without a zone means nothing")
    return int(at.timestamp()) * US_PER_SECOND + at.microsecond


def iso(at_us: int) -> str:
    """RFC 3339 in UTC with microseconds: `2026-11-21T14:05:00.000000Z`."""
    return to_datetime(at_us).strftime("%Y-%m-%dT%H:%M:%S.%fZ")
