"""How a request ends: withdrawn by its authority, answered after a refusal or with nothing found, delivered."""

from datetime import date
from uuid import UUID

from sqlalchemy.orm import Session

from vms.audit.entry import Actor
from vms.audit.rules import Act
from vms.authority.acts import Letter as Paper
from vms.authority.acts import check_letter
from vms.documents.rules import State as PaperState
from vms.footage.case_events import note_event
from vms.footage.exports.service import due_purge, why_of
from vms.footage.letters.model import Letter
from vms.footage.letters.service import need_filed_letter
from vms.footage.locks.orders import release_locks
from vms.footage.model import FootageRequest
from vms.footage.papers.request import need_unreached_record
from vms.footage.requests.service import case_of
from vms.footage.requests.viewing import settle_viewing
from vms.footage.rules import OPEN, Outcome, State, check_step, wrong_state
from vms.kernel.clock import Clock
from vms.kernel.days import day_of
from vms.kernel.errors import Kind, VmsError
from vms.kernel.turkish import folded

ANSWERED = {State.REFUSED: Outcome.REFUSED, State.UNAVAILABLE: Outcome.UNAVAILABLE}


def withdraw(
    session: Session, clock: Clock, request: FootageRequest, letter_id: UUID | None, *, by: Actor
) -> FootageRequest:
    """Who asked takes it back in writing, at any moment before delivery: its locks go, nobody looks at it any more.

    `letter_id`: what they wrote, registered with its file (D-0.2). Whatever packages it has are to be destroyed from
    now on (edge-58). Tell the volumes next. VmsError: CONFLICT `request_state`, `letter_unfiled`,
    `withdrawal_letter_wrong`; INVALID `withdrawal_letter_missing`; NOT_FOUND `letter_not_found`.
    """
    if State(request.state) not in OPEN:
        raise wrong_state(State(request.state))
    letter = _withdrawal(session, request, letter_id)
    request.return_until_us, request.withdrawal_letter_id = None, letter.id
    _close(session, clock, request, Outcome.WITHDRAWN)
    told = note_event(session, clock, case_of(request), Act.REQUEST_WITHDRAWN, by, letter=letter.words)
    settle_viewing(session, clock, request, by=by, told=told)
    return request


def answer(session: Session, clock: Clock, request: FootageRequest, no: str, on: date, *, by: Actor) -> FootageRequest:
    """The letter that told the outcome went out (P-31): what was refused or not found is closed.

    A package that failed meanwhile goes with it. Tell the volumes next. VmsError: INVALID `answer_letter_missing`,
    `letter_in_future`; what `check_may_close` refuses.
    """
    outcome = check_may_close(session, request)
    letter = check_letter(Paper(no, on), "answer_letter_missing", day_of(clock.now_us()))
    request.answer_no, request.answer_on = letter.no, letter.on
    _close(session, clock, request, outcome)
    told = note_event(
        session, clock, case_of(request), Act.REQUEST_CLOSED, by, outcome=outcome.value, letter=str(letter)
    )
    settle_viewing(session, clock, request, by=by, told=told)
    return request


def check_may_close(session: Session, request: FootageRequest) -> Outcome:
    """What the answer letter closes it with: what was not found stands in a signed record first (8.2, D-10.2c).

    VmsError(CONFLICT): `request_state`, `unreached_record_missing`, `unreached_record_old` when it was looked for again
    since, `unreached_record_unsigned`.
    """
    outcome = ANSWERED.get(State(request.state))
    if outcome is None:
        raise wrong_state(State(request.state))
    if outcome is Outcome.UNAVAILABLE:
        record = need_unreached_record(session, request)
        if record.state != PaperState.SIGNED:
            raise VmsError(
                Kind.CONFLICT, "unreached_record_unsigned",
                "The record of what could not be reached (P-07) was not handed back signed. Upload its signed file, "
                "then record the answer letter.",
                number=record.number,
            )  # fmt: skip
    return outcome


def close_delivered(session: Session, clock: Clock, request: FootageRequest, *, by: Actor) -> None:
    """No byte of what was delivered is left here: it is over, its locks go (8.2). Tell the volumes next.

    VmsError(CONFLICT, `request_state`).
    """
    check_step(State(request.state), State.CLOSED)
    _close(session, clock, request, Outcome.DELIVERED)
    note_event(session, clock, case_of(request), Act.REQUEST_CLOSED, by, outcome=Outcome.DELIVERED.value)


def _withdrawal(session: Session, request: FootageRequest, letter_id: UUID | None) -> Letter:
    if letter_id is None:
        raise VmsError(
            Kind.INVALID, "withdrawal_letter_missing",
            "A request is withdrawn by a letter. Register it with its file in the register of letters, then choose it.",
        )  # fmt: skip
    letter, asked = need_filed_letter(session, letter_id), session.get_one(Letter, request.letter_id)
    is_theirs = (letter.sender, folded(letter.sender_name)) == (asked.sender, folded(asked.sender_name))
    if letter.id == asked.id or not is_theirs or letter.served_us < asked.served_us:
        raise VmsError(
            Kind.CONFLICT, "withdrawal_letter_wrong",
            f"A request is withdrawn by a later letter of who asked ({asked.sender_name}). Choose that letter, or"
            " correct its sender in the register of letters.",
            sender=asked.sender_name,
        )  # fmt: skip
    return letter


def _close(session: Session, clock: Clock, request: FootageRequest, outcome: Outcome) -> None:
    request.state, request.outcome, request.closed_us = State.CLOSED.value, outcome.value, clock.now_us()
    due_purge(session, clock, request, why_of(outcome), 0)  # of a closed request no package stands
    release_locks(session, clock, request.id)
