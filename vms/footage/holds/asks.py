"""Asking that footage be kept, without seeing it: guards from their tile, officers from their case (R-9)."""

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy.orm import Session

from vms.audit.entry import Actor
from vms.audit.rules import Act
from vms.authority.acts import MAX_NOTE_CHARACTERS, line
from vms.footage.case_events import Case, note_event
from vms.footage.holds.model import Hold, HoldAsk
from vms.footage.rules import check_past
from vms.kernel.clock import US_PER_SECOND, Clock
from vms.kernel.errors import Kind, VmsError
from vms.kernel.ids import new_id
from vms.people.model import Account

MAX_ASKED_US = 24 * 3600 * US_PER_SECOND


@dataclass(frozen=True, slots=True, kw_only=True)
class NewAsk:
    """What should be kept, and why. `incident_id`: the incident note it was written with."""

    camera_id: UUID
    from_us: int
    until_us: int
    reason: str
    incident_id: UUID | None = None


def ask_for_hold(session: Session, clock: Clock, account: Account, new: NewAsk, *, by: Actor) -> HoldAsk:
    """Ask those who place holds. Whether the account may see the camera is the caller's to check.

    VmsError(INVALID): `interval_in_future`, `interval_empty`, `ask_too_long` (a day at most), `reason_required`.
    """
    (span,) = check_past([(new.from_us, new.until_us)], clock.now_us())
    if span.duration_us > MAX_ASKED_US:
        raise VmsError(Kind.INVALID, "ask_too_long", "Ask for a day at most. Who needs more registers a hold.")
    ask = HoldAsk(
        id=new_id(clock), account_id=account.id, account_name=by.name, camera_id=new.camera_id, from_us=span.start_us,
        until_us=span.end_us, reason=line(new.reason, "reason_required", "A reason", MAX_NOTE_CHARACTERS),
        asked_us=clock.now_us(), incident_id=new.incident_id,
    )  # fmt: skip
    session.add(ask)
    note_event(
        session, clock, case_of_ask(ask), Act.HOLD_ASKED, by, camera=str(ask.camera_id), from_us=ask.from_us,
        until_us=ask.until_us, reason=ask.reason,
    )  # fmt: skip
    return ask


def answer_with_hold(session: Session, clock: Clock, ask_id: UUID, hold: Hold, *, by: Actor) -> HoldAsk:
    """A hold was placed for it. VmsError: NOT_FOUND `hold_ask_not_found`; CONFLICT `hold_ask_answered`."""
    ask = need_ask(session, ask_id)
    hold.ask_id, ask.hold_id = ask.id, hold.id
    _answer(session, clock, ask, "", by, hold=str(hold.id))
    return ask


def reopen(session: Session, clock: Clock, hold: Hold, *, by: Actor) -> None:
    """The hold that was placed for a wish is void: nobody has answered the wish. Does nothing where there is none."""
    ask = None if hold.ask_id is None else session.get(HoldAsk, hold.ask_id)
    if ask is None or ask.hold_id != hold.id:
        return
    ask.answered_us, ask.answered_by_name, ask.hold_id = None, "", None
    note_event(session, clock, case_of_ask(ask), Act.HOLD_VOID, by, hold=str(hold.id))


def decline(session: Session, clock: Clock, ask_id: UUID, why: str, *, by: Actor) -> HoldAsk:
    """It is not followed. VmsError also: INVALID `reason_required`."""
    ask = need_ask(session, ask_id)
    _answer(session, clock, ask, line(why, "reason_required", "A reason", MAX_NOTE_CHARACTERS), by)
    return ask


def need_ask(session: Session, ask_id: UUID) -> HoldAsk:
    """The wish that nobody answered yet. VmsError: NOT_FOUND `hold_ask_not_found`; CONFLICT `hold_ask_answered`."""
    ask = session.get(HoldAsk, ask_id)
    if ask is None:
        raise VmsError(Kind.NOT_FOUND, "hold_ask_not_found", "There is no such wish for a hold. Reload the list.")
    if ask.answered_us is not None:
        raise VmsError(Kind.CONFLICT, "hold_ask_answered", "This wish was answered already. Reload the list.")
    return ask


def case_of_ask(ask: HoldAsk) -> Case:
    """The wish as what an event is about."""
    return Case("hold_ask", ask.id, f"{ask.account_name}: {ask.reason}"[:200])


def _answer(session: Session, clock: Clock, ask: HoldAsk, words: str, by: Actor, **detail: object) -> None:
    ask.answered_us, ask.answered_by_name, ask.answer = clock.now_us(), by.name, words
    note_event(session, clock, case_of_ask(ask), Act.HOLD_ASK_ANSWERED, by, answer=words, **detail)
