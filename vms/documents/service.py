"""Drafting documents, issuing them, taking them back signed, replacing, cancelling them.

Functions that take a `Session` are part of the caller's transaction; each writes its audit entry in it. `by`: who acts.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from vms.audit.entry import UNNAMED, Actor, NewEntry, Subject
from vms.audit.rules import Act
from vms.audit.service import append
from vms.documents.built_upon import Rests, check_not_built_upon, nothing_rests
from vms.documents.codes import code_sha256, new_code
from vms.documents.forms.known import form_of
from vms.documents.model import Document
from vms.documents.numbering import next_sequence, take_turn
from vms.documents.press import Press
from vms.documents.queries import need_document
from vms.documents.rules import (
    MAX_FIELDS_CHARACTERS,
    MAX_TITLE_CHARACTERS,
    Kind,
    State,
    check_reason,
    check_step,
    year_of,
)
from vms.documents.search_words import words_of
from vms.documents.store import FileStore
from vms.kernel.clock import Clock
from vms.kernel.errors import Kind as Refused
from vms.kernel.errors import VmsError
from vms.kernel.ids import new_id


@dataclass(frozen=True, slots=True, kw_only=True)
class NewDocument:
    """What a document is to say. `fields`: of the form of its kind (`vms.documents.forms`)."""

    kind: Kind
    fields: Mapping[str, Any] = field(repr=False)
    subject: Subject
    account_id: UUID | None = None


def draft(session: Session, clock: Clock, new: NewDocument, *, by: Actor = UNNAMED) -> Document:
    """A document without number and paper, which may still be dropped. VmsError(INVALID, `form_invalid`)."""
    document = _drafted(clock, new, by)
    session.add(document)
    session.flush()
    _tell(session, clock, Act.DOCUMENT_DRAFTED, document, by)
    return document


def issue(
    session: Session, clock: Clock, press: Press, store: FileStore, document_id: UUID, *, by: Actor = UNNAMED
) -> Document:
    """Give a draft its number, code, paper. The number is used or was never given: no gaps (D-0.1).

    The paper is on the disk before the row names it. VmsError: CONFLICT `document_state_wrong`; what `Press.print`
    raises.
    """
    take_turn(session)
    document = need_document(session, document_id)
    check_step(State(document.state), State.ISSUED)
    now_us = clock.now_us()
    year = year_of(now_us, press.zone)
    _print(document, press, store, now_us, year, next_sequence(session, document.kind, year), by)
    document.take_step(State.ISSUED)
    session.flush()
    _tell(session, clock, Act.DOCUMENT_ISSUED, document, by, version=document.version)
    return document


def issue_new(
    session: Session, clock: Clock, press: Press, store: FileStore, new: NewDocument, *, by: Actor = UNNAMED
) -> Document:
    """Draft and issue in one act: for papers that a use case of the program makes itself."""
    document = draft(session, clock, new, by=by)
    return issue(session, clock, press, store, document.id, by=by)


def revise(
    session: Session,
    clock: Clock,
    press: Press,
    store: FileStore,
    document_id: UUID,
    fields: Mapping[str, Any],
    *,
    by: Actor = UNNAMED,
) -> Document:
    """Another version under the same number, with a code of its own; the one before is `superseded` (edge-118).

    VmsError: CONFLICT `document_state_wrong`; INVALID `form_invalid`; what `Press.print` raises.
    """
    take_turn(session)
    before = need_document(session, document_id)
    now_us = clock.now_us()
    before.give_way(now_us)
    assert before.year is not None
    assert before.sequence is not None
    subject = Subject(before.subject_kind, before.subject_id)
    new = NewDocument(kind=Kind(before.kind), fields=fields, subject=subject, account_id=before.account_id)
    after = _drafted(clock, new, by)
    after.take_step(State.ISSUED)
    after.version, after.previous_id = before.version + 1, before.id
    _print(after, press, store, now_us, before.year, before.sequence, by)
    session.add(after)
    session.flush()
    _tell(session, clock, Act.DOCUMENT_SUPERSEDED, before, by, version=before.version, by_version=after.version)
    _tell(session, clock, Act.DOCUMENT_ISSUED, after, by, version=after.version)
    return after


def cancel(
    session: Session, clock: Clock, document_id: UUID, reason: str, *, by: Actor = UNNAMED, rests: Rests = nothing_rests
) -> Document:
    """A document counts no more; its number stays taken, its code answers "cancelled" (edge-117).

    `rests`: asked whether something was built upon it; whoever lets people cancel gives the one of the papers' owners.
    VmsError: INVALID `reason_required`; CONFLICT `document_state_wrong`, `document_built_upon`; NOT_FOUND
    `document_not_found`.
    """
    reason = check_reason(reason)
    take_turn(session)
    document = need_document(session, document_id)
    check_step(State(document.state), State.CANCELLED)
    check_not_built_upon(session, document, rests)
    document.cancel(clock.now_us(), reason, by)
    session.flush()
    _tell(session, clock, Act.DOCUMENT_CANCELLED, document, by, reason=reason)
    return document


def tell_read(session: Session, clock: Clock, document: Document, what: str, *, by: Actor) -> None:
    """Write down that somebody took a document's paper (`pdf`) or signed file (`signed`) into their hands (E-1)."""
    _tell(session, clock, Act.DOCUMENT_READ, document, by, what=what)


