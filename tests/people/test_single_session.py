import json

import pytest

from vms.audit.queries import Wanted, entries
from vms.audit.rules import Act
from vms.kernel.clock import US_PER_DAY, US_PER_SECOND
from vms.kernel.errors import Kind, VmsError
from vms.people.acting import actor_of
from vms.people.open_sessions import end_one, sessions_of
from vms.people.sessions import begin_session, closed_why, open_session, sign_out
from vms.people.sign_in_model import ClosedSession
from vms.people.sign_in_rules import Terms

SINGLE = Terms(is_single=True)


@pytest.fixture
def begin(database, clock, account):
    def begin(address="10.0.0.1", terms=SINGLE):
        with database.writing() as session:
            return begin_session(session, clock, account.id, address, terms)

    return begin


def told(database, act):
    with database.reading() as session:
        return [(entry.address, json.loads(entry.detail)) for entry in entries(session, Wanted(acts=[act]))]


@pytest.mark.proves("D-11.4a")
def test_a_second_sign_in_closes_the_first_and_its_browser_is_told_why(database, clock, account, begin):
    first, second = begin(), begin()
    assert open_session(database, clock, first) is None
    assert open_session(database, clock, second).account.id == account.id
    why = closed_why(database, first)
    assert (why.kind, why.code) == (Kind.UNAUTHENTICATED, "signed_in_elsewhere")
    assert closed_why(database, second) is None
    assert told(database, Act.SESSION_ENDED) == [("10.0.0.1", {"why": "signed_in_elsewhere"})]
    assert told(database, Act.PARALLEL_USE) == [], "one place is no parallel use"


@pytest.mark.proves("edge-79")
def test_a_session_from_another_address_is_marked(database, clock, begin):
    begin("10.0.0.1")
    clock.advance(90)
    begin("10.9.9.9")
    assert told(database, Act.PARALLEL_USE) == [("10.9.9.9", {"other_address": "10.0.0.1", "idle_s": 90})]


@pytest.mark.proves("edge-79")
def test_it_is_marked_where_several_sessions_are_allowed_too(database, clock, begin):
    first, second = begin("10.0.0.1", Terms()), begin("10.9.9.9", Terms())
    assert open_session(database, clock, first)
    assert open_session(database, clock, second)
    assert len(told(database, Act.PARALLEL_USE)) == 1


def test_a_session_that_had_run_out_was_not_parallel(database, clock, begin):
    begin("10.0.0.1")
    clock.advance(13 * 3600)
    begin("10.9.9.9")
    assert told(database, Act.PARALLEL_USE) == []


def test_who_signed_out_or_never_was_there_is_told_nothing(database, clock, begin):
    token = begin()
    with database.writing() as session:
        sign_out(session, clock, token)
    assert [closed_why(database, one) for one in (token, "", "x" * 5000, "\ud800")] == [None] * 4


def test_the_reason_is_forgotten_after_a_day(database, clock, begin):
    first = begin()
    begin()
    clock.advance(US_PER_DAY / US_PER_SECOND)
    begin("10.0.0.1")
    begin("10.0.0.1")
    assert closed_why(database, first) is None
    with database.reading() as session:
        assert session.query(ClosedSession).count() == 1


def test_open_sessions_are_listed_newest_first_and_ended_one_by_one(database, clock, account, begin):
    tokens = []
    for address in ("10.0.0.1", "10.0.0.2"):
        tokens.append(begin(address, Terms()))
        clock.advance(60)
    with database.reading() as session:
        rows = sessions_of(session, clock, account.id)
    assert [row.address for row in rows] == ["10.0.0.2", "10.0.0.1"]
    assert rows == sessions_of_everybody(database, clock)
    with database.writing() as session:
        end_one(session, clock, rows[1].id, actor_of(account), of_account=account.id)
    assert open_session(database, clock, tokens[0]) is None
    assert closed_why(database, tokens[0]).code == "session_ended_by_other"
    assert open_session(database, clock, tokens[1])


def sessions_of_everybody(database, clock):
    with database.reading() as session:
        return sessions_of(session, clock)


def test_nobody_ends_what_is_not_theirs(database, clock, account, begin):
    from uuid import uuid4

    begin()
    session_id = sessions_of_everybody(database, clock)[0].id
    for wanted, of_account in ((session_id, uuid4()), (uuid4(), account.id), (uuid4(), None)):
        with database.writing() as session, pytest.raises(VmsError) as refusal:
            end_one(session, clock, wanted, actor_of(account), of_account=of_account)
        assert refusal.value.code == "session_not_found"
    with database.writing() as session:
        end_one(session, clock, session_id, actor_of(account), of_account=None)
    assert sessions_of_everybody(database, clock) == []
