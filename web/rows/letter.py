"""Letters as the API shows them."""

from datetime import date
from uuid import UUID

from pydantic import BaseModel
from sqlalchemy.orm import Session

from vms.documents.rules import SignatureKind
from vms.documents.upload import Examined, MediaType
from vms.footage.letters.correcting import is_decided
from vms.footage.letters.model import Channel, Letter, Sender
from vms.footage.queries import requests_of_letter
from vms.footage.rules import State
from vms.people.model import Account
from web.rows.ebys import EbysRow, ebys_row


class LetterFileRow(BaseModel):
    """The scan or the e-signed file. `signers`: names of the signatures found in it, none in a scan."""

    media_type: MediaType
    size_bytes: int
    pages: int
    sha256: str
    signature_kind: SignatureKind
    signers: list[str]
    uploaded_us: int
    uploaded_by: str


class PackageRow(BaseModel):
    """What an e-Yazışma package says of its letter; what it does not tell is empty. `signers`: its seal's as well."""

    no: str
    on: date | None
    subject: str
    sender_name: str
    pages: int
    signers: list[str]


class LetterRequestRow(BaseModel):
    """A request for footage that stands on the letter."""

    id: UUID
    number: int
    state: State


class LetterRow(BaseModel):
    """A letter. `is_ebys_pending`: its EBYS number is still to come. `file` null: neither scan nor e-signed file yet.

    `assignee_id`, `due_us`, `done_us`, `result`: to whom it was given to act on, until when, what came of it;
    `is_overdue`: it should have been done by now. `is_fixed`: something was decided by it, so it stays as it is.
    `ebys`: how EBYS is asked for its number; null where it is not.
    """

    id: UUID
    number: int
    sender: Sender
    sender_name: str
    no: str
    on: date
    served_us: int
    channel: Channel
    subject: str
    ebys_no: str
    ebys_on: date | None
    is_ebys_pending: bool
    ebys: EbysRow | None
    registered_us: int
    registered_by: str
    file: LetterFileRow | None
    assignee_id: UUID | None
    assignee_name: str
    due_us: int | None
    is_overdue: bool
    is_fixed: bool
    done_us: int | None
    result: str
    requests: list[LetterRequestRow]


def letter_row(session: Session, one: Letter, now_us: int) -> LetterRow:
    """For a list, or beside what stands on it, as it stands at `now_us`."""
    assignee = None if one.assignee_id is None else session.get(Account, one.assignee_id)
    return LetterRow(
        id=one.id, number=one.number, sender=Sender(one.sender), sender_name=one.sender_name, no=one.no, on=one.on,
        served_us=one.served_us, channel=Channel(one.channel), subject=one.subject, ebys_no=one.ebys_no,
        ebys_on=one.ebys_on, is_ebys_pending=not one.ebys_no, ebys=ebys_row(session, one),
        registered_us=one.registered_us, registered_by=one.registered_by_name, file=_file(one),
        assignee_id=one.assignee_id, assignee_name=assignee.display_name if assignee else "", due_us=one.due_us,
        is_overdue=one.is_overdue(now_us), done_us=one.done_us, result=one.result, is_fixed=is_decided(session, one),
        requests=_requests(session, one),
    )  # fmt: skip


def package_row(found: Examined) -> PackageRow:
    """For the form that a clerk confirms."""
    letter = found.letter
    assert letter is not None
    return PackageRow(
        no=letter.no, on=letter.on, subject=letter.subject, sender_name=letter.sender, pages=found.pages,
        signers=[one.name for one in found.signatures],
    )  # fmt: skip


def _requests(session: Session, one: Letter) -> list[LetterRequestRow]:
    found = requests_of_letter(session, one.id)
    return [LetterRequestRow(id=each.id, number=each.number, state=State(each.state)) for each in found]


def _file(one: Letter) -> LetterFileRow | None:
    if one.file_sha256 is None or one.signature_kind is None:
        return None
    return LetterFileRow(
        media_type=MediaType(one.file_type), size_bytes=one.file_bytes or 0, pages=one.file_pages or 0,
        sha256=one.file_sha256.hex(), signature_kind=SignatureKind(one.signature_kind),
        signers=[str(signature["name"]) for signature in one.signatures], uploaded_us=one.file_us or 0,
        uploaded_by=one.file_by_name,
    )  # fmt: skip
