import sqlite3
import threading
from uuid import UUID

import pytest
import sqlalchemy as sa

from vms.kernel.clock import ManualClock
from vms.kernel.database import Database
from vms.kernel.errors import Kind, VmsError
from vms.kernel.ids import new_id
from vms.kernel.migration import upgrade
from vms.operations.model import Alarm


@pytest.fixture
def database(tmp_path):
    database = Database.at(tmp_path / "nazar.db", busy_timeout_s=0.05)
    upgrade(database.engine)
    yield database
    database.close()


def an_alarm(subject: str = "") -> Alarm:
    since_us = 1_763_000_000_000_001
    return Alarm(id=new_id(ManualClock()), code="test", subject=subject, severity="info", detail="", since_us=since_us)


def test_a_missing_database_is_unavailable_and_is_not_created(tmp_path):
    database = Database.at(tmp_path / "nazar.db")
    with pytest.raises(VmsError) as refusal:
        with database.reading() as session:
            session.execute(sa.text("SELECT 1"))
    assert (refusal.value.kind, refusal.value.code) == (Kind.UNAVAILABLE, "database_unavailable")
    assert not (tmp_path / "nazar.db").exists()


def test_a_file_that_is_no_database_is_corrupt(tmp_path):
    (tmp_path / "nazar.db").write_bytes(b"not a database, " * 400)
    with pytest.raises(VmsError) as refusal:
        with Database.at(tmp_path / "nazar.db").reading() as session:
            session.execute(sa.text("SELECT * FROM camera"))
    assert refusal.value.code == "database_corrupt"


def test_what_is_written_is_read_back_by_another_connection(database, tmp_path):
    alarm = an_alarm()
    with database.writing() as session:
        session.add(alarm)
    with Database.at(tmp_path / "nazar.db").reading() as session:
        found = session.scalars(sa.select(Alarm)).one()
    assert (found.id, found.since_us) == (alarm.id, 1_763_000_000_000_001)
    assert isinstance(found.id, UUID)


def test_a_block_that_fails_writes_nothing(database):
    with pytest.raises(ZeroDivisionError), database.writing() as session:  # noqa: PT012
        session.add(an_alarm())
        session.flush()
        raise ZeroDivisionError
    with database.reading() as session:
        assert session.scalars(sa.select(Alarm)).all() == []


def test_a_reading_block_writes_nothing(database):
    with database.reading() as session:
        session.add(an_alarm())
        session.flush()
    with database.reading() as session:
        assert session.scalars(sa.select(Alarm)).all() == []


def test_a_locked_database_is_unavailable_for_writers_only(database, tmp_path):
    other = sqlite3.connect(tmp_path / "nazar.db", isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(VmsError) as refusal:
        with database.writing() as session:
            session.add(an_alarm())
    assert refusal.value.code == "database_unavailable"
    with database.reading() as session:
        assert session.scalars(sa.select(Alarm)).all() == []
    other.execute("ROLLBACK")
    other.close()


def test_a_writer_that_read_first_waits_for_the_one_before_it(tmp_path):
    """With a deferred BEGIN the second would fail at once: its snapshot is older than the first one's commit."""
    database = Database.at(tmp_path / "nazar.db")
    upgrade(database.engine)
    second_started = threading.Event()
    counts: list[int] = []

    def second() -> None:
        second_started.set()
        with database.writing() as session:
            counts.append(len(session.scalars(sa.select(Alarm)).all()))
            session.add(an_alarm("second"))

    with database.writing() as session:
        session.add(an_alarm("first"))
        session.flush()
        thread = threading.Thread(target=second)
        thread.start()
        assert second_started.wait(5)
    thread.join(5)
    assert counts == [1]
    with database.reading() as session:
        assert {alarm.subject for alarm in session.scalars(sa.select(Alarm))} == {"first", "second"}


def test_a_broken_rule_is_named(database):
    with pytest.raises(VmsError) as refusal:
        with database.writing() as session:
            session.add_all([an_alarm(), an_alarm()])
    assert refusal.value.kind is Kind.CONFLICT
    assert refusal.value.code == "alarm_code_alarm_subject"


def test_the_file_is_for_this_user_only_in_wal_mode_with_foreign_keys(database, tmp_path):
    assert (tmp_path / "nazar.db").stat().st_mode & 0o077 == 0
    with database.reading() as session:
        assert session.execute(sa.text("PRAGMA journal_mode")).scalar() == "wal"
        assert session.execute(sa.text("PRAGMA foreign_keys")).scalar() == 1
