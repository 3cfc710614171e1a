"""What others ask about documents."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import ColumnElement, and_, or_, select
from sqlalchemy.orm import Session

from vms.documents.codes import code_sha256, read_code
from vms.documents.model import Document, SignedFile
from vms.documents.reader import Reader
from vms.documents.rules import State
from vms.kernel.errors import Kind, VmsError
from vms.kernel.turkish import folded

MAX_ROWS = 200
MAX_WORDS = 8  # of what is typed into the search; more would narrow nothing further


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """Which documents a list shows. `account_id`: only those of this person. `before`: older than this id.

    `search`: words that all stand in the number, the subject or among the names, or else a verification code.
    `reader`: only what they may read; None: all, which only the command line asks for. `awaits_reader`: only what waits
    for their initials.
    """

    search: str = ""
    kind: str | None = None
    state: State | None = None
    year: int | None = None
    account_id: UUID | None = None
    subject_id: str | None = None
    before: UUID | None = None
    reader: Reader | None = None
    awaits_reader: bool = False
    limit: int = 50


@dataclass(frozen=True, slots=True)
class Verified:
    """What anybody may know who holds the paper: nothing of what it says, nobody's name (D-0.1)."""

    state: State
    kind: str
    number: str
    version: int
    issued_us: int
    pdf_sha256: bytes
    signature_kind: str | None


def documents(session: Session, wanted: Wanted) -> list[Document]:
    """The documents asked for, newest first, `MAX_ROWS` at most."""
    query = select(Document).order_by(Document.id.desc()).limit(min(max(wanted.limit, 1), MAX_ROWS))
    given = (
        (Document.kind, wanted.kind), (Document.state, wanted.state and wanted.state.value),
        (Document.year, wanted.year), (Document.account_id, wanted.account_id),
        (Document.subject_id, wanted.subject_id),
    )  # fmt: skip
    for column, value in given:
        if value is not None:
            query = query.where(column == value)
    if wanted.before is not None:
        query = query.where(Document.id < wanted.before)
    if wanted.reader is not None:
        query = query.where(wanted.reader.is_awaited() if wanted.awaits_reader else wanted.reader.condition())
    if wanted.search.strip():
        query = query.where(_says(wanted.search))
    return list(session.scalars(query))


def versions(session: Session, document: Document) -> list[Document]:
    """All versions under the document's number, the newest first; of a draft itself alone."""
    if document.sequence is None:
        return [document]
    same = (
        Document.kind == document.kind, Document.year == document.year, Document.sequence == document.sequence,
    )  # fmt: skip
    query = select(Document).where(*same).order_by(Document.version.desc()).limit(MAX_ROWS)
    return list(session.scalars(query))


def need_document(session: Session, document_id: UUID) -> Document:
    """The document, or VmsError(NOT_FOUND, `document_not_found`)."""
    found = session.get(Document, document_id)
    if found is None:
        raise document_not_found()
    return found


def document_by_number(session: Session, number: str) -> Document:
    """The latest version under `P-09/2026/0001`, or VmsError(NOT_FOUND, `document_not_found`)."""
    kind, _, rest = number.strip().upper().partition("/")
    year, _, sequence = rest.partition("/")
    if not (_is_figure(year) and _is_figure(sequence)):
        raise document_not_found()
    found = session.scalar(
        select(Document)
        .where(Document.kind == kind, Document.year == int(year), Document.sequence == int(sequence))
        .order_by(Document.version.desc())
        .limit(1)
    )
    if found is None:
        raise document_not_found()
    return found


def signed_file(session: Session, document_id: UUID) -> SignedFile | None:
    """What was handed back of a document."""
    return session.get(SignedFile, document_id)


def verify_code(session: Session, code: str | None) -> Verified | None:
    """What holds of the paper that carries `code` (as `codes.read_code` gives it); None for nobody's code.

    The work is the same for a code that exists, one that does not, and none.
    """
    wanted = code_sha256(code or "")
    signature = select(SignedFile.signature_kind).where(SignedFile.document_id == Document.id).scalar_subquery()
    row = session.execute(select(Document, signature).where(Document.code_sha256 == wanted)).one_or_none()
    if row is None or code is None:
        return None
    document, kind = row
    assert document.issued_us is not None
    assert document.pdf_sha256 is not None
    return Verified(
        State(document.state), document.kind, document.number, document.version, document.issued_us,
        document.pdf_sha256, kind,
    )  # fmt: skip


def documents_of_codes(session: Session, codes: frozenset[str]) -> list[Document]:
    """The documents that these codes belong to."""
    hashes = [code_sha256(code) for code in codes]
    return list(session.scalars(select(Document).where(Document.code_sha256.in_(hashes))))


def documents_of_file(session: Session, digest: bytes) -> Sequence[Document]:
    """The documents whose paper or whose signed file has this hash, newest first."""
    signed = select(SignedFile.document_id).where(SignedFile.sha256 == digest)
    query = select(Document).where(or_(Document.pdf_sha256 == digest, Document.id.in_(signed)))
    return list(session.scalars(query.order_by(Document.id.desc())))


def file_digests(session: Session) -> dict[bytes, str]:
    """The hash of every file that a row names, with the number of its document."""
    papers = session.scalars(select(Document).where(Document.pdf_sha256.is_not(None)))
    named = {one.pdf_sha256: one.number for one in papers if one.pdf_sha256 is not None}
    rows = session.execute(select(SignedFile.sha256, Document).join(Document, Document.id == SignedFile.document_id))
    return named | {digest: document.number for digest, document in rows}


def document_not_found() -> VmsError:
    """One answer for a document that is not there and for one that is not the caller's."""
    return VmsError(Kind.NOT_FOUND, "document_not_found", "There is no such document. Load the list again.")


def _says(typed: str) -> ColumnElement[bool]:
    """Each word somewhere in what a document is found by; who holds a paper may type its code instead."""
    words = folded(typed).split()[:MAX_WORDS]
    found = and_(*(Document.words_folded.contains(word, autoescape=True) for word in words))
    code = read_code(typed)
    return found if code is None else or_(found, Document.code_sha256 == code_sha256(code))


def _is_figure(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) <= 9
