"""What sessions on PostgreSQL promise: one writer at a time, one snapshot, rules that are named."""

import threading
from uuid import UUID

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import sessionmaker

from vms.audit.entry import Actor, NewEntry
from vms.audit.rules import Act
from vms.audit.service import append
from vms.documents.model import Document
from vms.documents.numbering import next_sequence
from vms.kernel.database import Database
from vms.kernel.errors import Kind, VmsError
from vms.kernel.ids import new_id
from vms.operations.model import Alarm

pytestmark = [pytest.mark.sockets, pytest.mark.system]
WAITING = "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND NOT granted"
AYSE = Actor(UUID(int=7), "Ayşe Işık · ayse", UUID(int=8), "10.0.0.7")


def an_alarm(clock, subject="", code="test", severity="info"):
    return Alarm(id=new_id(clock), code=code, subject=subject, severity=severity, detail="gizli", since_us=1)


def refused(database, act):
    with pytest.raises(VmsError) as refusal:
        with database.writing() as session:
            act(session)
    assert "gizli" not in str(refusal.value)
    return refusal.value.kind, refusal.value.code


def opened(database):
    """How transactions are opened: as the product does, or past the writers' own turn."""
    return {"writing": database.writing, "bare": sessionmaker(database.engine, expire_on_commit=False).begin}


def take_alarm(session, clock):
    found = len(session.scalars(sa.select(Alarm)).all())
    session.add(an_alarm(clock, str(found)))
    return found + 1


def take_entry(session, clock):
    return append(session, clock, NewEntry(act=Act.VIEW_OPENED, actor=AYSE)).sequence


def take_number(session, clock):
    number = next_sequence(session, "P-09", 2026)
    session.add(Document(
        id=new_id(clock), kind="P-09", state="draft", version=1, title="", subject_kind="", subject_id="",
        account_id=None, fields={}, created_us=1, created_by_id=None, created_by="", year=2026, sequence=number,
    ))  # fmt: skip
    return number


@pytest.mark.parametrize(
    ("how", "take"), [("writing", take_alarm), ("bare", take_entry), ("bare", take_number)]
)  # fmt: skip
def test_who_comes_second_waits_and_sees_what_the_first_did(database, clock, how, take):
    taken = []

    def second():
        with opened(database)[how]() as session:
            taken.append(take(session, clock))

    thread = threading.Thread(target=second)
    with opened(database)[how]() as session:
        taken.append(take(session, clock))
        session.flush()
        thread.start()
        with database.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as other:
            while thread.is_alive() and other.exec_driver_sql(WAITING).scalar_one() == 0:
                pass
        assert taken == [1]
    thread.join(30)
    assert taken == [1, 2]


def test_who_waits_too_long_is_told_so_and_writes_the_next_time(database, clock):
    impatient = Database(sa.create_engine(database.engine.url), busy_timeout_s=0.05)
    with database.writing() as session:
        session.add(an_alarm(clock, "first"))
        session.flush()
        assert refused(impatient, lambda one: one.add(an_alarm(clock))) == (Kind.UNAVAILABLE, "database_unavailable")
        with impatient.reading() as reader:
            assert reader.scalars(sa.select(Alarm)).all() == []
    with impatient.writing() as session:
        session.add(an_alarm(clock, "second"))
    with database.reading() as session:
        assert {alarm.subject for alarm in session.scalars(sa.select(Alarm))} == {"first", "second"}
    impatient.close()


def test_a_reading_block_sees_one_snapshot_and_writes_nothing(database, clock):
    with database.reading() as session:
        assert session.scalars(sa.select(Alarm)).all() == []
        with database.writing() as other:
            other.add(an_alarm(clock, "meanwhile"))
        assert session.scalars(sa.select(Alarm)).all() == []
        session.add(an_alarm(clock, "thrown away"))
        session.flush()
    with database.reading() as session:
        (found,) = session.scalars(sa.select(Alarm))
    assert (found.subject, type(found.id)) == ("meanwhile", UUID)


@pytest.mark.parametrize(
    ("act", "code"),
    [
        (lambda session, clock: session.add_all([an_alarm(clock), an_alarm(clock)]), "alarm_code_alarm_subject"),
        (lambda session, clock: session.add(an_alarm(clock, code=None)), "alarm_code"),
        (
            lambda session, _: session.execute(sa.text(
                "INSERT INTO retention_policy VALUES (gen_random_uuid(), 'global', '', 5, 'gizli', 1, NULL)"
            )),
            "retention_below_minimum",
        ),
    ],
)  # fmt: skip
def test_a_broken_rule_is_named_as_with_sqlite(database, clock, act, code):
    assert refused(database, lambda session: act(session, clock)) == (Kind.CONFLICT, code)


def test_a_database_that_is_not_there_or_not_upgraded_is_unavailable(server, empty, clock):
    for engine in (empty, sa.create_engine(server.url("absent"))):
        database = Database(engine)
        assert refused(database, lambda session: session.add(an_alarm(clock))) == (
            Kind.UNAVAILABLE, "database_unavailable",
        )  # fmt: skip
        database.close()
