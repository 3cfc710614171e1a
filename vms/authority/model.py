"""Viewing rights, as the papers produced them."""

from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

import vms.authority.agreements.model
import vms.authority.breaches.model
import vms.authority.grants.model
import vms.authority.postings.model
import vms.authority.shared_reviews.model
import vms.authority.work_orders.model
import vms.cameras.model
import vms.people.model  # noqa: F401 - both tables are referred to; the papers' tables belong to the same schema
from vms.kernel.database import Base
from vms.kernel.span import Span


class ViewingRight(Base):
    """One account's right to see one camera (görüntü izleme yetkisi). Rows are revoked, never changed or deleted.

    In force in the half-open `[from_us, until_us)` unless revoked. `source_kind`, `source_id`: the paper it stands on
    (`rules.Source`); `basis`: the same in words. `end_code`: what is said once it has ended, by itself or by
    revocation. `footage_from_us`, `footage_until_us`: the only time whose footage it opens; None: any time. Only
    `vms.authority.rights` writes here.
    """

    __tablename__ = "viewing_right"
    __table_args__ = (
        CheckConstraint("is_live OR is_playback", name="right_without_mode"),
        CheckConstraint("until_us IS NULL OR until_us > from_us", name="right_ends_before_it_begins"),
        CheckConstraint("until_us IS NOT NULL OR revoked_us IS NOT NULL", name="right_without_end"),
        CheckConstraint("source_id IS NOT NULL OR revoked_us IS NOT NULL", name="right_without_paper"),
        CheckConstraint("length(trim(basis)) > 0", name="basis_missing"),
        CheckConstraint("(footage_from_us IS NULL) = (footage_until_us IS NULL)", name="right_footage"),
        CheckConstraint("footage_from_us IS NULL OR NOT is_live", name="right_footage_is_past"),
        Index("viewing_right_of", "account_id", "camera_id"),
        Index("viewing_right_source", "source_id"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    account_id: Mapped[UUID] = mapped_column(ForeignKey("account.id"))
    camera_id: Mapped[UUID] = mapped_column(ForeignKey("camera.id"))
    is_live: Mapped[bool]
    is_playback: Mapped[bool]
    basis: Mapped[str]
    from_us: Mapped[int]
    source_kind: Mapped[str]
    source_id: Mapped[UUID | None]
    end_code: Mapped[str]
    until_us: Mapped[int | None] = mapped_column(default=None)
    revoked_us: Mapped[int | None] = mapped_column(default=None)
    footage_from_us: Mapped[int | None] = mapped_column(default=None)
    footage_until_us: Mapped[int | None] = mapped_column(default=None)

    @property
    def footage(self) -> Span | None:
        """The only time whose footage it opens; None: any time."""
        if self.footage_from_us is None or self.footage_until_us is None:
            return None
        return Span(self.footage_from_us, self.footage_until_us)
