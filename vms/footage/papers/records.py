"""Printing the papers of a case: P-05, P-06 of a hold, P-07 of what is missing, P-31 the answer.

Each is filed under its case. Printed again it is the same paper while it would say the same, else another version of
it (`vms.documents.reissue`). Functions are part of the caller's transaction.
"""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from vms.audit.entry import Actor, Subject
from vms.documents.desk import Desk
from vms.documents.forms.form import Form
from vms.documents.model import Document
from vms.documents.reissue import issue_as_it_reads_now, standing
from vms.documents.rules import Kind, State
from vms.documents.service import NewDocument
from vms.footage.case_events import Case
from vms.footage.holds.links import case_of_hold
from vms.footage.holds.model import Hold, HoldState
from vms.footage.model import FootageRequest
from vms.footage.papers.hold import KeptSegment, hold_form
from vms.footage.papers.parts import standing_paper
from vms.footage.papers.request import answer_form, unreached_form, unreached_hold_form
from vms.footage.requests.service import case_of
from vms.footage.rules import State as CaseState
from vms.kernel.clock import Clock


def print_unreached(session: Session, clock: Clock, desk: Desk, request: FootageRequest, *, by: Actor) -> Document:
    """P-07 of what a request did not find (D-10.2c); once the case is over it stays what it was.

    VmsError as `unreached_form`, `print_form`.
    """
    former = standing_paper(session, Kind.UNREACHED, request.id)
    if former is not None and request.state in (CaseState.DELIVERED, CaseState.CLOSED):
        return former
    return print_form(session, clock, desk, case_of(request), unreached_form(session, request, by), by=by)


def print_answer(session: Session, clock: Clock, desk: Desk, request: FootageRequest, *, by: Actor) -> Document:
    """P-31, the letter that tells what became of a request (D-6.14). VmsError as `answer_form`, `print_form`."""
    return print_form(session, clock, desk, case_of(request), answer_form(session, request, clock.now_us()), by=by)


def print_hold_record(
    session: Session, clock: Clock, desk: Desk, hold: Hold, segments: Sequence[KeptSegment], *, by: Actor
) -> Document:
    """P-05 or P-06 of a hold, which is its record from then on; P-07 of one that came too late (edge-61).

    Once a hold is signed its record stays what was signed. VmsError as `print_form`; CONFLICT `nothing_missing`.
    """
    if hold.state == HoldState.VOID:
        return print_form(session, clock, desk, case_of_hold(hold), unreached_hold_form(session, hold, by), by=by)
    signed = standing(session, hold.record_id) if hold.signed_us is not None else None
    if signed is not None:
        return signed
    found = print_form(session, clock, desk, case_of_hold(hold), hold_form(session, hold, segments), by=by)
    hold.record_id = found.id
    session.flush()
    return found


def print_form(session: Session, clock: Clock, desk: Desk, case: Case, form: Form, *, by: Actor) -> Document:
    """The paper that says this of the case. VmsError as `Desk.need_press`, `service.issue`, `service.revise`."""
    former = standing_paper(session, form.kind, case.id)
    new = NewDocument(
        kind=form.kind, fields=form.model_dump(mode="json"), subject=Subject(case.kind, str(case.id), case.words)
    )
    return issue_as_it_reads_now(session, clock, desk, former.id if former else None, new, by=by)


def records_of(session: Session, case_id: UUID) -> list[Document]:
    """The papers of a case by the time they were printed, cancelled ones too, without versions that gave way."""
    wanted = select(Document).where(Document.subject_id == str(case_id), Document.state != State.SUPERSEDED.value)
    return list(session.scalars(wanted.order_by(Document.issued_us, Document.id)))
