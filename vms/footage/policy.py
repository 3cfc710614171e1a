"""What a municipality may decide about footage requests. None of it loosens a number of the directive."""

from dataclasses import dataclass
from enum import StrEnum
from itertools import combinations

from vms.kernel.clock import US_PER_DAY, US_PER_SECOND

HOUR_US = 3600 * US_PER_SECOND


class Duty(StrEnum):
    """What one person does for a request. Delivering is recorded, but no other duty excludes it."""

    REGISTER = "register"
    APPROVE = "approve"
    EXPORT = "export"
    SIGN = "sign"
    DELIVER = "deliver"


Pair = frozenset[Duty]
ALL_PAIRS: frozenset[Pair] = frozenset(
    frozenset(pair) for pair in combinations((Duty.REGISTER, Duty.APPROVE, Duty.EXPORT, Duty.SIGN), 2)
)


@dataclass(frozen=True, slots=True)
class Policy:
    """`soft_us`, `hard_us`: the service target, 4 hours to 1 day by the clock (S-1b, A-30); being late only reports.

    `separate`: duties kept apart. `return_days`: for how long missing papers are waited for. `signature_days`: after
    how many days an unsigned record of a hold is an alarm. `viewing_days`: for how long an officer may look at an
    approved request's footage. `purge_after_us`: how long after delivery the copy may stay (D-10.2a). `collect_days`:
    after how many days packages that nobody fetched are told.
    """

    soft_us: int = 4 * HOUR_US
    hard_us: int = US_PER_DAY
    separate: frozenset[Pair] = ALL_PAIRS
    return_days: int = 15
    signature_days: int = 3
    viewing_days: int = 30
    purge_after_us: int = 0
    collect_days: int = 7


DEFAULT = Policy()
