"""The steps that the API offers are those of the life cycle."""

from vms.footage.rules import STEPS, State, states_before
from web.rows.request_steps import _STATES, Step

UNDECIDED = {State.REGISTERED, State.RETURNED}
FOUND = {State.AVAILABLE, State.PARTIALLY_AVAILABLE}


def test_every_step_is_offered_where_the_life_cycle_has_it():
    """As requirements 8.2 have it, written out once more."""
    assert set(_STATES) == set(Step)
    expected = {
        Step.APPROVE: {State.REGISTERED}, Step.RETURN: {State.REGISTERED}, Step.REFUSE: UNDECIDED,
        Step.COMPLETE: {State.RETURNED}, Step.SEARCH: {State.APPROVED, State.UNAVAILABLE} | FOUND,
        Step.ORDER_EXPORT: FOUND, Step.ANSWER: {State.REFUSED, State.UNAVAILABLE}, Step.CORRECT: UNDECIDED,
    }  # fmt: skip
    assert {step: _STATES[step] for step in expected} == expected


def test_what_is_withdrawn_or_answered_may_be_closed():
    closable = states_before(State.CLOSED)
    assert _STATES[Step.WITHDRAW] <= closable
    assert _STATES[Step.ANSWER] <= closable
    assert [step for step, states in _STATES.items() if State.CLOSED in states] == [Step.PRINT_ANSWER]
    assert all(state in STEPS for states in _STATES.values() for state in states)
