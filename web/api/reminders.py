"""`/reminders`: what waits for me."""

from uuid import UUID

from fastapi import APIRouter
from pydantic import BaseModel

from vms.reminders.queries import records
from vms.reminders.rules import Due, ReminderKind, Urgency, due
from web.authorisation import Access, Me, declares
from web.backends import Here
from web.problems import refusals

router = APIRouter(prefix="/reminders", tags=["reminders"])


class ReminderRow(BaseModel):
    """One thing that waits. `subject_id`: the grant, the shared account, the person, the document it is about.

    `at_us`: the end that is near, or when the waiting began; `days`: how far away that is, negative once an end is
    past. `number`, `name`: what people call the subject; of a report `name` is its month (2026-10), `count` how many it
    lists.
    """

    key: str
    kind: ReminderKind
    urgency: Urgency
    subject_id: UUID
    number: int | None
    name: str
    at_us: int
    days: int
    count: int


class ReminderList(BaseModel):
    """The most urgent first."""

    reminders: list[ReminderRow]


@router.get("", dependencies=[declares(Access.SIGNED_IN)], responses=refusals())
def list_reminders(me: Me, here: Here) -> ReminderList:
    """What waits for the caller, by name or by duty. Worked out anew: what is done is not in it."""
    now_us = here.clock.now_us()
    with here.database.reading() as session:
        known = records(session, now_us, here.authority_policy)
    reader = next((one for one in known.readers if one.account_id == me.account_id), None)
    found = [] if reader is None else [one for one in due(known, now_us) if one.is_for_console and one.is_for(reader)]
    return ReminderList(reminders=[_row(one) for one in found])


def _row(one: Due) -> ReminderRow:
    return ReminderRow(
        key=one.key, kind=one.kind, urgency=one.urgency, subject_id=one.subject_id, number=one.number, name=one.name,
        at_us=one.at_us, days=one.days, count=len(one.lapsed),
    )  # fmt: skip
