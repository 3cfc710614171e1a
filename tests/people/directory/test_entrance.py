"""Signing in over all ways at once: local accounts, a real directory, a second factor."""

import json

import pyotp
import pytest

from vms.audit.entry import Actor
from vms.audit.queries import Wanted, entries
from vms.audit.rules import Act
from vms.kernel.clock import US_PER_SECOND
from vms.kernel.errors import VmsError
from vms.people.acting import actor_of
from vms.people.directory.ldap import LdapDirectory
from vms.people.directory.staff import create_staff_account, link_of
from vms.people.directory.watch import DirectoryWatch
from vms.people.entrance import Browser, Entrance, Ticket
from vms.people.model import Account
from vms.people.passwords import Passwords
from vms.people.policy import TEXTS, accept
from vms.people.queries import account_by_name
from vms.people.rules import LOCK_US, MAX_FAILED_SIGN_INS, Role
from vms.people.second_factor import begin, confirm
from vms.people.service import enable, set_password
from vms.people.sessions import open_session
from vms.people.sign_in_rules import TICKET_US, Policy, SignInRules

pytestmark = [pytest.mark.sockets, pytest.mark.system]

HERE = Browser("10.0.0.7")
LOCAL = "correct horse battery"
NEW = "another good one"


@pytest.fixture
def entrance(database, clock, box, directory, passwords):
    """Factory of entrances with rules of one's choice, over the real directory."""

    def build(rules=None, directory=directory, passwords=passwords):
        return Entrance(database, clock, rules or SignInRules(), box, directory, passwords=passwords)

    return build


@pytest.fixture
def zeynep(database, clock):
    """An account whose person is in the directory."""
    with database.writing() as session:
        return create_staff_account(session, clock, "zeynep", "Zeynep Çelik", "ldap", roles=[Role.GUARD])


