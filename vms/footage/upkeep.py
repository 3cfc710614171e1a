"""What follows from the clock and nobody's act: holds end, deadlines pass, volumes are told again."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from vms.archive.archive import Archive
from vms.audit.entry import Actor
from vms.footage.exports.service import due_purge_of_closed
from vms.footage.holds.second_look import look_again, unlooked
from vms.footage.holds.service import expire, overdue_before_us, unsigned_since
from vms.footage.locks.keeping import compare, tell
from vms.footage.policy import DEFAULT, Policy
from vms.footage.requests.review import refuse_overdue
from vms.footage.requests.viewing import take_from_unfit
from vms.kernel.clock import Clock
from vms.kernel.database import Database


@dataclass(frozen=True, slots=True)
class Done:
    """What one round did, and what must be told: volumes that have not confirmed, numbers of unsigned holds."""

    expired: int
    refused: int
    taken: int
    pending: Sequence[UUID]
    unsigned: Sequence[int]


def run_once(
    database: Database, archive: Archive, clock: Clock, *, by: Actor, is_clock_believed: bool, policy: Policy = DEFAULT
) -> Done:
    """Idempotent, and may be killed at any moment. Volumes are told last: also what was just let go, what they lost.

    While the clock is not believed nothing ends by it: a lock that was let go too early comes back to no footage.
    """
    with database.writing() as session:
        expired = expire(session, clock, by=by) if is_clock_believed else []
        refused = refuse_overdue(session, clock, by=by) if is_clock_believed else 0
        taken = take_from_unfit(session, clock, by=by, policy=policy)
        due_purge_of_closed(session, clock)
        unsigned = unsigned_since(session, overdue_before_us(clock.now_us(), policy.signature_days))
    compare(database, archive)
    told = tell(database, archive, clock)
    if _look_again(database, archive, clock, by):
        told = tell(database, archive, clock)
    return Done(len(expired), refused, taken, told.pending, [hold.number for hold in unsigned])


def _look_again(database: Database, archive: Archive, clock: Clock, by: Actor) -> bool:
    """What whoever placed holds did not come to; whether some became void."""
    with database.reading() as session:
        waiting = unlooked(session)
    gone = [look_again(database, archive, clock, hold_id, by=by) for hold_id in waiting]
    return any(gone)
