"""When what is due, from records that nobody stored."""

from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vms.kernel.clock import US_PER_DAY
from vms.kernel.days import day_of, nth_day_end_us
from vms.people.roles import Action
from vms.reminders.facts import (
    GivenLetter,
    Reader,
    Records,
    RunningGrant,
    SharedAccount,
    Somebody,
    UnsignedPaper,
    WaitingGrant,
    WaitingInitials,
    WaitingSignature,
)
from vms.reminders.rules import APPROVAL_DAYS, ReminderKind, due

NOW_US = 1_751_349_600_000_000  # 1 July 2025, 09:00 in Istanbul
AYSE, CHIEF, GRANT = UUID(int=1), UUID(int=2), UUID(int=9)
PEOPLE = {AYSE: Somebody(AYSE, "Ayşe Işık", "ayse@example.org"), CHIEF: Somebody(CHIEF, "Ömer Şef", "")}


def running(until_us, **more):
    values = {"id": GRANT, "number": 12, "person_id": AYSE, "supervisor_id": CHIEF, "until_us": until_us} | more
    return Records(people=PEOPLE, running=[RunningGrant(**values)])


def told(records, now_us):
    return [(one.kind.value, one.mark, one.days) for one in due(records, now_us)]


@pytest.mark.proves("D-11.5b")
@pytest.mark.parametrize(
    ("day_of_the_grant", "mark"),
    [(1, None), (149, None), (150, 30), (165, 30), (166, 14), (172, 14), (173, 7), (178, 7), (179, 1), (180, 1)],
)
def test_the_end_of_a_grant_is_told_thirty_fourteen_seven_days_and_a_day_before(day_of_the_grant, mark):
    until_us = nth_day_end_us(NOW_US, 180)
    now_us = NOW_US + (day_of_the_grant - 1) * US_PER_DAY
    left = 180 - day_of_the_grant
    expected = [] if mark is None else [("grant_ends", mark, left), ("staff_grant_ends", mark, left)]
    assert told(running(until_us), now_us) == expected


def test_the_person_is_asked_for_a_password_once_the_letter_is_there():
    (one,) = due(running(nth_day_end_us(NOW_US, 8), has_letter=True), NOW_US)
    assert (one.kind, one.mark, one.days, one.person_ids) == (ReminderKind.PASSWORD_WAITS, 7, 7, {AYSE})


def test_the_supervisor_learns_whose_authority_ends_and_nothing_of_what_it_shows():
    _, one = due(running(nth_day_end_us(NOW_US, 2)), NOW_US)
    assert (one.person_ids, one.name, one.number, day_of(one.at_us - 1).isoformat()) == (
        {CHIEF}, "Ayşe Işık", 12, "2025-07-02",
    )  # fmt: skip


def test_a_renewed_grant_is_reminded_of_anew_under_another_key():
    first = due(running(nth_day_end_us(NOW_US, 5)), NOW_US)
    again = due(running(nth_day_end_us(NOW_US, 185)), NOW_US + 180 * US_PER_DAY)
    assert [one.mark for one in first] == [one.mark for one in again]
    assert {one.key for one in first}.isdisjoint({one.key for one in again})


@pytest.mark.proves("R-12")
@pytest.mark.parametrize(
    ("waits_us", "days", "is_for_mail"),
    [(0, 0, False), (3 * US_PER_DAY - 1, 2, False), (3 * US_PER_DAY, 3, True), (-US_PER_DAY, 0, False)],
)
def test_an_approval_is_told_at_once_and_mailed_after_three_days(waits_us, days, is_for_mail):
    waiting = WaitingGrant(id=GRANT, number=12, since_us=NOW_US, entered_by=None)
    (one,) = due(Records(waiting=[waiting]), NOW_US + waits_us)
    assert (one.kind.value, one.mark, one.days, one.is_for_mail) == (
        "approval_waits", APPROVAL_DAYS, days, is_for_mail,
    )  # fmt: skip


