"""Seconds in XML Schema's duration notation."""

import re
from datetime import datetime

from vms.kernel.clock import US_PER_SECOND, from_datetime

_DURATION = re.compile(
    r"P(?:(?P<d>\d{1,5})D)?(?:T(?:(?P<h>\d{1,6})H)?(?:(?P<m>\d{1,8})M)?(?:(?P<s>\d{1,9}(?:\.\d{1,9})?)S)?)?"
)
_SECONDS = {"d": 86_400.0, "h": 3_600.0, "m": 60.0, "s": 1.0}


def parse_duration_s(value: str) -> float:
    """Seconds of `PT1M30S`; ValueError for anything else (years and months have no length)."""
    match = _DURATION.fullmatch(value)
    if match is None or not any(match.groupdict().values()):
        raise ValueError("not a duration")
    return sum(float(part) * _SECONDS[unit] for unit, part in match.groupdict().items() if part)


def seconds_until(value: str, now_us: int) -> float:
    """Seconds from `now_us` to a time that is given as duration or as date with time; ValueError otherwise."""
    if value.startswith("P"):
        return parse_duration_s(value)
    at = datetime.fromisoformat(value)
    return (from_datetime(at) - now_us) / US_PER_SECOND
