"""The record that nothing of what should have been held exists any more (edge-61)."""

from collections.abc import Sequence

from sqlalchemy.orm import Session

from vms.audit.entry import Actor
from vms.audit.rules import Act
from vms.footage.availability import Found, away_of
from vms.footage.case_events import note_event
from vms.footage.holds.links import case_of_hold
from vms.footage.holds.model import Hold
from vms.footage.holds.service import NewHold, check_new, entered
from vms.kernel.clock import Clock
from vms.kernel.errors import Kind, VmsError


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
    hold = entered(session, clock, new, found, (), by=by)
    note_event(session, clock, case_of_hold(hold), Act.HOLD_VOID, by, institution=hold.institution, items=len(found))
    return hold
