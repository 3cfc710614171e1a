"""Whether what a hold keeps is there: looked at once every volume has its locks."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from vms.archive.archive import Archive
from vms.audit.entry import Actor
from vms.cameras.model import Camera
from vms.footage.availability import Found, Wanted, away_of, found_json, look, wanted_of_camera
from vms.footage.holds.asks import reopen
from vms.footage.holds.model import IN_FORCE, Hold, HoldItem
from vms.footage.holds.service import make_void
from vms.footage.locks.orders import pending_volumes
from vms.footage.queries import hold_items_of, need_hold
from vms.kernel.clock import Clock
from vms.kernel.database import Database


def look_again(database: Database, archive: Archive, clock: Clock, hold_id: UUID, *, by: Actor) -> Sequence[Found]:
    """Write down what of a hold its locks found there; what is missing of one that came too late, else nothing.

    A sweep may have been quicker than the volumes were told: a hold on nothing becomes void, the wish it answered waits
    again (edge-72). While a volume is away, or has not confirmed the locks, nothing is decided: asked again later.
    Idempotent, may be killed at any moment. Tell the volumes next: what became void lets its locks go.
    """
    with database.reading() as session:
        if not _is_waiting(need_hold(session, hold_id)):
            return []
        if not archive.volumes or pending_volumes(session, hold_id, [volume.uuid for volume in archive.volumes]):
            return []
        wanted = [_wanted(session, item) for item in _kept(session, hold_id)]
    found = look(archive, wanted, clock.now_us())
    if away_of(found):
        return []
    with database.writing() as session:
        hold = need_hold(session, hold_id)
        if not _is_waiting(hold):
            return []  # another process was quicker, or somebody ended it
        for item, one in zip(_kept(session, hold_id), found, strict=True):
            item.found = found_json(one)
        hold.looked_us = clock.now_us()
        if any(one.recordings for one in found):
            return []
        make_void(session, clock, hold, by=by)
        reopen(session, clock, hold, by=by)
    return found


def unlooked(session: Session) -> list[UUID]:
    """Holds in force that were not looked at again yet: whoever placed them was killed, or a volume was away."""
    wanted = select(Hold.id).where(Hold.looked_us.is_(None), Hold.state.in_([state.value for state in IN_FORCE]))
    return list(session.scalars(wanted.order_by(Hold.number)))


def _is_waiting(hold: Hold) -> bool:
    return hold.looked_us is None and hold.state in IN_FORCE


def _kept(session: Session, hold_id: UUID) -> list[HoldItem]:
    return [item for item in hold_items_of(session, hold_id) if item.lock_id is not None]


def _wanted(session: Session, item: HoldItem) -> Wanted:
    return wanted_of_camera(session, session.get_one(Camera, item.camera_id), item.span)
