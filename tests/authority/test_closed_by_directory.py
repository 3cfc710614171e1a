"""Whom the institution's directory has closed: out at once, and nothing they were granted comes back by itself."""

import pytest

from vms.audit.entry import Actor
from vms.authority.duty_changes import end_papers_of_closed
from vms.authority.grants.queries import need_grant
from vms.authority.postings.queries import need_assignment
from vms.kernel.days import start_us
from vms.people.directory.port import DirectoryPerson
from vms.people.directory.staff import learn_subject, link_account
from vms.people.directory.watch import DirectoryWatch
from vms.people.service import enable
from vms.people.sessions import begin_session, open_session

JOBS = Actor(None, "vms jobs")


class Staff:
    """A directory as far as the watch asks it: names by subject, those who were disabled marked."""

    def __init__(self, *names):
        self.closed = set()
        self._names = names

    def person(self, name):
        return DirectoryPerson(f"id-{name}", name, name.title(), is_closed=name in self.closed)

    def find(self, subjects):
        return {one.subject: one for one in map(self.person, self._names) if one.subject in subjects}


@pytest.fixture
def staff(town):
    """Ayşe and the guard sign in through the directory."""
    staff = Staff("ayse", "guard")
    for name in ("ayse", "guard"):
        town.act(link_account, town.accounts[name], "ldap")
        with town.database.writing() as session:
            learn_subject(session, town.clock, town.accounts[name], staff.person(name), JOBS)
    return staff


@pytest.fixture
def watch(town, staff):
    def when_closed(session, account, by):
        end_papers_of_closed(session, town.clock, account, by=by)

    return DirectoryWatch(town.database, town.clock, staff, JOBS, when_closed)


def token_of(town, name):
    with town.database.writing() as session:
        return begin_session(session, town.clock, town.accounts[name].id, "10.0.0.1")


def is_signed_in(town, token):
    return open_session(town.database, town.clock, token) is not None


@pytest.mark.proves("edge-88", "D-11.5c")
def test_a_grant_of_who_was_disabled_there_stays_recorded_as_revoked(town, staff, watch, day):
    grant, draft = town.grant(), town.enter(cameras="yard")
    token = token_of(town, "ayse")
    assert (watch.run_once(), is_signed_in(town, token)) == (0, True)
    staff.closed.add("ayse")
    assert (watch.run_once(), is_signed_in(town, token)) == (1, False)
    with town.database.reading() as session:
        kept = need_grant(session, grant.id)
        assert (kept.state, kept.ended_us, kept.olur_no) == ("revoked", town.clock.now_us(), grant.olur_no)
        assert need_grant(session, draft.id).state == "cancelled"
    town.act(enable, town.accounts["ayse"])
    assert town.sees() == "grant_revoked", "who comes back needs a new Olur"
    town.grant(cameras="lobby")
    assert (town.sees(camera="lobby"), town.sees()) == (start_us(day(181)), "grant_revoked")


@pytest.mark.proves("edge-88")
def test_a_guards_posting_ends_with_the_account(town, staff, watch):
    town.sign("guard")
    assignment = town.assign("guard")
    assert isinstance(town.sees("guard"), int)
    staff.closed.add("guard")
    watch.run_once()
    town.act(enable, town.accounts["guard"])
    assert town.sees("guard") == "no_assignment"
    with town.database.reading() as session:
        assert need_assignment(session, assignment.id).ended_us == town.clock.now_us()
