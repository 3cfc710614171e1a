from dataclasses import dataclass, replace
from uuid import UUID

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from vms.authority.rules import Basis, Holder, Mode, decide
from vms.kernel.errors import Kind, VmsError
from vms.kernel.span import Span

TIMES = st.integers(0, 12)  # few moments, so that every coincidence comes up
MODES = st.sampled_from(Mode)
INTERVALS = st.none() | st.just(Span(1, 2))
REFUSALS = {
    "no_grant", "mode_not_granted", "playback_needs_olur", "grant_expired", "no_assignment", "grant_revoked",
    "review_overdue",
}  # fmt: skip
CODES = {"grant": "grant_expired", "assignment": "no_assignment", "shared_review": "review_overdue"}


@dataclass(frozen=True)
class Right:
    is_live: bool = True
    is_playback: bool = False
    basis: str = "letter"
    from_us: int = 2
    until_us: int | None = 8
    revoked_us: int | None = None
    source_kind: str = "grant"
    id: UUID | None = None
    footage: Span | None = None

    @property
    def end_code(self):
        return CODES[self.source_kind] if self.revoked_us is None else "grant_revoked"


@st.composite
def rights(draw):
    from_us = draw(TIMES)
    is_live, is_playback = draw(st.sampled_from([(True, False), (False, True), (True, True)]))
    return Right(
        is_live, is_playback, draw(st.sampled_from("abc")), from_us,
        draw(st.none() | st.integers(from_us + 1, 13)), draw(st.none() | TIMES), draw(st.sampled_from(sorted(CODES))),
    )  # fmt: skip


def answer(held, mode, interval, now_us, holder=Holder.STAFF) -> Basis | str:
    try:
        return decide(held, mode, interval, now_us, holder)
    except VmsError as err:
        return err.code if (err.kind, err.detail) == (Kind.FORBIDDEN, {}) else f"not a plain refusal: {err.kind}"


def is_in_force(right, now_us) -> bool:
    """The same said the long way round: among the moments of the right, one by one."""
    last = 20 if right.until_us is None else right.until_us
    return right.revoked_us is None and now_us in set(range(right.from_us, last))


@given(st.lists(rights(), max_size=5), MODES, INTERVALS, TIMES)
@example([Right()], Mode.LIVE, None, 2)
@example([Right()], Mode.LIVE, None, 8)
@example([Right(revoked_us=5)], Mode.LIVE, None, 4)  # a clock that was set back brings nothing back
def test_pictures_are_seen_exactly_while_a_right_for_them_is_in_force(held, mode, interval, now_us):
    wants_live = mode is Mode.LIVE and interval is None
    fitting = [right for right in held if (right.is_live if wants_live else right.is_playback)]
    found = answer(held, mode, interval, now_us)
    assert isinstance(found, Basis) == any(is_in_force(right, now_us) for right in fitting)
    assert isinstance(found, Basis) or found in REFUSALS


@given(st.lists(rights(), max_size=5), MODES, TIMES)
def test_a_basis_holds_until_the_moment_it_names_and_not_longer(held, mode, now_us):
    found = answer(held, mode, None, now_us)
    if isinstance(found, str):
        return
    own = [right for right in held if right.basis == found.text]
    last_us = 19 if found.until_us is None else found.until_us - 1
    assert now_us <= last_us
    assert isinstance(answer(own, mode, None, last_us), Basis)
    fitting = [right for right in held if (right.is_live if mode is Mode.LIVE else right.is_playback)]
    holding = [right for right in fitting if is_in_force(right, now_us)]
    if found.until_us is not None:
        assert not any(is_in_force(right, found.until_us) for right in holding), "of several, the longest"


@given(st.lists(rights(), max_size=5), INTERVALS, TIMES)
def test_a_right_for_live_pictures_never_opens_the_past(held, interval, now_us):
    live_only = [replace(right, is_live=True, is_playback=False) for right in held]
    assert isinstance(answer(live_only, Mode.PLAYBACK, interval, now_us), str)
    assert isinstance(answer(live_only, Mode.LIVE, Span(1, 2), now_us), str)


