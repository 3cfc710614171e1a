"""`/documents`: the register of printed records."""

from collections.abc import Mapping
from http import HTTPStatus
from typing import Annotated, Any, Literal
from urllib.parse import quote
from uuid import UUID

from fastapi import APIRouter, Path, Query, Request, Response
from pydantic import BaseModel, ConfigDict, Field
from sqlalchemy.orm import Session

from vms.documents.codes import MAX_TYPED_CHARACTERS
from vms.documents.forms.known import FORMS
from vms.documents.model import Document, SignedFile
from vms.documents.queries import MAX_ROWS, Wanted, document_not_found, documents, need_document, signed_file
from vms.documents.rules import Kind, SignatureKind, State
from vms.documents.service import cancel, tell_read
from vms.documents.signing import HandedBack, take_back
from vms.documents.turkish import plain_ascii
from vms.kernel.errors import Kind as Refused
from vms.kernel.errors import VmsError
from vms.people.roles import Action
from web.acting import By, peer
from web.authorisation import Access, Me, declares, declares_action
from web.backends import Here
from web.callers import Caller
from web.document_query import ask
from web.problems import refusals
from web.upload import received_file

router = APIRouter(prefix="/documents", tags=["documents"])

# Who may do what is said here and nowhere else: everybody reads their own papers, these duties all of them.
_SEES_ALL = (Action.SEE_REGISTERS, Action.ISSUE_DOCUMENT)
# Whoever may do what a paper tells of may print and read it as well.
_READS_KIND: Mapping[str, Action] = {
    Kind.AGREEMENT: Action.RECORD_AGREEMENT, Kind.AUTHORITY: Action.ACTIVATE_GRANT, Kind.RENEWAL: Action.ENTER_RENEWAL,
    Kind.REVIEW: Action.REVIEW_SHARED_ACCOUNT, Kind.POSTING: Action.ENTER_ASSIGNMENT,
    Kind.TRAINING: Action.MANAGE_TRAINING, Kind.BREACH: Action.RECORD_BREACH,
}  # fmt: skip
# Such a paper names who broke a rule: handing in other papers does not open it.
_OF_THE_REGISTER_ONLY = frozenset({Kind.BREACH})
_READS = declares(Access.SIGNED_IN)
_KEEPS_THE_REGISTER = declares_action(Action.ISSUE_DOCUMENT)

_EXTENSIONS = {"application/pdf": "pdf", "image/png": "png", "image/jpeg": "jpg"}
_MAX_REASON = 1_000  # the rule is `vms.documents`'; this only bounds what is looked at
DocumentId = Annotated[UUID, Path(description="One that is not the caller's is answered like one unknown.")]
_FILE: dict[int | str, dict[str, Any]] = {
    200: {"content": {kind: {} for kind in _EXTENSIONS}, "description": "The file."}
}
_BODY = {
    "requestBody": {
        "required": True,
        "content": {kind: {"schema": {"type": "string", "format": "binary"}} for kind in _EXTENSIONS},
    }
}


class CancelBody(BaseModel):
    """Why the document counts no more."""

    model_config = ConfigDict(extra="forbid")

    reason: str = Field(max_length=_MAX_REASON)


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


class DocumentRow(BaseModel):
    """One version of a record. `code`, `number`, `sha256` are empty while it is a draft."""

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


class DocumentList(BaseModel):
    """Newest first. `next_before`: what to ask `before` with for older ones; null at the end."""

    documents: list[DocumentRow]
    next_before: UUID | None


class VerifiedAnswer(BaseModel):
    """What anybody may know who holds the paper: no content, no name."""

    state: Literal["valid", "superseded", "cancelled"]
    kind: Kind
    number: str
    version: int
    issued_us: int
    sha256: str
    is_signed: bool
    signature_kind: SignatureKind | None


@router.get("", dependencies=[_READS], responses=refusals())
def list_documents(
    me: Me,
    here: Here,
    kind: Kind | None = None,
    state: State | None = None,
    year: Annotated[int | None, Query(ge=2000, le=9999)] = None,
    account_id: UUID | None = None,
    subject_id: Annotated[str | None, Query(max_length=100)] = None,
    before: UUID | None = None,
    limit: Annotated[int, Query(ge=1, le=MAX_ROWS)] = 50,
) -> DocumentList:
    """The documents one may read: all of them for who keeps or reads the register, else one's own."""
    whose = account_id if _sees_all(me) else me.account_id
    wanted = Wanted(
        kind=kind, state=state, year=year, account_id=whose, subject_id=subject_id, before=before, limit=limit
    )
    with here.database.reading() as session:
        rows = [_row(session, one) for one in documents(session, wanted)]
    return DocumentList(documents=rows, next_before=rows[-1].id if len(rows) == limit else None)


