"""What people decided to keep, compared with the locks that one volume has: only looks."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from sqlalchemy import select
from sqlalchemy.orm import Session

from vms.archive.model import Lock
from vms.footage.locks.model import LockOrder


@dataclass(frozen=True, slots=True)
class Difference:
    """`lacking`: decided on, not in the volume. `released`: in force there, though it may go. `unknown`: nobody's."""

    lacking: Sequence[Lock] = field(default=())
    released: Sequence[Lock] = field(default=())
    unknown: Sequence[Lock] = field(default=())


def difference(session: Session, locks: Sequence[Lock]) -> Difference:
    """`locks`: those in force in the volume. Each list by start."""
    orders = {order.id: order for order in session.scalars(select(LockOrder))}
    there = {lock.id for lock in locks}
    lacking = [one.lock for one in orders.values() if one.release_us is None and one.id not in there]
    return Difference(
        sorted(lacking, key=lambda lock: (lock.span, lock.id)),
        [lock for lock in locks if lock.id in orders and orders[lock.id].release_us is not None],
        [lock for lock in locks if lock.id not in orders],
    )
