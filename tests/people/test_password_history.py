import itertools

import pytest

from vms.kernel.errors import VmsError
from vms.people.queries import need_account
from vms.people.rules import MAX_REMEMBERED_PASSWORDS
from vms.people.service import set_password
from vms.people.sign_in import change_password
from vms.people.sign_in_model import FormerPassword

FIRST = "correct horse battery"


def stored(database):
    with database.reading() as session:
        return need_account(session, "ayse")


@pytest.fixture
def change(database, clock, account, passwords):
    def change(old, new, remembered=3):
        clock.advance(1)
        own = stored(database)
        return change_password(database, clock, own, old, new, remembered=remembered, passwords=passwords)

    return change


def refused(change, old, new, **more):
    with pytest.raises(VmsError) as refusal:
        change(old, new, **more)
    return refusal.value.code


@pytest.mark.proves("edge-77")
def test_none_of_the_last_passwords_comes_back(change):
    had = [FIRST, *(f"password number {number}" for number in range(1, 5))]
    for old, new in itertools.pairwise(had):
        change(old, new)
    assert refused(change, had[-1], had[-1]) == "password_unchanged"
    assert {refused(change, had[-1], former) for former in had[1:4]} == {"password_used_before"}
    change(had[-1], FIRST)


def test_a_password_that_an_administrator_replaced_counts_as_one_the_person_had(
    database, clock, account, change, passwords
):
    with database.writing() as session:
        set_password(session, clock, account, "given by somebody", passwords=passwords)
    assert refused(change, "given by somebody", FIRST) == "password_used_before"


def test_so_many_are_kept_and_no_more(database, clock, account, passwords):
    for number in range(MAX_REMEMBERED_PASSWORDS + 3):
        clock.advance(1)
        with database.writing() as session:
            set_password(session, clock, account, f"password number {number}", passwords=passwords)
    with database.reading() as session:
        assert session.query(FormerPassword).count() == MAX_REMEMBERED_PASSWORDS
