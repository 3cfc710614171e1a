"""`/people`: the persons who work for the municipality."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query
from pydantic import BaseModel, ConfigDict, Field
from sqlalchemy.orm import Session

from vms.documents.reissue import standing
from vms.documents.rules import State
from vms.people.organisation_model import Person
from vms.people.organisation_queries import MAX_PAGE, PersonFilter, Staff, ids_below, need_person, persons
from vms.people.organisation_rules import EmploymentKind
from vms.people.person_service import PersonContent, change_person, come_back, leave, register_person
from vms.people.queries import account_of_person
from vms.people.roles import Action
from vms.training.session_queries import last_attended
from web.acting import By
from web.api.organisation import path_of
from web.authorisation import declares_action
from web.backends import Backends, Here
from web.problems import refusals

router = APIRouter(prefix="/people", tags=["people"])

MAX_TEXT = 400  # the rules are `vms.people`'s; this only bounds what is looked at
Search = Annotated[str, Query(max_length=MAX_TEXT, description="Words; capitals, dots of i and accents do not count.")]
Offset = Annotated[int, Query(ge=0, le=1_000_000)]
Limit = Annotated[int, Query(ge=1, le=MAX_PAGE)]


class PersonBody(BaseModel):
    """What is said of a person; a change names all of it. Empty: not known."""

    model_config = ConfigDict(extra="forbid")

    full_name: str = Field(max_length=MAX_TEXT)
    unit_id: UUID
    employment_kind: EmploymentKind
    registry_no: str = Field("", max_length=MAX_TEXT)
    title: str = Field("", max_length=MAX_TEXT)
    email: str = Field("", max_length=MAX_TEXT)
    phone: str = Field("", max_length=MAX_TEXT)

    def content(self) -> PersonContent:
        """For the service."""
        return PersonContent(**self.model_dump())


class PersonAccount(BaseModel):
    """A person's own account."""

    id: UUID
    name: str
    is_disabled: bool


class LastTraining(BaseModel):
    """The newest training in a room that a person attended. `paper_number`: its form, where that counts."""

    begins_us: int
    place: str
    paper_number: str
    is_signed: bool


class PersonRow(BaseModel):
    """A person. `unit_path`: the unit behind those above it. `left_us`: since when they no longer work here."""

    id: UUID
    full_name: str
    registry_no: str
    title: str
    unit_id: UUID
    unit_path: str
    employment_kind: EmploymentKind
    email: str
    phone: str
    left_us: int | None
    account: PersonAccount | None
    last_training: LastTraining | None


class PersonList(BaseModel):
    """A part of the persons wanted, with how many there are in all, in the order of the Turkish alphabet."""

    people: list[PersonRow]
    total: int


@router.get("", dependencies=[declares_action(Action.SEE_PEOPLE)], responses=refusals(404))
def list_people(
    here: Here,
    search: Search = "",
    unit: Annotated[UUID | None, Query(description="Of this unit or one below it.")] = None,
    staff: Staff = "staff",
    offset: Offset = 0,
    limit: Limit = 50,
) -> PersonList:
    """Persons, page by page."""
    with here.database.reading() as session:
        wanted = PersonFilter(
            search=search, unit_ids=None if unit is None else ids_below(session, unit), staff=staff, offset=offset,
            limit=limit,
        )  # fmt: skip
        page = persons(session, wanted, here.clock.now_us())
        return PersonList(people=[_answer(session, here, one) for one in page.persons], total=page.total)


@router.post(
    "", status_code=201, dependencies=[declares_action(Action.MANAGE_PEOPLE)], responses=refusals(404, 409, 413)
)
def add_person(body: PersonBody, by: By, here: Here) -> PersonRow:
    """Register a person."""
    with here.database.writing() as session:
        return _answer(session, here, register_person(session, here.clock, body.content(), by=by))


@router.get("/{person_id}", dependencies=[declares_action(Action.SEE_PEOPLE)], responses=refusals(404))
def read_person(person_id: UUID, here: Here) -> PersonRow:
    """One person."""
    with here.database.reading() as session:
        return _answer(session, here, need_person(session, person_id))


@router.put("/{person_id}", dependencies=[declares_action(Action.MANAGE_PEOPLE)], responses=refusals(404, 409, 413))
def replace_person(person_id: UUID, body: PersonBody, by: By, here: Here) -> PersonRow:
    """Correct what is known of a person; their account bears their new name."""
    with here.database.writing() as session:
        return _answer(session, here, change_person(session, here.clock, person_id, body.content(), by=by))


@router.post("/{person_id}/leave", dependencies=[declares_action(Action.MANAGE_PEOPLE)], responses=refusals(404))
async def dismiss_person(person_id: UUID, by: By, here: Here) -> PersonRow:
    """Say that a person no longer works here: their account closes, what they watch ends."""

    def dismiss() -> PersonRow:
        with here.database.writing() as session:
            return _answer(session, here, leave(session, here.clock, person_id, by=by))

    answer = await here.people_workers.run(dismiss)
    here.views.recheck_soon()
    return answer


@router.post("/{person_id}/return", dependencies=[declares_action(Action.MANAGE_PEOPLE)], responses=refusals(404, 409))
def take_person_back(person_id: UUID, by: By, here: Here) -> PersonRow:
    """Say that a person works here again; their account stays closed until somebody opens it."""
    with here.database.writing() as session:
        return _answer(session, here, come_back(session, here.clock, person_id, by=by))


def _answer(session: Session, here: Backends, person: Person) -> PersonRow:
    account = account_of_person(session, person.id)
    return PersonRow(
        id=person.id,
        full_name=person.full_name,
        registry_no=person.registry_no or "",
        title=person.title,
        unit_id=person.unit_id,
        unit_path=path_of(session, person.unit_id),
        employment_kind=EmploymentKind(person.employment_kind),
        email=person.email,
        phone=person.phone,
        left_us=person.left_us,
        account=account
        and PersonAccount(id=account.id, name=account.name, is_disabled=account.disabled_us is not None),
        last_training=_last_training(session, person.id, here.clock.now_us()),
    )


def _last_training(session: Session, person_id: UUID, now_us: int) -> LastTraining | None:
    held = last_attended(session, person_id, now_us)
    if held is None:
        return None
    paper = standing(session, held.document_id)
    return LastTraining(
        begins_us=held.begins_us, place=held.place, paper_number=paper.number if paper else "",
        is_signed=paper is not None and paper.state == State.SIGNED,
    )  # fmt: skip
