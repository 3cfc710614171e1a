"""Correcting a letter that requests stand on: whoever does it has registered them too (C-7)."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from vms.audit.entry import Actor
from vms.audit.rules import Act
from vms.authority.acts import MAX_NOTE_CHARACTERS, line
from vms.footage.case_events import note_event
from vms.footage.letters.model import Letter
from vms.footage.letters.service import MAX_NO_CHARACTERS, case_of_letter, check_served, ebys_number
from vms.footage.policy import DEFAULT, Policy
from vms.footage.queries import is_ending, items_of, requests_of_letter
from vms.footage.requests.service import EBYS_WORDS, check_may_register, register_again
from vms.footage.rules import UNDECIDED, State, check_intervals
from vms.kernel.clock import Clock
from vms.kernel.errors import Kind, VmsError


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterCorrection:
    """How it should read; None leaves a field as it is."""

    sender_name: str | None = None
    no: str | None = None
    on: date | None = None
    served_us: int | None = None
    subject: str | None = None
    ebys_no: str | None = None
    ebys_on: date | None = None


def correct_letter(
    session: Session, clock: Clock, letter: Letter, new: LetterCorrection, *, by: Actor, policy: Policy = DEFAULT
) -> Letter:
    """Correct what was entered, which is a part of registering what stands on it; an EBYS number that came later.

    VmsError as `register_letter`; INVALID `interval_after_service` for a time of service that an interval of a request
    lies behind; for anything but the EBYS number CONFLICT `letter_decided`, `separation_of_duties`.
    """
    changed = {name: value for name in LetterCorrection.__slots__ if (value := getattr(new, name)) is not None}
    is_registering = not changed.keys() <= EBYS_WORDS
    if is_registering:
        check_may_change(session, letter, by=by, policy=policy)
    on, served_us = new.on or letter.on, letter.served_us if new.served_us is None else new.served_us
    check_served(on, served_us, clock.now_us())
    _check_reach(session, letter, new.served_us)
    letter.on, letter.served_us = on, served_us
    if new.sender_name is not None:
        letter.sender_name = line(new.sender_name, "letter_sender_missing", "The sender")
    if new.no is not None:
        letter.no = line(new.no, "letter_no_invalid", "A letter's number", MAX_NO_CHARACTERS)
    if new.subject is not None:
        letter.subject = line(new.subject, "subject_required", "A subject", MAX_NOTE_CHARACTERS)
    if new.ebys_no is not None:
        letter.ebys_no = ebys_number(new.ebys_no)
    letter.ebys_on = letter.ebys_on if new.ebys_on is None else new.ebys_on
    letter.fold_words()
    told = {name: str(value) for name, value in changed.items()}
    note_event(session, clock, case_of_letter(letter), Act.LETTER_CHANGED, by, **told)
    if is_registering:
        register_again(session, clock, letter, by=by)
    return letter


def check_may_change(session: Session, letter: Letter, *, by: Actor, policy: Policy = DEFAULT) -> None:
    """Refuse to change what a decision stands on, and who decides on what stands on it.

    VmsError(CONFLICT): `letter_decided`, `separation_of_duties` (C-7).
    """
    if is_decided(session, letter):
        raise letter_decided()
    check_may_register(session, letter, by=by, policy=policy)


def check_may_file(session: Session, letter: Letter, *, by: Actor, policy: Policy = DEFAULT) -> None:
    """The same of its file; the first file of a letter may come after a decision. VmsError as `check_may_change`."""
    if letter.file_sha256 is not None:
        check_may_change(session, letter, by=by, policy=policy)
    check_may_register(session, letter, by=by, policy=policy)


def is_decided(session: Session, letter: Letter) -> bool:
    """Whether something was decided or ended by this letter, so that it stays as it is."""
    on_it = requests_of_letter(session, letter.id)
    return any(State(one.state) not in UNDECIDED for one in on_it) or is_ending(session, letter.id)


def letter_decided() -> VmsError:
    """The refusal to change what a decision stands on."""
    return VmsError(
        Kind.CONFLICT, "letter_decided",
        "Something was decided on this letter as it is. Only its EBYS number may still be noted.",
    )  # fmt: skip


def _check_reach(session: Session, letter: Letter, served_us: int | None) -> None:
    if served_us is None:
        return
    for request in requests_of_letter(session, letter.id):
        check_intervals([(one.from_us, one.until_us) for one in items_of(session, request.id)], served_us)
