"""Lists of cases page by page: what waits by its due time, behind it what is over, newest first.

A page begins behind the place of the last row of the one before, not behind a number of rows: others register and
decide while somebody reads.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from sqlalchemy import BigInteger, ColumnElement, Integer, Select, and_, case, func, literal, select, true, tuple_
from sqlalchemy.orm import InstrumentedAttribute, Session

from vms.kernel.turkish import folded

MAX_ROWS = 200
MAX_WORDS = 8  # of what is typed into the search; more would narrow nothing further
PLACE = r"^[01]:-?\d{1,18}:\d{1,9}$"  # what `after` looks like: over or not, its time, its number
T = TypeVar("T")
G = TypeVar("G")


@dataclass(frozen=True, slots=True)
class Order:
    """Where a row stands. `due_us` counts while it is not over, `over_us` from then on; `number` between equals."""

    is_over: ColumnElement[bool]
    due_us: ColumnElement[Any] | InstrumentedAttribute[Any]
    over_us: ColumnElement[Any] | InstrumentedAttribute[Any]
    number: InstrumentedAttribute[int]

    @property
    def over(self) -> ColumnElement[int]:
        """0 before 1, on any database."""
        return case((self.is_over, 1), else_=0)

    @property
    def key_us(self) -> ColumnElement[int]:
        """Smaller is further up: the first that is due, the last that was over."""
        return case((self.is_over, -self.over_us), else_=self.due_us)


@dataclass(frozen=True, slots=True)
class Page(Generic[T]):
    """`next_after`: what to ask `after` with for what is behind it; None at the end."""

    rows: list[T]
    next_after: str | None


def page_of(session: Session, wanted: Select[T], order: Order, after: str | None, limit: int) -> Page[T]:
    """The rows behind `after` (a `next_after` of before; None: from the top), `MAX_ROWS` at most."""
    most = min(max(limit, 1), MAX_ROWS)
    keys = order.over, order.key_us, order.number
    query = wanted.add_columns(*keys[:2]).order_by(*keys).limit(most + 1)
    if after is not None:
        over, key_us, number = map(int, after.split(":"))
        place = literal(over, Integer), literal(key_us, BigInteger), literal(number, Integer)
        query = query.where(tuple_(*keys) > tuple_(*place))
    found: list[Any] = list(session.execute(query))
    rows = [row[0] for row in found[:most]]
    if len(found) <= most:
        return Page(rows, None)
    last = found[most - 1]
    return Page(rows, f"{last[1]}:{last[2]}:{last[0].number}")


def says(typed: str, found_in: Callable[[str], ColumnElement[bool]]) -> ColumnElement[bool]:
    """Every typed word is found. `found_in`: whether one word is, in the spelling of searching."""
    return and_(true(), *(found_in(word) for word in folded(typed).split()[:MAX_WORDS]))


def counted(
    session: Session, groups: Mapping[G, ColumnElement[bool]], table: type[Any], says_so: ColumnElement[bool]
) -> dict[G, int]:
    """How many rows of the table that `says_so` each group has, on whatever page."""
    sums = [func.coalesce(func.sum(case((group, 1), else_=0)), 0) for group in groups.values()]
    row = session.execute(select(*sums).select_from(table).where(says_so)).one()
    return dict(zip(groups, row, strict=True))
