"""The audit log in PostgreSQL: what its triggers refuse, what verifying finds."""

from uuid import UUID

import pytest
import sqlalchemy as sa

from vms.archive.checkpoints import node_key, public_bytes
from vms.audit.checkpoints import CheckpointFile, sign_if_due
from vms.audit.entry import Actor, NewEntry, Subject
from vms.audit.guards import missing_guards
from vms.audit.rules import Act
from vms.audit.service import append
from vms.audit.verify import verify
from vms.kernel.errors import VmsError

pytestmark = [pytest.mark.sockets, pytest.mark.system]
AYSE = Actor(UUID(int=7), "Ayşe Işık · ayse", UUID(int=8), "10.0.0.7")
GATE = UUID(int=9)


@pytest.fixture
def log(database, clock, tmp_path):
    """Three entries that use every column, signed; what verifying finds."""
    with database.writing() as session:
        for number in range(3):
            append(session, clock, NewEntry(
                act=Act.VIEW_OPENED, actor=AYSE, subject=Subject("camera", str(GATE), "127 · Işık Sokak"),
                camera_id=GATE, mode="live", stream="main", from_us=number, until_us=number + 1, basis="Olur 2026/118",
                basis_id=UUID(int=11), refers_to=UUID(int=12), detail={"number": number},
            ))  # fmt: skip
    key, file = node_key(tmp_path / "node.key"), CheckpointFile(tmp_path / "checkpoints.jsonl")
    assert sign_if_due(database, clock, key, file) is not None

    def findings():
        with database.reading() as session:
            found = verify(session, file, trusted_keys=[public_bytes(key)])
            return [(one.code, one.sequence) for one in found]

    return findings


@pytest.mark.proves("edge-60", "C-1")
@pytest.mark.parametrize(
    "sentence",
    [
        "UPDATE audit_entry SET actor_name = 'kimse' WHERE sequence = 2", "DELETE FROM audit_entry WHERE sequence = 3",
        "INSERT INTO audit_entry SELECT * FROM audit_entry WHERE sequence = 2", "TRUNCATE audit_entry",
        "UPDATE audit_checkpoint SET body = ''", "DELETE FROM audit_checkpoint", "TRUNCATE audit_checkpoint",
        "INSERT INTO audit_checkpoint SELECT * FROM audit_checkpoint",
    ],
)  # fmt: skip
def test_the_database_refuses_anything_but_appending(database, log, sentence):
    with pytest.raises(VmsError) as refusal:
        with database.writing() as session:
            session.execute(sa.text(sentence))
    assert refusal.value.code == "audit_append_only"
    assert log() == []


@pytest.mark.parametrize("table", ["audit_entry", "audit_checkpoint"])
def test_guards_that_are_switched_off_are_found(database, log, table):
    guards = [f"{table}_{what}" for what in ("in_order", "no_update", "no_delete", "no_truncate")]
    with database.engine.begin() as connection:
        assert missing_guards(connection) == []
        connection.exec_driver_sql(f"ALTER TABLE {table} DISABLE TRIGGER USER")
        assert missing_guards(connection) == guards
    assert log() == [("guard_missing", None)] * len(guards)


def test_what_the_owner_of_the_database_changes_is_found(database, log):
    with database.engine.begin() as connection:
        connection.exec_driver_sql("ALTER TABLE audit_entry DISABLE TRIGGER USER")
        connection.exec_driver_sql("UPDATE audit_entry SET actor_name = 'kimse' WHERE sequence = 2")
        connection.exec_driver_sql("ALTER TABLE audit_entry ENABLE TRIGGER USER")
    assert log() == [("entry_changed", 2)]
