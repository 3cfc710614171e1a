"""Telling volumes what people decided to keep or to let go, until each has confirmed it."""

import logging
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from uuid import UUID

from vms.archive.archive import Archive
from vms.footage.locks.model import LockOrder
from vms.footage.locks.orders import confirm, confirmed_locks, doubt, let_go, orders_to_place, orders_to_release, renew
from vms.kernel.clock import Clock
from vms.kernel.database import Database
from vms.kernel.errors import Kind, VmsError

log = logging.getLogger(__name__)

BATCH = 500  # an index is written for a moment, not for as long as a flood of locks takes


@dataclass(frozen=True, slots=True)
class Told:
    """What one round did. `pending`: volumes that did not confirm everything; they are told again."""

    placed: int = 0
    released: int = 0
    pending: Sequence[UUID] = field(default=())


def tell(database: Database, archive: Archive, clock: Clock, owner_id: UUID | None = None) -> Told:
    """Tell the volumes what they have not confirmed: of one request or hold, or of all.

    Idempotent; may be killed at any moment: a volume that was told but not noted is told again. Nothing is told that
    was not written first, and footage goes only after its release was written: a lost answer keeps footage.
    Outside of any transaction of the caller: volumes may be slow.
    """
    volumes = [volume.uuid for volume in archive.volumes]
    with database.reading() as session:
        # Each volume's own oldest ones: what waits for a disk that is away must not stand before the others' orders.
        place = _once(orders_to_place(session, [one], owner_id, BATCH * 4) for one in volumes)
        release = _once(orders_to_release(session, [one], owner_id, BATCH) for one in volumes)
    pending: set[UUID] = set()
    for start in range(0, len(place), BATCH):
        pending |= _place(database, archive, clock, place[start : start + BATCH], volumes)
    for order in release:
        pending |= _release(database, archive, clock, order, volumes)
    if pending:
        log.warning("%d volumes have not confirmed what they must keep or let go; they are told again", len(pending))
    return Told(len(place), len(release), sorted(pending))


def compare(database: Database, archive: Archive) -> int:
    """Compare what volumes said with the locks that they have; how many of them `tell` tells again therefore.

    A volume whose index was lost, or that was put back from an older copy, may lack locks it had, and may have again
    what it had let go. One read of each index: some milliseconds for a thousand locks. Idempotent.
    """
    with database.reading() as session:
        said = confirmed_locks(session)  # first: what is confirmed meanwhile is no loss
    doubted = 0
    for volume_id, there in archive.lock_ids().items():
        lost, others = said.get(volume_id, set()) - there, there - said.get(volume_id, set())
        with database.reading() as session:
            returned = let_go(session, volume_id, others)
        if lost or returned:
            with database.writing() as session:
                doubted += doubt(session, volume_id, lost, released=False)
                doubted += doubt(session, volume_id, returned, released=True)
    if doubted:
        log.error("%d locks are not as volumes had confirmed them: an index was lost? They are told again", doubted)
    return doubted


def volume_names(archive: Archive, volumes: Sequence[UUID]) -> list[str]:
    """What people call these volumes: the names of their folders."""
    return sorted(volume.path.name for volume in archive.volumes if volume.uuid in volumes)


def _once(lists: Iterable[Sequence[LockOrder]]) -> list[LockOrder]:
    found = {order.id: order for orders in lists for order in orders}
    return [found[order_id] for order_id in sorted(found)]


def _place(
    database: Database, archive: Archive, clock: Clock, orders: Sequence[LockOrder], volumes: Sequence[UUID]
) -> set[UUID]:
    placed = archive.place_locks([order.lock for order in orders])
    away = set(placed.missing)
    there = [one for one in volumes if one not in away]
    _note(database, clock, [one for one in orders if one.id not in placed.let_go], there, released=False)
    if placed.let_go:
        log.error("%d locks are to be kept that a volume let go: a database of before? Renewed", len(placed.let_go))
        with database.writing() as session:
            renewed = renew(session, clock, placed.let_go)
        away |= _place(database, archive, clock, renewed, volumes)
    return away


def _release(
    database: Database, archive: Archive, clock: Clock, order: LockOrder, volumes: Sequence[UUID]
) -> set[UUID]:
    assert order.release_us is not None
    try:
        away = set(archive.release_lock(order.id, order.release_us))
    except VmsError as err:
        if err.kind is not Kind.NOT_FOUND:
            raise
        away = set()  # no volume ever had it
    _note(database, clock, [order], [one for one in volumes if one not in away], released=True)
    return away


def _note(
    database: Database, clock: Clock, orders: Sequence[LockOrder], volumes: Sequence[UUID], *, released: bool
) -> None:
    with database.writing() as session:
        confirm(session, [order.id for order in orders], volumes, clock.now_us(), released=released)
