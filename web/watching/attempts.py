"""What looks like an attempt to record the screen, in the audit log."""

from uuid import UUID

from vms.audit.entry import NOTHING, Actor, NewEntry, Subject
from vms.audit.rules import Act
from web.backends import Backends

CODE = "recording_attempt"


async def note_attempt(here: Backends, by: Actor, kind: str, camera_id: UUID | None) -> None:
    """Log the first of a kind before this returns, others as a count a minute later (D-11.4b, edge case 85)."""
    subject = Subject("camera", str(camera_id)) if camera_id else NOTHING
    new = NewEntry(
        act=Act.RECORDING_ATTEMPT, actor=by, subject=subject, camera_id=camera_id, outcome=CODE, detail={"kind": kind}
    )
    if camera_id is None:
        await here.trail.note(new)
    else:
        await here.trail.note(new, lambda: here.name_of(camera_id))
