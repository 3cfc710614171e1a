"""`/agreements`, `/duty-changes`: papers of a person that let nobody see, and take away."""

from datetime import date
from uuid import UUID

from fastapi import APIRouter
from pydantic import BaseModel, Field
from sqlalchemy.orm import Session

from vms.authority.acts import Letter
from vms.authority.agreements.model import Agreement
from vms.authority.agreements.queries import agreements, counts, current_version, need_agreement
from vms.authority.agreements.service import introduce_text, record_agreement, withdraw_agreement
from vms.authority.duty_changes import report_duty_change
from vms.authority.postings.supervisors import check_own_supervisor
from vms.people.model import Account
from vms.people.organisation_model import Person
from vms.people.organisation_queries import need_person
from vms.people.roles import Action
from web.acting import By
from web.api.asked import MAX_TIME_US, Body, ReasonBody, Text
from web.authorisation import Me, declares_action
from web.backends import Here
from web.problems import refusals

router = APIRouter(tags=["agreements"])


class AgreementBody(Body):
    """A signature under today's text. `reference`: where the signed sheet is kept."""

    person_id: UUID
    signed_on: date
    reference: Text = ""
    document_id: UUID | None = None


class TextBody(Body):
    """A new version of the text. `must_resign`: older signatures stop counting now."""

    version: Text
    must_resign: bool


class DutyChangeBody(Body):
    """The letter. `effective_us`: the first moment of the new duty; null: now."""

    person_id: UUID
    letter_no: Text
    letter_on: date
    effective_us: int | None = Field(None, ge=0, le=MAX_TIME_US)
    note: Text = ""


class AgreementRow(BaseModel):
    """A signature. `counts`: whether authority may stand on it."""

    id: UUID
    person_id: UUID
    person_name: str
    version: str
    signed_on: date
    reference: str
    recorded_by: str
    counts: bool
    ended_as: str | None


class AgreementList(BaseModel):
    """All signatures, newest first; the version that is signed now."""

    agreements: list[AgreementRow]
    version: str


class DutyChangeAnswer(BaseModel):
    """When what the person may see ends."""

    effective_us: int


Refused = refusals(404, 409, 413)
Record = [declares_action(Action.RECORD_AGREEMENT)]


@router.get("/agreements", dependencies=[declares_action(Action.SEE_AUTHORITY)], responses=refusals())
def list_agreements(here: Here) -> AgreementList:
    """Who signed, when, under which text."""
    with here.database.reading() as session:
        rows = [_row(session, one) for one in agreements(session)]
        return AgreementList(agreements=rows, version=current_version(session))


@router.post("/agreements", status_code=201, dependencies=Record, responses=Refused)
def add_agreement(body: AgreementBody, by: By, here: Here) -> AgreementRow:
    """Record a signature; what rested for want of it goes on."""
    with here.database.writing() as session:
        person = need_person(session, body.person_id)
        made = record_agreement(
            session, here.clock, person, body.signed_on, body.reference, by=by, document_id=body.document_id,
            policy=here.authority_policy,
        )  # fmt: skip
        row = _row(session, made)
    here.views.recheck_soon()
    return row


@router.post("/agreements/{agreement_id}/withdrawal", dependencies=Record, responses=Refused)
def withdraw_one_agreement(agreement_id: UUID, body: ReasonBody, by: By, here: Here) -> AgreementRow:
    """It does not count any more; grants of the person rest at once."""
    with here.database.writing() as session:
        found = need_agreement(session, agreement_id)
        withdraw_agreement(session, here.clock, found, body.why, by=by, policy=here.authority_policy)
        row = _row(session, found)
    here.views.recheck_soon()
    return row


@router.post("/agreement-texts", status_code=204, dependencies=Record, responses=Refused)
def add_agreement_text(body: TextBody, by: By, here: Here) -> None:
    """Another text is signed from now on."""
    with here.database.writing() as session:
        must, policy = body.must_resign, here.authority_policy
        introduce_text(session, here.clock, body.version, must_resign=must, by=by, policy=policy)
    here.views.recheck_soon()


@router.post(
    "/duty-changes", status_code=201, dependencies=[declares_action(Action.REPORT_DUTY_CHANGE)], responses=Refused
)
def add_duty_change(body: DutyChangeBody, me: Me, by: By, here: Here) -> DutyChangeAnswer:
    """End what a person may see, now or on the letter's date. Supervisors report of whom they sign for, and no other.

    Others' letters come in through who registers letters of supervisors.
    """
    letter = Letter(body.letter_no, body.letter_on)
    with here.database.writing() as session:
        person = need_person(session, body.person_id)
        if not me.may(Action.ENTER_RENEWAL):
            check_own_supervisor(session, person, session.get_one(Account, me.account_id).person_id)
        change = report_duty_change(
            session, here.clock, person, letter, body.effective_us, body.note, by=by, policy=here.authority_policy
        )
        answer = DutyChangeAnswer(effective_us=change.effective_us)
    here.views.recheck_soon()
    return answer


def _row(session: Session, one: Agreement) -> AgreementRow:
    return AgreementRow(
        id=one.id, person_id=one.person_id, person_name=session.get_one(Person, one.person_id).full_name,
        version=one.version, signed_on=one.signed_on, reference=one.reference, recorded_by=one.recorded_by_name,
        counts=one.ended_us is None and counts(session, one.version), ended_as=one.ended_as,
    )  # fmt: skip
