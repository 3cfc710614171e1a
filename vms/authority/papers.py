"""Printing the papers of viewing authority: each belongs to what was entered, which keeps its number.

A paper follows an act, it never carries one: what was decided stands whether or not it can be printed now.
"""

import logging
from collections.abc import Callable
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from vms.audit.entry import Actor, Subject
from vms.authority.agreements.model import Agreement
from vms.authority.agreements.queries import text_since_us
from vms.authority.grants.model import Grant
from vms.authority.grants.queries import periods_of
from vms.authority.grants.rows import subject_of_grant
from vms.authority.paper_forms import agreement_form, authority_form, posting_form, renewal_form, review_form
from vms.authority.postings.model import Assignment
from vms.authority.postings.rows import subject_of_assignment
from vms.authority.shared_reviews.model import SharedReview
from vms.documents.desk import Desk
from vms.documents.forms.form import Form
from vms.documents.forms.renewal import Wish
from vms.documents.model import Document
from vms.documents.queries import Wanted, documents
from vms.documents.reissue import STANDS, issue_as_it_reads_now, standing
from vms.documents.rules import Kind
from vms.documents.service import NewDocument, issue_new
from vms.kernel.clock import Clock
from vms.kernel.days import day_of
from vms.kernel.errors import Kind as Refused
from vms.kernel.errors import VmsError
from vms.people.organisation_model import Person
from vms.people.queries import account_of_person

log = logging.getLogger(__name__)


def print_agreement(session: Session, clock: Clock, desk: Desk, person: Person, *, by: Actor) -> Document:
    """P-08 for the person to sign; the one that waits for that already, where there is one.

    VmsError as `Desk.need_press`, `service.issue`.
    """
    found = waiting_agreement(session, person.id)
    if found is not None:
        return found
    form = agreement_form(session, person, day_of(clock.now_us()))
    account = account_of_person(session, person.id)
    return _issued(session, clock, desk, form, _subject_of(person), account.id if account else None, by)


def print_authority(session: Session, clock: Clock, desk: Desk, grant: Grant, *, by: Actor) -> Document:
    """P-09 of a grant that was activated, printed once. VmsError also: CONFLICT `grant_state`."""
    if grant.activated_us is None:
        raise VmsError(
            Refused.CONFLICT, "grant_state", "This form tells what was switched on. Activate the grant first."
        )
    found = standing(session, grant.document_id)
    if found is None:
        form, subject = authority_form(session, grant), subject_of_grant(grant)
        found = _issued(session, clock, desk, form, subject, grant.account_id, by)
        grant.document_id = found.id
        session.flush()
    return found


def print_application(session: Session, clock: Clock, desk: Desk, grant: Grant, wish: Wish, *, by: Actor) -> Document:
    """P-10, the draft of the supervisor's letter: to renew, to end. One for each wish of a running period.

    VmsError also: CONFLICT `grant_state`, `supervisor_missing`.
    """
    if grant.activated_us is None:
        raise VmsError(Refused.CONFLICT, "grant_state", "Only an activated grant is renewed or ended by letter.")
    since_us = periods_of(session, grant.id)[-1].registered_us
    for former in documents(session, Wanted(kind=Kind.RENEWAL, subject_id=str(grant.id))):
        if former.state in STANDS and _is_of(former, since_us) and former.fields["people"][0]["wish"] == wish:
            return former
    form = renewal_form(session, grant, wish, _addressee(desk))
    return _issued(session, clock, desk, form, subject_of_grant(grant), grant.account_id, by)


def print_posting(session: Session, clock: Clock, desk: Desk, assignment: Assignment, *, by: Actor) -> Document:
    """P-32 of the assignment's letter: every guard whom that letter posts and who was not taken off since.

    Where the list was printed before and says something else now, another version of it (edge-118).
    """
    wanted = select(Assignment).where(
        Assignment.letter_no == assignment.letter_no, Assignment.letter_on == assignment.letter_on
    )
    all_of_letter = list(session.scalars(wanted.order_by(Assignment.entered_us, Assignment.id)))
    postings = [one for one in all_of_letter if one.ended_us is None]
    if not postings:
        raise VmsError(Refused.CONFLICT, "assignment_ended", "Nobody is posted by this letter any more.")
    form = posting_form(session, postings)
    subject = subject_of_assignment(session, postings[0])
    new = NewDocument(kind=form.kind, fields=form.model_dump(mode="json"), subject=subject)
    former = next((found for one in all_of_letter if (found := standing(session, one.document_id))), None)
    found = issue_as_it_reads_now(session, clock, desk, former.id if former else None, new, by=by)
    for one in postings:
        one.document_id = found.id
    session.flush()
    return found


def print_review(session: Session, clock: Clock, desk: Desk, review: SharedReview, *, by: Actor) -> Document:
    """P-17 of a review, printed once."""
    found = standing(session, review.document_id)
    if found is None:
        subject = Subject("shared_review", str(review.id))
        found = _issued(session, clock, desk, review_form(session, review), subject, None, by)
        review.document_id = found.id
        session.flush()
    return found


def print_if_possible(session: Session, printing: Callable[[], Document]) -> Document | None:
    """The paper of an act that was just done; None, with a warning, where it cannot be printed now.

    What was written for it is taken back, the act stays.
    """
    try:
        with session.begin_nested():
            return printing()
    except (VmsError, OSError) as err:  # a full disk for documents, too, keeps nobody from being activated
        log.warning("a paper was not printed, it can be later: %s", err)
        return None


def waiting_agreement(session: Session, person_id: UUID) -> Document | None:
    """The person's P-08 with the text of today that was printed and whose signature is not recorded yet."""
    used = set(session.scalars(select(Agreement.document_id).where(Agreement.person_id == person_id)))
    found = documents(session, Wanted(kind=Kind.AGREEMENT, subject_id=str(person_id)))
    since_us = text_since_us(session)
    return next((one for one in found if one.state in STANDS and one.id not in used and _is_of(one, since_us)), None)


def _is_of(document: Document, since_us: int) -> bool:
    return document.issued_us is not None and document.issued_us >= since_us


def _issued(
    session: Session, clock: Clock, desk: Desk, form: Form, subject: Subject, account_id: UUID | None, by: Actor
) -> Document:
    new = NewDocument(kind=form.kind, fields=form.model_dump(mode="json"), subject=subject, account_id=account_id)
    return issue_new(session, clock, desk.need_press(), desk.store, new, by=by)


def _addressee(desk: Desk) -> str:
    """Whom the letter is for: the surveillance unit's branch, as the letterhead names it."""
    head = desk.need_press().letterhead
    return f"{head.branch or head.department or head.institution} Makamına"  # no suffix is glued to a name


def _subject_of(person: Person) -> Subject:
    return Subject("person", str(person.id))
