import threading

import pytest

from vms.kernel.database import Database
from vms.kernel.errors import Kind, VmsError
from vms.people.entrance import Browser
from vms.people.passwords import Passwords
from vms.people.queries import need_account
from vms.people.rules import LOCK_US, MAX_FAILED_SIGN_INS
from vms.people.service import disable, set_password
from vms.people.sessions import open_session
from vms.people.sign_in import change_password

HERE = Browser("10.0.0.7")
WRONG = "wrong horse battery"
NEW = "another good one"


class Interrupted(Passwords):
    """Passwords as they are, with something that happens while the first one is checked."""

    def __init__(self, meanwhile):
        super().__init__(time_cost=1, memory_kib=8)
        self._meanwhile = [meanwhile]

    def is_right(self, stored, password):
        if self._meanwhile:
            self._meanwhile.pop()()
        return super().is_right(stored, password)


class InterruptedLater(Passwords):
    """Passwords as they are, with something that happens once the right one was found and before a session begins."""

    def __init__(self, meanwhile):
        super().__init__(time_cost=1, memory_kib=8)
        self._meanwhile = meanwhile

    def is_outdated(self, stored):
        self._meanwhile()
        return super().is_outdated(stored)


@pytest.fixture
def try_in(door, passwords):
    """Sign in; a refusal is given back instead of raised."""

    def try_in(name, password, passwords=passwords):
        try:
            return door(passwords).sign_in(name, password, HERE)
        except VmsError as err:
            return err

    return try_in


def stored(database):
    with database.reading() as session:
        return need_account(session, "ayse")


def test_who_knows_the_password_gets_a_session(database, clock, account, try_in, right_password):
    found = try_in("Ayse", right_password)
    assert found.account.id == account.id
    assert open_session(database, clock, found.token).account.id == account.id
    assert found.token not in repr(found)


def test_every_failure_says_the_same(database, clock, account, try_in, right_password):
    told = [try_in("ayse", WRONG), try_in("nobody", right_password), try_in("no\x00body\ud800", WRONG)]
    with database.writing() as session:
        disable(session, clock, account)
    told.append(try_in("ayse", right_password))
    assert {(err.kind, err.code, err.message) for err in told} == {
        (Kind.UNAUTHENTICATED, "sign_in_failed", told[0].message)
    }
    assert all(err.detail == {} for err in told)


def test_the_fifth_failure_shuts_the_account_for_a_quarter_of_an_hour(database, clock, account, try_in, right_password):
    shut_us = clock.now_us()
    assert [try_in("ayse", WRONG).code for _ in range(MAX_FAILED_SIGN_INS)] == ["sign_in_failed"] * 5
    refusal = try_in("ayse", right_password)
    assert (refusal.kind, refusal.code) == (Kind.FORBIDDEN, "account_locked")
    assert refusal.detail == {"until_us": shut_us + LOCK_US}
    clock.advance(LOCK_US / 1_000_000 - 0.000001)
    assert try_in("ayse", WRONG).code == "account_locked", "to the last microsecond"
    clock.advance(0.000001)
    assert try_in("ayse", WRONG).code == "sign_in_failed", "and then it is counted anew"
    assert stored(database).failed_sign_ins == 1
    assert try_in("ayse", right_password).token


def test_the_right_password_forgets_failures(database, account, try_in, right_password):
    for _ in range(2):
        for _ in range(MAX_FAILED_SIGN_INS - 1):
            try_in("ayse", WRONG)
        assert try_in("ayse", right_password).token
    assert stored(database).failed_sign_ins == 0


