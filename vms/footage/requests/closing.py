"""How a request ends: withdrawn by its authority, answered after a refusal or with nothing found, delivered."""

from datetime import date

from sqlalchemy.orm import Session

from vms.audit.entry import Actor
from vms.audit.rules import Act
from vms.authority.acts import Letter as Paper
from vms.authority.acts import check_letter
from vms.authority.days import day_of
from vms.documents.rules import State as PaperState
from vms.footage.case_events import note_event
from vms.footage.exports.service import due_purge, why_of
from vms.footage.locks.orders import release_locks
from vms.footage.model import FootageRequest
from vms.footage.papers.request import need_unreached_record
from vms.footage.requests.service import case_of
from vms.footage.requests.viewing import settle_viewing
from vms.footage.rules import OPEN, Outcome, State, check_step, wrong_state
from vms.kernel.clock import Clock
from vms.kernel.errors import Kind, VmsError

ANSWERED = {State.REFUSED: Outcome.REFUSED, State.UNAVAILABLE: Outcome.UNAVAILABLE}


def withdraw(
    session: Session, clock: Clock, request: FootageRequest, no: str, on: date, *, by: Actor
) -> FootageRequest:
    """The authority takes it back in writing, at any moment before delivery: its locks go, nobody looks at it any more.

    Whatever packages it has are to be destroyed from now on (edge-58). Tell the volumes next. VmsError: CONFLICT
    `request_state`; INVALID `withdrawal_letter_missing`, `letter_in_future`.
    """
    if State(request.state) not in OPEN:
        raise wrong_state(State(request.state))
    letter = check_letter(Paper(no, on), "withdrawal_letter_missing", day_of(clock.now_us()))
    request.return_until_us = None
    _close(session, clock, request, Outcome.WITHDRAWN)
    told = note_event(session, clock, case_of(request), Act.REQUEST_WITHDRAWN, by, letter=str(letter))
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


def _close(session: Session, clock: Clock, request: FootageRequest, outcome: Outcome) -> None:
    request.state, request.outcome, request.closed_us = State.CLOSED.value, outcome.value, clock.now_us()
    due_purge(session, clock, request, why_of(outcome), 0)  # of a closed request no package stands
    release_locks(session, clock, request.id)
