"""The scan, the e-signed file or the e-Yazışma package of a letter: examined, kept, read."""

from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

from sqlalchemy.orm import Session

from vms.audit.entry import Actor
from vms.audit.rules import Act
from vms.documents.eyp import Eyp, is_eyp
from vms.documents.eyp import unreadable as no_package
from vms.documents.rules import SignatureKind
from vms.documents.store import FileStore
from vms.documents.upload import MAX_UPLOAD_BYTES, Examined, Examiner, MediaType, media_type_of, too_large
from vms.footage.case_events import note_event
from vms.footage.exports.desk import ExportDesk
from vms.footage.letters.correcting import check_may_file
from vms.footage.letters.model import Letter
from vms.footage.letters.service import case_of_letter, need_letter
from vms.footage.policy import DEFAULT, Policy
from vms.footage.requests.service import register_again
from vms.kernel.clock import Clock
from vms.kernel.database import Database
from vms.kernel.errors import Kind, VmsError


@dataclass(frozen=True, slots=True)
class FootageDesk:
    """What a process needs to keep letters: their files, who looks into what is uploaded. Thread-safe.

    `exports`: where the packages of requests lie.
    """

    store: FileStore
    examiner: Examiner
    exports: ExportDesk | None = None


def file_letter(
    database: Database, clock: Clock, desk: FootageDesk, letter_id: UUID, path: Path, *, by: Actor,
    policy: Policy = DEFAULT,
) -> Letter:  # fmt: skip
    """Keep the file at `path`, which is copied, as what came; a better scan takes the place of the one before.

    Whoever does it has registered what stands on the letter (C-7). Examined, and on the disk, before the writer's lock
    is taken. VmsError: what `_looked_into` refuses; NOT_FOUND `letter_not_found`; CONFLICT `letter_decided` where a
    decision stands on the file that is there, `separation_of_duties`.
    """
    with database.reading() as session:
        check_may_file(session, need_letter(session, letter_id), by=by, policy=policy)
    content, media_type, examined = _looked_into(desk, path)
    kind = _signature_kind(media_type, examined)
    sha256 = desk.store.put(content)
    with database.writing() as session:
        letter = need_letter(session, letter_id)
        check_may_file(session, letter, by=by, policy=policy)
        letter.file_sha256, letter.file_type, letter.file_bytes = sha256, media_type.value, len(content)
        letter.file_pages, letter.file_us, letter.file_by_name = examined.pages, clock.now_us(), by.name
        letter.signature_kind = kind.value
        letter.signatures = [one.to_json() for one in examined.signatures]
        note_event(
            session, clock, case_of_letter(letter), Act.LETTER_FILED, by, sha256=sha256.hex(), kind=kind.value,
            pages=examined.pages,
        )  # fmt: skip
        register_again(session, clock, letter, by=by)
    return letter


def read_package(desk: FootageDesk, path: Path) -> Examined:
    """What the e-Yazışma package at `path` says of its letter, for the clerk's form; nothing is kept.

    VmsError: INVALID `eyp_unreadable` for any other file; what `_looked_into` refuses.
    """
    _, media_type, examined = _looked_into(desk, path)
    if media_type is not MediaType.EYP:
        raise no_package()
    _signature_kind(media_type, examined)
    return examined


def read_file(session: Session, clock: Clock, desk: FootageDesk, letter: Letter, *, by: Actor) -> bytes:
    """The file's bytes, proved; the reading is written down. VmsError: NOT_FOUND `letter_file_missing`; CORRUPT."""
    if letter.file_sha256 is None:
        raise VmsError(Kind.NOT_FOUND, "letter_file_missing", "This letter has no file yet. Upload the scan.")
    note_event(session, clock, case_of_letter(letter), Act.LETTER_READ, by)
    return desk.store.read(letter.file_sha256)


def read_letter_inside(session: Session, clock: Clock, desk: FootageDesk, letter: Letter, *, by: Actor) -> bytes:
    """The letter's PDF out of the package that is kept; the reading is written down.

    VmsError: NOT_FOUND `letter_file_missing` where there is no package; CORRUPT.
    """
    if letter.file_type != MediaType.EYP:
        raise VmsError(Kind.NOT_FOUND, "letter_file_missing", "This letter came in no package. Open its file.")
    return Eyp(read_file(session, clock, desk, letter, by=by)).letter()


def _looked_into(desk: FootageDesk, path: Path) -> tuple[bytes, MediaType, Examined]:
    """The file's bytes, what they are, what is in them.

    VmsError: INVALID `file_too_large`, `file_type_wrong`, `picture_too_large`, `file_unreadable`, `signature_broken`,
    of a package `eyp_unreadable`, `eyp_encrypted`, `eyp_letter_missing`, `eyp_unsigned`,
    `eyp_signature_unknown`; UNAVAILABLE `examiner_unavailable`.
    """
    if path.stat().st_size > MAX_UPLOAD_BYTES:
        raise too_large()
    content = path.read_bytes()
    media_type = MediaType.EYP if is_eyp(content) else media_type_of(content)
    return content, media_type, desk.examiner.examine(path, media_type)


def _signature_kind(media_type: MediaType, examined: Examined) -> SignatureKind:
    """E-signed is a package, or a PDF with a signature, that nothing was changed behind; else a paper's scan (S-1d)."""
    if not all(one.is_intact for one in examined.signatures):
        raise VmsError(
            Kind.INVALID, "signature_broken",
            "This file was changed after it was signed. Have it signed again, or upload the original.",
        )  # fmt: skip
    is_signed = media_type in {MediaType.PDF, MediaType.EYP} and bool(examined.signatures)
    return SignatureKind.E_SIGNATURE if is_signed else SignatureKind.WET
