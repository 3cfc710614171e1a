"""Printed papers beside what they belong to."""

from datetime import date
from typing import Any
from uuid import UUID

from pydantic import BaseModel, Field
from sqlalchemy.orm import Session

from vms.authority.agreements.queries import agreement_of
from vms.authority.grants.model import Grant
from vms.authority.papers import waiting_agreement
from vms.documents.model import Document
from vms.documents.queries import Wanted, documents, signed_file
from vms.documents.rules import Kind, SignatureKind, State
from vms.kernel.days import day_of
from web.rows.ebys import EbysRow, ebys_row


class PaperRow(BaseModel):
    """A printed paper. `code`: where anybody may ask after it is `/d/CODE`. `signature_kind` null: not signed yet.

    `cancel_reason`: why a cancelled one counts no more; empty else. `awaits_initials_of`: the title that has to initial
    it before it is signed; empty when nobody has to. `ebys_no`, `ebys_on`: under which it went out; `ebys`: how EBYS is
    asked for it, null where it is not.
    """

    id: UUID
    kind: Kind
    number: str
    version: int
    state: State
    code: str = Field(description="Empty while it is a draft.")
    issued_us: int | None
    signature_kind: SignatureKind | None
    cancelled_us: int | None
    cancel_reason: str
    awaits_initials_of: str
    ebys_no: str
    ebys_on: date | None
    ebys: EbysRow | None


def paper_row(session: Session, document_id: UUID | None) -> PaperRow | None:
    """The paper with this id; None where none was printed."""
    document = None if document_id is None else session.get(Document, document_id)
    return None if document is None else PaperRow(**_facts(session, document))


def printed_row(session: Session, document: Document) -> PaperRow:
    """A paper that was just printed."""
    return PaperRow(**_facts(session, document))


def papers_of_grant(session: Session, grant: Grant, now_us: int) -> list[PaperRow]:
    """P-08 that the grant stands on or waits for, its P-09, letters about it (P-10), in this order."""
    agreement = agreement_of(session, grant.person_id, day_of(now_us))
    waiting = waiting_agreement(session, grant.person_id) if agreement is None else None
    ids = [agreement.document_id if agreement else waiting.id if waiting else None, grant.document_id]
    letters = documents(session, Wanted(kind=Kind.RENEWAL, subject_id=str(grant.id)))
    found = [paper_row(session, one) for one in (*ids, *(letter.id for letter in reversed(letters)))]
    return [one for one in found if one is not None]


def _facts(session: Session, document: Document) -> dict[str, Any]:
    signed = signed_file(session, document.id)
    return {
        "id": document.id,
        "kind": document.kind,
        "number": document.number,
        "version": document.version,
        "state": document.state,
        "code": document.code or "",
        "issued_us": document.issued_us,
        "signature_kind": signed.signature_kind if signed else None,
        "cancelled_us": document.cancelled_us,
        "cancel_reason": document.cancel_reason,
        "awaits_initials_of": document.turn,
        "ebys_no": document.ebys_no,
        "ebys_on": document.ebys_on,
        "ebys": ebys_row(session, document),
    }
