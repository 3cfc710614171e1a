"""What became of the requests of a period: by who asked, by month, how long it took, what is late."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from statistics import median

from sqlalchemy import select
from sqlalchemy.orm import Session

from vms.footage.exports.model import Delivery
from vms.footage.model import FootageRequest
from vms.footage.rules import AuthorityKind, Outcome, State
from vms.kernel.clock import US_PER_SECOND
from vms.kernel.days import day_of, end_us, start_us
from vms.kernel.errors import Kind, VmsError
from vms.kernel.spreadsheet import MARK, csv_row

INTERNAL = "internal"  # a unit of the municipality, by Olur
OPEN = "open"  # no outcome yet
OUTCOMES = (*(one.value for one in Outcome), OPEN)
KINDS = (*(one.value for one in AuthorityKind), INTERNAL)
HEADER = ("from", "until", "group", "key", *OUTCOMES, "all", "median_seconds", "worst_seconds")


@dataclass(frozen=True, slots=True, kw_only=True)
class Counts:
    """Requests of one kind or month. `by_outcome`: how many ended how; `open` are the others.

    `median_us`, `worst_us`: from registration to delivery, of those that were delivered.
    """

    key: str
    by_outcome: dict[str, int]
    median_us: int | None
    worst_us: int | None

    @property
    def total(self) -> int:
        """All of them."""
        return sum(self.by_outcome.values())


@dataclass(frozen=True, slots=True)
class Statistics:
    """Requests registered from one day to another, both inside. `overdue`: open ones past their limit now."""

    first_day: date
    last_day: date
    all: Counts
    by_kind: Sequence[Counts]
    by_month: Sequence[Counts]
    overdue: Sequence[FootageRequest]


def statistics(session: Session, first_day: date, last_day: date, now_us: int) -> Statistics:
    """Count them. Every kind and outcome is named, those without a request too; months only those that have one.

    VmsError(INVALID, `days_in_wrong_order`).
    """
    if last_day < first_day:
        raise VmsError(Kind.INVALID, "days_in_wrong_order", "The last day is not before the first. Correct the days.")
    wanted = select(FootageRequest).where(
        FootageRequest.registered_us >= start_us(first_day), FootageRequest.registered_us < end_us(last_day)
    )
    found = list(session.scalars(wanted.order_by(FootageRequest.number)))
    delivered = _delivered(session)
    months = sorted({_month(one) for one in found})
    overdue = [one for one in found if _is_open(one) and one.due_hard_us < now_us]
    return Statistics(
        first_day, last_day, _counts("all", found, delivered),
        [_counts(kind, [one for one in found if _kind(one) == kind], delivered) for kind in KINDS],
        [_counts(month, [one for one in found if _month(one) == month], delivered) for month in months],
        sorted(overdue, key=lambda one: one.due_hard_us),
    )  # fmt: skip


def csv_of(found: Statistics) -> str:
    """The header first, then a row for each kind, each month, all together."""
    groups = (("kind", found.by_kind), ("month", found.by_month), ("all", [found.all]))
    rows = [csv_row(_cells(found, group, one)) for group, counts in groups for one in counts]
    return MARK + csv_row(HEADER) + "".join(rows)


def _cells(found: Statistics, group: str, one: Counts) -> Iterable[object]:
    outcomes = [one.by_outcome[outcome] for outcome in OUTCOMES]
    times = [None if value is None else value // US_PER_SECOND for value in (one.median_us, one.worst_us)]
    return (found.first_day, found.last_day, group, one.key, *outcomes, one.total, *times)


def _delivered(session: Session) -> dict[object, int]:
    """When each request was delivered, by its id."""
    wanted = select(Delivery.request_id, Delivery.delivered_us).where(Delivery.delivered_us.is_not(None))
    return {request_id: at_us for request_id, at_us in session.execute(wanted) if at_us is not None}


def _counts(key: str, requests: Sequence[FootageRequest], delivered: dict[object, int]) -> Counts:
    counted = Counter(_outcome(one) for one in requests)
    times = [delivered[one.id] - one.registered_us for one in requests if one.id in delivered]
    return Counts(
        key=key, by_outcome={outcome: counted[outcome] for outcome in OUTCOMES},
        median_us=round(median(times)) if times else None, worst_us=max(times, default=None),
    )  # fmt: skip


def _outcome(one: FootageRequest) -> str:
    """How it ended; what was handed over counts as delivered before its copy is gone."""
    if one.outcome is None and one.state == State.DELIVERED:
        return Outcome.DELIVERED.value
    return one.outcome or OPEN


def _is_open(one: FootageRequest) -> bool:
    return one.closed_us is None and one.state != State.DELIVERED


def _kind(one: FootageRequest) -> str:
    return one.authority_kind or INTERNAL


def _month(one: FootageRequest) -> str:
    return f"{day_of(one.registered_us):%Y-%m}"
