"""Saying once what would otherwise be logged again and again."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

_MAX_SUBJECTS = 10_000  # beyond, the oldest is forgotten and would be said anew


@dataclass(slots=True)
class _Said:
    level: int
    times: int = 1


class RepeatLog:
    """Logs a subject when it is new or its level changes, then after 10, 100, 1000 … repetitions with their number.

    `say` and `over` may be called from any thread, `round` from one.
    """

    def __init__(self, log: logging.Logger) -> None:
        self._log = log
        self._said: dict[str, _Said] = {}
        self._in_round: set[str] = set()

    def say(self, subject: str, level: int, message: str) -> None:
        """The state of affairs `subject` is there (again)."""
        self._in_round.add(subject)
        known = self._said.get(subject)
        if known is None or known.level != level:
            self._said.pop(subject, None)
            if len(self._said) >= _MAX_SUBJECTS:
                del self._said[next(iter(self._said))]
            self._said[subject] = _Said(level)
            self._log.log(level, "%s", message)
            return
        known.times += 1
        if _is_power_of_ten(known.times):
            self._log.log(level, "%s (%d times)", message, known.times)

    def over(self, subject: str) -> int:
        """It is over; returns how often it was said. When it comes again it is logged again."""
        known = self._said.pop(subject, None)
        return 0 if known is None else known.times

    @contextmanager
    def round(self) -> Iterator[None]:
        """What is not said inside is over, unless the round fails."""
        self._in_round = set()
        yield
        for subject in [subject for subject in self._said if subject not in self._in_round]:
            self.over(subject)


def _is_power_of_ten(number: int) -> bool:
    return number >= 10 and str(number).strip("0") == "1"
