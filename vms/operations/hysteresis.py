"""When readings become alarms."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from vms.operations.alarms import Severity
from vms.operations.health_rules import CLEAR_AFTER_US, RAISE_AFTER_US
from vms.operations.reading import Key, Reading


@dataclass(slots=True)
class Changes:
    """What is to be written. `raised` holds new alarms, `renewed` open ones whose detail or severity is another."""

    raised: list[Reading] = field(default_factory=list)
    renewed: list[Reading] = field(default_factory=list)
    cleared: list[Key] = field(default_factory=list)

    def __bool__(self) -> bool:
        return bool(self.raised or self.renewed or self.cleared)


class Hysteresis:
    """Remembers since when readings contradict the alarms that are open.

    An alarm opens when its reading was bad for its time without a break, and closes when it was good for
    `CLEAR_AFTER_US`. Which alarms are open is told each time, so a lost memory (a restart) costs one more waiting
    time and nothing else.
    """

    def __init__(self) -> None:
        self._contrary: dict[Key, tuple[bool, int]] = {}  # which way, since when

    def settle(
        self, readings: Iterable[Reading], open_now: Mapping[Key, tuple[Severity, str]], boottime_us: int
    ) -> Changes:
        """What changes now. An open alarm nobody reads any more (a camera switched off) closes at once."""
        changes, read = Changes(), set()
        for reading in readings:
            read.add(reading.key)
            self._settle_one(reading, open_now.get(reading.key), boottime_us, changes)
        self._contrary = {key: value for key, value in self._contrary.items() if key in read}
        changes.cleared += [key for key in open_now if key not in read]
        return changes

    def _settle_one(
        self, reading: Reading, known: tuple[Severity, str] | None, boottime_us: int, changes: Changes
    ) -> None:
        if reading.is_bad is None or reading.is_bad is (known is not None):
            self._contrary.pop(reading.key, None)
            if reading.is_bad and _is_news(reading, known):
                changes.renewed.append(reading)
            return
        was_bad, since_us = self._contrary.get(reading.key, (None, 0))
        if was_bad is not reading.is_bad:
            since_us = boottime_us
            self._contrary[reading.key] = (reading.is_bad, since_us)
        wait_us = RAISE_AFTER_US.get(reading.code, 0) if reading.is_bad else CLEAR_AFTER_US
        if boottime_us - since_us < wait_us:
            return
        if reading.is_bad:
            changes.raised.append(reading)
        else:
            changes.cleared.append(reading.key)


def _is_news(reading: Reading, known: tuple[Severity, str] | None) -> bool:
    return known is not None and bool(reading.detail) and known != (reading.severity, reading.detail)
