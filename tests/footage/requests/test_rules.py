"""The directive's numbers on giving footage, without a database."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vms.audit.entry import Actor
from vms.footage.duties import Done, check_separation, check_signer
from vms.footage.policy import ALL_PAIRS, Duty
from vms.footage.requests.rules import Claim, check_claim, check_papers
from vms.footage.rules import (
    HOLD_DAYS,
    STEPS,
    AuthorityKind,
    Origin,
    State,
    application_due_us,
    check_intervals,
    check_past,
    check_step,
    guaranteed_window,
    hold_end_us,
    outside_window,
)
from vms.kernel.clock import US_PER_DAY, ManualClock
from vms.kernel.days import day_of, end_us, start_us
from vms.kernel.errors import Kind, VmsError
from vms.kernel.ids import new_id
from vms.kernel.span import Span
from vms.people.rules import Role

MINUTE_US = 60_000_000
SERVED = date(2025, 7, 12)
SERVED_US = start_us(SERVED) + 14 * 3600 * 1_000_000
TODAY = date(2025, 7, 15)


def refusal(call, *given_, **more):
    with pytest.raises(VmsError) as err:
        call(*given_, **more)
    return err.value.kind, err.value.code


@pytest.mark.proves("D-10.1b", "edge-36", "edge-38")
def test_the_window_reaches_from_midnight_twenty_days_before_service_to_service():
    window = guaranteed_window(SERVED_US)
    assert window == Span(start_us(date(2025, 6, 22)), SERVED_US)
    exactly = Span(window.start_us, window.start_us + MINUTE_US)
    assert outside_window(exactly, window) is None
    early = Span(window.start_us - MINUTE_US, window.start_us + MINUTE_US)
    assert outside_window(early, window) == Span(window.start_us - MINUTE_US, window.start_us)
    gone = Span(window.start_us - 5 * US_PER_DAY, window.start_us - 4 * US_PER_DAY)
    assert outside_window(gone, window) == gone


@given(st.integers(0, 4 * 365 * US_PER_DAY))
@pytest.mark.proves("D-10.1b")
def test_the_window_is_never_shorter_than_twenty_days_nor_longer_than_what_is_kept_by_default(after_us):
    served_us = SERVED_US + after_us
    window = guaranteed_window(served_us)
    assert 20 * US_PER_DAY <= window.duration_us < 21 * US_PER_DAY
    assert day_of(window.start_us).toordinal() == day_of(served_us).toordinal() - 20


@pytest.mark.proves("edge-39", "D-10.1b")
def test_intervals_end_by_service_and_are_neither_empty_nor_reversed():
    at = SERVED_US - MINUTE_US
    assert check_intervals([(at, SERVED_US)], SERVED_US) == [Span(at, SERVED_US)]
    assert refusal(check_intervals, [(at, SERVED_US + 1)], SERVED_US) == (Kind.INVALID, "interval_after_service")
    assert refusal(check_intervals, [(at, at)], SERVED_US) == (Kind.INVALID, "interval_empty")
    assert refusal(check_intervals, [(at, at - 1)], SERVED_US) == (Kind.INVALID, "interval_empty")
    assert refusal(check_intervals, [], SERVED_US) == (Kind.INVALID, "intervals_too_many")
    assert refusal(check_intervals, [(0, SERVED_US)], SERVED_US) == (Kind.INVALID, "interval_too_long")
    joined = check_intervals([(at, SERVED_US), (at - MINUTE_US, at)], SERVED_US)
    assert joined == [Span(at - MINUTE_US, SERVED_US)]


@pytest.mark.proves("edge-71")
def test_a_hold_is_for_what_was_recorded_by_now():
    assert refusal(check_past, [(SERVED_US - 1, SERVED_US + 1)], SERVED_US) == (Kind.INVALID, "interval_in_future")
    assert check_past([(SERVED_US - 1, SERVED_US)], SERVED_US) == [Span(SERVED_US - 1, SERVED_US)]


@pytest.mark.proves("edge-67", "D-10.2b")
@pytest.mark.parametrize(("hours", "minutes"), [(0, 0), (14, 5), (23, 59)])
def test_a_hold_ends_at_the_end_of_the_day_that_lies_ninety_days_after_its_start(hours, minutes):
    starts_us = start_us(date(2025, 7, 1)) + (hours * 60 + minutes) * MINUTE_US
    assert hold_end_us(starts_us) == end_us(date(2025, 9, 29))
    assert HOLD_DAYS * US_PER_DAY <= hold_end_us(starts_us) - starts_us <= (HOLD_DAYS + 1) * US_PER_DAY


@pytest.mark.proves("S-9")
def test_an_application_is_due_at_the_end_of_the_fifteenth_day():
    assert application_due_us(SERVED_US) == end_us(date(2025, 7, 27))


@given(st.sampled_from(State), st.sampled_from(State))
def test_only_the_listed_steps_are_taken(now, then):
    if then in STEPS[now]:
        check_step(now, then)
    else:
        assert refusal(check_step, now, then) == (Kind.CONFLICT, "request_state")


def test_a_closed_request_is_the_end_and_a_delivery_needs_a_package():
    assert STEPS[State.CLOSED] == frozenset()
    assert [state for state in State if State.DELIVERED in STEPS[state]] == [State.PREPARED]
    assert [state for state in State if State.APPROVED in STEPS[state]] == [State.REGISTERED]


@pytest.mark.proves("D-4.4", "D-10.1a", "edge-42", "D-4.5a", "D-4.5b")
@pytest.mark.parametrize(
    ("claim", "expected"),
    [
        (Claim(origin=Origin.EXTERNAL), (Kind.INVALID, "not_an_authority")),
        (
            Claim(origin=Origin.EXTERNAL, authority_kind=AuthorityKind.OTHER_OFFICIAL),
            (Kind.INVALID, "legal_basis_missing"),
        ),
        (Claim(origin=Origin.INTERNAL), (Kind.CONFLICT, "olur_missing")),
        (
            Claim(origin=Origin.INTERNAL, is_judicial=True, olur_no="1", olur_on=TODAY, olur_issuer="presidency"),
            (Kind.CONFLICT, "judicial_event_needs_authority"),
        ),
        (
            Claim(origin=Origin.INTERNAL, olur_no="1", olur_on=TODAY, olur_issuer="branch"),
            (Kind.INVALID, "olur_wrong_issuer"),
        ),
    ],
)
def test_what_may_not_be_registered(claim, expected):
    assert refusal(check_claim, claim, TODAY) == expected


@pytest.mark.proves("edge-42")
def test_a_judicial_event_is_offered_a_hold():
    with pytest.raises(VmsError) as err:
        check_claim(Claim(origin=Origin.INTERNAL, is_judicial=True), TODAY)
    assert err.value.detail == {"offer": "hold"}


@pytest.mark.proves("D-10.1a")
@pytest.mark.parametrize("kind", [kind for kind in AuthorityKind if kind is not AuthorityKind.OTHER_OFFICIAL])
def test_the_four_kinds_of_authorities_pass_with_their_letter(kind):
    claim = Claim(origin=Origin.EXTERNAL, authority_kind=kind)
    check_claim(claim, TODAY)
    check_papers(claim, has_file=True)
    assert refusal(check_papers, claim, has_file=False) == (Kind.CONFLICT, "written_request_missing")


def test_an_internal_request_needs_its_olur_on_paper():
    claim = Claim(origin=Origin.INTERNAL, olur_no="1", olur_on=TODAY, olur_issuer="general_secretariat")
    check_claim(claim, TODAY)
    assert refusal(check_papers, claim, has_file=False) == (Kind.CONFLICT, "olur_missing")


@pytest.mark.proves("C-7", "edge-45")
@given(st.sampled_from([Duty.REGISTER, Duty.APPROVE, Duty.EXPORT, Duty.SIGN]), st.sampled_from(Duty))
def test_one_person_does_one_of_the_four_duties(done, duty):
    me = Actor(new_id(ManualClock()), "ayse")
    other = Actor(new_id(ManualClock()), "ayse")
    before = [Done(done, me.person_id, me.name)]
    check_separation(before, duty, other)
    if duty is done or duty is Duty.DELIVER:
        check_separation(before, duty, me)
    else:
        assert refusal(check_separation, before, duty, me) == (Kind.CONFLICT, "separation_of_duties")
        check_separation(before, duty, me, ALL_PAIRS - {frozenset({done, duty})})


@pytest.mark.proves("edge-48", "D-10.1e")
@pytest.mark.parametrize("role", list(Role))
def test_whose_signature_counts_is_no_setting(role):
    if role in (Role.VMS_UNIT_HEAD, Role.BRANCH_MANAGER):
        check_signer([role])
    else:
        assert refusal(check_signer, [role]) == (Kind.CONFLICT, "supervisor_signature_missing")
