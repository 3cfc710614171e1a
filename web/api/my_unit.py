"""`/my-unit`: the people a unit's supervisor signs for, with what they may see."""

from typing import Any
from uuid import UUID

from fastapi import APIRouter
from pydantic import BaseModel
from sqlalchemy.orm import Session

from vms.authority.duty_changes import next_change_us
from vms.authority.overview import Row, rows
from vms.authority.postings.supervisors import people_of
from vms.kernel.clock import US_PER_DAY
from vms.kernel.days import days_left
from vms.people.model import Account
from vms.people.organisation_model import OrganisationUnit, Person
from vms.people.queries import account_of_person
from vms.people.roles import Action
from web.authorisation import Me, declares_action
from web.backends import Here
from web.problems import refusals

router = APIRouter(prefix="/my-unit", tags=["authority"])

_OVER = frozenset({"ended", "revoked", "superseded", "replaced", "cancelled"})


class UnitPaper(BaseModel):
    """A paper that lets somebody of the unit see, or would; of one that ran out as long as a letter renews it."""

    id: UUID
    paper: str
    number: int | None
    state: str
    words: str
    cameras: int
    is_live: bool
    is_playback: bool
    until_us: int | None
    days_left: int | None


class UnitPerson(BaseModel):
    """Somebody of the unit. `duty_ends_us`: the change of duty that was reported and is to come; null: none."""

    id: UUID
    full_name: str
    title: str
    unit_name: str
    duty_ends_us: int | None
    papers: list[UnitPaper]


class MyUnit(BaseModel):
    """Whom I sign for, in the order of the alphabet."""

    people: list[UnitPerson]


@router.get("", dependencies=[declares_action(Action.APPLY_FOR_AUTHORITY)], responses=refusals())
def read_my_unit(me: Me, here: Here) -> MyUnit:
    """The people the caller signs for (birim amiri): for whom they apply, whose change of duty they report."""
    now_us = here.clock.now_us()
    since_us = now_us - here.authority_policy.late_renewal_days * US_PER_DAY
    with here.database.reading() as session:
        own_id = session.get_one(Account, me.account_id).person_id
        people = [] if own_id is None else people_of(session, own_id, now_us)
        return MyUnit(people=[_person(session, one, now_us, since_us) for one in people])


def _person(session: Session, person: Person, now_us: int, since_us: int) -> UnitPerson:
    account = account_of_person(session, person.id)
    papers = [] if account is None else rows(session, now_us, account.id)
    return UnitPerson(
        id=person.id, full_name=person.full_name, title=person.title,
        unit_name=session.get_one(OrganisationUnit, person.unit_id).name,
        duty_ends_us=next_change_us(session, person.id, now_us),
        papers=[UnitPaper(**_facts(row, now_us)) for row in papers if _is_shown(row, since_us)],
    )  # fmt: skip


def _is_shown(row: Row, since_us: int) -> bool:
    if row.state == "expired":
        return row.until_us is not None and since_us < row.until_us
    return row.state not in _OVER


def _facts(row: Row, now_us: int) -> dict[str, Any]:
    is_running = row.until_us is not None and row.state == "active"
    return {
        "id": row.id, "paper": row.paper.value, "number": row.number, "state": row.state, "words": row.words,
        "cameras": row.cameras, "is_live": row.is_live, "is_playback": row.is_playback, "until_us": row.until_us,
        "days_left": days_left(row.until_us, now_us) if is_running and row.until_us is not None else None,
    }  # fmt: skip
