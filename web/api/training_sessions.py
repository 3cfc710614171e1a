"""`/training/sessions`: trainings in a room, with who attended and the form they sign."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query
from pydantic import BaseModel, Field
from sqlalchemy.orm import Session

from vms.documents.forms.form import MAX_ROWS
from vms.documents.forms.training import Topic
from vms.people.organisation_model import OrganisationUnit, Person
from vms.people.organisation_queries import PersonFilter, persons
from vms.people.roles import Action
from vms.training.queries import need_material, need_version
from vms.training.rules import topics_of
from vms.training.session_model import TrainingSession
from vms.training.session_paper import print_session
from vms.training.session_queries import MAX_PAGE, attendees_of, need_session, training_sessions
from vms.training.sessions import SessionContent, call_off, change_session, enter_session
from web.acting import By
from web.api.asked import MAX_TIME_US, Body, ReasonBody, Text
from web.authorisation import declares_action
from web.backends import Here
from web.problems import refusals
from web.rows.paper import PaperRow, paper_row, printed_row

router = APIRouter(prefix="/training", tags=["training"])

_KEEPS = declares_action(Action.MANAGE_TRAINING)
_OFFERED = 20  # who types a name sees it among these, or types more of it
Refused = refusals(404, 409, 413)
Moment = Annotated[int, Field(ge=0, le=MAX_TIME_US)]


class TrainingSessionBody(Body):
    """What is told of a training; a correction names all of it. In `[begins_us, ends_us)`.

    `trainer_id` null: `trainer_name` is somebody from outside. `version_id`: the published material that was shown.
    """

    begins_us: Moment
    ends_us: Moment
    place: Text
    topics: list[Topic] = Field(max_length=len(Topic))
    trainer_id: UUID | None = None
    trainer_name: Text = ""
    version_id: UUID | None = None
    note: Text = ""
    attendees: list[UUID] = Field(max_length=MAX_ROWS)

    def content(self) -> SessionContent:
        """For the use cases."""
        return SessionContent(
            begins_us=self.begins_us, ends_us=self.ends_us, place=self.place, topics=self.topics,
            trainer_id=self.trainer_id, trainer_name=self.trainer_name, version_id=self.version_id, note=self.note,
            attendees=self.attendees,
        )  # fmt: skip


class Trainee(BaseModel):
    """A person of the register, as far as they are needed to be chosen."""

    id: UUID
    full_name: str
    registry_no: str
    unit_name: str


class TraineeList(BaseModel):
    """The first of those wanted, in the order of the Turkish alphabet."""

    people: list[Trainee]


class TrainingSessionRow(BaseModel):
    """A training in a room. `material`: what was shown, in words. `paper`: its attendance form (P-16), once printed."""

    id: UUID
    begins_us: int
    ends_us: int
    place: str
    topics: list[Topic]
    trainer_id: UUID | None
    trainer_name: str
    version_id: UUID | None
    material: str
    note: str
    entered_us: int
    entered_by: str
    called_off_us: int | None
    called_off_why: str
    attendees: list[Trainee]
    paper: PaperRow | None


class TrainingSessionList(BaseModel):
    """A part of the trainings, the newest first, with how many there are in all."""

    sessions: list[TrainingSessionRow]
    total: int


@router.get("/sessions", dependencies=[_KEEPS], responses=refusals())
def list_training_sessions(
    here: Here,
    offset: Annotated[int, Query(ge=0, le=1_000_000)] = 0,
    limit: Annotated[int, Query(ge=1, le=MAX_PAGE)] = 20,
) -> TrainingSessionList:
    """Trainings in a room, page by page; those to come and those called off too."""
    with here.database.reading() as session:
        page = training_sessions(session, offset, limit)
        return TrainingSessionList(sessions=[_row(session, one) for one in page.sessions], total=page.total)


@router.get("/people", dependencies=[_KEEPS], responses=refusals())
def find_trainees(here: Here, search: Annotated[str, Query(max_length=400)] = "") -> TraineeList:
    """Who works here and may be chosen as trainer or attendee; of their data only what tells namesakes apart."""
    with here.database.reading() as session:
        page = persons(session, PersonFilter(search=search, limit=_OFFERED), here.clock.now_us())
        return TraineeList(people=[_trainee(session, one) for one in page.persons])


@router.post("/sessions", status_code=201, dependencies=[_KEEPS], responses=Refused)
def add_training_session(body: TrainingSessionBody, by: By, here: Here) -> TrainingSessionRow:
    """Enter a training with who attends it; it may be to come."""
    with here.database.writing() as session:
        return _row(session, enter_session(session, here.clock, body.content(), by=by))


@router.put("/sessions/{session_id}", dependencies=[_KEEPS], responses=Refused)
def replace_training_session(session_id: UUID, body: TrainingSessionBody, by: By, here: Here) -> TrainingSessionRow:
    """Correct a training; a form that was printed stays as it is until it is printed anew."""
    with here.database.writing() as session:
        held = need_session(session, session_id)
        return _row(session, change_session(session, here.clock, held, body.content(), by=by))


@router.post("/sessions/{session_id}/calling-off", dependencies=[_KEEPS], responses=Refused)
def call_off_training(session_id: UUID, body: ReasonBody, by: By, here: Here) -> TrainingSessionRow:
    """Say that it does not take place, or never did."""
    with here.database.writing() as session:
        return _row(session, call_off(session, here.clock, need_session(session, session_id), body.why, by=by))


@router.post("/sessions/{session_id}/paper", status_code=201, dependencies=[_KEEPS], responses=Refused)
def print_training_form(session_id: UUID, by: By, here: Here) -> PaperRow:
    """P-16 of a training that has begun; another version where it was corrected since it was printed."""
    with here.database.writing() as session:
        held = need_session(session, session_id)
        return printed_row(session, print_session(session, here.clock, here.desk, held, by=by))


def _row(session: Session, one: TrainingSession) -> TrainingSessionRow:
    return TrainingSessionRow(
        id=one.id, begins_us=one.begins_us, ends_us=one.ends_us, place=one.place, topics=topics_of(one.topics),
        trainer_id=one.trainer_id, trainer_name=one.trainer_name, version_id=one.version_id,
        material=_material(session, one.version_id), note=one.note, entered_us=one.entered_us,
        entered_by=one.entered_by_name, called_off_us=one.called_off_us, called_off_why=one.called_off_why,
        attendees=[_trainee(session, person) for person in attendees_of(session, one.id)],
        paper=paper_row(session, one.document_id),
    )  # fmt: skip


def _material(session: Session, version_id: UUID | None) -> str:
    if version_id is None:
        return ""
    version = need_version(session, version_id)
    return f"{need_material(session, version.material_id).title} · {version.number}"


def _trainee(session: Session, person: Person) -> Trainee:
    unit = session.get_one(OrganisationUnit, person.unit_id)
    return Trainee(
        id=person.id, full_name=person.full_name, registry_no=person.registry_no or "", unit_name=unit.name
    )  # fmt: skip
