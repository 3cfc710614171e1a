from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vms.authority.shared_reviews.service import due_on, shown_due_on
from vms.kernel.clock import US_PER_DAY, from_datetime
from vms.kernel.days import day_of, days_left, end_us, months_later, nth_day_end_us, start_us


def utc(*parts):
    return from_datetime(datetime(*parts, tzinfo=UTC))


@pytest.mark.proves("D-11.5a", "edge-75")
@pytest.mark.parametrize(
    ("begins", "ends"),
    [
        ((2025, 7, 1, 6, 0), (2025, 12, 27, 21, 0)),  # 1 July 09:00 local: day 180 is 27 December
        ((2025, 6, 30, 21, 0), (2025, 12, 27, 21, 0)),  # its first moment
        ((2025, 7, 1, 20, 59, 59), (2025, 12, 27, 21, 0)),  # its last second
        ((2025, 7, 1, 21, 0), (2025, 12, 28, 21, 0)),  # 2 July 00:00 local, still 1 July in UTC
        ((2027, 9, 1, 6, 0), (2028, 2, 27, 21, 0)),  # day 180 is 27 February of a leap year
        ((2027, 9, 4, 6, 0), (2028, 3, 1, 21, 0)),  # … and it has a 29th
    ],
)
def test_day_1_is_the_day_it_begins_and_day_181_is_outside(begins, ends):
    assert nth_day_end_us(utc(*begins), 180) == utc(*ends)


def test_one_day_is_the_rest_of_today():
    assert nth_day_end_us(utc(2025, 7, 1, 6, 0), 1) == utc(2025, 7, 1, 21, 0)


@pytest.mark.proves("D-11.6", "edge-87")
@pytest.mark.parametrize(
    ("reviewed", "due"),
    [
        (date(2025, 8, 31), date(2026, 2, 28)),
        (date(2027, 8, 31), date(2028, 2, 29)),
        (date(2025, 8, 29), date(2026, 2, 28)),
        (date(2025, 8, 28), date(2026, 2, 28)),
        (date(2025, 3, 31), date(2025, 9, 30)),
        (date(2025, 7, 1), date(2026, 1, 1)),
        (date(2025, 12, 31), date(2026, 6, 30)),
    ],
)
def test_six_months_are_calendar_months(reviewed, due):
    assert due_on(reviewed) == due


@given(st.dates(date(2020, 1, 1), date(2099, 1, 1)))
def test_people_are_asked_to_review_before_both_limits(reviewed):
    shown = shown_due_on(reviewed)
    assert shown <= due_on(reviewed)
    assert (shown - reviewed).days <= 179
    assert 181 <= (due_on(reviewed) - reviewed).days <= 184


@given(st.dates(date(1970, 1, 2), date(2200, 1, 1)), st.integers(0, 48))
def test_months_go_on_one_by_one(day, months):
    found = months_later(day, months)
    assert (found.year * 12 + found.month) - (day.year * 12 + day.month) == months
    assert found.day == day.day or (found.day < day.day and months_later(found, 0).day == found.day)


@given(st.dates(date(1990, 1, 1), date(2200, 1, 1)))
def test_days_stand_end_to_end(day):
    assert day_of(start_us(day)) == day == day_of(end_us(day) - 1)
    assert end_us(day) == start_us(date.fromordinal(day.toordinal() + 1))


def test_days_left_are_counted_as_people_count_them():
    until_us = utc(2025, 12, 27, 21, 0)
    assert days_left(until_us, until_us - 1) == 0
    assert days_left(until_us, until_us - US_PER_DAY) == 0
    assert days_left(until_us, until_us - US_PER_DAY - 1) == 1
    assert days_left(until_us, until_us) == -1
    assert days_left(until_us, utc(2025, 7, 1, 6, 0)) == 179
