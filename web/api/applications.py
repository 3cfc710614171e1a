"""`/applications`: citizens, companies, data subjects; answered, never with footage."""

from datetime import date
from http import HTTPStatus
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query
from pydantic import BaseModel

from vms.footage.letters.application_model import Applicant, Application, ApplicationChannel
from vms.footage.letters.application_register import (
    ApplicationFilter,
    ApplicationGroup,
    applications_page,
    count_applications,
)
from vms.footage.letters.applications import (
    NewApplication,
    answer_application,
    need_application,
    refuse_footage,
    register_application,
)
from vms.footage.paging import MAX_ROWS, PLACE
from vms.people.roles import Action
from web.acting import By
from web.api.asked import Body, Text, TimeUs
from web.authorisation import declares_action
from web.backends import Here
from web.problems import refusals

router = APIRouter(prefix="/applications", tags=["applications"])

_REGISTERS = declares_action(Action.REGISTER_LETTER)


class ApplicationBody(Body):
    """What a clerk enters."""

    kind: Applicant
    channel: ApplicationChannel
    applicant: Text
    subject: Text
    received_us: TimeUs
    reference: Text = ""


class ApplicationAnswerBody(Body):
    """The answer with its letter: who wants footage goes to the police or the prosecutor."""

    answer: Text
    letter_no: Text
    letter_on: date


class ApplicationRow(BaseModel):
    """An application. `is_overdue`: its fifteen days are over and nobody answered."""

    id: UUID
    number: int
    kind: Applicant
    channel: ApplicationChannel
    applicant: str
    subject: str
    reference: str
    received_us: int
    due_us: int
    is_overdue: bool
    registered_us: int
    registered_by: str
    answered_us: int | None
    answered_by: str
    answer: str
    answer_no: str
    answer_on: date | None


class ApplicationCounts(BaseModel):
    """How many applications of each group say what was searched for."""

    open: int
    answered: int
    all: int


class ApplicationPage(BaseModel):
    """Those without an answer by their due time, then the others, newest first.

    `next_after`: what to ask `after` with for those behind; null at the end.
    """

    applications: list[ApplicationRow]
    next_after: str | None
    counts: ApplicationCounts


@router.get("", dependencies=[declares_action(Action.SEE_REQUESTS)], responses=refusals())
def list_applications(
    here: Here,
    show: Annotated[ApplicationGroup, Query(description="Answered or not.")] = ApplicationGroup.ALL,
    search: Annotated[str, Query(max_length=200, description="Numbers, applicant, subject.")] = "",
    after: Annotated[str | None, Query(pattern=PLACE, description="The `next_after` of the page before.")] = None,
    limit: Annotated[int, Query(ge=1, le=MAX_ROWS)] = 50,
) -> ApplicationPage:
    """A page of applications."""
    now_us = here.clock.now_us()
    with here.database.reading() as session:
        page = applications_page(session, ApplicationFilter(show, search, after, limit))
        counts = count_applications(session, search)
        return ApplicationPage(
            applications=[_row(one, now_us) for one in page.rows], next_after=page.next_after,
            counts=ApplicationCounts(**{group.value: count for group, count in counts.items()}),
        )  # fmt: skip


@router.post("", status_code=HTTPStatus.CREATED, dependencies=[_REGISTERS], responses=refusals(413))
def add_application(body: ApplicationBody, by: By, here: Here) -> ApplicationRow:
    """Register one; its fifteen days run from when it came."""
    with here.database.writing() as session:
        new = NewApplication(**body.model_dump())
        return _row(register_application(session, here.clock, new, by=by), here.clock.now_us())


@router.post("/{application_id}/answer", dependencies=[_REGISTERS], responses=refusals(404, 409, 413))
def answer_one_application(application_id: UUID, body: ApplicationAnswerBody, by: By, here: Here) -> ApplicationRow:
    """The answer went out."""
    with here.database.writing() as session:
        found = need_application(session, application_id)
        answered = answer_application(session, here.clock, found, body.answer, body.letter_no, body.letter_on, by=by)
        return _row(answered, here.clock.now_us())


@router.post(
    "/{application_id}/export", dependencies=[declares_action(Action.EXPORT_FOOTAGE)], responses=refusals(404, 409)
)
def export_application(application_id: UUID, here: Here) -> ApplicationRow:
    """Always refused: no footage goes out on an application."""
    with here.database.reading() as session:
        found = need_application(session, application_id)
        refuse_footage(found)
        return _row(found, here.clock.now_us())


def _row(one: Application, now_us: int) -> ApplicationRow:
    return ApplicationRow(
        id=one.id, number=one.number, kind=Applicant(one.kind), channel=ApplicationChannel(one.channel),
        applicant=one.applicant, subject=one.subject, reference=one.reference, received_us=one.received_us,
        due_us=one.due_us, is_overdue=one.answered_us is None and now_us >= one.due_us,
        registered_us=one.registered_us, registered_by=one.registered_by_name, answered_us=one.answered_us,
        answered_by=one.answered_by_name, answer=one.answer, answer_no=one.answer_no, answer_on=one.answer_on,
    )  # fmt: skip
