"""What somebody may do next with a request, or what keeps them from it."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from pydantic import BaseModel
from sqlalchemy.orm import Session

from vms.audit.entry import Actor
from vms.footage.delivery.delivering import (
    check_may_hand_over,
    check_may_prepare,
    check_may_sign,
    delivery_of,
)
from vms.footage.duties import Duty, check_separation
from vms.footage.exports.service import check_may_order, delivery_signed
from vms.footage.letters.correcting import check_may_file
from vms.footage.letters.model import Letter
from vms.footage.model import FootageRequest
from vms.footage.papers.request import check_may_answer, missing_items
from vms.footage.policy import Policy
from vms.footage.queries import duties_of, is_signed
from vms.footage.requests.closing import ANSWERED, check_may_close
from vms.footage.requests.rules import check_papers
from vms.footage.requests.searching import check_may_search, check_officer
from vms.footage.requests.service import claim_of
from vms.footage.requests.viewing import check_may_watch
from vms.footage.rules import APPROVED, OPEN, SEARCHABLE, UNDECIDED, Outcome, State, states_before
from vms.kernel.errors import VmsError
from vms.people.acting import spoken_name
from vms.people.roles import Action
from web.callers import Caller


class Step(StrEnum):
    """A step of a case that this program has."""

    FILE_LETTER = "file_letter"
    CORRECT = "correct"
    ASSIGN = "assign"
    APPROVE = "approve"
    RETURN = "return"
    REFUSE = "refuse"
    COMPLETE = "complete"
    SEARCH = "search"
    WATCH = "watch"
    ORDER_EXPORT = "order_export"
    PREPARE_DELIVERY = "prepare_delivery"
    SIGN_DELIVERY = "sign_delivery"
    HAND_OVER = "hand_over"
    PRINT_UNREACHED = "print_unreached"
    PRINT_ANSWER = "print_answer"
    WITHDRAW = "withdraw"
    ANSWER = "answer"


class StepRow(BaseModel):
    """A step that the request's state allows. `blocked_by` null: the caller may do it now; else the refusal's code."""

    step: Step
    blocked_by: str | None


@dataclass(frozen=True, slots=True)
class _Case:
    session: Session
    request: FootageRequest
    letter: Letter
    me: Caller
    policy: Policy
    now_us: int

    @property
    def by(self) -> Actor:
        return Actor(self.me.account_id, spoken_name(self.me.display_name, self.me.name))

    def separated(self, duty: Duty) -> None:
        check_separation(duties_of(self.session, self.request), duty, self.by, self.policy.separate)


_STATES: dict[Step, frozenset[State]] = {
    Step.FILE_LETTER: UNDECIDED,
    Step.CORRECT: UNDECIDED,
    Step.ASSIGN: OPEN,
    Step.APPROVE: states_before(State.APPROVED),
    Step.RETURN: states_before(State.RETURNED),
    Step.REFUSE: states_before(State.REFUSED),
    Step.COMPLETE: states_before(State.REGISTERED),
    Step.SEARCH: SEARCHABLE,
    Step.WATCH: APPROVED,
    Step.ORDER_EXPORT: states_before(State.PREPARED),
    Step.PREPARE_DELIVERY: frozenset({State.PREPARED}),
    Step.SIGN_DELIVERY: frozenset({State.PREPARED}),
    Step.HAND_OVER: frozenset({State.PREPARED}),
    Step.PRINT_UNREACHED: frozenset({State.PARTIALLY_AVAILABLE, State.UNAVAILABLE, State.PREPARED}),
    Step.PRINT_ANSWER: frozenset(
        {
            State.RETURNED,
            State.REFUSED,
            State.UNAVAILABLE,
            State.PREPARED,
            State.DELIVERED,
            State.CLOSED,
        }
    ),
    Step.WITHDRAW: OPEN,
    Step.ANSWER: frozenset(ANSWERED),
}
_ACTIONS: dict[Step, Action] = {
    Step.FILE_LETTER: Action.REGISTER_LETTER,
    Step.CORRECT: Action.REGISTER_REQUEST,
    Step.ASSIGN: Action.ASSIGN_REQUEST,
    Step.APPROVE: Action.REVIEW_REQUEST,
    Step.RETURN: Action.REVIEW_REQUEST,
    Step.REFUSE: Action.REVIEW_REQUEST,
    Step.COMPLETE: Action.REGISTER_REQUEST,
    Step.SEARCH: Action.EXPORT_FOOTAGE,
    Step.WATCH: Action.EXPORT_FOOTAGE,
    Step.ORDER_EXPORT: Action.EXPORT_FOOTAGE,
    Step.PREPARE_DELIVERY: Action.DELIVER_FOOTAGE,
    Step.SIGN_DELIVERY: Action.SIGN_RECORD,
    Step.HAND_OVER: Action.DELIVER_FOOTAGE,
    Step.PRINT_UNREACHED: Action.ISSUE_DOCUMENT,
    Step.PRINT_ANSWER: Action.ISSUE_DOCUMENT,
    Step.WITHDRAW: Action.REGISTER_REQUEST,
    Step.ANSWER: Action.REGISTER_REQUEST,
}


def steps_of(
    session: Session, request: FootageRequest, letter: Letter, me: Caller, policy: Policy, now_us: int
) -> list[StepRow]:
    """Every step that the state allows, in the order of a case, with what keeps the caller from it."""
    case = _Case(session, request, letter, me, policy, now_us)
    return [
        StepRow(step=step, blocked_by=_blocked_by(case, step))
        for step in Step
        if State(request.state) in _STATES[step]
        and not (step is Step.PRINT_ANSWER and request.outcome == Outcome.WITHDRAWN)  # its authority wrote last
    ]


def _blocked_by(case: _Case, step: Step) -> str | None:
    if not case.me.may(_ACTIONS[step]):
        return "action_not_allowed"
    try:
        for check in _CHECKS.get(step, ()):
            check(case)
    except VmsError as err:
        return err.code
    return None


def _papers(case: _Case) -> None:
    check_papers(claim_of(case.request), has_file=case.letter.file_sha256 is not None)


def _signature(case: _Case) -> None:
    delivery = delivery_of(case.session, case.request.id)
    if delivery is not None and is_signed(case.session, delivery):
        raise delivery_signed()
    check_may_sign(case.session, case.request, case.me.roles, by=case.by, policy=case.policy)


_CHECKS: dict[Step, tuple[Callable[[_Case], object], ...]] = {
    Step.FILE_LETTER: (lambda case: check_may_file(case.session, case.letter, by=case.by, policy=case.policy),),
    Step.CORRECT: (lambda case: case.separated(Duty.REGISTER),),
    Step.COMPLETE: (lambda case: case.separated(Duty.REGISTER),),
    Step.APPROVE: (lambda case: case.separated(Duty.APPROVE), _papers),
    Step.RETURN: (lambda case: case.separated(Duty.APPROVE),),
    Step.REFUSE: (lambda case: case.separated(Duty.APPROVE),),
    Step.SEARCH: (
        lambda case: check_officer(case.request, case.me.account_id),
        lambda case: check_may_search(case.session, case.request),
    ),
    Step.WATCH: (lambda case: check_may_watch(case.session, case.request, case.me.account_id, case.now_us),),
    Step.ORDER_EXPORT: (lambda case: check_may_order(case.session, case.request, by=case.by, policy=case.policy),),
    Step.PREPARE_DELIVERY: (
        lambda case: check_may_prepare(case.session, case.request, by=case.by, policy=case.policy),
    ),
    Step.SIGN_DELIVERY: (_signature,),
    Step.HAND_OVER: (lambda case: check_may_hand_over(case.session, case.request, by=case.by),),
    Step.PRINT_UNREACHED: (lambda case: missing_items(case.session, case.request),),
    Step.PRINT_ANSWER: (lambda case: check_may_answer(case.session, case.request),),
    Step.ANSWER: (lambda case: check_may_close(case.session, case.request),),
}