def test_an_approval_waits_for_those_whose_duty_it_is_without_who_entered_it():
    head, clerk, viewer = (UUID(int=n) for n in (21, 22, 23))
    may = frozenset({Action.ACTIVATE_GRANT})
    readers = [Reader(head, CHIEF, may), Reader(clerk, AYSE, may), Reader(viewer, UUID(int=3), frozenset())]
    waiting = WaitingGrant(id=GRANT, number=12, since_us=NOW_US, entered_by=clerk)
    (one,) = due(Records(readers=readers, people=PEOPLE, waiting=[waiting]), NOW_US + 4 * US_PER_DAY)
    assert [one.is_for(reader) for reader in readers] == [True, False, False]
    assert one.persons(readers) == {CHIEF}


@pytest.mark.proves("D-11.2b")
def test_a_person_who_must_sign_is_told_once_for_all_their_papers():
    papers = [
        UnsignedPaper(id=UUID(int=n), person_id=AYSE, since_us=NOW_US - n * US_PER_DAY, former_id=None) for n in (1, 2)
    ]
    found = due(Records(people=PEOPLE, unsigned=papers), NOW_US)
    assert [(one.kind.value, one.days) for one in found] == [("agreement_missing", 2), ("staff_agreement_missing", 2)]
    withdrawn = [UnsignedPaper(id=UUID(int=2), person_id=AYSE, since_us=NOW_US, former_id=UUID(int=77))]
    again = due(Records(people=PEOPLE, unsigned=withdrawn), NOW_US)
    assert {one.key for one in found}.isdisjoint({one.key for one in again})


@pytest.mark.proves("D-11.6")
@pytest.mark.parametrize(
    ("days", "expected"),
    [
        (31, None),
        (30, (30, 30)),
        (15, (30, 15)),
        (14, (14, 14)),
        (1, (1, 1)),
        (0, (1, 0)),
        (-1, (0, -1)),
        (-90, (0, -90)),
    ],
)
def test_a_review_is_asked_for_before_it_is_due_and_once_it_is_late(days, expected):
    wall = SharedAccount(
        id=GRANT,
        name="Duvar",
        created_us=0,
        responsible_id=CHIEF,
        until_us=nth_day_end_us(NOW_US, 1) + days * US_PER_DAY,
    )
    found = due(Records(shared=[wall]), NOW_US)
    assert [(one.mark, one.days) for one in found] == ([] if expected is None else [expected])
    assert all((one.duty, one.person_ids) == (Action.REVIEW_SHARED_ACCOUNT, {CHIEF}) for one in found)


def test_a_shared_account_that_was_never_reviewed_waits_for_its_first_review():
    wall = SharedAccount(id=GRANT, name="Duvar", created_us=NOW_US, responsible_id=None, until_us=None)
    (one,) = due(Records(shared=[wall]), NOW_US + 9 * US_PER_DAY)
    assert (one.mark, one.days, one.at_us, one.person_ids) == (0, 0, NOW_US, frozenset())


def test_what_is_late_comes_before_what_ends_soon_and_that_before_what_only_waits():
    records = Records(
        people=PEOPLE,
        running=[RunningGrant(id=UUID(int=n), number=n, person_id=AYSE, supervisor_id=None,
                              until_us=nth_day_end_us(NOW_US, days)) for n, days in ((1, 25), (2, 7), (3, 2))],
        waiting=[WaitingGrant(id=GRANT, number=12, since_us=NOW_US - 9 * US_PER_DAY, entered_by=None)],
        shared=[SharedAccount(id=UUID(int=4), name="Duvar", created_us=0, responsible_id=None,
                              until_us=NOW_US - US_PER_DAY)],
    )  # fmt: skip
    found = [(one.urgency.value, one.number) for one in due(records, NOW_US)]
    assert found == [("late", None), ("soon", 3), ("soon", 2), ("waiting", 12), ("waiting", 1)]


