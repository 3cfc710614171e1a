"""`/footage-statistics`: what became of requests for footage."""

from datetime import date
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query, Response
from pydantic import BaseModel

from vms.footage.statistics import Counts, csv_of, statistics
from vms.people.roles import Action
from web.authorisation import declares_action
from web.backends import Here
from web.problems import refusals

router = APIRouter(prefix="/footage-statistics", tags=["footage statistics"])

_SEES = declares_action(Action.SEE_REPORTS)
_CSV = "text/csv"
FirstDay = Annotated[date, Query(alias="from", description="The first day, by the municipality's clocks.")]
LastDay = Annotated[date, Query(alias="until", description="The last day, inside.")]


class CountsRow(BaseModel):
    """Requests of one kind or month. `by_outcome`: how many ended how; `open` is no outcome yet.

    `key`: a kind of authority, `internal`, a month such as `2026-11`, or `all`. Times: from registration to delivery.
    """

    key: str
    by_outcome: dict[str, int]
    total: int
    median_us: int | None
    worst_us: int | None


class OverdueRow(BaseModel):
    """An open request past its limit; being late only reports."""

    id: UUID
    number: int
    state: str
    due_hard_us: int


class FootageStatistics(BaseModel):
    """Requests registered between two days, both inside."""

    first_day: date
    last_day: date
    all: CountsRow
    by_kind: list[CountsRow]
    by_month: list[CountsRow]
    overdue: list[OverdueRow]


@router.get("", dependencies=[_SEES], responses=refusals())
def read_footage_statistics(here: Here, first_day: FirstDay, last_day: LastDay) -> FootageStatistics:
    """By authority and outcome, by month, with times to delivery. No name, no camera."""
    with here.database.reading() as session:
        found = statistics(session, first_day, last_day, here.clock.now_us())
        overdue = [
            OverdueRow(id=one.id, number=one.number, state=one.state, due_hard_us=one.due_hard_us)
            for one in found.overdue
        ]
    return FootageStatistics(
        first_day=found.first_day, last_day=found.last_day, all=_row(found.all),
        by_kind=[_row(one) for one in found.by_kind], by_month=[_row(one) for one in found.by_month], overdue=overdue,
    )  # fmt: skip


@router.get(
    ".csv", dependencies=[_SEES], response_class=Response,
    responses={200: {"content": {_CSV: {"schema": {"type": "string"}}}}, **refusals()},
)  # fmt: skip
def export_footage_statistics(here: Here, first_day: FirstDay, last_day: LastDay) -> Response:
    """The same as CSV in UTF-8, for spreadsheets."""
    with here.database.reading() as session:
        text = csv_of(statistics(session, first_day, last_day, here.clock.now_us()))
    name = f"footage-statistics-{first_day}-{last_day}.csv"
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "no-store"}
    return Response(text, media_type=f"{_CSV}; charset=utf-8", headers=headers)


def _row(one: Counts) -> CountsRow:
    return CountsRow(
        key=one.key, by_outcome=one.by_outcome, total=one.total, median_us=one.median_us, worst_us=one.worst_us
    )