def need_signed(document: Document) -> None:
    """VmsError(CONFLICT, `document_not_signed`) unless others may build on the document (D-0.2)."""
    if document.state != State.SIGNED:
        raise VmsError(
            Refused.CONFLICT, "document_not_signed",
            "This document has no signed file yet. Upload the signed PDF or the scan first.", number=document.number,
        )  # fmt: skip


def subject_of(document: Document) -> Subject:
    """The document as what an act is about: its number, no name out of it."""
    return Subject("document", str(document.id), document.number or f"{document.kind} (draft)")


def _drafted(clock: Clock, new: NewDocument, by: Actor) -> Document:
    form = form_of(new.kind, new.fields)
    fields, title = form.model_dump(mode="json"), form.subject_line()[:MAX_TITLE_CHARACTERS]
    if len(form.model_dump_json()) > MAX_FIELDS_CHARACTERS:
        raise VmsError(Refused.INVALID, "form_too_long", "The form holds more than a document may. Divide it.")
    return Document(
        id=new_id(clock),
        kind=new.kind.value,
        state=State.DRAFT.value,
        version=1,
        title=title,
        subject_kind=new.subject.kind,
        subject_id=new.subject.id,
        account_id=new.account_id,
        fields=fields,
        created_us=clock.now_us(),
        created_by_id=by.person_id,
        created_by=by.name,
        words_folded=words_of(new.kind, form.title, title, fields),
    )


def _print(
    document: Document, press: Press, store: FileStore, now_us: int, year: int, sequence: int, by: Actor
) -> None:
    document.year, document.sequence = year, sequence
    document.code = new_code()
    document.code_sha256 = code_sha256(document.code)
    document.begin_chain(press.chain_of(Kind(document.kind)))
    form = form_of(Kind(document.kind), document.fields)
    document.words_folded = words_of(document.number, form.title, document.title, document.fields)
    printed = press.print(form, number=document.number, version=document.version, code=document.code, at_us=now_us)
    document.pdf_sha256, document.pdf_bytes = store.put(printed.pdf), len(printed.pdf)
    document.pages, document.text_version, document.is_sealed = printed.pages, printed.text_version, printed.is_sealed
    document.issued_us, document.issued_by_id, document.issued_by = now_us, by.person_id, by.name


def _tell(session: Session, clock: Clock, act: Act, document: Document, by: Actor, **detail: object) -> None:
    append(session, clock, NewEntry(act=act, actor=by, subject=subject_of(document), detail=detail))
