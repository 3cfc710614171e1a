"""Saved views with the tours through them."""

from uuid import UUID

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

import vms.people.model  # noqa: F401 - its table is referred to
from vms.kernel.database import Base


class SavedView(Base):
    """A layout with a camera for each tile. A shared one is seen by everybody; what its tiles show, each one's rights
    decide.

    `cells`: one entry per tile of `layout`, a camera's id as text or None. A camera may be gone since.
    """  # noqa: D205

    __tablename__ = "saved_view"
    __table_args__ = (Index("saved_view_owner", "owner_id"),)

    id: Mapped[UUID] = mapped_column(primary_key=True)
    owner_id: Mapped[UUID] = mapped_column(ForeignKey("account.id"))
    name: Mapped[str]
    layout: Mapped[str]
    cells: Mapped[list[str | None]] = mapped_column(JSON)
    is_shared: Mapped[bool]
    created_us: Mapped[int]
    changed_us: Mapped[int]


class Tour(Base):
    """Views shown one after the other, `dwell_s` seconds each. Its owner's only.

    `view_ids`: views its owner can see, as text, in order; empty when all of them are gone.
    """

    __tablename__ = "tour"
    __table_args__ = (
        CheckConstraint("dwell_s BETWEEN 5 AND 300", name="dwell_invalid"),
        Index("tour_owner", "owner_id"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    owner_id: Mapped[UUID] = mapped_column(ForeignKey("account.id"))
    name: Mapped[str]
    dwell_s: Mapped[int]
    view_ids: Mapped[list[str]] = mapped_column(JSON)
    created_us: Mapped[int]
    changed_us: Mapped[int]
