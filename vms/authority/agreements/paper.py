"""Whether a printed agreement may be recorded as the one that a person signed."""

from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from vms.authority.agreements.model import Agreement
from vms.authority.agreements.queries import text_since_us
from vms.documents.queries import need_document
from vms.documents.rules import Kind
from vms.documents.service import need_signed
from vms.kernel.errors import Kind as Refused
from vms.kernel.errors import VmsError


def check_agreement_paper(session: Session, person_id: UUID, document_id: UUID) -> None:
    """VmsError unless it is this person's P-08, signed, of the text that is signed now, recorded for nothing else.

    CONFLICT: `paper_of_another`, `document_not_signed`, `paper_recorded`, `agreement_text_old`; NOT_FOUND
    `document_not_found`.
    """
    document = need_document(session, document_id)
    if (document.subject_kind, document.subject_id, document.kind) != ("person", str(person_id), Kind.AGREEMENT):
        raise VmsError(
            Refused.CONFLICT, "paper_of_another", "This paper is not this person's agreement. Choose the right one."
        )
    need_signed(document)
    if session.scalar(select(Agreement.id).where(Agreement.document_id == document_id)) is not None:
        raise VmsError(
            Refused.CONFLICT, "paper_recorded", "This paper's signature is recorded already. Reload the list."
        )
    assert document.issued_us is not None
    if document.issued_us < text_since_us(session):
        raise VmsError(
            Refused.CONFLICT, "agreement_text_old",
            "This paper was printed with a text that is not signed any more. Print it anew.",
        )  # fmt: skip
