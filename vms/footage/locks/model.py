"""Wishes that volumes keep or let go footage, and what each volume has confirmed."""

from enum import StrEnum
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from vms.archive.model import Lock
from vms.cameras.model import Camera  # its table is referred to
from vms.kernel.database import Base
from vms.kernel.span import Span


class Owner(StrEnum):
    """What a lock belongs to: the kind a volume writes down with it."""

    REQUEST = "request"
    HOLD = "hold"


class LockOrder(Base):
    """The wish that a span of a camera be kept, under the id that its lock has in every volume.

    Written before any volume is told; told again until all have confirmed. `release_us`: since when it may go; never
    taken back. `owner_id`: the request or the hold. One reason, one lock: ending one never touches another (edge-41).
    """

    __tablename__ = "lock_order"
    __table_args__ = (
        CheckConstraint("until_us > from_us", name="lock_order_empty"),
        CheckConstraint("owner IN ('request', 'hold')", name="lock_order_owner"),
        Index("lock_order_of", "owner_id"),
        Index("lock_order_released", "release_us"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    camera_id: Mapped[UUID] = mapped_column(ForeignKey(Camera.id))
    from_us: Mapped[int]
    until_us: Mapped[int]
    owner: Mapped[str]
    owner_id: Mapped[UUID]
    reference: Mapped[str]
    ordered_us: Mapped[int]
    release_us: Mapped[int | None] = mapped_column(default=None)

    @property
    def lock(self) -> Lock:
        """The lock as a volume keeps it."""
        span = Span(self.from_us, self.until_us)
        return Lock(self.id, self.camera_id, span, self.owner, self.reference, self.ordered_us)


class LockConfirmation(Base):
    """That a volume has a lock; `is_released`: and has let it go. Without a row it is told (again)."""

    __tablename__ = "lock_confirmation"

    lock_id: Mapped[UUID] = mapped_column(ForeignKey(LockOrder.id), primary_key=True)
    volume_id: Mapped[UUID] = mapped_column(primary_key=True)
    placed_us: Mapped[int]
    is_released: Mapped[bool] = mapped_column(default=False)
