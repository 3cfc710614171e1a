"""A hold from wish to kept footage: look, write, tell, look again."""

from dataclasses import dataclass
from uuid import UUID

from vms.archive.archive import Archive
from vms.audit.entry import Actor
from vms.footage.availability import away_of, look
from vms.footage.holds.asks import answer_with_hold
from vms.footage.holds.linking import link_requests
from vms.footage.holds.model import Hold, HoldState
from vms.footage.holds.second_look import look_again
from vms.footage.holds.service import NewHold, check_new, nothing_to_hold, place
from vms.footage.locks.keeping import Told, tell
from vms.footage.once import Once, done_before
from vms.footage.queries import cameras_named, wanted_of
from vms.footage.rules import check_past
from vms.kernel.clock import Clock
from vms.kernel.database import Database


@dataclass(frozen=True, slots=True)
class Placed:
    """A hold with what the volumes said to it."""

    hold: Hold
    told: Told


def place_and_tell(
    database: Database, archive: Archive, clock: Clock, new: NewHold, *, by: Actor, ask_id: UUID | None = None,
    once: Once | None = None,
) -> Placed:  # fmt: skip
    """Place a hold on what exists, tell the volumes, look once more (edge-72).

    A sweep that was quicker leaves a hold on nothing: then it is void and the caller is told so, never "kept". Reads
    and tells volumes outside of transactions of the control database. `ask_id`: the wish it answers. Killed between,
    the job goes on where it was (`upkeep.run_once`). `once`: the name that a client gave it; sent again, the hold that
    was placed then is gone on with.
    VmsError: CONFLICT `nothing_to_hold`, `registered_already`; INVALID `interval_in_future` (edge-71); what `place`
    refuses.
    """
    check_new(new)
    spans = check_past(new.intervals, clock.now_us())
    with database.reading() as session:
        wanted = wanted_of(session, cameras_named(session, new.cameras).values(), spans)
    found = look(archive, wanted, clock.now_us())
    with database.writing() as session:
        known = done_before(session, Hold, once)
        hold = known or place(session, clock, new, found, by=by, is_all_seen=not away_of(found), once=once)
        if known is None:
            link_requests(session, clock, hold, by=by)
        if known is None and ask_id is not None:
            answer_with_hold(session, clock, ask_id, hold, by=by)
    if hold.state == HoldState.VOID:
        raise nothing_to_hold(found)
    told = tell(database, archive, clock, hold.id)
    gone = look_again(database, archive, clock, hold.id, by=by)
    if gone:
        tell(database, archive, clock, hold.id)
        raise nothing_to_hold(gone)
    return Placed(hold, told)
