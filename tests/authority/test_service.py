import sqlite3

import pytest

from vms.authority.queries import rights_of
from vms.authority.service import allow
from vms.kernel.errors import VmsError
from vms.people.service import disable


@pytest.mark.parametrize(
    ("live", "playback", "basis", "until_s", "code"),
    [
        (False, False, "letter", None, "right_without_mode"),
        (True, False, " ", None, "basis_missing"),
        (True, False, "letter", 0, "until_in_the_past"),
        (True, False, "letter", -1, "until_in_the_past"),
    ],
)
def test_a_right_that_makes_no_sense_is_refused(
    database, clock, people, gate_and_lobby, live, playback, basis, until_s, code
):
    until_us = None if until_s is None else clock.now_us() + until_s * 1_000_000
    with pytest.raises(VmsError) as refusal, database.writing() as session:
        allow(session, clock, people[1], gate_and_lobby[0], live, playback, basis, until_us)
    assert refusal.value.code == code
    with database.reading() as session:
        assert rights_of(session, people[1].id) == []


def test_a_disabled_account_is_given_nothing(database, clock, people, gate_and_lobby):
    with pytest.raises(VmsError) as refusal, database.writing() as session:
        allow(session, clock, disable(session, clock, people[1]), gate_and_lobby[0], True, False, "letter")
    assert refusal.value.code == "account_disabled"


@pytest.mark.parametrize(
    ("assignment", "rule"),
    [
        ("is_live = 0", "right_without_mode"),
        ("until_us = from_us", "right_ends_before_it_begins"),
        ("basis = '  '", "basis_missing"),
        ("camera_id = '00'", "FOREIGN KEY"),
    ],
)
def test_the_database_itself_refuses_such_rights(database, clock, people, gate_and_lobby, tmp_path, assignment, rule):
    with database.writing() as session:
        allow(session, clock, people[1], gate_and_lobby[0], True, False, " letter ")
        assert [right.basis for right in rights_of(session, people[1].id)] == ["letter"]
    connection = sqlite3.connect(tmp_path / "nazar.db")
    connection.execute("PRAGMA foreign_keys = ON")
    with pytest.raises(sqlite3.IntegrityError, match=rule):
        connection.execute(f"UPDATE viewing_right SET {assignment}")
    connection.close()
