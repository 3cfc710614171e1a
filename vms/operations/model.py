"""What the node reports about itself."""

from uuid import UUID

from sqlalchemy import Index, text
from sqlalchemy.orm import Mapped, mapped_column

from vms.kernel.database import Base


class Alarm(Base):
    """Something a person must act on. At most one is open for a code with its subject.

    `subject`: the id it is about (volume, camera, recorder shard), or empty for the node. `detail` is one English
    sentence without addresses; of `HEALTH_CODES` a word or a figure. `cleared_us` None: still open.
    """

    __tablename__ = "alarm"
    __table_args__ = (
        Index(
            "alarm_open",
            "code",
            "subject",
            unique=True,
            sqlite_where=text("cleared_us IS NULL"),
            postgresql_where=text("cleared_us IS NULL"),
        ),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    code: Mapped[str]
    subject: Mapped[str]
    severity: Mapped[str]
    detail: Mapped[str]
    since_us: Mapped[int]
    cleared_us: Mapped[int | None] = mapped_column(default=None)


class VolumeForecast(Base):
    """The last forecast for a volume; one row each. `days_until_full` None: it never fills at this rate.

    `days_that_fit` None: nothing comes in any more, or too little yet to tell (`is_measuring`).
    """

    __tablename__ = "volume_forecast"

    volume_uuid: Mapped[str] = mapped_column(primary_key=True)
    at_us: Mapped[int]
    total_bytes: Mapped[int]
    free_bytes: Mapped[int]
    footage_bytes: Mapped[int]
    held_bytes: Mapped[int]
    ingest_bytes_per_day: Mapped[int]
    days_that_fit: Mapped[float | None]
    days_until_full: Mapped[float | None]
    is_retention_at_risk: Mapped[bool]

    @property
    def is_measuring(self) -> bool:
        """Whether there is too little footage yet for a forecast (as `retention.forecast` says it)."""
        return self.days_that_fit is None and (self.ingest_bytes_per_day > 0 or self.footage_bytes == 0)


class Sweep(Base):
    """One run of the sweeper over one volume. `outcome` is `ok` or the code of why nothing was deleted."""

    __tablename__ = "sweep"
    __table_args__ = (Index("sweep_finished", "finished_us"),)

    id: Mapped[UUID] = mapped_column(primary_key=True)
    volume_uuid: Mapped[str]
    started_us: Mapped[int]
    finished_us: Mapped[int]
    outcome: Mapped[str]
    deleted_segments: Mapped[int]
    deleted_bytes: Mapped[int]
    pressure_segments: Mapped[int]
    pressure_bytes: Mapped[int]
