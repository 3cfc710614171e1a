"""Documents with their initials, their signed files."""

from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from vms.audit.entry import Actor
from vms.documents.rules import State, check_step, initial_missing, number_words
from vms.kernel.database import Base
from vms.kernel.turkish import folded
from vms.people.model import Account
from vms.people.organisation_model import Person

_NUMBERED = "year IS NOT NULL AND sequence IS NOT NULL AND code IS NOT NULL AND pdf_sha256 IS NOT NULL"


class Document(Base):
    """One version of a record. Rows are never deleted once they have a number: the register has no gaps.

    `subject_kind`, `subject_id`: what of the system the paper is about. `account_id`: whose paper it is, who may
    read it beside those who keep the register. `title`: the paper's subject line (Konu), which may name people.
    `fields`: what the form was filled with, as its model wrote it. `text_version`: which legal text was printed; empty
    where the form has none. `code`: of this version alone. Names are those that people had then. `words_folded`: what
    lists are searched by (`search_words`). `chain`: the titles whose initials this version needs before it is signed,
    in their order, as the settings said when it was issued; `turn_folded`: whose turn it is, in one spelling, empty
    once all have initialled.
    """

    __tablename__ = "document"
    __table_args__ = (
        CheckConstraint("kind LIKE 'P-__'", name="document_kind"),
        CheckConstraint("state IN ('draft', 'issued', 'signed', 'superseded', 'cancelled')", name="document_state"),
        CheckConstraint(f"state IN ('draft', 'cancelled') OR ({_NUMBERED})", name="document_without_number"),
        CheckConstraint("version >= 1", name="document_version"),
        Index("document_number_taken", "kind", "year", "sequence", "version", unique=True),
        Index("document_code", "code_sha256", unique=True),
        Index("document_subject", "subject_kind", "subject_id"),
        Index("document_account", "account_id"),
        Index("document_pdf", "pdf_sha256"),
        Index("document_turn", "turn_folded"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    kind: Mapped[str]
    state: Mapped[str]
    version: Mapped[int]
    title: Mapped[str]
    subject_kind: Mapped[str]
    subject_id: Mapped[str]
    account_id: Mapped[UUID | None] = mapped_column(ForeignKey(Account.id))
    fields: Mapped[dict[str, Any]] = mapped_column(JSON, repr=False)
    created_us: Mapped[int]
    created_by_id: Mapped[UUID | None]
    created_by: Mapped[str]
    previous_id: Mapped[UUID | None] = mapped_column(ForeignKey("document.id"), default=None)
    year: Mapped[int | None] = mapped_column(default=None)
    sequence: Mapped[int | None] = mapped_column(default=None)
    code: Mapped[str | None] = mapped_column(default=None, repr=False)
    code_sha256: Mapped[bytes | None] = mapped_column(default=None, repr=False)
    text_version: Mapped[str] = mapped_column(default="")
    pdf_sha256: Mapped[bytes | None] = mapped_column(default=None)
    pdf_bytes: Mapped[int | None] = mapped_column(default=None)
    pages: Mapped[int | None] = mapped_column(default=None)
    is_sealed: Mapped[bool] = mapped_column(default=False)
    issued_us: Mapped[int | None] = mapped_column(default=None)
    issued_by_id: Mapped[UUID | None] = mapped_column(default=None)
    issued_by: Mapped[str] = mapped_column(default="")
    superseded_us: Mapped[int | None] = mapped_column(default=None)
    cancelled_us: Mapped[int | None] = mapped_column(default=None)
    cancelled_by_id: Mapped[UUID | None] = mapped_column(default=None)
    cancelled_by: Mapped[str] = mapped_column(default="")
    cancel_reason: Mapped[str] = mapped_column(default="")
    words_folded: Mapped[str] = mapped_column(default="", repr=False)
    chain: Mapped[list[str]] = mapped_column(JSON, default_factory=list)
    turn_folded: Mapped[str] = mapped_column(default="")
    ebys_no: Mapped[str] = mapped_column(default="")
    ebys_on: Mapped[date | None] = mapped_column(default=None)

    @property
    def number(self) -> str:
        """`P-09/2026/0001`; empty for a draft."""
        return "" if self.year is None or self.sequence is None else number_words(self.kind, self.year, self.sequence)

    @property
    def turn(self) -> str:
        """The title whose initials an issued document waits for; empty when it waits for none."""
        if self.state != State.ISSUED or not self.turn_folded:
            return ""
        return next(title for title in self.chain if folded(title) == self.turn_folded)

    def begin_chain(self, titles: Sequence[str]) -> None:
        """These initial it before it is signed, one after the other; nobody where there are none."""
        self.chain = list(titles)
        self.turn_folded = folded(titles[0]) if titles else ""

    def pass_turn(self) -> None:
        """Whose turn it was has initialled."""
        folds = [folded(title) for title in self.chain]
        after = folds.index(self.turn_folded) + 1
        self.turn_folded = folds[after] if after < len(folds) else ""

    def check_may(self, then: State) -> None:
        """VmsError(CONFLICT) unless it may stand at `then`: `document_state_wrong`, `initial_missing` (S-1f)."""
        check_step(State(self.state), then)
        if then is State.SIGNED and self.turn:
            raise initial_missing(self.turn)

    def take_step(self, then: State) -> None:
        """Stand at `then`. VmsError as `check_may`."""
        self.check_may(then)
        self.state = then.value

    def cancel(self, now_us: int, reason: str, by: Actor) -> None:
        """It counts no more, and says why."""
        self.take_step(State.CANCELLED)
        self.cancelled_us, self.cancel_reason = now_us, reason
        self.cancelled_by_id, self.cancelled_by = by.person_id, by.name

    def give_way(self, now_us: int) -> None:
        """A later version counts from now on."""
        self.take_step(State.SUPERSEDED)
        self.superseded_us = now_us


class DocumentInitial(Base):
    """Somebody's initials (paraf) under one version. Rows are only added; the next version begins without any.

    `position`: of the step in the version's `chain`, from 0; `title` as it stands there. `person_name`: as it was then.
    """

    __tablename__ = "document_initial"
    __table_args__ = (
        CheckConstraint("position >= 0", name="document_initial_position"),
        Index("document_initial_once", "document_id", "person_id", unique=True),
        Index("document_initial_person", "person_id"),
    )

    document_id: Mapped[UUID] = mapped_column(ForeignKey("document.id"), primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True)
    title: Mapped[str]
    person_id: Mapped[UUID] = mapped_column(ForeignKey(Person.id))
    person_name: Mapped[str]
    at_us: Mapped[int]


class SignedFile(Base):
    """What was handed back signed: an e-signed PDF, or a scan of the paper. One of a document; it is not replaced.

    `signatures`: those found in the file, each `{name, at_us, is_intact, is_trusted}`; of a scan there are none.
    `matched_by`: see `rules.Check`.
    """

    __tablename__ = "document_signed_file"
    __table_args__ = (
        CheckConstraint("signature_kind IN ('e_signature', 'wet')", name="signature_kind"),
        CheckConstraint("matched_by IN ('bytes', 'code', 'eye')", name="signed_file_check"),
        Index("document_signed_file_sha256", "sha256"),
    )

    document_id: Mapped[UUID] = mapped_column(ForeignKey("document.id"), primary_key=True)
    sha256: Mapped[bytes]
    size_bytes: Mapped[int]
    media_type: Mapped[str]
    signature_kind: Mapped[str]
    matched_by: Mapped[str]
    signatures: Mapped[list[dict[str, Any]]] = mapped_column(JSON)
    uploaded_us: Mapped[int]
    uploaded_by_id: Mapped[UUID | None]
    uploaded_by: Mapped[str]
