"""The database itself lets nobody change the log, whichever program asks."""

import sqlite3

import pytest

from vms.audit.guards import GUARDS
from vms.audit.model import AuditCheckpoint, AuditEntry
from vms.kernel.errors import VmsError

COLUMNS = [*AuditEntry.__table__.columns.keys()]
COPY = f"INTO audit_entry SELECT {{}}, {', '.join(COLUMNS[1:])} FROM audit_entry WHERE sequence = 3"


@pytest.fixture
def raw(log):
    log.fill(6)
    log.sign()
    connection = sqlite3.connect(log.path)
    yield connection
    connection.close()


@pytest.mark.proves("edge-60", "C-1")
@pytest.mark.parametrize(
    "statement",
    [
        *(f"UPDATE audit_entry SET {column} = {column} WHERE sequence = 3" for column in COLUMNS),
        "UPDATE OR IGNORE audit_entry SET act = 'x'",
        "UPDATE OR REPLACE audit_entry SET sequence = 2 WHERE sequence = 3",
        "DELETE FROM audit_entry WHERE sequence = 6",
        "DELETE FROM audit_entry",
        f"INSERT OR REPLACE {COPY.format(3)}",
        f"REPLACE {COPY.format(6)}",
        f"INSERT OR IGNORE {COPY.format(3)}",
        f"INSERT {COPY.format(8)}",  # a gap
        f"INSERT {COPY.format(7)}",  # the right number, behind another hash
        "UPDATE audit_checkpoint SET body = ''",
        "DELETE FROM audit_checkpoint",
        "INSERT OR REPLACE INTO audit_checkpoint SELECT sequence, 1, '', signature FROM audit_checkpoint",
        "INSERT INTO audit_checkpoint SELECT sequence - 1, 1, '', signature FROM audit_checkpoint",
    ],
)
def test_nothing_but_appending_is_possible(log, raw, statement):
    before = (
        raw.execute("SELECT * FROM audit_entry").fetchall(),
        raw.execute("SELECT * FROM audit_checkpoint").fetchall(),
    )
    with pytest.raises(sqlite3.IntegrityError, match="audit_append_only"):
        raw.execute(statement)
    raw.rollback()
    after = (
        raw.execute("SELECT * FROM audit_entry").fetchall(),
        raw.execute("SELECT * FROM audit_checkpoint").fetchall(),
    )
    assert after == before
    assert log.findings() == []


@pytest.mark.parametrize("table", [AuditEntry, AuditCheckpoint])
def test_our_own_program_is_refused_with_the_rules_name(log, raw, table):
    with pytest.raises(VmsError) as refusal, log.database.writing() as session:
        session.delete(session.get_one(table, 6))
    assert refusal.value.code == "audit_append_only"


@pytest.mark.parametrize("guard", GUARDS)
def test_a_guard_that_is_gone_is_named(log, raw, guard):
    raw.execute(f"DROP TRIGGER {guard}")
    raw.commit()
    (finding,) = log.findings()
    assert (finding.code, guard in finding.message) == ("guard_missing", True)
