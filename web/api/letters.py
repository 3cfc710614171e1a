"""`/letters`: the register of incoming letters with their files."""

from collections.abc import Iterable
from datetime import date
from http import HTTPStatus
from typing import Annotated, Any
from urllib.parse import quote
from uuid import UUID

from fastapi import APIRouter, Query, Request, Response
from pydantic import BaseModel
from sqlalchemy.orm import Session

from vms.documents.turkish import plain_ascii
from vms.documents.upload import MediaType
from vms.footage.letters.correcting import LetterCorrection, correct_letter
from vms.footage.letters.files import file_letter, read_file, read_letter_inside, read_package
from vms.footage.letters.model import Channel, Letter, Sender
from vms.footage.letters.register import Lack, LetterFilter, count_letters, letters_page
from vms.footage.letters.service import (
    NewLetter,
    assign_letter,
    duplicates_of,
    finish_letter,
    letter_not_found,
    need_letter,
    register_letter,
)
from vms.footage.paging import MAX_ROWS
from vms.footage.queries import assignees, letters_to_act_on
from vms.people.queries import need_account_by_id
from vms.people.roles import Action
from web.acting import By
from web.api.asked import Body, Text, TimeUs
from web.authorisation import Access, Me, declares, declares_action
from web.backends import Backends, Here
from web.callers import Caller
from web.problems import refusals
from web.rows.letter import LetterRow, PackageRow, letter_row, package_row
from web.transfer.upload import LETTER_FILE, PACKAGE, received_file

router = APIRouter(prefix="/letters", tags=["letters"])

_BINARY = {"schema": {"type": "string", "format": "binary"}}
_KINDS: dict[str, Any] = {one.value: _BINARY for one in MediaType}
_FILE: dict[int | str, dict[str, Any]] = {200: {"content": _KINDS, "description": "The file."}}
_PDF: dict[int | str, dict[str, Any]] = {200: {"content": {MediaType.PDF.value: _BINARY}, "description": "The letter."}}
_EXTENSIONS = {MediaType.PDF: "pdf", MediaType.PNG: "png", MediaType.JPEG: "jpg", MediaType.EYP: "eyp"}
MAX_NUMBER = 2**31 - 1  # far above any number of a register; the database's own bound is higher
_SEES = declares_action(Action.SEE_REQUESTS)
_REGISTERS = declares_action(Action.REGISTER_LETTER)
_ASSIGNS = declares_action(Action.ASSIGN_REQUEST)


class LetterBody(Body):
    """What a clerk enters. `ebys_no` empty: EBYS is down, the number comes later."""

    sender: Sender
    sender_name: Text
    no: Text
    on: date
    served_us: TimeUs
    channel: Channel
    subject: Text
    ebys_no: Text = ""
    ebys_on: date | None = None

    def new(self) -> NewLetter:
        """For the use cases."""
        return NewLetter(
            sender=self.sender, sender_name=self.sender_name, no=self.no, on=self.on, served_us=self.served_us,
            channel=self.channel, subject=self.subject, ebys_no=self.ebys_no, ebys_on=self.ebys_on,
        )  # fmt: skip


class LetterCorrectionBody(Body):
    """How it should read; null leaves a field as it is."""

    sender_name: Text | None = None
    no: Text | None = None
    on: date | None = None
    served_us: TimeUs | None = None
    subject: Text | None = None
    ebys_no: Text | None = None
    ebys_on: date | None = None


class LetterTaskBody(Body):
    """To whom it is given to act on, until when."""

    account_id: UUID
    due_us: TimeUs | None = None


class LetterResultBody(Body):
    """What came of it."""

    result: Text


class LetterCounts(BaseModel):
    """How many letters say what was searched for: in all, of those that lack something, of those that are late."""

    all: int
    no_file: int
    ebys_pending: int
    no_request: int
    overdue: int


class LetterPage(BaseModel):
    """Newest first. `next_before`: what to ask `before` with for older ones; null at the end."""

    letters: list[LetterRow]
    next_before: int | None
    counts: LetterCounts


class AssigneeChoice(BaseModel):
    """Who may be given a letter."""

    id: UUID
    display_name: str


class AssigneeList(BaseModel):
    """By the names people know them by."""

    people: list[AssigneeChoice]


