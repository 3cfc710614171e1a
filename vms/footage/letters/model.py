"""The register of letters that came in, each with the file of what came."""

from datetime import date
from enum import StrEnum
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from vms.kernel.database import Base
from vms.kernel.turkish import folded


class Sender(StrEnum):
    """Whose letter it is."""

    AUTHORITY = "authority"  # dış makam
    UNIT = "unit"  # kurum içi birim, with its Olur
    OTHER = "other"


class Channel(StrEnum):
    """How it came (tebliğ kanalı)."""

    EBYS = "ebys"
    KEP = "kep"
    BY_HAND = "by_hand"  # elden
    POST = "post"


class Letter(Base):
    """An incoming letter. Rows are corrected, never deleted.

    `no`, `on`: as the paper says; `ebys_no` empty: EBYS was down, its number is noted later (R-10). `served_us`: the
    moment of service (tebliğ), from which 20 days are counted back (A-03). `file_*`, `signature_kind`: the scan or the
    e-signed file (S-1d), None until it is there. `assignee_id`, `assigned_us`, `due_us`, `done_us`: to whom it was
    given to act on (havale, D-6.13), when, with what came of it. `words_folded`: what it is found by, in the one
    spelling of searching.
    """

    __tablename__ = "letter"
    __table_args__ = (
        CheckConstraint("sender IN ('authority', 'unit', 'other')", name="letter_sender"),
        CheckConstraint("channel IN ('ebys', 'kep', 'by_hand', 'post')", name="letter_channel"),
        CheckConstraint("signature_kind IS NULL OR signature_kind IN ('e_signature', 'wet')", name="letter_signature"),
        CheckConstraint("(file_sha256 IS NULL) = (signature_kind IS NULL)", name="letter_without_signature"),
        CheckConstraint("done_us IS NULL OR assignee_id IS NOT NULL", name="letter_done_by_nobody"),
        Index("letter_number", "number", unique=True),
        Index("letter_of_sender", "no", "on"),
        Index("letter_assignee", "assignee_id"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    number: Mapped[int]
    sender: Mapped[str]
    sender_name: Mapped[str]
    no: Mapped[str]
    on: Mapped[date]
    served_us: Mapped[int]
    channel: Mapped[str]
    subject: Mapped[str]
    registered_us: Mapped[int]
    registered_by: Mapped[UUID | None]
    registered_by_name: Mapped[str]
    ebys_no: Mapped[str] = mapped_column(default="")
    ebys_on: Mapped[date | None] = mapped_column(default=None)
    file_sha256: Mapped[bytes | None] = mapped_column(default=None)
    file_type: Mapped[str] = mapped_column(default="")
    file_bytes: Mapped[int | None] = mapped_column(default=None)
    file_pages: Mapped[int | None] = mapped_column(default=None)
    file_us: Mapped[int | None] = mapped_column(default=None)
    file_by_name: Mapped[str] = mapped_column(default="")
    signature_kind: Mapped[str | None] = mapped_column(default=None)
    signatures: Mapped[list[dict[str, Any]]] = mapped_column(sa.JSON, default_factory=list)
    assignee_id: Mapped[UUID | None] = mapped_column(ForeignKey("account.id"), default=None)
    assigned_us: Mapped[int | None] = mapped_column(default=None)
    due_us: Mapped[int | None] = mapped_column(default=None)
    done_us: Mapped[int | None] = mapped_column(default=None)
    result: Mapped[str] = mapped_column(default="")
    words_folded: Mapped[str] = mapped_column(default="", repr=False)

    @property
    def words(self) -> str:
        """What people call it."""
        return f"{self.sender_name} {self.no}, {self.on:%d.%m.%Y}"

    def is_overdue(self, now_us: int) -> bool:
        """Whether whoever it was given to should have dealt with it by now (D-6.13)."""
        return self.done_us is None and self.due_us is not None and self.due_us <= now_us

    def is_with(self, account_id: UUID) -> bool:
        """Whether it is this account's to act on now."""
        return self.assignee_id == account_id and self.done_us is None

    def fold_words(self) -> None:
        """To be called whenever something that it is found by was written."""
        said = self.number, self.sender_name, self.no, self.subject, self.ebys_no
        self.words_folded = folded(" ".join(str(one) for one in said if one))
