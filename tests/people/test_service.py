import sqlite3

import pytest

from vms.kernel.errors import VmsError
from vms.people.queries import account_by_name, accounts, need_account, roles_of
from vms.people.rules import Role
from vms.people.service import NewAccount, create_account, disable, enable, set_language, set_password
from vms.people.sessions import begin_session, open_session


def a_person(**changes) -> NewAccount:
    values = {
        "name": "Mehmet.K",
        "display_name": " Mehmet Kaya ",
        "roles": [Role.AUTHORISED_VIEWER],
        "password": "not for this test",
    }
    return NewAccount(**(values | changes))


def test_an_account_is_stored_under_one_spelling(database, clock, passwords):
    with database.writing() as session:
        made = create_account(session, clock, a_person(), passwords=passwords)
    assert (made.name, made.display_name, made.kind, made.language) == ("mehmet.k", "Mehmet Kaya", "personal", "tr")
    assert made.created_us == made.password_set_us == clock.now_us()
    with database.reading() as session:
        assert account_by_name(session, "MEHMET.K").id == made.id
        assert account_by_name(session, "no such\x00name") is None
        assert [one.id for one in accounts(session)] == [made.id]
        assert roles_of(session, made.id, clock.now_us()) == {Role.AUTHORISED_VIEWER}


@pytest.mark.proves("C-4")
def test_nothing_of_a_password_is_readable(database, clock, passwords, tmp_path):
    with database.writing() as session:
        made = create_account(session, clock, a_person(), passwords=passwords)
    stored = b"".join(path.read_bytes() for path in tmp_path.glob("nazar.db*"))
    assert b"Mehmet Kaya" in stored
    assert b"not for this test" not in stored
    assert "not for this test" not in repr(a_person())
    assert made.password_hash not in repr(made)


def test_a_name_is_given_once(database, clock, passwords, account):
    with pytest.raises(VmsError) as refusal, database.writing() as session:
        create_account(session, clock, a_person(name="AYSE"), passwords=passwords)
    assert refusal.value.code == "account_name_taken"


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"name": "a b"}, "account_name_invalid"),
        ({"display_name": " "}, "display_name_invalid"),
        ({"language": "de"}, "language_unknown"),
        ({"password": "short"}, "password_weak"),
        ({"name": "operator.one", "password": "operator.one"}, "password_weak"),
    ],
)
def test_bad_values_are_refused(database, clock, passwords, changes, code):
    with pytest.raises(VmsError) as refusal, database.writing() as session:
        create_account(session, clock, a_person(**changes), passwords=passwords)
    assert refusal.value.code == code
    with database.reading() as session:
        assert accounts(session) == []


@pytest.mark.parametrize(
    ("assignment", "rule"), [("kind = 'root'", "account_kind"), ("language = 'de'", "account_language")]
)
def test_the_database_itself_refuses_what_no_account_may_be(database, account, tmp_path, assignment, rule):
    connection = sqlite3.connect(tmp_path / "nazar.db")
    with pytest.raises(sqlite3.IntegrityError, match=rule):
        connection.execute(f"UPDATE account SET {assignment}")
    connection.close()


def test_another_password_unlocks_and_ends_sessions(database, clock, passwords, account):
    with database.writing() as session:
        token = begin_session(session, clock, account.id, "10.0.0.7")
        need_account(session, "ayse").locked_until_us = clock.now_us() + 60_000_000
    clock.advance(1)
    with database.writing() as session:
        changed = set_password(session, clock, account, "another good one", passwords=passwords)
    assert passwords.is_right(changed.password_hash, "another good one")
    assert changed.must_change_password
    assert not changed.is_locked(clock.now_us())
    assert changed.password_set_us == clock.now_us()
    assert open_session(database, clock, token) is None


def test_a_disabled_account_has_no_sessions(database, clock, account):
    with database.writing() as session:
        token = begin_session(session, clock, account.id, "10.0.0.7")
    with database.writing() as session:
        since_us = disable(session, clock, account).disabled_us
    assert open_session(database, clock, token) is None
    clock.advance(1)
    with database.writing() as session:
        assert disable(session, clock, account).disabled_us == since_us == clock.now_us() - 1_000_000
        assert enable(session, clock, account).disabled_us is None
    assert open_session(database, clock, token) is None, "what ended stays ended"


def test_a_language_is_chosen(database, clock, account):
    with database.writing() as session:
        set_language(session, clock, account, "en")
    with pytest.raises(VmsError), database.writing() as session:
        set_language(session, clock, account, "de")
    with database.reading() as session:
        assert need_account(session, "ayse").language == "en"
        with pytest.raises(VmsError) as refusal:
            need_account(session, "nobody")
    assert refusal.value.code == "account_not_found"
