"""The record that nothing of what should have been held exists any more (edge-61)."""

from collections.abc import Sequence

from sqlalchemy.orm import Session

from vms.audit.entry import Actor
from vms.audit.rules import Act
from vms.authority.acts import note
from vms.footage.availability import Found, away_of, found_json
from vms.footage.case_events import note_event
from vms.footage.hold_links import case_of_hold
from vms.footage.hold_model import Hold, HoldItem, HoldState
from vms.footage.holds import NewHold, check_new
from vms.footage.queries import next_number
from vms.footage.rules import hold_end_us
from vms.kernel.clock import Clock
from vms.kernel.errors import Kind, VmsError
from vms.kernel.ids import new_id


def record_unreached(session: Session, clock: Clock, new: NewHold, found: Sequence[Found], *, by: Actor) -> Hold:
    """A hold that was void from its beginning: who asked for what, and that none of it is there. It locks nothing.

    `found`: just read. VmsError: CONFLICT `hold_possible` where some of it exists; UNAVAILABLE `volume_away` while it
    is not known; what `check_new` refuses.
    """
    check_new(new)
    if away_of(found):
        raise VmsError(
            Kind.UNAVAILABLE, "volume_away", "A disk that may hold this footage is away. Mount it, then try again.",
        )  # fmt: skip
    if any(one.recordings for one in found):
        raise VmsError(Kind.CONFLICT, "hold_possible", "Some of this footage exists. Place a hold on it instead.")
    now_us = clock.now_us()
    hold = Hold(
        id=new_id(clock), number=next_number(session, Hold), basis=new.basis.value, reason=new.reason.strip(),
        state=HoldState.VOID.value, starts_us=now_us, ends_us=hold_end_us(now_us), placed_by=by.person_id,
        placed_by_name=by.name, institution=note(new.institution), contact=note(new.contact),
        asked_how=note(new.asked_how), incident=note(new.incident), place=note(new.place), incident_us=new.incident_us,
        looked_us=now_us, ended_us=now_us, ended_why="nothing was there to keep",
    )  # fmt: skip
    session.add(hold)
    session.flush()
    session.add_all(
        HoldItem(
            id=new_id(clock), hold_id=hold.id, camera_id=one.wanted.camera_id, from_us=one.wanted.span.start_us,
            until_us=one.wanted.span.end_us, lock_id=None, found=found_json(one),
        )
        for one in found
    )  # fmt: skip
    note_event(session, clock, case_of_hold(hold), Act.HOLD_VOID, by, institution=hold.institution, items=len(found))
    return hold
