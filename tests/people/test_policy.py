import pytest

from vms.audit.queries import Wanted, entries
from vms.audit.rules import Act
from vms.kernel.errors import VmsError
from vms.people.acting import actor_of
from vms.people.policy import TEXTS, accept, has_accepted
from vms.people.sessions import begin_session, open_session
from vms.people.sign_in_rules import Policy, Terms

POLICY = Policy("1", TEXTS)


def accepts(database, clock, account, policy=POLICY, version="1"):
    with database.writing() as session:
        accept(session, clock, account, policy, version, actor_of(account))


def accepted(database, account, policy):
    with database.reading() as session:
        return has_accepted(session, account.id, policy)


@pytest.mark.proves("D-11.4b")
def test_a_version_is_accepted_once_and_logged_with_its_words(database, clock, account):
    assert not accepted(database, account, POLICY)
    accepts(database, clock, account)
    accepts(database, clock, account)
    assert accepted(database, account, POLICY)
    with database.reading() as session:
        (entry,) = entries(session, Wanted(acts=[Act.POLICY_ACCEPTED]))
    assert POLICY.digest.hex() in entry.detail


@pytest.mark.proves("edge-91")
@pytest.mark.parametrize("later", [Policy("2", TEXTS), Policy("1", TEXTS | {"tr": "Başka sözler."})])
def test_another_version_or_other_words_are_accepted_anew(database, clock, account, later):
    accepts(database, clock, account)
    assert not accepted(database, account, later)
    accepts(database, clock, account, later, later.version)
    assert accepted(database, account, later)
    assert accepted(database, account, POLICY), "what was accepted stays so"


def test_nobody_accepts_what_they_were_not_shown(database, clock, account):
    with pytest.raises(VmsError) as refusal:
        accepts(database, clock, account, POLICY, "0")
    assert refusal.value.code == "policy_changed"
    assert not accepted(database, account, POLICY)


def test_accepting_opens_the_session_that_waited_for_it(database, clock, account):
    with database.writing() as session:
        token = begin_session(session, clock, account.id, "10.0.0.1", Terms(must_accept=True))
    assert open_session(database, clock, token).must_accept
    accepts(database, clock, account)
    assert not open_session(database, clock, token).must_accept
