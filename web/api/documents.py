"""`/documents`: the register of printed records."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from http import HTTPStatus
from typing import Annotated, Any, Literal
from urllib.parse import quote
from uuid import UUID

from fastapi import APIRouter, Path, Query, Request, Response
from pydantic import BaseModel, ConfigDict, Field
from sqlalchemy.orm import Session

from vms.documents.codes import MAX_TYPED_CHARACTERS
from vms.documents.ebys_number import note_ebys_number
from vms.documents.forms.known import FORMS
from vms.documents.initials import initial
from vms.documents.model import Document
from vms.documents.queries import (
    MAX_ROWS,
    Wanted,
    document_not_found,
    documents,
    need_document,
    signed_file,
    versions,
)
from vms.documents.reader import Reader, initialler_of
from vms.documents.rules import Kind, SignatureKind, State
from vms.documents.service import cancel, tell_read
from vms.documents.signing import HandedBack, take_back
from vms.documents.turkish import plain_ascii
from vms.footage.papers.resting import rests_upon
from vms.kernel.errors import Kind as Refused
from vms.kernel.errors import VmsError
from vms.people.roles import Action
from web.acting import By, peer
from web.authorisation import Access, Me, declares, declares_action
from web.backends import Backends, Here
from web.callers import Caller
from web.pages.document_query import ask
from web.problems import refusals
from web.rows.document import DocumentRow, document_row
from web.transfer.upload import received_file

router = APIRouter(prefix="/documents", tags=["documents"])

# Who may do what is said here and nowhere else: everybody reads their own papers, who reads the register all of them.
# Whoever may do what a paper tells of may print and read it as well. Whose initials a paper waits for reads it too.
_READS_KIND: Mapping[Kind, Action] = {
    Kind.AGREEMENT: Action.RECORD_AGREEMENT, Kind.AUTHORITY: Action.ACTIVATE_GRANT, Kind.RENEWAL: Action.ENTER_RENEWAL,
    Kind.REVIEW: Action.REVIEW_SHARED_ACCOUNT, Kind.POSTING: Action.ENTER_ASSIGNMENT,
    Kind.TRAINING: Action.MANAGE_TRAINING, Kind.BREACH: Action.RECORD_BREACH,
}  # fmt: skip
# Who hands papers in reads all but these: such a paper names who broke a rule.
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


class EbysNumberBody(BaseModel):
    """Under which number, on which day it went out."""

    model_config = ConfigDict(extra="forbid")

    no: str = Field(max_length=_MAX_REASON)
    on: date | None = None


class DocumentList(BaseModel):
    """Newest first. `next_before`: what to ask `before` with for older ones; null at the end."""

    documents: list[DocumentRow]
    next_before: UUID | None


class VersionList(BaseModel):
    """Everything under one number, the newest version first."""

    documents: list[DocumentRow]


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
    search: Annotated[str, Query(max_length=200, description="Number, name, letter, camera; or a whole code.")] = "",
    kind: Kind | None = None,
    state: State | None = None,
    year: Annotated[int | None, Query(ge=2000, le=9999)] = None,
    account_id: UUID | None = None,
    subject_id: Annotated[str | None, Query(max_length=100)] = None,
    awaits_me: Annotated[bool, Query(description="Only what waits for the caller's initials.")] = False,
    before: UUID | None = None,
    limit: Annotated[int, Query(ge=1, le=MAX_ROWS)] = 50,
) -> DocumentList:
    """The documents one may read: those of one's duties, beside one's own and those one initials."""
    with here.database.reading() as session:
        reader, now_us = _reader(session, me, here), here.clock.now_us()
        wanted = Wanted(
            search=search, kind=kind, state=state, year=year, account_id=account_id, subject_id=subject_id,
            before=before, reader=reader, awaits_reader=awaits_me, limit=limit,
        )  # fmt: skip
        rows = [document_row(session, one, reader, now_us) for one in documents(session, wanted)]
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
        return _row(session, _readable(session, document_id, me, here), me, here)


@router.get("/{document_id}/versions", dependencies=[_READS], responses=refusals(404))
def list_versions(document_id: DocumentId, me: Me, here: Here) -> VersionList:
    """The document with those before and after it."""
    with here.database.reading() as session:
        reader, now_us = _reader(session, me, here), here.clock.now_us()
        found = versions(session, _readable(session, document_id, me, here))
        rows = [document_row(session, one, reader, now_us) for one in found if reader.may_read(session, one)]
        return VersionList(documents=rows)


@router.get("/{document_id}/paper.pdf", dependencies=[_READS], response_class=Response, responses=refusals(404) | _FILE)
def get_paper(document_id: DocumentId, me: Me, by: By, here: Here) -> Response:
    """The paper as it was issued. Each reading is written down."""
    with here.database.writing() as session:
        document = _readable(session, document_id, me, here)
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
        document = _readable(session, document_id, me, here)
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
        _keepable(session, document_id, me, here)

    def keep(handed: HandedBack) -> DocumentRow:
        document = take_back(here.database, here.clock, desk.store, desk.examiner, handed, by=by)
        with here.database.reading() as session:
            return _row(session, document, me, here)

    async with received_file(request, here.document_workers) as path:
        return await here.document_workers.run(lambda: keep(HandedBack(document_id, path, compared)))


@router.post(
    "/{document_id}/cancel", dependencies=[_KEEPS_THE_REGISTER], responses=refusals(404, HTTPStatus.CONFLICT, 413)
)
def cancel_document(document_id: UUID, body: CancelBody, me: Me, by: By, here: Here) -> DocumentRow:
    """The document counts no more; its number stays taken. What something was done by is not cancelled."""
    with here.database.writing() as session:
        _keepable(session, document_id, me, here)
        cancelled = cancel(session, here.clock, document_id, body.reason, by=by, rests=rests_upon)
        return _row(session, cancelled, me, here)


@router.put("/{document_id}/ebys", dependencies=[_KEEPS_THE_REGISTER], responses=refusals(404, 409, 413))
def put_ebys_number(document_id: UUID, body: EbysNumberBody, me: Me, by: By, here: Here) -> DocumentRow:
    """Note the number that EBYS gave it, or correct what was noted."""
    with here.database.writing() as session:
        _keepable(session, document_id, me, here)
        noted = note_ebys_number(session, here.clock, document_id, body.no, body.on, by=by)
        return _row(session, noted, me, here)


@router.post("/{document_id}/initials", dependencies=[_READS], responses=refusals(404, HTTPStatus.CONFLICT, 413))
def initial_document(document_id: DocumentId, me: Me, by: By, here: Here) -> DocumentRow:
    """Put one's initials (paraf) under it: for whose title the turn is in its chain. They are not taken back."""
    with here.database.writing() as session:
        document = _readable(session, document_id, me, here)
        initial(session, here.clock, document_id, by=by)
        return _row(session, document, me, here)