class LetterList(BaseModel):
    """Letters: of my tasks those that are due first, of twins those with the smaller number."""

    letters: list[LetterRow]


class RegisteredLetter(BaseModel):
    """A letter, and those with the same number, date and sender that were registered before: a warning."""

    letter: LetterRow
    duplicates: list[LetterRow]


@router.get("", dependencies=[_SEES], responses=refusals())
def list_letters(
    here: Here,
    search: Annotated[str, Query(max_length=200, description="Sender, numbers, subject; a request's number.")] = "",
    lacks: Annotated[Lack | None, Query(description="Only letters that still lack this, or are late.")] = None,
    before: Annotated[int | None, Query(ge=1, le=MAX_NUMBER, description="Only with a smaller number.")] = None,
    limit: Annotated[int, Query(ge=1, le=MAX_ROWS)] = 50,
) -> LetterPage:
    """A page of the register."""
    wanted = LetterFilter(search=search, lacks=lacks, before=before, limit=limit)
    now_us = here.clock.now_us()
    with here.database.reading() as session:
        found = letters_page(session, wanted, now_us)
        in_all, lacking = count_letters(session, now_us, search)
        return LetterPage(
            letters=_rows(session, here, found),
            next_before=found[-1].number if len(found) == limit else None,
            counts=LetterCounts(all=in_all, **{lack.value: count for lack, count in lacking.items()}),
        )


@router.get("/tasks", dependencies=[declares(Access.SIGNED_IN)], responses=refusals())
def list_my_letters(me: Me, here: Here) -> LetterList:
    """Letters that were given to the caller to act on and are not done."""
    with here.database.reading() as session:
        return LetterList(letters=_rows(session, here, letters_to_act_on(session, me.account_id)))


@router.get("/assignees", dependencies=[_ASSIGNS], responses=refusals())
def list_assignees(here: Here) -> AssigneeList:
    """Everybody who may be given a letter to act on."""
    with here.database.reading() as session:
        found = assignees(session)
        return AssigneeList(people=[AssigneeChoice(id=one.id, display_name=one.display_name) for one in found])


@router.get("/twins", dependencies=[_SEES], responses=refusals())
def list_twins(
    here: Here, no: Annotated[str, Query(max_length=200)], on: date, sender_name: Annotated[str, Query(max_length=500)]
) -> LetterList:
    """Letters with this number, date and sender: the same one may come twice."""
    with here.database.reading() as session:
        return LetterList(letters=_rows(session, here, duplicates_of(session, no, on, sender_name)))


@router.post("", status_code=HTTPStatus.CREATED, dependencies=[_REGISTERS], responses=refusals(413))
def add_letter(body: LetterBody, by: By, here: Here) -> RegisteredLetter:
    """Register a letter; its scan or e-signed file is uploaded next."""
    with here.database.writing() as session:
        twins = duplicates_of(session, body.no, body.on, body.sender_name)
        letter = register_letter(session, here.clock, body.new(), by=by)
        return RegisteredLetter(letter=_row(session, here, letter), duplicates=_rows(session, here, twins))


@router.post(
    "/package", dependencies=[_REGISTERS], responses=refusals(413, 415),
    openapi_extra={"requestBody": {"required": True, "content": {MediaType.EYP.value: _BINARY}}},
)  # fmt: skip
async def look_into_package(request: Request, here: Here) -> PackageRow:
    """What an e-Yazışma package says of its letter, to fill a form with. Nothing of it is kept."""
    desk = here.footage
    async with received_file(request, here.document_workers, PACKAGE) as path:
        return await here.document_workers.run(lambda: package_row(read_package(desk, path)))


@router.get("/{letter_id}", dependencies=[_SEES], responses=refusals(404))
def read_letter(letter_id: UUID, here: Here) -> LetterRow:
    """One letter."""
    with here.database.reading() as session:
        return _row(session, here, need_letter(session, letter_id))


@router.put("/{letter_id}", dependencies=[_REGISTERS], responses=refusals(404, 409, 413))
def change_letter(letter_id: UUID, body: LetterCorrectionBody, by: By, here: Here) -> LetterRow:
    """Correct what was entered; note the number that EBYS gave later."""
    with here.database.writing() as session:
        letter = need_letter(session, letter_id)
        new, policy = LetterCorrection(**body.model_dump()), here.footage_policy
        return _row(session, here, correct_letter(session, here.clock, letter, new, by=by, policy=policy))


