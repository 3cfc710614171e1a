"""Confidentiality agreements (gizlilik sözleşmesi, P-08), with notices of a change of duty."""

from datetime import date
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from vms.kernel.database import Base


class AgreementText(Base):
    """A version of the agreement's text, in use from `from_us` on.

    `must_resign`: agreements of older versions do not count any more (edge-91); else they stay valid.
    """

    __tablename__ = "agreement_text"
    __table_args__ = (Index("agreement_text_version", "version", unique=True),)

    id: Mapped[UUID] = mapped_column(primary_key=True)
    version: Mapped[str]
    from_us: Mapped[int]
    must_resign: Mapped[bool]


class Agreement(Base):
    """One person's signature under one version. It counts from the day of `signed_on` until `ended_us`.

    `ended_as`: `superseded` by a newer signature, or `withdrawn`. `reference`: where the signed sheet is kept.
    """

    __tablename__ = "agreement"
    __table_args__ = (
        CheckConstraint("(ended_us IS NULL) = (ended_as IS NULL)", name="agreement_ended"),
        CheckConstraint("ended_as IN ('superseded', 'withdrawn')", name="agreement_ended_as"),
        Index("agreement_person", "person_id"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"))
    version: Mapped[str]
    signed_on: Mapped[date]
    reference: Mapped[str]
    recorded_us: Mapped[int]
    recorded_by: Mapped[UUID | None]
    recorded_by_name: Mapped[str]
    document_id: Mapped[UUID | None] = mapped_column(default=None)
    ended_us: Mapped[int | None] = mapped_column(default=None)
    ended_as: Mapped[str | None] = mapped_column(default=None)


class DutyChange(Base):
    """A letter saying that a person's duty changes (görev değişikliği, D-11.5c) from `effective_us` on."""

    __tablename__ = "duty_change"
    __table_args__ = (
        CheckConstraint("length(trim(letter_no)) > 0", name="duty_change_letter_missing"),
        Index("duty_change_person", "person_id"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"))
    letter_no: Mapped[str]
    letter_on: Mapped[date]
    effective_us: Mapped[int]
    note: Mapped[str]
    entered_us: Mapped[int]
    entered_by: Mapped[UUID | None]
    entered_by_name: Mapped[str]
