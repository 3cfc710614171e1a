"""Duty changes, work orders, reviews of shared accounts."""

import pytest

from vms.authority.acts import Letter
from vms.authority.duty_changes import end_papers_of_gone, report_duty_change
from vms.authority.grants.queries import need_grant
from vms.authority.shared_reviews.model import Decision
from vms.authority.shared_reviews.service import NewReview, due_on, review
from vms.authority.work_orders.model import Work
from vms.authority.work_orders.service import MAX_US, close_work_order, open_work_order
from vms.kernel.days import end_us, start_us
from vms.kernel.span import Span
from vms.people.acting import actor_of
from vms.people.model import Account
from vms.people.sessions import begin_session, open_session

HOUR_US = 3_600_000_000
PAST = Span(1, 2)


@pytest.mark.proves("D-11.5c", "edge-78")
def test_a_change_of_duty_ends_everything_of_the_person_at_once(town, clock):
    town.grant("ayse", "gate")
    waiting = town.enter("ayse", "lobby")
    town.sign("guard")
    town.assign()
    town.grant("bekir")
    with town.database.writing() as session:
        token = begin_session(session, clock, town.accounts["ayse"].id, "10.0.0.1")
    town.act(report_duty_change, town.people["ayse"], Letter("IK-3", town.today))
    assert town.sees("ayse") == "grant_revoked"
    assert open_session(town.database, clock, token) is None
    with town.database.reading() as session:
        assert need_grant(session, waiting.id).state == "cancelled"
    town.act(report_duty_change, town.people["guard"], Letter("IK-4", town.today))
    assert town.sees("guard") == "no_assignment"
    assert isinstance(town.sees("bekir"), int)
    town.grant("ayse", "lobby")
    assert isinstance(town.sees("ayse", "lobby"), int), "the new duty has its own Olur"


@pytest.mark.proves("D-11.5c", "edge-78")
def test_a_change_of_duty_in_the_future_ends_things_on_its_day(town, at, day, clock):
    town.grant()
    waiting = town.enter("ayse", "lobby")
    town.act(report_duty_change, town.people["ayse"], Letter("IK-3", town.today), start_us(day(30)))
    assert town.sees() == start_us(day(30))
    from vms.authority.grants.activation import activate

    town.act(activate, waiting, by=town.head)
    assert town.sees(camera="lobby") == start_us(day(30)), "what was entered before the letter ends with it too"
    at(day(29), 23, 59, 59)
    assert town.sees() == start_us(day(30))
    at(day(30))
    assert town.sees() == "grant_revoked"


def test_a_date_behind_the_grants_end_moves_nothing(town, day):
    town.grant(days=10)
    town.act(report_duty_change, town.people["ayse"], Letter("IK-3", town.today), start_us(day(30)))
    assert town.sees() == start_us(day(11))


def test_who_left_the_municipality_holds_nothing(town, clock):
    town.grant()
    with town.database.writing() as session:
        session.merge(town.people["ayse"]).left_us = clock.now_us()
        assert end_papers_of_gone(session, clock, by=town.clerk) == 1
        assert end_papers_of_gone(session, clock, by=town.clerk) == 0
    assert town.sees() == "grant_revoked"


@pytest.mark.proves("A-42", "edge-86")
def test_a_technician_sees_a_camera_while_its_work_order_is_open(town, clock):
    assert town.sees("technician") == "no_grant"
    gate = town.cameras["gate"].id
    order = town.act(open_work_order, town.accounts["technician"], Work.FAULT, gate, clock.now_us() + HOUR_US)
    assert town.sees("technician") == clock.now_us() + HOUR_US
    assert town.sees("technician", "lobby") == "no_grant"
    assert town.sees("technician", mode="playback", interval=PAST) == "playback_needs_olur"
    town.act(close_work_order, order, "Onarıldı")
    assert town.sees("technician") == "work_order_closed"
    assert town.refusal(close_work_order, order, "again") == "work_order_closed"
    town.act(open_work_order, town.accounts["technician"], Work.FAULT, gate, clock.now_us() + HOUR_US)
    clock.advance(3600)
    assert town.sees("technician") == "work_order_closed"


@pytest.mark.parametrize(
    ("name", "length_us", "code"),
    [
        ("technician", 0, "until_in_the_past"),
        ("technician", MAX_US + 1, "work_order_too_long"),
        ("guard", HOUR_US, "paper_not_for_role"),
    ],
)
def test_a_work_order_is_short_and_a_technicians(town, clock, name, length_us, code):
    given = (town.accounts[name], Work.FAULT, town.cameras["gate"].id, clock.now_us() + length_us)
    assert town.refusal(open_work_order, *given) == code


def test_nobody_orders_their_own_work(town, clock):
    technician = town.accounts["technician"]
    given = (technician, Work.FAULT, town.cameras["gate"].id, clock.now_us() + HOUR_US)
    assert town.refusal(open_work_order, *given, by=actor_of(technician)) == "second_person_missing"


def keep(town, cameras="gate", olur="Olur 2026/9", decision=Decision.KEEP):
    return NewReview(reviewer="Şef", decision=decision, cameras=town.ids(cameras), olur=olur)


@pytest.mark.proves("D-11.6", "edge-87")
def test_a_shared_account_sees_live_pictures_until_its_review_is_due(town, at):
    town.act(review, town.accounts["wall"], keep(town))
    due = due_on(town.today)
    assert town.sees("wall") == end_us(due)
    assert town.sees("wall", mode="playback", interval=PAST) == "shared_account_not_allowed"
    assert town.sees("wall", "lobby", "playback", PAST) == "shared_account_not_allowed"
    at(due, 23, 59, 59)
    assert isinstance(town.sees("wall"), int)
    at(due, 24)
    assert town.sees("wall") == "review_overdue"
    town.act(review, town.accounts["wall"], keep(town, olur=""))
    assert town.sees("wall") == end_us(due_on(town.today))


@pytest.mark.proves("D-11.1b", "D-11.6")
def test_a_review_reduces_and_widens_only_by_olur(town):
    wall = town.accounts["wall"]
    assert town.refusal(review, wall, keep(town, olur="")) == "olur_missing"
    town.act(review, wall, keep(town, "gate lobby"))
    assert town.refusal(review, wall, keep(town, "gate yard", olur="")) == "olur_missing"
    town.act(review, wall, keep(town, "lobby", olur="", decision=Decision.REDUCE))
    assert town.sees("wall", "gate") == "review_overdue"
    assert isinstance(town.sees("wall", "lobby"), int)


def test_a_review_that_closes_the_account_closes_it(town):
    wall = town.accounts["wall"]
    town.act(review, wall, keep(town))
    town.act(review, wall, NewReview(reviewer="Şef", decision=Decision.CLOSE))
    assert town.sees("wall") == "no_grant"
    with town.database.reading() as session:
        assert session.get_one(Account, wall.id).disabled_us is not None


def test_a_persons_account_is_not_reviewed(town):
    assert town.refusal(review, town.accounts["ayse"], keep(town)) == "not_shared"
