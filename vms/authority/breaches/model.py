"""Breaches of confidentiality with what shows them (P-29)."""

from datetime import date
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from vms.documents.model import Document  # its table is referred to
from vms.kernel.database import Base


class Breach(Base):
    """Somebody broke the rules of watching, or a camera saw what it must not (D-11.4c, D-7.4). Rows are never deleted.

    `happened_us`: the moment, where it is known; its day is `happened_on`. `person_id`: of the register;
    `person_words`: somebody else, in words; both empty: nobody knows who. `account_name`: whose name was used.
    `place`: where, when no camera says it. `recorded_by`: the account; None: the command line. `document_id`: its
    record (P-29), once printed.
    """

    __tablename__ = "breach"
    __table_args__ = (
        CheckConstraint("length(trim(what)) > 0", name="breach_what_missing"),
        CheckConstraint("length(trim(action)) > 0", name="breach_action_missing"),
        CheckConstraint("noticed_on >= happened_on", name="breach_noticed_before"),
        CheckConstraint("person_id IS NULL OR person_words = ''", name="breach_of_two"),
        Index("breach_person", "person_id"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    happened_on: Mapped[date]
    happened_us: Mapped[int | None]
    noticed_on: Mapped[date]
    person_id: Mapped[UUID | None] = mapped_column(ForeignKey("person.id"))
    person_words: Mapped[str]
    account_name: Mapped[str]
    camera_id: Mapped[UUID | None] = mapped_column(ForeignKey("camera.id"))
    place: Mapped[str]
    what: Mapped[str]
    affected: Mapped[str]
    action: Mapped[str]
    notified: Mapped[str]
    recorded_us: Mapped[int]
    recorded_by: Mapped[UUID | None]
    recorded_by_name: Mapped[str]
    document_id: Mapped[UUID | None] = mapped_column(default=None)


class BreachEvidence(Base):
    """Something that shows a breach, in the order people gave.

    `entry_number`: an entry of the audit log; `document_id`: a paper of the register; `reference`: anything else that
    has a number of its own. At most one of the three.
    """

    __tablename__ = "breach_evidence"
    __table_args__ = (
        CheckConstraint("length(trim(what)) > 0", name="breach_evidence_missing"),
        Index("breach_evidence_entry", "entry_number"),
    )

    breach_id: Mapped[UUID] = mapped_column(ForeignKey("breach.id"), primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    what: Mapped[str]
    reference: Mapped[str]
    entry_number: Mapped[int | None]
    document_id: Mapped[UUID | None] = mapped_column(ForeignKey(Document.id))
