"""Signing in for whom the institution's provider vouches."""

import pytest

from vms.audit.entry import UNNAMED
from vms.kernel.errors import VmsError
from vms.kernel.secrets import SecretBox
from vms.people.directory.port import DirectoryPerson
from vms.people.directory.staff import create_staff_account, link_account, unlink_account
from vms.people.entrance import Browser, Entrance
from vms.people.queries import account_by_name, roles_of
from vms.people.service import disable, set_password
from vms.people.sessions import open_session
from vms.people.sign_in_rules import SignInRules

HERE = Browser("10.0.0.7")
ZEYNEP = DirectoryPerson("f3b1", "zeynep", "Zeynep Çelik")


@pytest.fixture
def come(tmp_path, database, clock, passwords):
    """Come back from the provider as somebody; a refusal's code is given back instead of raised."""

    def come(person=ZEYNEP, rules=None):
        box = SecretBox.at(tmp_path / "keys" / "secret.key")
        entrance = Entrance(database, clock, rules or SignInRules(), box, passwords=passwords)
        try:
            return entrance.by_provider(person, HERE)
        except VmsError as err:
            return err.code

    return come


@pytest.fixture
def zeynep(database, clock):
    with database.writing() as session:
        return create_staff_account(session, clock, "zeynep", "Zeynep Çelik", "oidc")


def stored(database, name):
    with database.reading() as session:
        return account_by_name(session, name)


@pytest.mark.proves("S-4")
def test_the_first_time_the_name_counts_from_then_on_who_it_is(database, clock, come, zeynep):
    assert open_session(database, clock, come().token).account.id == zeynep.id
    renamed = DirectoryPerson("f3b1", "zeynep.yildiz", "Zeynep Yıldız")
    assert open_session(database, clock, come(renamed).token).account.id == zeynep.id
    assert come(DirectoryPerson("0000", "zeynep", "Another Zeynep")) == "staff_unknown"


def test_an_account_with_a_password_of_its_own_is_nobodys_over_the_provider(database, account, come):
    ayse = DirectoryPerson("1", "ayse", "Ayşe Işık")
    assert come(ayse) == "staff_unknown"
    assert come(ayse, SignInRules(admits_unknown_staff=True)) == "account_name_taken"
    assert stored(database, "ayse").password_hash


def test_whom_we_do_not_know_is_refused_or_admitted_without_a_role(database, clock, come):
    assert come() == "staff_unknown"
    found = come(rules=SignInRules(admits_unknown_staff=True))
    with database.reading() as session:
        assert roles_of(session, found.account.id, clock.now_us()) == frozenset()
    assert come(DirectoryPerson("2", "not a name!", "X"), SignInRules(admits_unknown_staff=True)) == "staff_unknown"


def test_a_closed_account_stays_closed(database, clock, come, zeynep):
    come()
    with database.writing() as session:
        disable(session, clock, zeynep)
    assert come() == "staff_unknown"


def test_an_account_that_moves_to_the_provider_leaves_its_password_and_sessions_behind(
    database, clock, account, come, door, passwords, right_password
):
    token = door().sign_in("ayse", right_password, HERE).token
    with database.writing() as session:
        link_account(session, clock, account, "oidc", by=UNNAMED)
    assert open_session(database, clock, token) is None
    for given in (right_password, ""):
        with pytest.raises(VmsError) as refusal:
            door().sign_in("ayse", given, HERE)
        assert refusal.value.code == "sign_in_failed"
    with database.writing() as session, pytest.raises(VmsError) as refusal:
        set_password(session, clock, account, "another good one", passwords=passwords)
    assert refusal.value.code == "password_elsewhere"
    assert come(DirectoryPerson("1", "ayse", "Ayşe Işık")).account.id == account.id
    with database.writing() as session:
        unlink_account(session, clock, account, by=UNNAMED)
    assert come(DirectoryPerson("1", "ayse", "Ayşe Işık")) == "staff_unknown"
    with database.writing() as session:
        set_password(session, clock, account, "another good one", passwords=passwords)
    assert door().sign_in("ayse", "another good one", HERE).token
