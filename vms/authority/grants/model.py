"""Viewing authority by Olur (izleme yetkisi), with its cameras, its periods."""

from datetime import date
from enum import StrEnum
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from vms.kernel.database import Base


class Stored(StrEnum):
    """What people decided of a grant. The rest follows from papers and clock: `rules.state_of`."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    ACTIVE = "active"
    SUSPENDED = "suspended"
    REVOKED = "revoked"
    SUPERSEDED = "superseded"  # another grant of the same person, with another scope, took its place
    REPLACED = "replaced"  # another person's did
    CANCELLED = "cancelled"


class Grant(Base):
    """What an Olur lets one person see. Its person never changes (D-11.3); once submitted, its scope does not either.

    `number`: what people call it by. `limit_us`: an end that a paper names, earlier than 180 days: the Olur's own
    (`olur_ends_on` is its last day) or a duty change's. `submitted_us`: when the Olur came; None: before that was kept.
    `replaces_id`: the grant it takes the place of, as `replaces` says (`scope` or `person`). `ended_why`: words, once
    it is over; `suspended_as`: why it rests (a refusal's code). `entered_by`, `activated_by`: accounts, None for
    programs and the command line; names as the audit log spells them.
    """

    __tablename__ = "viewing_grant"
    __table_args__ = (
        CheckConstraint(
            "state IN ('draft', 'submitted', 'active', 'suspended', 'revoked', 'superseded', 'replaced', 'cancelled')",
            name="grant_state",
        ),
        CheckConstraint("is_live OR is_playback", name="grant_without_mode"),
        CheckConstraint("days BETWEEN 1 AND 180", name="grant_too_long"),  # article 11(5)
        CheckConstraint("(replaces IS NULL) = (replaces_id IS NULL)", name="grant_replaces"),
        CheckConstraint("(state = 'suspended') = (suspended_as IS NOT NULL)", name="grant_suspended_as"),
        Index("viewing_grant_number", "number", unique=True),
        Index("viewing_grant_account", "account_id"),
        Index("viewing_grant_person", "person_id"),
        Index("viewing_grant_olur", "olur_no", "olur_on"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    number: Mapped[int]
    account_id: Mapped[UUID] = mapped_column(ForeignKey("account.id"))
    person_id: Mapped[UUID] = mapped_column(ForeignKey("person.id"))
    state: Mapped[str]
    purpose: Mapped[str]
    is_live: Mapped[bool]
    is_playback: Mapped[bool]
    days: Mapped[int]
    entered_by: Mapped[UUID | None]
    entered_by_name: Mapped[str]
    entered_us: Mapped[int]
    olur_no: Mapped[str] = mapped_column(default="")
    olur_on: Mapped[date | None] = mapped_column(default=None)
    olur_issuer: Mapped[str] = mapped_column(default="")
    olur_ends_on: Mapped[date | None] = mapped_column(default=None)
    olur_document_id: Mapped[UUID | None] = mapped_column(default=None)
    training: Mapped[str] = mapped_column(default="")
    limit_us: Mapped[int | None] = mapped_column(default=None)
    replaces: Mapped[str | None] = mapped_column(default=None)
    replaces_id: Mapped[UUID | None] = mapped_column(ForeignKey("viewing_grant.id"), default=None)
    activated_by: Mapped[UUID | None] = mapped_column(default=None)
    activated_by_name: Mapped[str] = mapped_column(default="")
    activated_us: Mapped[int | None] = mapped_column(default=None)
    suspended_as: Mapped[str | None] = mapped_column(default=None)
    ended_us: Mapped[int | None] = mapped_column(default=None)
    ended_why: Mapped[str] = mapped_column(default="")
    document_id: Mapped[UUID | None] = mapped_column(default=None)
    submitted_us: Mapped[int | None] = mapped_column(default=None)


class GrantCamera(Base):
    """A camera that a grant's Olur names."""

    __tablename__ = "viewing_grant_camera"

    grant_id: Mapped[UUID] = mapped_column(ForeignKey("viewing_grant.id"), primary_key=True)
    camera_id: Mapped[UUID] = mapped_column(ForeignKey("camera.id"), primary_key=True)


class GrantPeriod(Base):
    """At most 180 days of a grant: the first by activation, each other by the unit supervisor's letter (D-11.5b).

    `from_us`, `until_us` None: the letter is registered, the password is not changed yet. `cancelled_us`: the grant
    ended before it began.
    """

    __tablename__ = "viewing_grant_period"
    __table_args__ = (
        CheckConstraint("(from_us IS NULL) = (until_us IS NULL)", name="period_half"),
        CheckConstraint("until_us > from_us", name="period_ends_before_it_begins"),
        CheckConstraint("number = 1 OR length(letter_no) > 0", name="renewal_letter_missing"),
        Index("viewing_grant_period_of", "grant_id", "number", unique=True),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    grant_id: Mapped[UUID] = mapped_column(ForeignKey("viewing_grant.id"))
    number: Mapped[int]
    registered_us: Mapped[int]
    registered_by: Mapped[UUID | None]
    registered_by_name: Mapped[str]
    from_us: Mapped[int | None] = mapped_column(default=None)
    until_us: Mapped[int | None] = mapped_column(default=None)
    letter_no: Mapped[str] = mapped_column(default="")
    letter_on: Mapped[date | None] = mapped_column(default=None)
    applicant_id: Mapped[UUID | None] = mapped_column(ForeignKey("person.id"), default=None)
    cancelled_us: Mapped[int | None] = mapped_column(default=None)
