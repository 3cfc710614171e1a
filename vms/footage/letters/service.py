"""Registering incoming letters, giving them to somebody to act on.

`by`: who acts; each use case writes its audit entry in the same transaction.
"""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from vms.audit.entry import Actor
from vms.audit.rules import Act
from vms.authority.acts import MAX_NOTE_CHARACTERS, line
from vms.footage.case_events import Case, note_event
from vms.footage.letters.model import Channel, Letter, Sender
from vms.kernel.clock import Clock
from vms.kernel.days import day_of
from vms.kernel.errors import Kind, VmsError
from vms.kernel.ids import new_id
from vms.kernel.turkish import folded
from vms.people.model import Account
from vms.people.rules import AccountKind

MAX_NO_CHARACTERS = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class NewLetter:
    """What a clerk enters. `ebys_no` empty: EBYS is down, its number comes later (R-10)."""

    sender: Sender
    sender_name: str
    no: str
    on: date
    served_us: int
    channel: Channel
    subject: str
    ebys_no: str = ""
    ebys_on: date | None = None


def register_letter(session: Session, clock: Clock, new: NewLetter, *, by: Actor) -> Letter:
    """A letter in the register, without its file yet.

    VmsError(INVALID): `letter_no_invalid`, `letter_sender_missing`, `subject_required`, `letter_in_future`,
    `served_in_future`, `served_before_letter` (edge-37), `ebys_no_invalid`.
    """
    now_us = clock.now_us()
    check_served(new.on, new.served_us, now_us)
    letter = Letter(
        id=new_id(clock), number=(session.scalar(select(func.max(Letter.number))) or 0) + 1, sender=new.sender.value,
        sender_name=line(new.sender_name, "letter_sender_missing", "The sender"),
        no=line(new.no, "letter_no_invalid", "A letter's number", MAX_NO_CHARACTERS), on=new.on,
        served_us=new.served_us, channel=new.channel.value,
        subject=line(new.subject, "subject_required", "A subject", MAX_NOTE_CHARACTERS), registered_us=now_us,
        registered_by=by.person_id, registered_by_name=by.name, ebys_no=ebys_number(new.ebys_no), ebys_on=new.ebys_on,
    )  # fmt: skip
    letter.fold_words()
    session.add(letter)
    note_event(
        session, clock, case_of_letter(letter), Act.LETTER_REGISTERED, by, served_us=letter.served_us,
        channel=letter.channel, ebys_no=letter.ebys_no,
    )  # fmt: skip
    return letter


def assign_letter(
    session: Session, clock: Clock, letter: Letter, account: Account, due_us: int | None = None, *, by: Actor
) -> Letter:
    """Give it to somebody to act on (havale, D-6.13).

    VmsError: CONFLICT `letter_done`, `account_disabled`, `letter_to_nobody` (an account that is nobody's own); INVALID
    `letter_due_past`.
    """
    now_us = clock.now_us()
    if letter.done_us is not None:
        raise _done()
    if account.disabled_us is not None:
        raise VmsError(Kind.CONFLICT, "account_disabled", "This account is disabled. Enable it, or choose another.")
    if account.kind != AccountKind.PERSONAL:
        raise VmsError(
            Kind.CONFLICT, "letter_to_nobody", "A letter is given to a person who answers for it. Choose their account."
        )
    if due_us is not None and due_us <= now_us:
        raise VmsError(
            Kind.INVALID, "letter_due_past",
            "This time is over. Choose a later one, or none, until which the letter is to be dealt with.",
        )  # fmt: skip
    letter.assignee_id, letter.assigned_us, letter.due_us = account.id, now_us, due_us
    note_event(
        session, clock, case_of_letter(letter), Act.LETTER_ASSIGNED, by, account=str(account.id),
        name=account.display_name, due_us=due_us,
    )  # fmt: skip
    return letter


def finish_letter(session: Session, clock: Clock, letter: Letter, result: str, *, by: Actor) -> Letter:
    """What it asked for was done.

    VmsError: CONFLICT `letter_done`, `letter_not_assigned`; INVALID `result_required`.
    """
    if letter.done_us is not None:
        raise _done()
    if letter.assignee_id is None:
        raise VmsError(Kind.CONFLICT, "letter_not_assigned", "This letter was given to nobody. Assign it first.")
    letter.result = line(result, "result_required", "What came of it", MAX_NOTE_CHARACTERS)
    letter.done_us = clock.now_us()
    note_event(session, clock, case_of_letter(letter), Act.LETTER_DONE, by, result=letter.result)
    return letter


def check_served(on: date, served_us: int, now_us: int) -> None:
    """Letter ≤ service ≤ now (A-03, edge-37)."""
    if on > day_of(now_us):
        raise VmsError(Kind.INVALID, "letter_in_future", "A letter is dated today or earlier. Correct its date.")
    if served_us > now_us:
        raise VmsError(
            Kind.INVALID, "served_in_future", "A letter was served by now. Correct date and time of service."
        )
    if day_of(served_us) < on:
        raise VmsError(
            Kind.INVALID, "served_before_letter", "A letter is served on its date or later. Correct one of the two."
        )


def case_of_letter(letter: Letter) -> Case:
    """The letter as what an event is about."""
    return Case("letter", letter.id, f"{letter.number} · {letter.words}")


def need_letter(session: Session, letter_id: UUID) -> Letter:
    """The letter with this id, or VmsError(NOT_FOUND, `letter_not_found`)."""
    found = session.get(Letter, letter_id)
    if found is None:
        raise letter_not_found()
    return found


def letter_not_found() -> VmsError:
    """Also of one that somebody may not know of."""
    return VmsError(Kind.NOT_FOUND, "letter_not_found", "There is no such letter. Reload the register.")


def need_filed_letter(session: Session, letter_id: UUID) -> Letter:
    """The letter with this id and its file, so that something may end by it (D-0.2).

    VmsError: NOT_FOUND `letter_not_found`; CONFLICT `letter_unfiled`.
    """
    letter = need_letter(session, letter_id)
    if letter.file_sha256 is None:
        raise VmsError(
            Kind.CONFLICT, "letter_unfiled",
            "This letter is registered without its scan or e-signed file. Upload the file to the letter first.",
            number=letter.number,
        )  # fmt: skip
    return letter


def duplicates_of(session: Session, no: str, on: date, sender_name: str, but: UUID | None = None) -> list[Letter]:
    """Letters with the same number, date, sender: a warning, for a letter may come twice."""
    if not no.isprintable():
        return []  # no letter has such a number
    wanted = select(Letter).where(Letter.no == no.strip(), Letter.on == on).order_by(Letter.number)
    same = folded(sender_name)
    return [one for one in session.scalars(wanted) if folded(one.sender_name) == same and one.id != but]


def ebys_number(text: str) -> str:
    """The number EBYS gave, which may be empty. VmsError(INVALID, `ebys_no_invalid`)."""
    return line(text, "ebys_no_invalid", "An EBYS number", MAX_NO_CHARACTERS) if text.strip() else ""


def _done() -> VmsError:
    return VmsError(Kind.CONFLICT, "letter_done", "This letter was dealt with already. Reload the register.")
