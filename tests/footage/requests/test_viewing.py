"""What the officer of a request sees: exactly its locked interval, while it is worked on."""

import pytest

from vms.authority.acts import Letter
from vms.authority.duty_changes import end_papers, report_duty_change
from vms.footage.model import FootageRequest
from vms.footage.requests.assigning import assign
from vms.footage.requests.review import approve
from vms.footage.requests.viewing import check_may_watch, settle_viewing, shown_now, take_from_unfit
from vms.kernel.span import Span
from vms.people.role_service import take_role
from vms.people.rules import Role

SECOND_US = 1_000_000


@pytest.fixture
def sees(office):
    def ask(span=None, camera="gate", mode="playback", name="officer"):
        return office.town.sees(name, camera, mode, span)

    return ask


@pytest.mark.proves("edge-46", "edge-47", "D-6.14")
def test_the_officer_sees_the_interval_and_not_a_microsecond_outside(office, sees):
    request = office.approved()
    from_us, until_us = office.ago(hours=6), office.ago(hours=3)
    until = office.fresh(request).reviewed_us + 30 * 86_400 * SECOND_US
    assert sees(Span(from_us, until_us)) == until
    assert sees(Span(from_us, from_us + 1)) == sees(Span(until_us - 1, until_us)) == until
    outside = "outside_request_interval"
    assert sees(Span(from_us - 1, from_us + SECOND_US)) == outside
    assert sees(Span(until_us - SECOND_US, until_us + 1)) == outside
    assert sees(Span(from_us - 60 * SECOND_US, from_us)) == outside
    assert sees(Span(until_us, until_us + SECOND_US)) == outside
    assert sees(Span(from_us, until_us), "lobby") == "no_grant"
    assert sees(None, mode="live") == "mode_not_granted"
    assert sees(Span(from_us, until_us), name="officer2") == "no_grant"
    assert sees(Span(from_us, until_us), name="clerk") == "no_grant"


@pytest.mark.proves("edge-46", "D-6.14")
def test_nothing_is_seen_before_approval_or_without_an_assignment(office, sees):
    span = Span(office.ago(hours=6), office.ago(hours=3))
    request = office.register()
    office.act(assign, request, office.town.accounts["officer"])
    assert sees(span) == "no_grant"
    office.act(approve, request, by="lawyer")
    assert isinstance(sees(span), int)
    other = office.register()
    office.act(approve, other, by="lawyer")
    assert sees(span, name="officer2") == "no_grant"
    office.act(assign, other, office.town.accounts["officer2"])
    assert isinstance(sees(span, name="officer2"), int)


@pytest.mark.proves("D-6.14", "edge-46")
@pytest.mark.parametrize("how", ["time", "another"])
def test_what_may_be_watched_is_what_a_standing_right_shows(office, how):
    request = office.approved()
    officer, other = (office.town.accounts[name] for name in ("officer", "officer2"))
    span = Span(office.ago(hours=6), office.ago(hours=3))

    def shown(account=officer):
        with office.database.reading() as session:
            row = session.get(FootageRequest, request.id)
            return shown_now(session, row, account.id, office.clock.now_us())

    def refusal():
        return office.refusal(
            lambda session, clock, request, by: check_may_watch(session, request, officer.id, clock.now_us()),
            request, by="officer",
        )  # fmt: skip

    assert shown() == {(office.camera(), span)}
    assert shown(other) == set()
    if how == "time":
        office.clock.advance(30 * 86_400)
    else:
        office.act(assign, request, other)
        assert shown(other) == {(office.camera(), span)}
    assert shown() == set()
    assert refusal() == ("request_not_assigned" if how == "another" else "viewing_over")
    if how == "time":
        office.act(assign, request, officer)
        assert shown() == {(office.camera(), span)}


def test_two_requests_open_their_own_intervals_and_nothing_between(office, sees):
    early = (office.ago(hours=9), office.ago(hours=8))
    late = (office.ago(hours=5), office.ago(hours=4))
    office.approved(intervals=[early])
    office.approved(intervals=[late])
    assert isinstance(sees(Span(*early)), int)
    assert isinstance(sees(Span(*late)), int)
    assert sees(Span(early[0], late[1])) == "outside_request_interval"
    assert sees(Span(early[1], late[0])) == "outside_request_interval"


def test_a_grant_by_olur_goes_on_beside_it(office, sees):
    request = office.approved()
    span = Span(office.ago(hours=6), office.ago(hours=3))
    basis = office.town.authority.may(
        office.town.accounts["officer"].id, office.camera(), "playback", span, office.clock.now_us()
    )
    assert (basis.text, basis.footage, basis.source_kind) == (f"Görüntü talebi {request.number}", span, "request")
    listed = office.town.authority.allowed(office.town.accounts["officer"].id, office.clock.now_us())
    assert listed[office.camera()].live is None
    assert listed[office.camera()].playback.footage == span