@given(st.lists(st.integers(-40, 220), min_size=1, max_size=60))
def test_however_often_it_is_asked_each_mark_of_a_period_has_one_key(days):
    """The job may run at any moments, also under a clock that goes back."""
    records = running(nth_day_end_us(NOW_US, 180))
    keys = {(one.kind, one.mark): one.key for n in days for one in due(records, NOW_US + n * US_PER_DAY)}
    assert len(set(keys.values())) == len(keys) <= 2 * 4
    assert due(records, NOW_US) == due(records, NOW_US)


@pytest.mark.proves("D-6.13")
@pytest.mark.parametrize(
    ("due_in_us", "said"),
    [
        (None, ("letter_given", "waiting", 3, 1)),
        (9 * US_PER_DAY, ("letter_due", "waiting", 9, 1)),
        (US_PER_DAY, ("letter_due", "soon", 1, 1)),
        (1, ("letter_due", "soon", 0, 1)),
        (0, ("letter_due", "late", -1, 0)),
        (-2 * US_PER_DAY, ("letter_due", "late", -2, 0)),
    ],
)
def test_a_letter_waits_for_whom_it_was_given_to_and_once_more_when_it_is_late(due_in_us, said):
    mine, other = UUID(int=31), UUID(int=32)
    due_us = None if due_in_us is None else NOW_US + due_in_us
    given = GivenLetter(id=GRANT, number=7, account_id=mine, assigned_us=NOW_US - 3 * US_PER_DAY, due_us=due_us)
    (one,) = due(Records(letters=[given]), NOW_US)
    assert (one.kind.value, one.urgency.value, one.days, one.mark) == said
    assert [one.is_for(Reader(account, None, frozenset())) for account in (mine, other)] == [True, False]


@pytest.mark.proves("D-6.13")
@pytest.mark.parametrize("due_us", [None, NOW_US + US_PER_DAY])
def test_each_giving_of_a_letter_is_told_once(due_us):
    def key(account, assigned_us):
        given = GivenLetter(id=GRANT, number=7, account_id=UUID(int=account), assigned_us=assigned_us, due_us=due_us)
        (one,) = due(Records(letters=[given]), NOW_US)
        return one.key

    first, other, again = key(31, NOW_US), key(32, NOW_US + 1), key(31, NOW_US + 2)
    assert len({first, other, again}) == 3
    assert key(31, NOW_US) == first


@pytest.mark.proves("S-1f")
def test_initials_wait_for_all_of_a_title_step_by_step_and_are_mailed_after_a_day():
    def told(step, persons, since_us=NOW_US):
        waiting = WaitingInitials(
            id=GRANT, number="P-31/2026/0007", step=step, since_us=since_us, person_ids=frozenset(persons)
        )
        return due(Records(people=PEOPLE, initials=[waiting]), NOW_US)

    (first,) = told(0, {AYSE, CHIEF})
    assert (first.kind, first.name, first.person_ids, first.is_for_mail) == (
        ReminderKind.INITIALS_WAIT, "P-31/2026/0007", {AYSE, CHIEF}, False,
    )  # fmt: skip
    (late,) = told(0, {AYSE}, NOW_US - US_PER_DAY)
    assert (late.is_for_mail, late.days, late.key) == (True, 1, first.key)
    (second,) = told(1, {AYSE})
    assert second.key != first.key
    assert told(1, set()) == []


@pytest.mark.proves("D-10.1e")
def test_minutes_wait_for_whoever_signs_and_are_mailed_after_a_day():
    def told(document, since_us=NOW_US):
        waiting = WaitingSignature(id=GRANT, document_id=document, number=7, since_us=since_us)
        (found,) = due(Records(people=PEOPLE, signatures=[waiting]), NOW_US)
        return found

    first = told(AYSE)
    assert (first.kind, first.number, first.duty, first.is_for_mail) == (
        ReminderKind.SIGNATURE_WAITS, 7, Action.SIGN_RECORD, False,
    )  # fmt: skip
    late = told(AYSE, NOW_US - US_PER_DAY)
    assert (late.is_for_mail, late.key) == (True, first.key)
    assert told(CHIEF).key != first.key
