"""Packages of a request, from being ordered to being destroyed; the delivery they were made for."""

from enum import StrEnum
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from vms.footage.model import FootageRequest
from vms.kernel.database import Base


class ExportState(StrEnum):
    """Where a package stands. Only a `ready` one is a whole file on the disk."""

    WAITING = "waiting"  # ordered, or to be tried again
    BUILDING = "building"
    READY = "ready"
    FAILED = "failed"  # `failure` says why; trying again is a person's act
    PURGED = "purged"  # no byte of it is left; the row stays (D-10.2a)


class PurgeWhy(StrEnum):
    """After what a package had to go; the words of `vms.documents.forms.destruction.Why`."""

    DELIVERED = "delivered"
    WITHDRAWN = "withdrawn"  # edge-58
    REPLACED = "replaced"  # another was built in its place, or nobody waits for it any more


class Export(Base):
    """A package of a request's footage. Times and hashes stay; the bytes do not.

    `number`: within its request. `name`: of the file, without `.zip`. `items`: what of the request's items is in it
    (`export_queries.parts_of`). `derived`: which copies it has beside its films (`derived_order`); None for none.
    `planned_bytes`: by the index when it is ordered, by headers once it is begun;
    `done_bytes`: written so far. `failure`: why it failed, or what it waits for. `passphrase`: sealed by the node's
    key, gone with the package. `summary`: what register and minutes need of the manifest (`export_summary`).
    `purge_due_us`: from when on nothing of it may be left. `destruction_id`: its P-28. `given_up_reason`: why its
    request is given without it; empty for every other.
    """

    __tablename__ = "export"
    __table_args__ = (
        CheckConstraint("state IN ('waiting', 'building', 'ready', 'failed', 'purged')", name="export_state"),
        CheckConstraint(
            "purge_why IS NULL OR purge_why IN ('delivered', 'withdrawn', 'replaced')", name="export_purge_why"
        ),
        CheckConstraint("(purge_due_us IS NULL) = (purge_why IS NULL)", name="export_purge_without_why"),
        CheckConstraint("(state = 'purged') = (purged_us IS NOT NULL)", name="export_purged"),
        CheckConstraint("state <> 'ready' OR sha256 IS NOT NULL", name="export_ready_without_hash"),
        CheckConstraint("state <> 'purged' OR passphrase IS NULL", name="export_passphrase_outlives"),
        Index("export_of", "request_id", "number", unique=True),
        Index("export_state_of", "state"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    request_id: Mapped[UUID] = mapped_column(ForeignKey(FootageRequest.id))
    number: Mapped[int]
    name: Mapped[str]
    state: Mapped[str]
    items: Mapped[list[dict[str, Any]]] = mapped_column(sa.JSON)
    takes_what_is_there: Mapped[bool]
    ordered_us: Mapped[int]
    ordered_by: Mapped[UUID | None]
    ordered_by_name: Mapped[str]
    attempts: Mapped[int] = mapped_column(default=0)
    planned_bytes: Mapped[int | None] = mapped_column(default=None)
    done_bytes: Mapped[int] = mapped_column(default=0)
    failure: Mapped[str] = mapped_column(default="")
    passphrase: Mapped[bytes | None] = mapped_column(default=None)
    built_us: Mapped[int | None] = mapped_column(default=None)
    size_bytes: Mapped[int | None] = mapped_column(default=None)
    sha256: Mapped[str | None] = mapped_column(default=None)
    manifest_sha256: Mapped[str | None] = mapped_column(default=None)
    summary: Mapped[dict[str, Any] | None] = mapped_column(sa.JSON, default=None)
    purge_why: Mapped[str | None] = mapped_column(default=None)
    purge_due_us: Mapped[int | None] = mapped_column(default=None)
    purged_us: Mapped[int | None] = mapped_column(default=None)
    destruction_id: Mapped[UUID | None] = mapped_column(default=None)
    derived: Mapped[dict[str, Any] | None] = mapped_column(sa.JSON(none_as_null=True), default=None)
    given_up_reason: Mapped[str] = mapped_column(default="")

    @property
    def is_given_up(self) -> bool:
        """Whether nobody waits for it any more, and what it would have held is named as missing (`lacking`)."""
        return self.given_up_reason != ""


class Delivery(Base):
    """The hand-over of a request's packages: one a request, however often it is confirmed (edge-52).

    `record_id`: its minutes, P-04. `signed_*`: by which şef or müdür (D-10.1e). `receiver_*`: whom it was given to,
    with the number of what they showed (edge-49). `passphrase_route`: by which other way the passphrase went.
    """

    __tablename__ = "delivery"
    __table_args__ = (
        CheckConstraint("medium IN ('dvd', 'usb', 'disk', 'secure_link', 'kep')", name="delivery_medium"),
        CheckConstraint("channel IN ('by_hand', 'post', 'kep', 'secure_link')", name="delivery_channel"),
        CheckConstraint(
            "delivered_us IS NULL OR length(trim(receiver_name)) > 0 AND length(trim(receiver_identity_no)) > 0",
            name="delivery_to_nobody",
        ),
        CheckConstraint("delivered_us IS NULL OR signed_us IS NOT NULL", name="delivery_unsigned"),
        Index("delivery_of", "request_id", unique=True),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    request_id: Mapped[UUID] = mapped_column(ForeignKey(FootageRequest.id))
    record_id: Mapped[UUID]
    medium: Mapped[str]
    channel: Mapped[str]
    prepared_us: Mapped[int]
    prepared_by: Mapped[UUID | None]
    prepared_by_name: Mapped[str]
    medium_serial: Mapped[str] = mapped_column(default="")
    passphrase_route: Mapped[str] = mapped_column(default="")
    receiver_name: Mapped[str] = mapped_column(default="")
    receiver_title: Mapped[str] = mapped_column(default="")
    receiver_institution: Mapped[str] = mapped_column(default="")
    receiver_identity_no: Mapped[str] = mapped_column(default="")
    receiver_identity_seen: Mapped[str] = mapped_column(default="")
    signed_us: Mapped[int | None] = mapped_column(default=None)
    signed_by: Mapped[UUID | None] = mapped_column(default=None)
    signed_by_name: Mapped[str] = mapped_column(default="")
    delivered_us: Mapped[int | None] = mapped_column(default=None)
    delivered_by: Mapped[UUID | None] = mapped_column(default=None)
    delivered_by_name: Mapped[str] = mapped_column(default="")