def _row(session: Session, document: Document, me: Caller, here: Backends) -> DocumentRow:
    return document_row(session, document, _reader(session, me, here), here.clock.now_us())


def _reader(session: Session, me: Caller, here: Backends) -> Reader:
    """What the caller may read, in the list and one by one."""
    kinds = {kind for kind, action in _READS_KIND.items() if me.may(action)}
    if me.may(Action.SEE_REGISTERS):
        kinds.update(Kind)
    elif me.may(Action.ISSUE_DOCUMENT):
        kinds.update(frozenset(Kind) - _OF_THE_REGISTER_ONLY)
    return Reader(frozenset(kinds), me.account_id, initialler_of(session, me.account_id, here.clock.now_us()))


def _readable(session: Session, document_id: UUID, me: Caller, here: Backends) -> Document:
    document = need_document(session, document_id)
    if not _reader(session, me, here).may_read(session, document):
        raise document_not_found()
    return document


def _keepable(session: Session, document_id: UUID, me: Caller, here: Backends) -> Document:
    """One that the caller reads by their duty: who only initials a paper neither hands it in signed nor cancels it."""
    document = need_document(session, document_id)
    if not replace(_reader(session, me, here), initialler=None).may_read(session, document):
        raise document_not_found()
    return document


def _file(document: Document, content: bytes, media_type: str) -> Response:
    """As a download with the form's name, in Turkish letters where the browser knows them (RFC 6266); no person's."""
    title = FORMS[Kind(document.kind)].title
    name = f"{document.number.replace('/', '-')} {title}.{_EXTENSIONS[media_type]}"
    if document.version > 1:
        name = f"{document.number.replace('/', '-')} s{document.version} {title}.{_EXTENSIONS[media_type]}"
    told = f"attachment; filename=\"{plain_ascii(name)}\"; filename*=UTF-8''{quote(name)}"
    headers = {"Content-Disposition": told, "Cache-Control": "no-store"}
    return Response(content, media_type=media_type, headers=headers)