def test_guessing_in_parallel_gains_nothing(tmp_path, account, door):
    patient = Database.at(tmp_path / "nazar.db")
    told: list[str] = []

    def guess():
        with pytest.raises(VmsError) as refusal:
            door(database=patient).sign_in("ayse", WRONG, HERE)
        told.append(refusal.value.code)

    threads = [threading.Thread(target=guess) for _ in range(12)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    patient.close()
    assert sorted(told) == ["account_locked"] * 7 + ["sign_in_failed"] * 5


def test_a_lock_that_falls_while_a_password_is_reckoned_counts(
    database, clock, account, try_in, passwords, right_password
):
    def others_guess():
        for _ in range(MAX_FAILED_SIGN_INS):
            try_in("ayse", WRONG)

    assert try_in("ayse", right_password, Interrupted(others_guess)).code == "account_locked"


def test_a_password_that_changes_while_it_is_reckoned_opens_nothing(
    database, clock, account, try_in, passwords, right_password
):
    """The change also proves that nothing is locked meanwhile: it would wait for the writer's lock and fail."""

    def changed():
        with database.writing() as session:
            set_password(session, clock, account, NEW, passwords=passwords)

    assert try_in("ayse", right_password, Interrupted(changed)).code == "sign_in_failed"
    assert try_in("ayse", NEW).token


def test_a_password_that_changes_before_its_session_begins_opens_nothing(
    database, clock, account, try_in, passwords, right_password
):
    def changed():
        with database.writing() as session:
            set_password(session, clock, account, NEW, passwords=passwords)

    assert try_in("ayse", right_password, InterruptedLater(changed)).code == "sign_in_failed"
    assert try_in("ayse", NEW).token


def test_of_two_changes_at_once_the_later_knows_the_password_no_more(
    database, clock, account, passwords, right_password
):
    def changed():
        with database.writing() as session:
            set_password(session, clock, account, NEW, passwords=passwords)

    with pytest.raises(VmsError) as refusal:
        change_password(database, clock, account, right_password, "a third good one", passwords=Interrupted(changed))
    assert refusal.value.code == "password_wrong"
    assert passwords.is_right(stored(database).password_hash, NEW)


def test_an_account_that_is_closed_while_its_password_is_reckoned_stays_out(
    database, clock, account, try_in, right_password
):
    def closed():
        with database.writing() as session:
            disable(session, clock, account)

    assert try_in("ayse", right_password, Interrupted(closed)).code == "sign_in_failed"


def test_a_hash_of_yesterdays_costs_is_made_anew(database, account, try_in, right_password):
    dearer = Passwords(time_cost=2, memory_kib=8)
    assert dearer.is_outdated(stored(database).password_hash)
    assert try_in("ayse", right_password, dearer).token
    assert not dearer.is_outdated(stored(database).password_hash)
    assert try_in("ayse", right_password, dearer).token


def test_changing_the_password_ends_all_other_sessions(database, clock, account, try_in, passwords, right_password):
    here, elsewhere = try_in("ayse", right_password), try_in("ayse", right_password)
    clock.advance(1)
    changed = change_password(
        database, clock, here.account, right_password, NEW, keep_token=here.token, passwords=passwords
    )
    assert not changed.must_change_password
    assert changed.password_set_us == clock.now_us()
    assert open_session(database, clock, here.token).account.id == account.id
    assert open_session(database, clock, elsewhere.token) is None
    assert try_in("ayse", right_password).code == "sign_in_failed"
    assert try_in("ayse", NEW).token


@pytest.mark.proves("edge-77")
@pytest.mark.parametrize(
    ("old", "new", "code"),
    [(WRONG, NEW, "password_wrong"), (None, None, "password_unchanged"), (None, "short", "password_weak")],
)
def test_a_password_that_may_not_be_taken_changes_nothing(
    database, clock, account, passwords, right_password, old, new, code
):
    before = stored(database).password_hash
    with pytest.raises(VmsError) as refusal:
        change_password(database, clock, account, old or right_password, new or right_password, passwords=passwords)
    assert refusal.value.code == code
    assert stored(database).password_hash == before


def test_a_stolen_session_is_no_way_to_guess(database, clock, account, try_in, passwords, right_password):
    for _ in range(MAX_FAILED_SIGN_INS):
        with pytest.raises(VmsError):
            change_password(database, clock, account, WRONG, NEW, passwords=passwords)
    with pytest.raises(VmsError) as refusal:
        change_password(database, clock, account, right_password, NEW, passwords=passwords)
    assert refusal.value.code == "account_locked"
    assert try_in("ayse", right_password).code == "account_locked"
