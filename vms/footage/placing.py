"""A hold from wish to kept footage: look, write, tell, look again."""

from dataclasses import dataclass
from uuid import UUID

from vms.archive.archive import Archive
from vms.audit.entry import Actor
from vms.footage.availability import Wanted, look
from vms.footage.hold_asks import answer_with_hold
from vms.footage.hold_model import Hold
from vms.footage.holds import NewHold, check_new, make_void, nothing_to_hold, place
from vms.footage.keeping import Told, tell
from vms.footage.queries import cameras_named, need_hold, wanted_of
from vms.footage.rules import check_past
from vms.kernel.clock import Clock
from vms.kernel.database import Database


@dataclass(frozen=True, slots=True)
class Placed:
    """A hold with what the volumes said to it."""

    hold: Hold
    told: Told


def place_and_tell(
    database: Database, archive: Archive, clock: Clock, new: NewHold, *, by: Actor, ask_id: UUID | None = None
) -> Placed:
    """Place a hold on what exists, tell the volumes, look once more (edge-72).

    A sweep that was quicker leaves a hold on nothing: then it is void and the caller is told so, never "kept". Reads
    and tells volumes outside of transactions of the control database. `ask_id`: the wish it answers.
    VmsError: CONFLICT `nothing_to_hold`; INVALID `interval_in_future` (edge-71); what `place` refuses.
    """
    check_new(new)
    spans = check_past(new.intervals, clock.now_us())
    with database.reading() as session:
        wanted = wanted_of(cameras_named(session, new.cameras).values(), spans)
    found = look(archive, wanted, clock.now_us())
    is_all_seen = not archive.missing
    with database.writing() as session:
        hold = place(session, clock, new, found, by=by, is_all_seen=is_all_seen)
        if ask_id is not None:
            answer_with_hold(session, clock, ask_id, hold, by=by)
    told = tell(database, archive, clock, hold.id)
    _look_again(database, archive, clock, hold, wanted, by)
    return Placed(hold, told)


def _look_again(
    database: Database, archive: Archive, clock: Clock, hold: Hold, wanted: list[Wanted], by: Actor
) -> None:
    found = look(archive, wanted, clock.now_us())
    if any(one.recordings for one in found) or archive.missing:
        return
    with database.writing() as session:
        make_void(session, clock, need_hold(session, hold.id), by=by)
    tell(database, archive, clock, hold.id)
    raise nothing_to_hold(found)
