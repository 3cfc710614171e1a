"""Viewing rights as people gave them."""

from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

import vms.cameras.model
import vms.people.model  # noqa: F401 - both tables are referred to
from vms.kernel.database import Base


class ViewingRight(Base):
    """One account's right to see one camera (görüntü izleme yetkisi). Rows are revoked, never changed or deleted.

    In force in the half-open `[from_us, until_us)` and not from `revoked_us` on; `until_us` None: until revoked.
    `basis`: the letter it stands on, in words.
    """

    __tablename__ = "viewing_right"
    __table_args__ = (
        CheckConstraint("is_live OR is_playback", name="right_without_mode"),
        CheckConstraint("until_us IS NULL OR until_us > from_us", name="right_ends_before_it_begins"),
        CheckConstraint("length(trim(basis)) > 0", name="basis_missing"),
        Index("viewing_right_of", "account_id", "camera_id"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    account_id: Mapped[UUID] = mapped_column(ForeignKey("account.id"))
    camera_id: Mapped[UUID] = mapped_column(ForeignKey("camera.id"))
    is_live: Mapped[bool]
    is_playback: Mapped[bool]
    basis: Mapped[str]
    from_us: Mapped[int]
    until_us: Mapped[int | None] = mapped_column(default=None)
    revoked_us: Mapped[int | None] = mapped_column(default=None)