@pytest.mark.proves("D-11.1a", "D-11.2a")
@given(st.lists(rights(), max_size=5), TIMES)
def test_recordings_without_a_right_to_them_are_refused_by_the_kind_of_paper(held, now_us):
    live_only = [replace(right, is_live=True, is_playback=False) for right in held]
    kinds = {right.source_kind for right in live_only if is_in_force(right, now_us)}
    expected = "no_grant" if not kinds else "mode_not_granted" if "grant" in kinds else "playback_needs_olur"
    assert answer(live_only, Mode.PLAYBACK, None, now_us) == expected


@given(st.lists(rights(), max_size=5), MODES, INTERVALS, TIMES)
def test_another_right_never_takes_anything_away(held, mode, interval, now_us):
    if isinstance(answer(held[1:], mode, interval, now_us), Basis):
        assert isinstance(answer(held, mode, interval, now_us), Basis)


@given(st.lists(rights(), max_size=5), MODES, TIMES)
@example([Right(until_us=5), Right(until_us=9, revoked_us=5)], Mode.LIVE, 9)
def test_the_order_of_rights_does_not_count(held, mode, now_us):
    found, turned = (answer(some, mode, None, now_us) for some in (held, held[::-1]))
    if isinstance(found, Basis):
        assert found.until_us == turned.until_us
    else:
        assert found == turned


@pytest.mark.parametrize(
    ("holder", "codes"),
    [
        (Holder.STAFF, {"no_grant"}),
        (Holder.GUARD, {"no_assignment"}),
        (Holder.SHARED, {"no_grant", "shared_account_not_allowed"}),
    ],
)
def test_without_a_right_nothing_is_seen(holder, codes):
    assert {answer([], mode, interval, 5, holder) for mode in Mode for interval in (None, Span(1, 2))} == codes


@pytest.mark.proves("D-11.6")
@given(st.lists(rights(), max_size=5), INTERVALS, TIMES)
def test_a_shared_account_is_refused_recordings_whatever_it_has(held, interval, now_us):
    live_only = [replace(right, is_live=True, is_playback=False) for right in held]
    assert answer(live_only, Mode.PLAYBACK, interval, now_us, Holder.SHARED) == "shared_account_not_allowed"


@pytest.mark.proves("D-11.1a")
def test_a_guard_sees_live_pictures_only():
    guard = Right(source_kind="assignment")
    assert decide([guard], "live", None, 5) == Basis("letter", 8)
    assert answer([guard], "playback", Span(1, 2), 5) == "playback_needs_olur"
    assert answer([guard, Right(is_playback=True, from_us=6)], "playback", None, 5) == "playback_needs_olur"


@pytest.mark.proves("D-11.2a")
def test_a_right_for_recordings_is_none_for_live_pictures():
    olur = Right(is_live=False, is_playback=True, basis="Olur 118")
    assert decide([olur], "playback", Span(1, 2), 5) == Basis("Olur 118", 8)
    assert answer([olur], "live", None, 5) == "mode_not_granted"


@pytest.mark.proves("D-11.5a")
@pytest.mark.parametrize(
    ("held", "code"),
    [
        ([Right()], "grant_expired"),
        ([Right(revoked_us=9)], "grant_revoked"),
        ([Right(revoked_us=4)], "grant_revoked"),
        ([Right(until_us=None, revoked_us=4)], "grant_revoked"),
        ([Right(until_us=5), Right(revoked_us=7)], "grant_revoked"),
        ([Right(until_us=7), Right(revoked_us=5)], "grant_expired"),
        ([Right(until_us=7), Right(source_kind="assignment")], "no_assignment"),
        ([Right(source_kind="shared_review")], "review_overdue"),
        ([Right(from_us=11, until_us=None)], "no_grant"),
        ([Right(), Right(from_us=11, until_us=None)], "grant_expired"),
    ],
)
def test_the_last_right_to_end_says_why_there_is_none(held, code):
    assert answer(held, "live", None, 10) == code
    assert answer(held[::-1], "live", None, 10) == code


def test_recordings_whose_right_ran_out_are_expired_while_live_goes_on():
    held = [Right(until_us=None), Right(is_playback=True)]
    assert answer(held, "playback", None, 10) == "grant_expired"
    assert decide(held, "live", None, 10) == Basis("letter", None)
