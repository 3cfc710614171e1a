"""Audit entries with the signed statements of where their chain stood."""

from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, Index
from sqlalchemy.orm import Mapped, mapped_column

from vms.audit.chain import FIELDS, entry_hash
from vms.kernel.database import Base


class AuditEntry(Base):
    """One act. Rows are appended, never changed or removed; triggers of the migration refuse anything else.

    `sequence` has no gap and begins with 1: it is the order in which entries were written, whatever the clock said.
    `detail`: JSON. See `vms.audit.entry.NewEntry` for the rest. No foreign key: an entry outlives what it is about.
    """

    __tablename__ = "audit_entry"
    __table_args__ = (
        CheckConstraint("sequence > 0", name="audit_sequence"),
        CheckConstraint("length(hash) = 32 AND length(previous_hash) = 32", name="audit_hash_length"),
        Index("audit_entry_id", "id", unique=True),
        Index("audit_entry_time", "at_us"),
        Index("audit_entry_actor", "actor_id", "sequence"),
        Index("audit_entry_camera", "camera_id", "sequence"),
        Index("audit_entry_act", "act", "sequence"),
        Index("audit_entry_refers_to", "refers_to"),
    )

    sequence: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    id: Mapped[UUID]
    at_us: Mapped[int]
    actor_id: Mapped[UUID | None]
    actor_name: Mapped[str]
    session_id: Mapped[UUID | None]
    address: Mapped[str]
    act: Mapped[str]
    subject_kind: Mapped[str]
    subject_id: Mapped[str]
    subject_words: Mapped[str]
    camera_id: Mapped[UUID | None]
    mode: Mapped[str]
    stream: Mapped[str]
    from_us: Mapped[int | None]
    until_us: Mapped[int | None]
    basis: Mapped[str]
    basis_id: Mapped[UUID | None]
    outcome: Mapped[str]
    refers_to: Mapped[UUID | None]
    detail: Mapped[str]
    previous_hash: Mapped[bytes] = mapped_column(repr=False)
    hash: Mapped[bytes] = mapped_column(repr=False, init=False)

    def __post_init__(self) -> None:
        self.hash = entry_hash(self.previous_hash, self.told())

    def told(self) -> dict[str, Any]:
        """What the hash is over."""
        return {name: _plain(getattr(self, name)) for name in FIELDS}


class AuditCheckpoint(Base):
    """A signed statement of where the chain stood: `body` is canonical JSON, `signature` the node's (Ed25519)."""

    __tablename__ = "audit_checkpoint"

    sequence: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    at_us: Mapped[int]
    body: Mapped[str]
    signature: Mapped[bytes] = mapped_column(repr=False)


def _plain(value: Any) -> Any:
    return value.hex if isinstance(value, UUID) else value
