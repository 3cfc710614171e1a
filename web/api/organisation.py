"""`/units`: the municipality's organisation."""

from uuid import UUID

from fastapi import APIRouter
from pydantic import BaseModel, ConfigDict, Field
from sqlalchemy.orm import Session

from vms.people.organisation_model import OrganisationUnit, Person
from vms.people.organisation_queries import need_unit, staff_counts, units
from vms.people.organisation_rules import UnitKind
from vms.people.roles import Action
from vms.people.unit_service import UnitContent, change_unit, close_unit, register_unit, reopen_unit
from web.acting import By
from web.authorisation import declares_action
from web.backends import Here
from web.problems import refusals

router = APIRouter(prefix="/units", tags=["organisation"])

MAX_TEXT = 400  # the rules are `vms.people`'s; this only bounds what is looked at


class UnitBody(BaseModel):
    """What is said of a unit; a change names all of it. Without `parent_id` it is the municipality itself."""

    model_config = ConfigDict(extra="forbid")

    name: str = Field(max_length=MAX_TEXT)
    kind: UnitKind
    parent_id: UUID | None = None
    supervisor_id: UUID | None = None

    def content(self) -> UnitContent:
        """For the service."""
        return UnitContent(
            name=self.name, kind=self.kind, parent_id=self.parent_id, supervisor_id=self.supervisor_id
        )  # fmt: skip


class Supervisor(BaseModel):
    """Who signs for a unit. Not `is_staff`: they have left, and somebody else should be named."""

    id: UUID
    full_name: str
    title: str
    is_staff: bool


class Unit(BaseModel):
    """A unit. `staff_count`: persons of the unit itself, not of those below."""

    id: UUID
    parent_id: UUID | None
    name: str
    kind: UnitKind
    supervisor: Supervisor | None
    staff_count: int
    is_closed: bool


class UnitList(BaseModel):
    """All units in the order of the Turkish alphabet, closed ones too."""

    units: list[Unit]


@router.get("", dependencies=[declares_action(Action.SEE_PEOPLE)], responses=refusals())
def list_units(here: Here) -> UnitList:
    """The organisation; its tree is drawn from `parent_id`."""
    now_us = here.clock.now_us()
    with here.database.reading() as session:
        counts = staff_counts(session, now_us)
        return UnitList(units=[_answer(session, unit, counts, now_us) for unit in units(session)])


@router.post(
    "", status_code=201, dependencies=[declares_action(Action.MANAGE_PEOPLE)], responses=refusals(404, 409, 413)
)
def add_unit(body: UnitBody, by: By, here: Here) -> Unit:
    """Register a unit."""
    with here.database.writing() as session:
        return _told(session, register_unit(session, here.clock, body.content(), by=by), here)


@router.put("/{unit_id}", dependencies=[declares_action(Action.MANAGE_PEOPLE)], responses=refusals(404, 409, 413))
def replace_unit(unit_id: UUID, body: UnitBody, by: By, here: Here) -> Unit:
    """Correct what is known of a unit, or move it with all below it."""
    with here.database.writing() as session:
        return _told(session, change_unit(session, here.clock, unit_id, body.content(), by=by), here)


@router.post("/{unit_id}/close", dependencies=[declares_action(Action.MANAGE_PEOPLE)], responses=refusals(404, 409))
def end_unit(unit_id: UUID, by: By, here: Here) -> Unit:
    """Say that a unit is no more. It stays in papers that name it."""
    with here.database.writing() as session:
        return _told(session, close_unit(session, here.clock, unit_id, by=by), here)


@router.post("/{unit_id}/reopen", dependencies=[declares_action(Action.MANAGE_PEOPLE)], responses=refusals(404, 409))
def restore_unit(unit_id: UUID, by: By, here: Here) -> Unit:
    """Say that a closed unit is there again."""
    with here.database.writing() as session:
        return _told(session, reopen_unit(session, here.clock, unit_id, by=by), here)


def path_of(session: Session, unit_id: UUID) -> str:
    """The unit's name behind those above it, the municipality left out: there is only one."""
    names, unit = [], need_unit(session, unit_id)
    while unit.parent_id is not None:
        names.append(unit.name)
        unit = need_unit(session, unit.parent_id)
    return " › ".join(reversed(names)) or unit.name


def _told(session: Session, unit: OrganisationUnit, here: Here) -> Unit:
    now_us = here.clock.now_us()
    return _answer(session, unit, staff_counts(session, now_us), now_us)


def _answer(session: Session, unit: OrganisationUnit, counts: dict[UUID, int], now_us: int) -> Unit:
    person = None if unit.supervisor_id is None else session.get_one(Person, unit.supervisor_id)
    return Unit(
        id=unit.id,
        parent_id=unit.parent_id,
        name=unit.name,
        kind=UnitKind(unit.kind),
        supervisor=person
        and Supervisor(id=person.id, full_name=person.full_name, title=person.title, is_staff=person.is_staff(now_us)),
        staff_count=counts.get(unit.id, 0),
        is_closed=unit.closed_us is not None,
    )
