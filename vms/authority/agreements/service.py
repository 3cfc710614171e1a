"""Recording who signed the confidentiality agreement, who withdrew, which text is signed (D-11.2b)."""

from datetime import date
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from vms.audit.entry import Actor, Subject
from vms.audit.rules import Act
from vms.authority import refusals
from vms.authority.acts import line, note, tell
from vms.authority.agreements.model import Agreement, AgreementText
from vms.authority.agreements.paper import check_agreement_paper
from vms.authority.agreements.queries import FIRST_VERSION, agreement_of, counts, current_version
from vms.authority.grants.endings import reinstate, suspend
from vms.authority.grants.model import Stored
from vms.authority.grants.queries import open_grants_of_person
from vms.authority.policy import DEFAULT, Policy
from vms.authority.postings.queries import open_assignments
from vms.authority.postings.rows import settle_assignment
from vms.kernel.clock import Clock
from vms.kernel.days import day_of
from vms.kernel.errors import Kind, VmsError
from vms.kernel.ids import new_id
from vms.people.organisation_model import Person
from vms.people.queries import account_of_person


def record_agreement(
    session: Session, clock: Clock, person: Person, signed_on: date, reference: str = "", *, by: Actor,
    document_id: UUID | None = None, policy: Policy = DEFAULT,
) -> Agreement:  # fmt: skip
    """A signature under today's text. What rested for want of one goes on.

    `document_id`: the P-08 that was printed for it. VmsError: INVALID `letter_in_future`; what `check_agreement_paper`
    refuses.
    """
    if signed_on > day_of(clock.now_us()):
        raise VmsError(Kind.INVALID, "letter_in_future", "It was signed today or earlier. Correct the date.")
    if document_id is not None:
        check_agreement_paper(session, person.id, document_id)
    for former in _standing(session, person.id):
        former.ended_us, former.ended_as = clock.now_us(), "superseded"
    agreement = Agreement(
        id=new_id(clock), person_id=person.id, version=current_version(session), signed_on=signed_on,
        reference=note(reference), recorded_us=clock.now_us(), recorded_by=by.person_id, recorded_by_name=by.name,
        document_id=document_id,
    )  # fmt: skip
    session.add(agreement)
    session.flush()
    told = tell(
        session, clock, Act.AGREEMENT_SIGNED, by, _subject(person), version=agreement.version, signed_on=str(signed_on),
        reference=agreement.reference, document=None if document_id is None else str(document_id),
    )  # fmt: skip
    _follow(session, clock, person.id, told, by, policy)
    return agreement


def withdraw_agreement(
    session: Session, clock: Clock, agreement: Agreement, why: str, *, by: Actor, policy: Policy = DEFAULT
) -> Agreement:
    """It does not count any more: grants of the person rest. VmsError: `agreement_ended`, `reason_required`."""
    if agreement.ended_us is not None:
        raise VmsError(Kind.CONFLICT, "agreement_ended", "This agreement does not count already. Reload the list.")
    agreement.ended_us, agreement.ended_as = clock.now_us(), "withdrawn"
    session.flush()
    person = session.get_one(Person, agreement.person_id)
    why = line(why, "reason_required", "A reason")
    told = tell(session, clock, Act.AGREEMENT_WITHDRAWN, by, _subject(person), why=why, version=agreement.version)
    _follow(session, clock, person.id, told, by, policy)
    return agreement


def introduce_text(
    session: Session, clock: Clock, version: str, *, must_resign: bool, by: Actor, policy: Policy = DEFAULT
) -> AgreementText:
    """A new version of the text is signed from now on (edge-91).

    `must_resign`: agreements of older versions stop counting now, and grants on them rest until the person signs.
    VmsError: `version_invalid`, `version_taken`.
    """
    version = line(version, "version_invalid", "A version", 40)
    is_known = session.scalar(select(AgreementText.id).where(AgreementText.version == version)) is not None
    if is_known or version == FIRST_VERSION:
        raise VmsError(Kind.CONFLICT, "version_taken", "This version is in use already. Give another.")
    text = AgreementText(new_id(clock), version, clock.now_us(), must_resign)
    session.add(text)
    session.flush()
    subject = Subject("agreement_text", str(text.id), version)
    told = tell(session, clock, Act.AGREEMENT_TEXT_INTRODUCED, by, subject, must_resign=must_resign)
    if must_resign:
        outdated = session.scalars(select(Agreement).where(Agreement.ended_us.is_(None)))
        for person_id in dict.fromkeys(one.person_id for one in outdated if not counts(session, one.version)):
            _follow(session, clock, person_id, told, by, policy)
    return text


def _follow(session: Session, clock: Clock, person_id: UUID, told: UUID, by: Actor, policy: Policy) -> None:
    """Let grants, assignments of the person follow what counts now."""
    counts_now = agreement_of(session, person_id, day_of(clock.now_us())) is not None
    for grant in open_grants_of_person(session, person_id):
        if grant.state == Stored.ACTIVE and not counts_now:
            suspend(session, clock, grant, "agreement", by=by, refused_as=refusals.NDA_MISSING)
        elif grant.suspended_as == refusals.NDA_MISSING and counts_now:
            reinstate(session, clock, grant, by=by)
    account = account_of_person(session, person_id)
    if account is not None:
        for assignment in open_assignments(session, account_id=account.id):
            settle_assignment(session, clock, assignment, by=by, told=told, policy=policy)


def _standing(session: Session, person_id: UUID) -> list[Agreement]:
    wanted = select(Agreement).where(Agreement.person_id == person_id, Agreement.ended_us.is_(None))
    return list(session.scalars(wanted))


def _subject(person: Person) -> Subject:
    return Subject("person", str(person.id), person.full_name)
