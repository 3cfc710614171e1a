"""The directive's numbers on keeping footage, with the one verdict on deleting it."""

from collections.abc import Iterable
from enum import StrEnum

from vms.kernel.clock import US_PER_DAY
from vms.kernel.errors import Kind, VmsError
from vms.kernel.span import Span

MIN_RETENTION_DAYS = 20  # article 9(1): "20 günden az olmamak kaydı ile"
DEFAULT_RETENTION_DAYS = 21  # so that "20 days back" holds for a whole calendar day (reading A-02)


class Verdict(StrEnum):
    """May this segment go, and if not, what keeps it."""

    DELETABLE = "deletable"
    TOO_YOUNG = "too_young"
    LOCKED = "locked"


def verdict(segment: Span, retention_days: int, locks: Iterable[Span], now_us: int) -> Verdict:
    """Judge one segment by its end (edge 23), half-open: exactly `retention_days` old may go.

    `retention_days` below the floor is read as the floor: no caller can talk the directive down.
    """
    days = max(retention_days, MIN_RETENTION_DAYS)
    if segment.end_us + days * US_PER_DAY > now_us:
        return Verdict.TOO_YOUNG
    if any(lock.overlaps(segment) for lock in locks):
        return Verdict.LOCKED
    return Verdict.DELETABLE


def check_retention_days(days: int) -> int:
    """`days`, or VmsError(INVALID, `retention_below_minimum`) below the floor of article 9(1)."""
    if days < MIN_RETENTION_DAYS:
        raise VmsError(
            Kind.INVALID,
            "retention_below_minimum",
            f"Footage is kept at least {MIN_RETENTION_DAYS} days (directive, article 9). "
            f"Enter {MIN_RETENTION_DAYS} or more.",
            minimum=MIN_RETENTION_DAYS,
            given=days,
        )
    return days
