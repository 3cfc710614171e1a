"""The line of custody and the locks of a case, as the API shows them."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from pydantic import BaseModel
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from vms.archive.archive import Archive
from vms.footage.case_events import events_of
from vms.footage.locks.keeping import volume_names
from vms.footage.locks.model import LockOrder
from vms.footage.locks.orders import pending_volumes
from vms.footage.model import CaseEvent


class EventRow(BaseModel):
    """One line. `act`: of the audit log, whose entry `entry_id` proves it; `detail`: codes and numbers."""

    at_us: int
    act: str
    by: str
    entry_id: UUID
    detail: dict[str, Any]


class LocksRow(BaseModel):
    """What keeps the footage. `pending`: volumes that have not confirmed all of it yet; they are told again."""

    placed: int
    released: int
    placed_us: int | None
    pending: list[str]


def event_rows(session: Session, case_id: UUID) -> list[EventRow]:
    """Oldest first."""
    return [
        EventRow(at_us=one.at_us, act=one.act, by=one.by_name, entry_id=one.entry_id, detail=one.detail)
        for one in events_of(session, case_id)
    ]


def locks_row(session: Session, archive: Archive, owner_id: UUID) -> LocksRow:
    """How far the volumes are."""
    wanted = select(func.count(LockOrder.id), func.count(LockOrder.release_us), func.min(LockOrder.ordered_us))
    placed, released, placed_us = session.execute(wanted.where(LockOrder.owner_id == owner_id)).one()
    pending = pending_volumes(session, owner_id, [volume.uuid for volume in archive.volumes])
    return LocksRow(placed=placed, released=released, placed_us=placed_us, pending=volume_names(archive, pending))


def last_us(session: Session, case_ids: Sequence[UUID]) -> dict[UUID, int]:
    """When something last happened to each of these cases."""
    wanted = select(CaseEvent.case_id, func.max(CaseEvent.at_us)).where(CaseEvent.case_id.in_(case_ids))
    return dict(row for row in session.execute(wanted.group_by(CaseEvent.case_id)).all())
