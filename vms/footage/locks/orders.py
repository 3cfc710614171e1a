"""Wishing that footage be kept, or let go: the row comes first, the volumes are told from it."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import ColumnElement, Select, exists, false, func, or_, select
from sqlalchemy.orm import Session

from vms.archive.model import Lock
from vms.footage.locks.model import LockConfirmation, LockOrder, Owner
from vms.kernel.clock import Clock
from vms.kernel.ids import new_id
from vms.kernel.span import Span


@dataclass(frozen=True, slots=True)
class Reason:
    """What locks are placed for: its kind, its id, the words that volumes write down."""

    owner: Owner
    id: UUID
    words: str


def order_locks(session: Session, clock: Clock, reason: Reason, spans: Sequence[tuple[UUID, Span]]) -> list[UUID]:
    """Wish that these spans of cameras be kept from now on; the ids of the locks, in order."""
    orders = [
        LockOrder(
            id=new_id(clock), camera_id=camera_id, from_us=span.start_us, until_us=span.end_us,
            owner=reason.owner.value, owner_id=reason.id, reference=reason.words, ordered_us=clock.now_us(),
        )
        for camera_id, span in spans
    ]  # fmt: skip
    session.add_all(orders)
    session.flush()
    return [order.id for order in orders]


def release_locks(session: Session, clock: Clock, owner_id: UUID) -> int:
    """Wish that everything kept for this reason may go; how many locks that were. Again: none."""
    wanted = select(LockOrder).where(LockOrder.owner_id == owner_id, LockOrder.release_us.is_(None))
    orders = session.scalars(wanted).all()
    for order in orders:
        order.release_us = clock.now_us()
    session.flush()
    return len(orders)


def locks_in_force(session: Session) -> list[Lock]:
    """Everything that is to be kept, for every volume."""
    return [order.lock for order in session.scalars(select(LockOrder).where(LockOrder.release_us.is_(None)))]


def renew(session: Session, clock: Clock, lock_ids: Collection[UUID]) -> list[LockOrder]:
    """Keep what these locks were to keep under new ids, since a volume let them go for ever; the new orders."""
    old = session.scalars(select(LockOrder).where(LockOrder.id.in_(lock_ids), LockOrder.release_us.is_(None))).all()
    new = [
        LockOrder(
            id=new_id(clock), camera_id=one.camera_id, from_us=one.from_us, until_us=one.until_us, owner=one.owner,
            owner_id=one.owner_id, reference=one.reference, ordered_us=clock.now_us(),
        )
        for one in old
    ]  # fmt: skip
    for one in old:
        one.release_us = clock.now_us()
    session.add_all(new)
    session.flush()
    return new


def owners_keeping(session: Session, spans: Iterable[tuple[UUID, Span]]) -> dict[Owner, set[UUID]]:
    """For whom some of these spans of cameras is kept now, of each kind: the requests, the holds."""
    touching = [
        (LockOrder.camera_id == camera_id) & (LockOrder.from_us < span.end_us) & (LockOrder.until_us > span.start_us)
        for camera_id, span in spans
    ]
    found: dict[Owner, set[UUID]] = {owner: set() for owner in Owner}
    wanted = select(LockOrder.owner, LockOrder.owner_id).where(LockOrder.release_us.is_(None)).distinct()
    for start in range(0, len(touching), 100):  # SQLite bounds the depth of an expression
        for owner, owner_id in session.execute(wanted.where(or_(*touching[start : start + 100]))):
            found[Owner(owner)].add(owner_id)
    return found


def orders_to_place(
    session: Session, volumes: Sequence[UUID], owner_id: UUID | None = None, limit: int | None = None
) -> list[LockOrder]:
    """Wishes that some of these volumes have not confirmed, oldest first."""
    lacking = or_(false(), *(~_confirmed(volume) for volume in volumes))
    wanted = select(LockOrder).where(LockOrder.release_us.is_(None), lacking).order_by(LockOrder.id).limit(limit)
    return list(session.scalars(_of(wanted, owner_id)))


def orders_to_release(
    session: Session, volumes: Sequence[UUID], owner_id: UUID | None = None, limit: int | None = None
) -> list[LockOrder]:
    """Wishes that were taken back, which some of these volumes have not confirmed yet, oldest first.

    A volume that never confirmed to have the lock is told too: only its answer may have been lost.
    """
    lacking = or_(false(), *(~_confirmed(volume, LockConfirmation.is_released.is_(True)) for volume in volumes))
    wanted = select(LockOrder).where(LockOrder.release_us.is_not(None), lacking).order_by(LockOrder.id).limit(limit)
    return list(session.scalars(_of(wanted, owner_id)))


def confirm(
    session: Session, lock_ids: Sequence[UUID], volumes: Sequence[UUID], now_us: int, *, released: bool
) -> None:
    """These volumes have these locks, or have let them go."""
    for volume_id in volumes:
        known = {
            one.lock_id: one
            for one in session.scalars(
                select(LockConfirmation).where(
                    LockConfirmation.volume_id == volume_id, LockConfirmation.lock_id.in_(lock_ids)
                )
            )
        }
        for lock_id in lock_ids:
            if lock_id in known:
                # Placed after it was let go (two were telling at once): it is let go again, never forgotten.
                known[lock_id].is_released = released
            else:
                session.add(LockConfirmation(lock_id, volume_id, now_us, is_released=released))
    session.flush()


def confirmed_locks(session: Session) -> dict[UUID, set[UUID]]:
    """Locks that are to be kept, by the volume that said to have them."""
    found: dict[UUID, set[UUID]] = {}
    wanted = select(LockConfirmation.volume_id, LockConfirmation.lock_id).join(LockOrder)
    for volume_id, lock_id in session.execute(
        wanted.where(LockOrder.release_us.is_(None), LockConfirmation.is_released.is_(False))
    ):
        found.setdefault(volume_id, set()).add(lock_id)
    return found


def let_go(session: Session, volume_id: UUID, lock_ids: Collection[UUID]) -> set[UUID]:
    """Those of these locks that this volume said to have let go."""
    ids, found = sorted(lock_ids), set[UUID]()
    wanted = select(LockConfirmation.lock_id).where(
        LockConfirmation.volume_id == volume_id, LockConfirmation.is_released.is_(True)
    )
    for start in range(0, len(ids), 500):  # SQLite bounds the values of a statement
        found |= set(session.scalars(wanted.where(LockConfirmation.lock_id.in_(ids[start : start + 500]))))
    return found


def doubt(session: Session, volume_id: UUID, lock_ids: Collection[UUID], *, released: bool) -> int:
    """Forget that this volume has these locks (`released`: has let them go): it is told again. How many it had said."""
    wanted = select(LockConfirmation).where(
        LockConfirmation.volume_id == volume_id, LockConfirmation.is_released.is_(released)
    )
    ids, doubted = sorted(lock_ids), 0
    for start in range(0, len(ids), 500):  # SQLite bounds the values of a statement
        for row in session.scalars(wanted.where(LockConfirmation.lock_id.in_(ids[start : start + 500]))).all():
            session.delete(row)
            doubted += 1
    session.flush()
    return doubted


def pending_volumes(session: Session, owner_id: UUID, volumes: Sequence[UUID]) -> list[UUID]:
    """Those that do not have all of what this reason keeps."""
    kept = select(LockOrder.id).where(LockOrder.owner_id == owner_id, LockOrder.release_us.is_(None))
    wanted = session.scalar(select(func.count()).select_from(kept.subquery())) or 0
    counts = dict(
        row
        for row in session.execute(
            select(LockConfirmation.volume_id, func.count())
            .where(LockConfirmation.lock_id.in_(kept))
            .group_by(LockConfirmation.volume_id)
        ).all()
    )
    return [volume for volume in volumes if counts.get(volume, 0) < wanted]


def _confirmed(volume: UUID, *more: ColumnElement[bool]) -> ColumnElement[bool]:
    return exists().where(LockConfirmation.lock_id == LockOrder.id, LockConfirmation.volume_id == volume, *more)


def _of(wanted: Select[LockOrder], owner_id: UUID | None) -> Select[LockOrder]:
    return wanted if owner_id is None else wanted.where(LockOrder.owner_id == owner_id)
