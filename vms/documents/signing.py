"""Taking a document back that people have signed."""

from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

from sqlalchemy.orm import Session

from vms.audit.entry import Actor, NewEntry
from vms.audit.rules import Act
from vms.audit.service import append
from vms.documents.model import Document, SignedFile
from vms.documents.numbering import take_turn
from vms.documents.queries import documents_of_codes, need_document
from vms.documents.rules import SEAL_FIELD, Check, SignatureKind, State
from vms.documents.service import subject_of
from vms.documents.signature import Signature
from vms.documents.store import FileStore
from vms.documents.upload import MAX_UPLOAD_BYTES, Examined, Examiner, MediaType, media_type_of, too_large
from vms.kernel.clock import Clock
from vms.kernel.database import Database
from vms.kernel.errors import Kind, VmsError


@dataclass(frozen=True, slots=True)
class HandedBack:
    """A file that somebody says is the signed document. `was_compared`: by eye, where no code can be read."""

    document_id: UUID
    path: Path
    was_compared: bool = False


def take_back(
    database: Database, clock: Clock, store: FileStore, examiner: Examiner, handed: HandedBack, *, by: Actor
) -> Document:
    """Keep the file, let its document be signed (D-0.2). The file at `handed.path` is read, not moved.

    The file is examined before the writer's lock is taken: seconds of a core must keep nobody waiting.
    VmsError: INVALID `file_too_large`, `file_type_wrong`, `picture_too_large`, `file_unreadable`,
    `signed_file_mismatch`, `signed_file_code_missing`, `signed_file_pages_missing`, `signed_file_unsigned`,
    `signature_broken`; CONFLICT `document_state_wrong`, `initial_missing`; NOT_FOUND `document_not_found`.
    """
    with database.reading() as session:
        need_document(session, handed.document_id).check_may(State.SIGNED)
    if handed.path.stat().st_size > MAX_UPLOAD_BYTES:
        raise too_large()
    content = handed.path.read_bytes()
    media_type = media_type_of(content)
    examined = examiner.examine(handed.path, media_type)
    with database.reading() as session:
        document = need_document(session, handed.document_id)
        assert document.pdf_sha256 is not None
        paper = store.read(document.pdf_sha256)
        matched_by = _matched(session, document, paper, content, examined, handed.was_compared)
        kind = _signature_kind(paper, content, media_type, examined)
    signed = SignedFile(
        document_id=document.id,
        sha256=store.put(content),
        size_bytes=len(content),
        media_type=media_type.value,
        signature_kind=kind.value,
        matched_by=matched_by.value,
        signatures=[one.to_json() for one in _of_people(examined.signatures)],
        uploaded_us=clock.now_us(),
        uploaded_by_id=by.person_id,
        uploaded_by=by.name,
    )
    return _keep(database, clock, signed, by)


def _keep(database: Database, clock: Clock, signed: SignedFile, by: Actor) -> Document:
    """A document's paper never changes; where it stands may have changed since the file was examined."""
    detail = {
        "signature_kind": signed.signature_kind, "matched_by": signed.matched_by, "sha256": signed.sha256.hex(),
    }  # fmt: skip
    with database.writing() as session:
        take_turn(session)
        document = need_document(session, signed.document_id)
        document.take_step(State.SIGNED)
        session.add(signed)
        session.flush()
        append(session, clock, NewEntry(act=Act.DOCUMENT_SIGNED, actor=by, subject=subject_of(document), detail=detail))
    return document


def _matched(
    session: Session, document: Document, paper: bytes, content: bytes, examined: Examined, was_compared: bool
) -> Check:
    """How the file was found to be the document's. `paper`: the bytes that were issued."""
    assert document.pages is not None
    if any(other.id != document.id for other in documents_of_codes(session, examined.codes)):
        raise _refusal("signed_file_mismatch", "This file does not seem to belong to this document. Choose another.")
    if examined.pages < document.pages:
        raise _refusal(
            "signed_file_pages_missing",
            f"The document has {document.pages} pages, this file {examined.pages}. Scan all of them into one PDF.",
            wanted=document.pages, found=examined.pages,
        )  # fmt: skip
    if content.startswith(paper):
        return Check.BYTES
    if document.code in examined.codes:
        return Check.CODE
    if examined.codes:
        raise _refusal("signed_file_mismatch", "This file does not seem to belong to this document. Choose another.")
    if was_compared:
        return Check.EYE
    raise _refusal(
        "signed_file_code_missing",
        "The document's verification code cannot be read in this file. Scan it with 300 dots per inch, or compare the "
        "paper with the document yourself and say that you did.",
    )


def _signature_kind(paper: bytes, content: bytes, media_type: MediaType, examined: Examined) -> SignatureKind:
    """Which kind of signature the file has; refuses one that was changed, and the very paper nobody has signed.

    A scan holds a picture of the paper, never its bytes: whatever was put before or behind them is no signature.
    """
    if not all(one.is_intact for one in examined.signatures):
        raise _refusal(
            "signature_broken",
            "This file was changed after it was signed. Have it signed again, or upload the original.",
        )
    if media_type is MediaType.PDF and _of_people(examined.signatures):
        return SignatureKind.E_SIGNATURE
    if paper in content:
        raise _refusal(
            "signed_file_unsigned",
            "This is the document as it was printed, without a signature. Upload the e-signed PDF, or a scan of the "
            "paper that was signed.",
        )
    return SignatureKind.WET


def _of_people(signatures: tuple[Signature, ...]) -> list[Signature]:
    return [one for one in signatures if one.field != SEAL_FIELD]


def _refusal(code: str, message: str, **detail: object) -> VmsError:
    return VmsError(Kind.INVALID, code, message, **detail)
