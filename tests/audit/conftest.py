"""A control database with an audit log, the node's key, the file of checkpoints beside it."""

import shutil
import sqlite3
from contextlib import contextmanager
from uuid import UUID

import pytest

from vms.archive.checkpoints import node_key, public_bytes
from vms.audit.checkpoints import CheckpointFile, sign_if_due
from vms.audit.entry import Actor, NewEntry, Subject
from vms.audit.rules import Act
from vms.audit.service import append
from vms.audit.verify import verify
from vms.kernel.clock import ManualClock
from vms.kernel.database import Database

AYSE = Actor(UUID(int=7), "Ayşe Işık · ayse", UUID(int=8), "10.0.0.7")
GATE = UUID(int=9)


class Log:
    """The log of one node, written and read as the product does, or past it."""

    def __init__(self, folder, template, clock):
        self.path = folder / "nazar.db"
        shutil.copy(template, self.path)
        self.clock = clock
        self.database = Database.at(self.path, busy_timeout_s=5)
        self.key = node_key(folder / "keys" / "node.key")
        self.file = CheckpointFile(folder / "audit" / "checkpoints.jsonl")

    def write(self, act=Act.VIEW_OPENED, actor=AYSE, **more):
        with self.database.writing() as session:
            return append(session, self.clock, NewEntry(act=act, actor=actor, **more))

    def fill(self, count=6):
        """Entries that use every column."""
        with self.database.writing() as session:
            for number in range(count):
                self.clock.advance(1)
                append(session, self.clock, self.full(number))

    @staticmethod
    def full(number):
        """An entry that uses every column."""
        return NewEntry(
            act=Act.VIEW_OPENED, actor=AYSE, subject=Subject("camera", str(GATE), "127 · Işık Sokak"), camera_id=GATE,
            mode="live", stream="main", from_us=number, until_us=number + 1, basis="Olur 2026/118",
            basis_id=UUID(int=11), refers_to=UUID(int=12), detail={"number": number},
        )  # fmt: skip

    def sign(self):
        return sign_if_due(self.database, self.clock, self.key, self.file)

    def findings(self, **more):
        more.setdefault("trusted_keys", [public_bytes(self.key)])
        with self.database.reading() as session:
            return list(verify(session, self.file, **more))

    def codes(self):
        return [finding.code for finding in self.findings()]

    @contextmanager
    def unguarded(self):
        """SQL past the program, by somebody who removes the triggers first and puts them back."""
        connection = sqlite3.connect(self.path)
        guards = connection.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'").fetchall()
        for name, _ in guards:
            connection.execute(f"DROP TRIGGER {name}")
        yield connection
        for _, sql in guards:
            connection.execute(sql)
        connection.commit()
        connection.close()


@pytest.fixture
def clock():
    return ManualClock()


@pytest.fixture
def make_log(tmp_path, migrated, clock):
    made = []

    def make(name="node"):
        (tmp_path / name).mkdir()
        made.append(Log(tmp_path / name, migrated, clock))
        return made[-1]

    yield make
    for log in made:
        log.database.close()


@pytest.fixture
def log(make_log):
    return make_log()
