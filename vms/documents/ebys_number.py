"""The number under which a document went out by EBYS (R-10)."""

from datetime import date
from uuid import UUID

from sqlalchemy.orm import Session

from vms.audit.entry import Actor, NewEntry
from vms.audit.rules import Act
from vms.audit.service import append
from vms.documents.model import Document
from vms.documents.queries import need_document
from vms.documents.rules import State
from vms.documents.service import subject_of
from vms.kernel.clock import Clock
from vms.kernel.errors import Kind, VmsError
from vms.kernel.turkish import folded

MAX_NO_CHARACTERS = 60


def note_ebys_number(
    session: Session, clock: Clock, document_id: UUID, no: str, on: date | None, *, by: Actor
) -> Document:
    """Write it down, or correct what was: the document is found by it from then on.

    VmsError: INVALID `ebys_no_invalid`; CONFLICT `document_state_wrong` for a draft; NOT_FOUND `document_not_found`.
    """
    document = need_document(session, document_id)
    no = no.strip()
    if not 0 < len(no) <= MAX_NO_CHARACTERS or not no.isprintable():
        raise VmsError(
            Kind.INVALID, "ebys_no_invalid",
            f"An EBYS number has 1 to {MAX_NO_CHARACTERS} printable characters. Correct it.",
        )  # fmt: skip
    if document.state == State.DRAFT:
        raise VmsError(
            Kind.CONFLICT, "document_state_wrong", "A draft did not go out yet. Issue it first.", state=document.state
        )
    detail: dict[str, object] = {"version": document.version, "ebys_no": no, "ebys_on": str(on or "")}
    if document.ebys_no:
        detail["before"] = document.ebys_no
    document.ebys_no, document.ebys_on = no, on
    document.words_folded = f"{document.words_folded} {folded(no)}"
    session.flush()
    append(session, clock, NewEntry(act=Act.EBYS_NUMBERED, actor=by, subject=subject_of(document), detail=detail))
    return document
