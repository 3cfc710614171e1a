"""Work orders (iş emri): a technician's view of one camera while the work lasts (A-42)."""

from enum import StrEnum
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from vms.kernel.database import Base


class Work(StrEnum):
    """What the order is for."""

    ACCEPTANCE = "acceptance"  # kabul
    FAULT = "fault"  # arıza
    WEEKLY_CHECK = "weekly_check"  # haftalık kontrol
    MAINTENANCE = "maintenance"  # bakım


class WorkOrder(Base):
    """An order for one technician at one camera, in force in `[opened_us, closes_us)` and not from `closed_us` on."""

    __tablename__ = "work_order"
    __table_args__ = (
        CheckConstraint("kind IN ('acceptance', 'fault', 'weekly_check', 'maintenance')", name="work_order_kind"),
        CheckConstraint("closes_us > opened_us", name="work_order_ends_before_it_begins"),
        Index("work_order_number", "number", unique=True),
        Index("work_order_account", "account_id"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    number: Mapped[int]
    kind: Mapped[str]
    camera_id: Mapped[UUID] = mapped_column(ForeignKey("camera.id"))
    account_id: Mapped[UUID] = mapped_column(ForeignKey("account.id"))
    note: Mapped[str]
    opened_us: Mapped[int]
    closes_us: Mapped[int]
    opened_by: Mapped[UUID | None]
    opened_by_name: Mapped[str]
    closed_us: Mapped[int | None] = mapped_column(default=None)
    closed_why: Mapped[str] = mapped_column(default="")
