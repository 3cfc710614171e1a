"""Keeping footage that says it is older than it is for as long as its true age demands."""

import logging
from collections.abc import Iterable, Mapping
from datetime import datetime
from uuid import UUID

from retention.misdated import Misdated
from vms.archive.locks import complete_copies, list_locks, place_lock, release_lock
from vms.archive.model import Lock
from vms.archive.rules import MIN_RETENTION_DAYS
from vms.archive.volume import Volume
from vms.kernel.clock import US_PER_DAY, Clock, from_datetime, iso
from vms.kernel.ids import new_id

log = logging.getLogger(__name__)

REFERENCE = "wrong clock, recorded until "  # and a time: such a lock is the machine's, no person placed it


def keep_misdated(volume: Volume, found: Iterable[Misdated], clock: Clock) -> int:
    """Lock what no such lock keeps for as long yet; returns how many were placed. Durable when it returns.

    Locks outlive a lost index, bind every path that deletes, and cost a sweep nothing. One that lies there from an
    earlier wrong time and ends sooner keeps nothing of this: later footage may fill the holes that it spans.
    OSError when the disk refuses their copies: a belief is not remembered before they lie there, for nothing else tells
    of this footage after a lost index.
    """
    there = [(lock, _until_us(lock)) for lock in list_locks(volume)]
    found, placed = list(found), 0
    for one in found:
        if any(_keeps(lock, until_us, one) for lock, until_us in there):
            continue
        reference = f"{REFERENCE}{iso(one.until_us)}"
        place_lock(volume, Lock(new_id(clock), one.camera_id, one.span, "hold", reference, clock.now_us()))
        log.warning("footage of camera %s that says %s is kept: %s", one.camera_id, iso(one.span.start_us), reference)
        placed += 1
    if found:
        complete_copies(volume)
    return placed


def _keeps(lock: Lock, until_us: int | None, one: Misdated) -> bool:
    is_late_enough = until_us is not None and until_us >= one.until_us
    return is_late_enough and lock.camera_id == one.camera_id and lock.span.covers(one.span)


def release_misdated(volume: Volume, retention_days: Mapping[UUID, int], now_us: int) -> None:
    """Let go what is old by its true time; of a camera without a policy nothing goes."""
    for lock in list_locks(volume):
        until_us, days = _until_us(lock), retention_days.get(lock.camera_id)
        if until_us is None or days is None:
            continue
        if until_us + max(days, MIN_RETENTION_DAYS) * US_PER_DAY <= now_us:
            release_lock(volume, lock.id, now_us)


def _until_us(lock: Lock) -> int | None:
    """Until when its footage was recorded; None: a person's lock."""
    if not lock.reference.startswith(REFERENCE):
        return None
    return from_datetime(datetime.fromisoformat(lock.reference.removeprefix(REFERENCE)))
