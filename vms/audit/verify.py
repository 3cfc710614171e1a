"""Proving that the audit log is what was written."""

import hashlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, Executable, literal_column, select, table
from sqlalchemy.orm import Session

from vms.archive.checkpoints import Checkpoint
from vms.audit.chain import FIELDS, FIRST, entry_hash
from vms.audit.checkpoints import LOG, CheckpointFile, read_checkpoints
from vms.audit.guards import missing_guards
from vms.kernel.clock import iso

Progress = Callable[[int], None]
_BATCH = 1_000
_COLUMNS = (*FIELDS, "previous_hash", "hash")
_SELECT: Executable = (
    select(*map(literal_column, _COLUMNS)).select_from(table("audit_entry")).order_by(literal_column("sequence"))
)


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that does not hold. `sequence`, `at_us`, `act`: of the entry it is about, where it is about one."""

    code: str
    message: str
    sequence: int | None = None
    at_us: int | None = None
    act: str = ""

    def __str__(self) -> str:
        if self.sequence is None:
            return f"{self.message} [{self.code}]"
        of = f" ({iso(self.at_us)}, {self.act})" if self.at_us is not None else ""
        return f"entry {self.sequence}{of}: {self.message} [{self.code}]"

    def to_json(self) -> dict[str, Any]:
        """For machines."""
        return {
            "code": self.code, "message": self.message, "sequence": self.sequence, "at_us": self.at_us, "act": self.act,
        }  # fmt: skip


def verify(
    session: Session,
    file: CheckpointFile,
    *,
    trusted_keys: Sequence[bytes] = (),
    progress: Progress = lambda _count: None,
) -> Iterator[Finding]:
    """Yield what does not hold: each entry's hash, its link, the numbers without a gap, the signed checkpoints.

    Reads every entry once in one snapshot, which begins after the file was read (`session` must not have read yet):
    what is signed meanwhile is missing in the file, never in the database. Memory stays flat. `trusted_keys`: raw
    Ed25519 public keys; without them a signature only shows that a statement was not changed.
    """
    copied = list(file.read())
    statements = _Statements(read_checkpoints(session), copied, trusted_keys)
    yield from _missing_guards(session.connection())
    yield from statements.faults()
    last = 0
    for row in _rows(session):
        yield from row.faults(after=last)
        yield from statements.compare(row)
        last = max(last, row.sequence)
        progress(1)
    yield from statements.beyond(last)


class _Row:
    """An entry as it lies there, whatever somebody made of it, with the hash that came before."""

    def __init__(self, values: Mapping[str, Any], previous: Any) -> None:
        self.values = {name: _plain(value) for name, value in values.items()}
        self._previous = previous
        self.sequence: int = self.values["sequence"] if isinstance(self.values["sequence"], int) else 0
        self.hash = self.values["hash"]

    def faults(self, *, after: int) -> Iterator[Finding]:
        if self.sequence < 1:
            yield Finding("entry_changed", "a row of the log has no number: it is not what was written")
            return
        if self.sequence != after + 1:
            missing = f"{after + 1} to {self.sequence - 1}" if self.sequence > after + 2 else f"{after + 1}"
            yield self.finding("entry_missing", f"before it entries are missing: number {missing}")
        elif self.values["previous_hash"] != self._previous:
            yield self.finding("link_broken", "it does not follow from the entry before, which was changed or replaced")
        if not self._has_own_hash():
            yield self.finding("entry_changed", "it is not what was written")

    def finding(self, code: str, message: str) -> Finding:
        at_us, act = self.values["at_us"], self.values["act"]
        return Finding(code, message, self.sequence, at_us if isinstance(at_us, int) else None, str(act))

    def _has_own_hash(self) -> bool:
        try:
            return bool(entry_hash(self.values["previous_hash"], self.values) == self.hash)
        except (TypeError, ValueError):  # bytes in a text column, text in place of a hash
            return False


def _rows(session: Session) -> Iterator[_Row]:
    """Raw values: what somebody wrote past the program may be of any type."""
    found = session.execute(_SELECT, execution_options={"yield_per": _BATCH})
    previous: Any = FIRST
    for values in found:
        row = _Row(dict(zip(_COLUMNS, values, strict=True)), previous)
        yield row
        previous = row.hash


class _Statements:
    """The checkpoints of the database with those of the file, each against the entry it names."""

    def __init__(
        self, kept: Sequence[Checkpoint], copied: Sequence[Checkpoint | None], trusted_keys: Sequence[bytes]
    ) -> None:
        self._kept = kept
        self._copied = copied
        self._trusted_keys = trusted_keys
        self._told: dict[int, set[str]] = {}
        self._is_first_difference = True
        for one in (*kept, *copied):
            if one is not None and not _fault(one, trusted_keys):
                values = one.values()
                self._told.setdefault(values["sequence"], set()).add(values["hash"])

    def faults(self) -> Iterator[Finding]:
        """What is wrong with the statements themselves."""
        before = None
        for one in self._kept:
            fault = _fault(one, self._trusted_keys)
            if fault:
                yield Finding("checkpoint_invalid", f"the checkpoint of {iso(one.at_us)}: {fault}")
            elif before is not None and one.values()["previous"] != before:
                yield Finding("checkpoint_invalid", f"before the checkpoint of {iso(one.at_us)} one is missing")
            before = None if fault else hashlib.sha256(one.body.encode()).hexdigest()
        for number, copy in enumerate(self._copied, 1):
            fault = _fault(copy, self._trusted_keys)
            if fault:
                yield Finding("checkpoint_file_damaged", f"line {number} of the checkpoint file: {fault}")
        yield from self._differences()

    def _differences(self) -> Iterator[Finding]:
        kept, copied = {one.body for one in self._kept}, {one.body for one in self._copied if one}
        if len(kept - copied) > 1:  # a crash leaves out the newest at most
            yield Finding("checkpoint_file_short", "the checkpoint file lacks statements that the database has")
        if copied - kept:
            yield Finding(
                "checkpoint_missing",
                "the checkpoint file has statements that the database lacks: it was cut or replaced",
            )

    def compare(self, row: _Row) -> Iterator[Finding]:
        """Whether what was signed of this entry is what lies there. Said once: later ones differ with it."""
        told = self._told.get(row.sequence)
        is_same = told is None or (isinstance(row.hash, bytes) and told == {row.hash.hex()})
        if not is_same and self._is_first_difference:
            self._is_first_difference = False
            message = "another entry was signed under this number: this one or one before it was replaced"
            yield row.finding("checkpoint_differs", message)

    def beyond(self, last: int) -> Iterator[Finding]:
        """Whether more was signed than there is."""
        newest = max(self._told, default=0)
        if newest > last:
            yield Finding("tail_missing", f"entries up to number {newest} were signed; they are missing", last + 1)


def _plain(value: Any) -> Any:
    """As SQLite gives it: PostgreSQL's driver makes ids of ids and views of bytes."""
    if isinstance(value, UUID):
        return value.hex
    return bytes(value) if isinstance(value, memoryview) else value


def _fault(checkpoint: Checkpoint | None, trusted_keys: Sequence[bytes]) -> str:
    if checkpoint is None:
        return "it is unreadable"
    fault = checkpoint.fault(trusted_keys)
    if fault:
        return fault
    values = checkpoint.values()
    is_ours = values.get("log") == LOG and {"sequence", "hash", "previous"} <= values.keys()
    return "" if is_ours else "it speaks of another log"


def _missing_guards(connection: Connection) -> Iterator[Finding]:
    for name in missing_guards(connection):
        yield Finding("guard_missing", f"the database does not refuse changes any more: trigger {name} is gone")
