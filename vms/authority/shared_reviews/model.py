"""Six-monthly reviews of accounts that belong to no person (P-17)."""

from enum import StrEnum
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from vms.kernel.database import Base


class Decision(StrEnum):
    """What a review decides."""

    KEEP = "keep"
    REDUCE = "reduce"
    CLOSE = "close"


class SharedReview(Base):
    """One review of a shared account's rights (D-11.6); the newest counts. It names the cameras that stay.

    `olur`: what the cameras stand on that no review before named (D-11.1b); empty when there are none.
    """

    __tablename__ = "shared_review"
    __table_args__ = (
        CheckConstraint("decision IN ('keep', 'reduce', 'close')", name="shared_review_decision"),
        CheckConstraint("length(trim(reviewer)) > 0", name="reviewer_missing"),
        Index("shared_review_of", "account_id", "number", unique=True),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    account_id: Mapped[UUID] = mapped_column(ForeignKey("account.id"))
    number: Mapped[int]
    reviewed_us: Mapped[int]
    until_us: Mapped[int]
    reviewer: Mapped[str]
    decision: Mapped[str]
    note: Mapped[str]
    olur: Mapped[str]
    reviewed_by: Mapped[UUID | None]
    reviewed_by_name: Mapped[str]
    document_id: Mapped[UUID | None] = mapped_column(default=None)


class SharedReviewCamera(Base):
    """A camera that a review lets the account show."""

    __tablename__ = "shared_review_camera"

    review_id: Mapped[UUID] = mapped_column(ForeignKey("shared_review.id"), primary_key=True)
    camera_id: Mapped[UUID] = mapped_column(ForeignKey("camera.id"), primary_key=True)