@pytest.fixture
def totp(database, clock, box, account):
    """The authenticator of the local account."""
    with database.writing() as session:
        totp = pyotp.TOTP(begin(session, clock, box, account))
        confirm(session, clock, box, account, totp.at(clock.now_us() // US_PER_SECOND), actor_of(account))
    clock.advance(30)
    return totp


def code_of(entrance, name, password, browser=HERE):
    try:
        entrance.sign_in(name, password, browser)
    except VmsError as err:
        return err.code
    return ""


def stored(database, name):
    with database.reading() as session:
        return account_by_name(session, name)


def acts(database, act):
    with database.reading() as session:
        return [json.loads(entry.detail) for entry in entries(session, Wanted(acts=[act]))]


@pytest.mark.proves("S-4")
def test_the_directorys_password_opens_a_session_and_ties_the_account_to_its_person(
    database, clock, entrance, staff, zeynep
):
    found = entrance().sign_in("Zeynep", staff["zeynep"].password, HERE)
    assert open_session(database, clock, found.token).account.id == zeynep.id
    with database.reading() as session:
        assert link_of(session, zeynep.id).subject == staff["zeynep"].guid.bytes.hex()
    assert acts(database, Act.SIGNED_IN) == [{"way": "ldap"}]
    assert len(acts(database, Act.ACCOUNT_LINKED)) == 1


def test_both_kinds_of_accounts_sign_in_side_by_side(database, entrance, staff, account, zeynep):
    assert code_of(entrance(), "ayse", LOCAL) == ""
    assert code_of(entrance(), "zeynep", staff["zeynep"].password) == ""
    assert {way["way"] for way in acts(database, Act.SIGNED_IN)} == {"local", "ldap"}


@pytest.mark.proves("D-1.3c")
def test_whom_the_directory_knows_and_we_do_not_has_no_way_in(database, entrance, staff):
    assert code_of(entrance(), "omer", staff["omer"].password) == "sign_in_failed"
    assert stored(database, "omer") is None


def test_a_setting_admits_them_without_any_right(database, entrance, staff):
    rules = SignInRules(admits_unknown_staff=True)
    assert code_of(entrance(rules), "omer", "wrong") == "sign_in_failed"
    assert code_of(entrance(rules), "nobody", "wrong") == "sign_in_failed"
    assert code_of(entrance(rules), "ayrilan", staff["ayrilan"].password) == "sign_in_failed"
    assert stored(database, "omer") is None
    assert code_of(entrance(rules), "omer", staff["omer"].password) == ""
    assert stored(database, "omer").display_name == "Ömer Şahin"
    assert code_of(entrance(rules), "omer", staff["omer"].password) == ""


def test_a_name_that_belongs_to_somebody_else_by_now_opens_nothing(database, clock, entrance, slapd, staff, zeynep):
    import uuid

    assert code_of(entrance(), "zeynep", staff["zeynep"].password) == ""
    slapd.set(staff["zeynep"], objectGUID=uuid.uuid4().bytes)
    assert code_of(entrance(), "zeynep", staff["zeynep"].password) == "sign_in_failed"


def test_five_wrong_passwords_shut_the_account_before_the_directory_shuts_the_person(
    database, clock, entrance, staff, zeynep
):
    way_in = entrance()
    assert {code_of(way_in, "zeynep", "wrong") for _ in range(MAX_FAILED_SIGN_INS)} == {"sign_in_failed"}
    assert code_of(way_in, "zeynep", staff["zeynep"].password) == "account_locked"
    clock.advance(LOCK_US / US_PER_SECOND)
    assert code_of(way_in, "zeynep", staff["zeynep"].password) == ""


def test_while_the_directory_is_away_local_accounts_go_on(entrance, slapd, staff, account, zeynep):
    way_in = entrance()
    slapd.stop()
    assert code_of(way_in, "zeynep", staff["zeynep"].password) == "directory_unavailable"
    assert code_of(way_in, "ayse", LOCAL) == ""
    assert code_of(way_in, "ayse", "wrong") == "sign_in_failed"


def test_an_account_of_the_directory_has_no_way_in_without_one(entrance, staff, zeynep):
    assert code_of(entrance(directory=None), "zeynep", staff["zeynep"].password) == "sign_in_failed"
    assert code_of(entrance(directory=None), "zeynep", "") == "sign_in_failed"


def test_an_account_of_the_provider_has_no_password(database, clock, entrance, staff):
    with database.writing() as session:
        create_staff_account(session, clock, "zeynep", "Zeynep Çelik", "oidc")
    for password in (staff["zeynep"].password, ""):
        assert code_of(entrance(), "zeynep", password) == "sign_in_failed"


@pytest.mark.proves("edge-88")
def test_whom_the_directory_disables_is_out_at_their_next_sign_in(database, clock, entrance, slapd, staff, zeynep):
    token = entrance().sign_in("zeynep", staff["zeynep"].password, HERE).token
    slapd.set(staff["zeynep"], userAccountControl="514")
    assert code_of(entrance(), "zeynep", "wrong") == "sign_in_failed"
    assert stored(database, "zeynep").disabled_us == clock.now_us()
    assert open_session(database, clock, token) is None


@pytest.mark.proves("edge-88")
def test_whom_the_directory_disables_is_out_after_the_jobs_next_look(
    database, clock, entrance, directory, slapd, staff, zeynep
):
    watch = DirectoryWatch(database, clock, directory, Actor(None, "vms jobs"))
    assert watch.run_once() == 0, "nobody is tied yet"
    token = entrance().sign_in("zeynep", staff["zeynep"].password, HERE).token
    assert watch.run_once() == 0
    assert open_session(database, clock, token)
    slapd.set(staff["zeynep"], userAccountControl="514")
    assert watch.run_once() == 1
    assert open_session(database, clock, token) is None
    assert watch.run_once() == 0
    slapd.set(staff["zeynep"], userAccountControl="512")
    assert code_of(entrance(), "zeynep", staff["zeynep"].password) == "sign_in_failed", "an administrator opens it"
    with database.writing() as session:
        enable(session, clock, stored(database, "zeynep"))
    assert code_of(entrance(), "zeynep", staff["zeynep"].password) == ""


def test_a_directory_that_is_away_or_suddenly_empty_closes_nobody(
    database, clock, entrance, directory, slapd, staff, zeynep
):
    watch = DirectoryWatch(database, clock, directory, Actor(None, "vms jobs"))
    rules = SignInRules(admits_unknown_staff=True)
    for name in ("zeynep", "omer"):
        entrance(rules).sign_in(name, staff[name].password, HERE)
    slapd.remove(staff["zeynep"])
    slapd.remove(staff["omer"])
    assert watch.run_once() == 0
    slapd.stop()
    assert watch.run_once() == 0
    assert stored(database, "zeynep").disabled_us is None


def test_who_is_not_in_the_directory_any_more_is_closed(database, clock, entrance, directory, slapd, staff, zeynep):
    rules = SignInRules(admits_unknown_staff=True)
    for name in ("zeynep", "omer"):
        entrance(rules).sign_in(name, staff[name].password, HERE)
    slapd.remove(staff["omer"])
    assert DirectoryWatch(database, clock, directory, Actor(None, "vms jobs")).run_once() == 1
    assert stored(database, "omer").disabled_us
    assert stored(database, "zeynep").disabled_us is None


@pytest.mark.proves("D-11.4a")
def test_a_wrong_name_costs_what_a_wrong_password_costs(entrance, place_of, clock, account, zeynep):
    """The time is a hash with, where the directory answers, a search and a bind there: counted, for time is noisy."""
    done = []

    class Counted(Passwords):
        def is_right(self, stored, password):
            done.append("hash")
            return super().is_right(stored, password)

    class Asked(LdapDirectory):
        def _bound(self, dn, password):
            done.append("bind")
            return super()._bound(dn, password)

    way_in = entrance(directory=Asked(place_of(), clock), passwords=Counted(time_cost=1, memory_kib=8))
    spent = {}
    for name in ("ayse", "zeynep", "nobody", "omer"):
        assert code_of(way_in, name, "wrong horse battery") == "sign_in_failed"
        spent[name] = list(done)
        done.clear()
    assert spent["zeynep"] == spent["nobody"] == spent["omer"] == ["hash", "bind", "bind"]
    assert spent["ayse"] == ["hash"]


@pytest.mark.proves("D-11.4a")
def test_a_factor_makes_signing_in_two_steps(database, clock, entrance, account, totp):
    way_in = entrance()
    ticket = way_in.sign_in("ayse", LOCAL, HERE)
    assert isinstance(ticket, Ticket)
    assert acts(database, Act.SIGNED_IN) == [], "no session before the code"
    with pytest.raises(VmsError) as refusal:
        way_in.give_code(ticket.sealed, "000000", HERE)
    assert refusal.value.code == "code_wrong"
    found = way_in.give_code(ticket.sealed, totp.at(clock.now_us() // US_PER_SECOND), HERE)
    assert open_session(database, clock, found.token).account.id == account.id
    assert acts(database, Act.SIGNED_IN) == [{"way": "local+code"}]
    with pytest.raises(VmsError):
        way_in.give_code(ticket.sealed, totp.at(clock.now_us() // US_PER_SECOND), HERE)


def expired(way_in, ticket, totp, clock):
    with pytest.raises(VmsError) as refusal:
        way_in.give_code(ticket, totp.at(clock.now_us() // US_PER_SECOND), HERE)
    return refusal.value.code == "sign_in_expired"


def test_a_ticket_dies_with_its_time_its_password_its_account(database, clock, entrance, account, totp, passwords):
    way_in = entrance()
    old = way_in.sign_in("ayse", LOCAL, HERE).sealed
    clock.advance(TICKET_US / US_PER_SECOND)
    assert expired(way_in, old, totp, clock)
    old = way_in.sign_in("ayse", LOCAL, HERE).sealed
    with database.writing() as session:
        set_password(session, clock, account, NEW, passwords=passwords)
    assert expired(way_in, old, totp, clock)
    old = way_in.sign_in("ayse", NEW, HERE).sealed
    with database.writing() as session:
        session.get_one(Account, account.id).disabled_us = clock.now_us()
    assert expired(way_in, old, totp, clock)


@pytest.mark.parametrize("ticket", ["", "x", "gAAAAA", "ş" * 10, "\ud800"])
def test_an_invented_ticket_is_none(entrance, clock, account, totp, ticket):
    assert expired(entrance(), ticket, totp, clock)


def test_a_sealed_secret_of_another_kind_is_no_ticket(entrance, clock, box, account, totp):
    assert expired(entrance(), box.seal('{"state": "x"}').decode(), totp, clock)
    assert expired(entrance(), box.seal("rtsp://camera.example/").decode(), totp, clock)


@pytest.mark.proves("D-11.4a")
def test_whose_factor_is_missing_gets_a_session_that_opens_nothing_else(
    database, clock, entrance, account, zeynep, staff
):
    strict = entrance(SignInRules(asks_factor=True))
    assert open_session(database, clock, strict.sign_in("ayse", LOCAL, HERE).token).must_enrol
    by_directory = strict.sign_in("zeynep", staff["zeynep"].password, HERE)
    assert not open_session(database, clock, by_directory.token).must_enrol, "the directory has factors of its own"
    lenient = entrance(SignInRules(asks_factor=True, exempt_roles=frozenset({Role.GUARD})))
    assert not open_session(database, clock, lenient.sign_in("ayse", LOCAL, HERE).token).must_enrol


def test_the_rules_of_watching_are_accepted_once(database, clock, entrance, account):
    policy = Policy("1", TEXTS)
    way_in = entrance(SignInRules(policy=policy))
    assert open_session(database, clock, way_in.sign_in("ayse", LOCAL, HERE).token).must_accept
    with database.writing() as session:
        accept(session, clock, account, policy, "1", actor_of(account))
    assert not open_session(database, clock, way_in.sign_in("ayse", LOCAL, HERE).token).must_accept


def test_the_browsers_former_session_is_replaced_not_taken_for_another_place(database, clock, entrance, account):
    way_in = entrance(SignInRules(is_single_session=True))
    first = way_in.sign_in("ayse", LOCAL, HERE).token
    way_in.sign_in("ayse", LOCAL, Browser("10.0.0.8", first))
    assert acts(database, Act.SESSION_ENDED) == [{"why": "replaced"}]
    assert acts(database, Act.PARALLEL_USE) == []