@router.put(
    "/{letter_id}/file", dependencies=[_REGISTERS], responses=refusals(404, 409, 413, 415),
    openapi_extra={"requestBody": {"required": True, "content": _KINDS}},
)  # fmt: skip
async def put_letter_file(letter_id: UUID, request: Request, by: By, here: Here) -> LetterRow:
    """Upload the scan, the e-signed file or the e-Yazışma package; a better one takes the place of the one before."""
    desk = here.footage

    async with received_file(request, here.document_workers, LETTER_FILE) as path:

        def keep() -> LetterRow:
            letter = file_letter(here.database, here.clock, desk, letter_id, path, by=by, policy=here.footage_policy)
            with here.database.reading() as session:
                return _row(session, here, letter)

        return await here.document_workers.run(keep)


@router.get(
    "/{letter_id}/file", dependencies=[declares(Access.SIGNED_IN)], response_class=Response,
    responses=_FILE | refusals(404, 500),
)  # fmt: skip
def read_letter_file(letter_id: UUID, me: Me, by: By, here: Here) -> Response:
    """The file as it was uploaded, as a download. Each reading is written down.

    For who sees the register, and for whom the letter was given to while they have to act on it.
    """
    with here.database.writing() as session:
        letter = _letter_to_read(session, letter_id, me)
        content = read_file(session, here.clock, here.footage, letter, by=by)
    return _download(letter, content, MediaType(letter.file_type))


@router.get(
    "/{letter_id}/file/letter", dependencies=[declares(Access.SIGNED_IN)], response_class=Response,
    responses=_PDF | refusals(404, 500),
)  # fmt: skip
def read_letter_of_package(letter_id: UUID, me: Me, by: By, here: Here) -> Response:
    """The letter's PDF out of the e-Yazışma package it came in, as a download, for whom its file is.

    Each reading is written down.
    """
    with here.database.writing() as session:
        letter = _letter_to_read(session, letter_id, me)
        content = read_letter_inside(session, here.clock, here.footage, letter, by=by)
    return _download(letter, content, MediaType.PDF)


@router.post("/{letter_id}/assignment", dependencies=[_ASSIGNS], responses=refusals(404, 409, 413))
def assign_one_letter(letter_id: UUID, body: LetterTaskBody, by: By, here: Here) -> LetterRow:
    """Give it to somebody to act on (havale)."""
    with here.database.writing() as session:
        letter, account = need_letter(session, letter_id), need_account_by_id(session, body.account_id)
        return _row(session, here, assign_letter(session, here.clock, letter, account, body.due_us, by=by))


@router.post("/{letter_id}/result", dependencies=[declares(Access.SIGNED_IN)], responses=refusals(404, 409, 413))
def finish_one_letter(letter_id: UUID, body: LetterResultBody, me: Me, by: By, here: Here) -> LetterRow:
    """What it asked for was done, says whom it was given to; or who keeps the register."""
    with here.database.writing() as session:
        letter = need_letter(session, letter_id)
        if letter.assignee_id != me.account_id and not me.may(Action.REGISTER_LETTER):
            raise letter_not_found()
        return _row(session, here, finish_letter(session, here.clock, letter, body.result, by=by))


def _letter_to_read(session: Session, letter_id: UUID, me: Caller) -> Letter:
    letter = need_letter(session, letter_id)
    if not letter.is_with(me.account_id) and not me.may(Action.SEE_REQUESTS):
        raise letter_not_found()
    return letter


def _row(session: Session, here: Backends, letter: Letter) -> LetterRow:
    return letter_row(session, letter, here.clock.now_us())


def _rows(session: Session, here: Backends, letters: Iterable[Letter]) -> list[LetterRow]:
    return [_row(session, here, one) for one in letters]


def _download(letter: Letter, content: bytes, media_type: MediaType) -> Response:
    """Its type is what was found when it was examined; a download, so that no script in it runs under this address."""
    name = f"Yazı {letter.number}.{_EXTENSIONS[media_type]}"
    told = f"attachment; filename=\"{plain_ascii(name)}\"; filename*=UTF-8''{quote(name)}"
    headers = {"Content-Disposition": told, "Cache-Control": "no-store"}
    return Response(content, media_type=media_type.value, headers=headers)
