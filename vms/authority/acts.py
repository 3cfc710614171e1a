"""What every use case here does alike: name who acts, check short texts, tell the audit log."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy.orm import Session

from vms.audit.entry import Actor, NewEntry, Subject
from vms.audit.rules import Act
from vms.audit.service import append
from vms.kernel.clock import Clock
from vms.kernel.errors import Kind, VmsError

MAX_LINE_CHARACTERS = 200
MAX_NOTE_CHARACTERS = 500


@dataclass(frozen=True, slots=True)
class Letter:
    """A paper from outside: its number (EBYS), its date."""

    no: str
    on: date

    def __str__(self) -> str:
        return f"{self.no}, {self.on:%d.%m.%Y}"


def is_same_person(actor_id: UUID | None, actor_name: str, by: Actor) -> bool:
    """Whether `by` is who acted before, as far as can be known: by account, or by name on the command line."""
    if actor_id is None and by.person_id is None:
        return actor_name == by.name
    return actor_id == by.person_id


def line(text: str, code: str, what: str, most: int = MAX_LINE_CHARACTERS) -> str:
    """`text` without blanks around it; VmsError(INVALID, `code`) when it is empty, too long or not printable."""
    text = text.strip()
    if not 0 < len(text) <= most or not text.isprintable():
        raise VmsError(Kind.INVALID, code, f"{what} has 1 to {most} printable characters. Correct it.")
    return text


def note(text: str) -> str:
    """`text` cleaned of blanks around it, which may be empty; VmsError(INVALID, `note_invalid`)."""
    return line(text, "note_invalid", "A note", MAX_NOTE_CHARACTERS) if text.strip() else ""


def training_note(text: str) -> str:
    """When and how somebody was trained, which may be empty; VmsError(INVALID, `training_missing`)."""
    return line(text, "training_missing", "The training's date and place") if text.strip() else ""


def check_letter(letter: Letter, code: str, today: date) -> Letter:
    """The letter with its number cleaned; VmsError(INVALID, `code`), `letter_in_future`."""
    if letter.on > today:
        raise VmsError(Kind.INVALID, "letter_in_future", "A letter is dated today or earlier. Correct its date.")
    return Letter(line(letter.no, code, "A letter's number", 60), letter.on)


def tell(session: Session, clock: Clock, act: Act, by: Actor, subject: Subject, **detail: object) -> UUID:
    """Log an act in the caller's transaction; the entry's id, for the rows it gave or took."""
    return append(session, clock, NewEntry(act=act, actor=by, subject=subject, detail=detail)).id
