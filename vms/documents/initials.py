"""Initials (paraf) under a document, one title after the other, before it is signed (S-1f)."""

from collections.abc import Collection
from uuid import UUID

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from vms.audit.entry import Actor, NewEntry
from vms.audit.rules import Act
from vms.audit.service import append
from vms.documents.model import Document, DocumentInitial
from vms.documents.numbering import take_turn
from vms.documents.queries import need_document
from vms.documents.reader import Initialler, initialler_of
from vms.documents.rules import State, check_step, initial_missing
from vms.documents.service import subject_of
from vms.kernel.clock import Clock
from vms.kernel.errors import Kind, VmsError
from vms.kernel.turkish import folded
from vms.people.model import Account
from vms.people.organisation_model import Person


def initial(session: Session, clock: Clock, document_id: UUID, *, by: Actor) -> DocumentInitial:
    """Put the initials of the account's person under an issued document, where it is their title's turn.

    VmsError: FORBIDDEN `initial_not_yours`; CONFLICT `document_state_wrong`, `initial_not_awaited`,
    `initialled_already`, `initial_missing` where somebody before them has not initialled; NOT_FOUND
    `document_not_found`.
    """
    take_turn(session)
    document = need_document(session, document_id)
    check_step(State(document.state), State.SIGNED)
    given = initials_of(session, document.id)
    person = _need_turn(document, initialler_of(session, by.person_id, clock.now_us()), given)
    made = DocumentInitial(
        document_id=document.id, position=len(given), title=document.turn, person_id=person.person_id,
        person_name=person.name, at_us=clock.now_us(),
    )  # fmt: skip
    session.add(made)
    document.pass_turn()
    session.flush()
    detail: dict[str, object] = {"version": document.version, "title": made.title, "position": made.position + 1}
    told = NewEntry(act=Act.DOCUMENT_INITIALLED, actor=by, subject=subject_of(document), detail=detail)
    append(session, clock, told)
    return made


def initials_of(session: Session, document_id: UUID) -> list[DocumentInitial]:
    """Those under one version, in their order."""
    wanted = select(DocumentInitial).where(DocumentInitial.document_id == document_id)
    return list(session.scalars(wanted.order_by(DocumentInitial.position)))


def awaiting_initials(session: Session) -> list[Document]:
    """Every document that somebody has to initial now, the oldest first."""
    wanted = select(Document).where(Document.state == State.ISSUED.value, Document.turn_folded != "")
    return list(session.scalars(wanted.order_by(Document.id)))


def initials_awaited(session: Session) -> dict[UUID, list[DocumentInitial]]:
    """Those under each of `awaiting_initials` that has some, in their order; one question for all."""
    wanted = (
        select(DocumentInitial).join(Document).where(Document.state == State.ISSUED.value, Document.turn_folded != "")
    )
    found: dict[UUID, list[DocumentInitial]] = {}
    for one in session.scalars(wanted.order_by(DocumentInitial.document_id, DocumentInitial.position)):
        found.setdefault(one.document_id, []).append(one)
    return found


def who_may(session: Session, document: Document, given: Collection[DocumentInitial], now_us: int) -> list[Person]:
    """The persons with an open account whose initials a document waits for; none where nobody bears the title."""
    if not document.turn:
        return []
    return without_given(bearers_of(session, {document.turn_folded}, now_us)[document.turn_folded], given)


def without_given(bearers: Collection[Person], given: Collection[DocumentInitial]) -> list[Person]:
    """Those of a title's bearers who have not initialled yet: nobody does it twice."""
    done = {one.person_id for one in given}
    return [one for one in bearers if one.id not in done]


def bearers_of(session: Session, titles_folded: Collection[str], now_us: int) -> dict[str, list[Person]]:
    """The persons with an open account who bear each of these titles; one question for all."""
    found: dict[str, list[Person]] = {title: [] for title in titles_folded}
    if not found:
        return found
    is_near = [Person.words_folded.contains(title, autoescape=True) for title in found]  # of which few remain
    wanted = (
        select(Person)
        .join(Account, Account.person_id == Person.id)
        .where(Account.disabled_us.is_(None), or_(Person.left_us.is_(None), Person.left_us > now_us), or_(*is_near))
        .order_by(Person.id)
    )
    for one in session.scalars(wanted).unique():
        if (title := folded(one.title)) in found:
            found[title].append(one)
    return found


def _need_turn(document: Document, person: Initialler | None, given: Collection[DocumentInitial]) -> Initialler:
    if not document.turn:
        raise VmsError(
            Kind.CONFLICT, "initial_not_awaited", "This document waits for nobody's initials. Load it again."
        )
    if person is not None and any(one.person_id == person.person_id for one in given):
        raise VmsError(Kind.CONFLICT, "initialled_already", "You have initialled this document. Another goes on.")
    if person is not None and person.title_folded == document.turn_folded:
        return person
    if person is not None and person.title_folded in {folded(title) for title in document.chain}:
        raise initial_missing(document.turn)
    raise VmsError(
        Kind.FORBIDDEN, "initial_not_yours",
        f"Your title is none of this document's chain of initials; it waits for {document.turn}.", title=document.turn,
    )  # fmt: skip