@router.get(
    "/verify/{code}", dependencies=[declares(Access.PUBLIC_PAGE)], responses=refusals(404, 429, is_signed_in=False)
)
async def verify_document(
    code: Annotated[str, Path(max_length=MAX_TYPED_CHARACTERS)], request: Request, response: Response, here: Here
) -> VerifiedAnswer:
    """Whether the paper with this code counts. Anybody may ask, not too often."""
    found = await ask(here, peer(request), code)
    response.headers["X-Robots-Tag"] = "noindex"
    if found is None:
        raise VmsError(
            Refused.NOT_FOUND, "document_unknown", "No document is registered under this code. Read it again."
        )
    counts = found.state in {State.ISSUED, State.SIGNED}
    return VerifiedAnswer(
        state="valid" if counts else "superseded" if found.state is State.SUPERSEDED else "cancelled",
        kind=Kind(found.kind),
        number=found.number,
        version=found.version,
        issued_us=found.issued_us,
        sha256=found.pdf_sha256.hex(),
        is_signed=found.signature_kind is not None,
        signature_kind=None if found.signature_kind is None else SignatureKind(found.signature_kind),
    )


@router.get("/{document_id}", dependencies=[_READS], responses=refusals(404))
def get_document(document_id: DocumentId, me: Me, here: Here) -> DocumentRow:
    """One document."""
    with here.database.reading() as session:
        return _row(session, _readable(session, document_id, me))


@router.get("/{document_id}/paper.pdf", dependencies=[_READS], response_class=Response, responses=refusals(404) | _FILE)
def get_paper(document_id: DocumentId, me: Me, by: By, here: Here) -> Response:
    """The paper as it was issued. Each reading is written down."""
    with here.database.writing() as session:
        document = _readable(session, document_id, me)
        if document.pdf_sha256 is None:
            raise document_not_found()
        tell_read(session, here.clock, document, "paper", by=by)
    return _file(document, here.desk.store.read(document.pdf_sha256), "application/pdf")


@router.get(
    "/{document_id}/signed-file", dependencies=[_READS], response_class=Response, responses=refusals(404) | _FILE
)
def get_signed_file(document_id: DocumentId, me: Me, by: By, here: Here) -> Response:
    """What was handed back signed. Each reading is written down."""
    with here.database.writing() as session:
        document = _readable(session, document_id, me)
        signed = signed_file(session, document_id)
        if signed is None:
            raise document_not_found()
        tell_read(session, here.clock, document, "signed file", by=by)
    return _file(document, here.desk.store.read(signed.sha256), signed.media_type)


@router.put(
    "/{document_id}/signed-file", dependencies=[_KEEPS_THE_REGISTER], openapi_extra=_BODY,
    responses=refusals(404, 409, 413, 415),
)  # fmt: skip
async def put_signed_file(
    document_id: UUID,
    request: Request,
    me: Me,
    by: By,
    here: Here,
    compared: Annotated[bool, Query(description="Somebody compared the file with the document by eye.")] = False,
) -> DocumentRow:
    """Take the document back signed: an e-signed PDF, or a scan. It must carry the document's code."""
    desk = here.desk
    with here.database.reading() as session:
        _readable(session, document_id, me)

    def keep(handed: HandedBack) -> DocumentRow:
        document = take_back(here.database, here.clock, desk.store, desk.examiner, handed, by=by)
        with here.database.reading() as session:
            return _row(session, document)

    async with received_file(request, here.document_workers) as path:
        return await here.document_workers.run(lambda: keep(HandedBack(document_id, path, compared)))


@router.post(
    "/{document_id}/cancel", dependencies=[_KEEPS_THE_REGISTER], responses=refusals(404, HTTPStatus.CONFLICT, 413)
)
def cancel_document(document_id: UUID, body: CancelBody, me: Me, by: By, here: Here) -> DocumentRow:
    """The document counts no more; its number stays taken."""
    with here.database.writing() as session:
        _readable(session, document_id, me)
        return _row(session, cancel(session, here.clock, document_id, body.reason, by=by))


def _sees_all(me: Caller) -> bool:
    return any(me.may(action) for action in _SEES_ALL)


def _readable(session: Session, document_id: UUID, me: Caller) -> Document:
    document = need_document(session, document_id)
    needed = _READS_KIND.get(document.kind)
    sees = me.may(Action.SEE_REGISTERS) if document.kind in _OF_THE_REGISTER_ONLY else _sees_all(me)
    if sees or document.account_id == me.account_id or (needed is not None and me.may(needed)):
        return document
    raise document_not_found()


def _row(session: Session, document: Document) -> DocumentRow:
    signed = signed_file(session, document.id)
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
    )


def _signed_row(signed: SignedFile) -> SignedRow:
    return SignedRow.model_validate(
        {name: getattr(signed, name) for name in SignedRow.model_fields if name != "sha256"}
        | {"sha256": signed.sha256.hex()}
    )


def _file(document: Document, content: bytes, media_type: str) -> Response:
    """As a download with the form's name, in Turkish letters where the browser knows them (RFC 6266); no person's."""
    title = FORMS[Kind(document.kind)].title
    name = f"{document.number.replace('/', '-')} {title}.{_EXTENSIONS[media_type]}"
    if document.version > 1:
        name = f"{document.number.replace('/', '-')} s{document.version} {title}.{_EXTENSIONS[media_type]}"
    told = f"attachment; filename=\"{plain_ascii(name)}\"; filename*=UTF-8''{quote(name)}"
    headers = {"Content-Disposition": told, "Cache-Control": "no-store"}
    return Response(content, media_type=media_type, headers=headers)