@pytest.mark.parametrize("how", ["withdrawn", "given to another", "another duty", "left", "time"])
def test_it_ends_with_the_request_the_assignment_or_the_duty(office, sees, how):
    span = Span(office.ago(hours=6), office.ago(hours=3))
    request = office.approved()
    officer = office.town.accounts["officer"]
    assert isinstance(sees(span), int)
    if how == "withdrawn":
        office.take_back(request)
    elif how == "given to another":
        office.act(assign, request, office.town.accounts["officer2"])
        assert isinstance(sees(span, name="officer2"), int)
    elif how == "another duty":
        with office.database.writing() as session:
            take_role(session, office.clock, session.merge(officer), Role.FOOTAGE_OFFICER, by=office.by("sef"))
        assert (office.act(take_from_unfit), office.act(take_from_unfit)) == (1, 0)
        assert office.fresh(request).officer_id is None
    elif how == "left":
        person = office.town.people["ayse"]
        with office.database.writing() as session:
            session.merge(office.town.accounts["ayse"]).person_id = None
            session.flush()
            session.merge(officer).person_id = person.id
            session.flush()
            end_papers(session, office.clock, person.id, "left", by=office.by("clerk"))
        assert (office.act(take_from_unfit), office.act(take_from_unfit)) == (1, 0)
    else:
        office.clock.advance(30 * 86_400)
    assert sees(span) == "request_ended"


def test_assigning_again_begins_the_viewing_time_anew(office, sees):
    span = Span(office.ago(hours=6), office.ago(hours=3))
    request = office.approved()
    office.clock.advance(31 * 86_400)
    assert sees(span) == "request_ended"
    office.act(assign, request, office.town.accounts["officer"])
    assert sees(span) == office.clock.now_us() + 30 * 86_400 * SECOND_US


@pytest.fixture
def officer(office):
    """The officer as a person of the organisation, whose duty may change."""
    person = office.town.people["ayse"]
    with office.database.writing() as session:
        session.merge(office.town.accounts["ayse"]).person_id = None
        session.flush()
        session.merge(office.town.accounts["officer"]).person_id = person.id
    return person


def change_duty(office, person, effective_us=None):
    with office.database.writing() as session:
        paper = Letter("2025/5", office.town.today)
        report_duty_change(session, office.clock, session.merge(person), paper, effective_us, by=office.by("clerk"))


@pytest.mark.proves("D-11.5c", "D-6.14")
def test_what_an_officer_sees_ends_with_a_duty_that_ends_later(office, sees, officer):
    span = Span(office.ago(hours=6), office.ago(hours=3))
    request = office.approved()
    office.clock.advance(1)
    until_us = office.clock.now_us() + 5 * 86_400 * SECOND_US
    change_duty(office, officer, until_us)
    assert sees(span) == until_us
    with office.database.writing() as session:
        settle_viewing(session, office.clock, session.merge(request), by=office.by("clerk"), told=request.id)
    assert (sees(span), office.act(take_from_unfit)) == (until_us, 0)
    office.clock.advance(5 * 86_400)
    assert sees(span) == "request_ended"
    assert (office.act(take_from_unfit), office.act(take_from_unfit)) == (1, 0)
    assert office.fresh(request).officer_id is None


@pytest.mark.proves("D-11.5c", "D-6.14")
def test_approving_gives_nothing_beyond_a_duty_whose_end_was_said_before(office, sees, officer):
    request = office.register()
    office.act(assign, request, office.town.accounts["officer"], by="clerk")
    office.clock.advance(1)
    until_us = office.clock.now_us() + 5 * 86_400 * SECOND_US
    change_duty(office, officer, until_us)
    office.act(approve, request, by="lawyer")
    item = office.shown(request)
    assert sees(item) == until_us


@pytest.mark.proves("D-11.5c", "D-6.14")
def test_a_request_that_nobody_decided_on_is_taken_with_the_duty_too(office, sees, officer):
    request = office.register()
    office.act(assign, request, office.town.accounts["officer"], by="clerk")
    office.clock.advance(1)
    change_duty(office, officer)
    assert (office.act(take_from_unfit), office.fresh(request).officer_id) == (1, None)
    office.act(approve, request, by="lawyer")
    assert sees(office.shown(request)) == "no_grant"


@pytest.mark.proves("A-46")
def test_what_is_assigned_after_the_change_stands_by_itself(office, sees, officer):
    first = office.approved()
    office.clock.advance(1)
    change_duty(office, officer)
    office.clock.advance(1)
    second = office.approved(intervals=[(office.ago(hours=12), office.ago(hours=10))])
    assert office.act(take_from_unfit) == 1
    assert (office.fresh(first).officer_id, office.fresh(second).officer_id is None) == (None, False)
    assert isinstance(sees(office.shown(second)), int)


@pytest.mark.proves("D-11.5c")
def test_nothing_may_be_watched_any_more_once_the_duty_is_over(office, officer):
    request = office.approved()
    change_duty(office, officer, office.ago(days=-1))
    account_id = office.town.accounts["officer"].id
    with office.database.reading() as session:
        assert len(shown_now(session, request, account_id, office.clock.now_us())) == 1
        assert shown_now(session, request, account_id, office.ago(days=-1)) == set()
