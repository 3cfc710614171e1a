"""Cameras as people registered them, with the retention they were given."""

from collections.abc import Container
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from vms.cameras.rules import CameraKind
from vms.cameras.standing import Standing
from vms.kernel.database import Base
from vms.kernel.span import Span


class Camera(Base):
    """A camera. Its addresses are sealed by `SecretBox` (they hold credentials); rows are retired, never deleted.

    `number`: what an operator types to call it up; free again once the camera is retired. `is_recorded`: whether
    recording is always wanted. A retired camera's footage lives on under its retention.
    """

    __tablename__ = "camera"
    __table_args__ = (
        CheckConstraint("number > 0", name="camera_number_positive"),
        CheckConstraint("kind IN ('security', 'city_view')", name="camera_kind"),
        CheckConstraint("transport IN ('auto', 'tcp', 'udp')", name="camera_transport"),
        CheckConstraint("NOT (kind = 'city_view' AND is_recorded)", name="city_view_not_recorded"),
        Index(
            "camera_number_taken",
            "number",
            unique=True,
            sqlite_where=text("retired_us IS NULL"),
            postgresql_where=text("retired_us IS NULL"),
        ),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    number: Mapped[int]
    name: Mapped[str]
    kind: Mapped[str]
    site: Mapped[str]
    transport: Mapped[str]
    is_enabled: Mapped[bool]
    is_recorded: Mapped[bool]
    commissioned_us: Mapped[int]
    created_us: Mapped[int]
    sealed_main_address: Mapped[bytes] = mapped_column(repr=False)
    sealed_sub_address: Mapped[bytes | None] = mapped_column(repr=False, default=None)
    retired_us: Mapped[int | None] = mapped_column(default=None)

    def must_record(self, ordered: Container[UUID]) -> bool:
        """Whether its pictures belong on disk now. `ordered`: of `ordered_now`; empty: by its own switch alone."""
        return (
            (self.is_recorded or self.id in ordered)
            and self.is_enabled
            and self.retired_us is None
            and CameraKind(self.kind) is CameraKind.SECURITY
        )


class CameraPlacement(Base):
    """Where a camera stood, as what it was known, in `[from_us, until_us)`; `until_us` None: it still does.

    Rows of a camera follow one another without overlap (D-4.2). `origin`: how the row came about, `PlacementOrigin`.
    `noted_us`: when it was written or last corrected, `noted_by` by whom; it never stands for when the camera moved.
    """

    __tablename__ = "camera_placement"
    __table_args__ = (
        CheckConstraint("until_us IS NULL OR until_us > from_us", name="placement_empty"),
        CheckConstraint("origin IN ('adopted', 'registered', 'moved')", name="placement_origin"),
        CheckConstraint("number > 0", name="placement_number_positive"),
        Index("placement_begins", "camera_id", "from_us", unique=True),
        Index(
            "placement_now",
            "camera_id",
            unique=True,
            sqlite_where=text("until_us IS NULL"),
            postgresql_where=text("until_us IS NULL"),
        ),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    camera_id: Mapped[UUID] = mapped_column(ForeignKey("camera.id"))
    from_us: Mapped[int]
    until_us: Mapped[int | None]
    number: Mapped[int]
    name: Mapped[str]
    site: Mapped[str]
    origin: Mapped[str]
    noted_us: Mapped[int]
    noted_by: Mapped[str]
    is_corrected: Mapped[bool] = mapped_column(default=False)

    @property
    def standing(self) -> Standing:
        """The same without its table."""
        return Standing(self.from_us, self.until_us, self.number, self.name, self.site)


class CentralRecording(Base):
    """That this server records a camera in `[from_us, until_us)`, because somebody ordered it (D-12.4b).

    Rows may overlap: their union counts. A row is only ever ended: `ended_us` is when that was entered, None where
    `until_us` counts. One that was ended before it began never counted.
    """

    __tablename__ = "central_recording"
    __table_args__ = (
        CheckConstraint("until_us > from_us", name="central_recording_empty"),
        CheckConstraint("length(trim(reason)) > 0", name="central_recording_reason_missing"),
        Index("central_recording_ends", "until_us"),
        Index("central_recording_of_camera", "camera_id", "from_us"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    camera_id: Mapped[UUID] = mapped_column(ForeignKey("camera.id"))
    from_us: Mapped[int]
    until_us: Mapped[int]
    reason: Mapped[str]
    ordered_us: Mapped[int]
    ordered_by: Mapped[str]
    ended_us: Mapped[int | None] = mapped_column(default=None)
    ended_by: Mapped[str] = mapped_column(default="")
    end_reason: Mapped[str] = mapped_column(default="")  # empty: it ended with the camera

    @property
    def span(self) -> Span | None:
        """When it counts, as is known today; None: it was ended before it began."""
        end_us = self.until_us if self.ended_us is None else min(self.until_us, self.ended_us)
        return Span(self.from_us, end_us) if self.from_us < end_us else None

    def is_over(self, now_us: int) -> bool:
        """Whether nothing of it is current or still to come."""
        return self.ended_us is not None or self.until_us <= now_us


class RetentionPolicy(Base):
    """How long footage is kept. A change ends one row and adds another, so the policy of any past day is known.

    `target`: empty for the global policy, the site's name, or the camera's id. `ended_us` None: counts now.
    """

    __tablename__ = "retention_policy"
    __table_args__ = (
        CheckConstraint("days >= 20", name="retention_below_minimum"),  # article 9(1)
        CheckConstraint("days <= 3650", name="retention_above_maximum"),  # SQLite: also what any text fails
        CheckConstraint("days <= 21 OR length(trim(reason)) > 0", name="retention_reason_missing"),
        CheckConstraint("scope IN ('global', 'site', 'camera')", name="retention_scope"),
        CheckConstraint("(scope = 'global') = (target = '')", name="retention_target"),
        Index(
            "retention_policy_current",
            "scope",
            "target",
            unique=True,
            sqlite_where=text("ended_us IS NULL"),
            postgresql_where=text("ended_us IS NULL"),
        ),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    scope: Mapped[str]
    target: Mapped[str]
    days: Mapped[int]
    reason: Mapped[str]
    set_us: Mapped[int]
    ended_us: Mapped[int | None] = mapped_column(default=None)
