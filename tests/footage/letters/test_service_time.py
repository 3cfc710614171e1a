"""The moment of service (tebliğ): what is counted from it, what is no service."""

from datetime import date, timedelta

import pytest

from vms.archive.deletion import delete_expired
from vms.footage.case_events import events_of
from vms.footage.letters.correcting import LetterCorrection, correct_letter
from vms.footage.letters.model import Letter
from vms.footage.papers.records import print_unreached
from vms.footage.requests.service import register
from vms.footage.rules import Mark, State
from vms.kernel.clock import US_PER_DAY
from vms.kernel.days import start_us
from vms.kernel.errors import Kind, VmsError

HOUR_US = 3600 * 1_000_000
DATED, SERVED, REGISTERED = date(2025, 7, 10), date(2025, 7, 12), date(2025, 7, 15)
FIRST_DAY = start_us(SERVED - timedelta(days=20))  # of what is guaranteed; by the letter's date it would be the 20th


@pytest.fixture
def late(office, at):
    """A letter that lay for three days, while the oldest footage went: what is older than 20 days is gone by now."""
    served_us = at(SERVED, 14)
    office.film(days=25)
    at(REGISTERED, 9)
    delete_expired(office.shelf.volume, {office.camera(): 20}, office.clock.now_us())
    return office.letter(served_us=served_us, on=DATED)


def hour(begin_us):
    return [(begin_us, begin_us + HOUR_US)]


def marks_of_registering(office, request):
    with office.database.reading() as session:
        return events_of(session, request.id)[0].detail["marks"]


@pytest.mark.proves("edge-36", "D-10.1b")
def test_what_went_while_the_letter_lay_is_late_and_what_was_gone_when_it_was_served_is_not(office, counter, late):
    cases = [
        (FIRST_DAY, State.UNAVAILABLE, True, []),
        # A window of the letter's date would call this one late, one of the day of registration the first one not.
        (FIRST_DAY - HOUR_US, State.UNAVAILABLE, False, [Mark.OUTSIDE_GUARANTEED_WINDOW]),
        (start_us(SERVED - timedelta(days=16)), State.AVAILABLE, False, []),
        (late.served_us - HOUR_US, State.AVAILABLE, False, []),
    ]
    for begin_us, state, is_late, marks in cases:
        request = office.searched(office.approved(intervals=hour(begin_us), letter=late))
        assert (request.state, request.is_late) == (state, is_late), begin_us
        assert marks_of_registering(office, request) == marks, begin_us
        if state == State.UNAVAILABLE:
            record = office.act(
                lambda session, clock, case, *, by: print_unreached(session, clock, counter.desk, case, by=by),
                request, by="officer",
            )  # fmt: skip
            assert (record.fields["is_late"], record.fields["items"][0]["is_outside"]) == (is_late, bool(marks))


@pytest.mark.proves("edge-36", "edge-39", "D-10.1b")
def test_what_was_recorded_between_service_and_registration_belongs_to_another_letter(office, late):
    for begin_us in (late.served_us - HOUR_US + 1, late.served_us, late.served_us + HOUR_US):
        assert office.refusal(register, late, office.new(intervals=hour(begin_us))) == "interval_after_service"
    assert office.locked() == []


MIDNIGHT = start_us(SERVED)  # 21:00 of the day before in UTC


@pytest.mark.proves("edge-37", "S-11")
@pytest.mark.parametrize(
    ("on", "served_us", "code"),
    [
        (SERVED, MIDNIGHT - 1, "served_before_letter"),
        (SERVED, MIDNIGHT - US_PER_DAY, "served_before_letter"),
        (SERVED, MIDNIGHT + 14 * HOUR_US + 1, "served_in_future"),
        (SERVED, MIDNIGHT + 2 * US_PER_DAY, "served_in_future"),
        (SERVED + timedelta(days=1), MIDNIGHT + 14 * HOUR_US, "letter_in_future"),
    ],
)
def test_a_letter_served_before_its_date_or_behind_now_is_neither_registered_nor_corrected_to(
    office, at, on, served_us, code
):
    at(SERVED, 14)
    with pytest.raises(VmsError) as refused:
        office.letter(served_us=served_us, on=on)
    assert (refused.value.kind, refused.value.code) == (Kind.INVALID, code)
    with office.database.reading() as session:
        assert session.query(Letter).count() == 0
    letter = office.letter(on=DATED)
    assert office.refusal(correct_letter, letter, LetterCorrection(on=on, served_us=served_us)) == code
    kept = office.fresh(letter)
    assert (kept.on, kept.served_us) == (DATED, office.clock.now_us())


@pytest.mark.proves("edge-37")
def test_one_half_of_a_correction_is_judged_by_the_half_that_stays(office, at):
    at(SERVED, 14)
    letter = office.letter(on=DATED, served_us=MIDNIGHT - 1)
    assert office.refusal(correct_letter, letter, LetterCorrection(on=SERVED)) == "served_before_letter"
    early = LetterCorrection(served_us=start_us(DATED) - 1)
    assert office.refusal(correct_letter, letter, early) == "served_before_letter"
    assert office.act(correct_letter, letter, LetterCorrection(served_us=start_us(DATED))).served_us == start_us(DATED)


@pytest.mark.proves("edge-37")
def test_served_at_the_first_moment_of_its_date_or_this_one_it_is_registered(office, at):
    now_us = at(SERVED, 14)
    assert [office.letter(on=SERVED, served_us=one).served_us for one in (MIDNIGHT, now_us)] == [MIDNIGHT, now_us]


@pytest.mark.proves("edge-37")
def test_no_request_stands_on_a_letter_that_a_wrong_clock_let_in(office, at):
    at(SERVED, 14)
    office.film(days=1)
    letter = office.letter()
    new = office.new()
    office.clock.step_wall(-60)
    assert office.refusal(register, letter, new) == "served_in_future"
    assert office.locked() == []
