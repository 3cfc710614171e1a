"""Documents as the API shows them."""

from datetime import date
from typing import Literal
from uuid import UUID

from pydantic import BaseModel
from sqlalchemy.orm import Session

from vms.documents.forms.known import FORMS
from vms.documents.initials import initials_of, who_may
from vms.documents.model import Document, DocumentInitial, SignedFile
from vms.documents.queries import signed_file
from vms.documents.reader import Reader
from vms.documents.rules import Kind, SignatureKind, State
from vms.footage.papers.resting import rests_upon
from web.rows.ebys import EbysRow, ebys_row

# What is over is cancelled no more: nobody asks what was built upon it.
_COUNT = frozenset({State.DRAFT, State.ISSUED, State.SIGNED})


class SignatureRow(BaseModel):
    """A signature found in an e-signed file. `is_trusted`: it leads to one of the roots the node was given."""

    name: str
    at: str
    is_intact: bool
    is_trusted: bool


class SignedRow(BaseModel):
    """What was handed back signed."""

    signature_kind: SignatureKind
    matched_by: Literal["bytes", "code", "eye"]
    media_type: str
    size_bytes: int
    sha256: str
    uploaded_us: int
    uploaded_by: str
    signatures: list[SignatureRow]


class InitialRow(BaseModel):
    """A step of the chain of initials. `name` empty, `at_us` null: nobody has initialled it yet."""

    title: str
    name: str
    at_us: int | None


class DocumentRow(BaseModel):
    """One version of a record. `code`, `number`, `sha256` are empty while it is a draft.

    `is_built_upon`: something was done by it; until it does not count any more it is not cancelled.
    `initials`: its chain, empty where it needs none. `awaits_initials_of`: the title whose turn it is; empty when
    nobody's. `may_initial`: it is the caller's. `is_initial_possible`: false while nobody with an account bears it.
    `ebys_no`, `ebys_on`: under which it went out; `ebys`: how EBYS is asked for it, null where it is not.
    """

    id: UUID
    kind: Kind
    kind_title: str
    number: str
    version: int
    state: State
    title: str
    subject_kind: str
    subject_id: str
    account_id: UUID | None
    code: str
    sha256: str
    pages: int | None
    is_sealed: bool
    text_version: str
    created_us: int
    created_by: str
    issued_us: int | None
    issued_by: str
    cancelled_us: int | None
    cancelled_by: str
    cancel_reason: str
    superseded_us: int | None
    previous_id: UUID | None
    signed: SignedRow | None
    is_built_upon: bool
    initials: list[InitialRow]
    awaits_initials_of: str
    may_initial: bool
    is_initial_possible: bool
    ebys_no: str
    ebys_on: date | None
    ebys: EbysRow | None


def document_row(session: Session, document: Document, reader: Reader, now_us: int) -> DocumentRow:
    """For the list, for one document. `reader`: who looks."""
    signed = signed_file(session, document.id)
    given = initials_of(session, document.id) if document.chain else []
    turn = document.turn
    return DocumentRow(
        id=document.id,
        kind=Kind(document.kind),
        kind_title=FORMS[Kind(document.kind)].title,
        number=document.number,
        version=document.version,
        state=State(document.state),
        title=document.title,
        subject_kind=document.subject_kind,
        subject_id=document.subject_id,
        account_id=document.account_id,
        code=document.code or "",
        sha256=document.pdf_sha256.hex() if document.pdf_sha256 else "",
        pages=document.pages,
        is_sealed=document.is_sealed,
        text_version=document.text_version,
        created_us=document.created_us,
        created_by=document.created_by,
        issued_us=document.issued_us,
        issued_by=document.issued_by,
        cancelled_us=document.cancelled_us,
        cancelled_by=document.cancelled_by,
        cancel_reason=document.cancel_reason,
        superseded_us=document.superseded_us,
        previous_id=document.previous_id,
        signed=None if signed is None else _signed_row(signed),
        is_built_upon=State(document.state) in _COUNT and rests_upon(session, document),
        initials=_chain(document, given),
        awaits_initials_of=turn,
        may_initial=turn != "" and reader.may_initial(session, document),
        is_initial_possible=turn == "" or len(who_may(session, document, given, now_us)) > 0,
        ebys_no=document.ebys_no,
        ebys_on=document.ebys_on,
        ebys=ebys_row(session, document),
    )


def _chain(document: Document, given: list[DocumentInitial]) -> list[InitialRow]:
    done = {one.position: one for one in given}
    return [
        InitialRow(title=title, name=done[at].person_name, at_us=done[at].at_us)
        if at in done
        else InitialRow(title=title, name="", at_us=None)
        for at, title in enumerate(document.chain)
    ]


def _signed_row(signed: SignedFile) -> SignedRow:
    return SignedRow.model_validate(
        {name: getattr(signed, name) for name in SignedRow.model_fields if name != "sha256"}
        | {"sha256": signed.sha256.hex()}
    )
