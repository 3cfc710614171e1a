"""What an entry of the audit log tells who records a breach that begins with it."""

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy.orm import Session

from vms.audit.entry import Actor, NewEntry
from vms.audit.model import AuditEntry
from vms.audit.rules import OK, Act
from vms.audit.service import append
from vms.authority.breaches.queries import is_recorded
from vms.authority.breaches.service import breach_entry_not_found
from vms.cameras.model import Camera
from vms.documents.turkish import written
from vms.kernel.clock import Clock, to_datetime
from vms.kernel.days import ZONE
from vms.people.model import Account


@dataclass(frozen=True, slots=True, kw_only=True)
class BreachEntry:
    """What the form is filled in with. `words`: what the paper calls it; `is_recorded`: a breach names it already."""

    number: int
    at_us: int
    act: Act
    outcome: str
    actor_name: str
    account_name: str
    person_id: UUID | None
    camera_id: UUID | None
    words: str
    is_recorded: bool


_CALLED = {
    Act.RECORDING_ATTEMPT: "Ekrandan kayıt girişimi",
    Act.VIEW_REFUSED: "Yetkisiz izleme isteği",
    Act.SIGN_IN_REFUSED: "Reddedilen giriş",
}
_ELSE = "Reddedilen işlem"


def read_breach_entry(session: Session, clock: Clock, number: int, *, by: Actor) -> BreachEntry:
    """One entry that tells of an attempt to record or of a refusal; nothing else of the log is shown here.

    That it was read is logged. VmsError(NOT_FOUND, `breach_entry_not_found`).
    """
    entry = session.get(AuditEntry, number)
    if entry is None or entry.outcome == OK:
        raise breach_entry_not_found()
    append(session, clock, NewEntry(act=Act.AUDIT_READ, actor=by, detail={"what": "breach", "entries": number}))
    account = _account(session, entry)
    camera = None if entry.camera_id is None else session.get(Camera, entry.camera_id)
    return BreachEntry(
        number=number,
        at_us=entry.at_us,
        act=Act(entry.act),
        outcome=entry.outcome,
        actor_name=entry.actor_name,
        account_name=account.name if account else "",
        person_id=account.person_id if account else None,
        camera_id=camera.id if camera else None,
        words=f"{_CALLED.get(Act(entry.act), _ELSE)}, {written(to_datetime(entry.at_us).astimezone(ZONE))}",
        is_recorded=is_recorded(session, number),
    )


def _account(session: Session, entry: AuditEntry) -> Account | None:
    """Whose name was used: who acted; of a refused sign-in, whose account it was about."""
    if entry.actor_id is not None:
        return session.get(Account, entry.actor_id)
    if entry.subject_kind != "account":
        return None
    return session.get(Account, UUID(entry.subject_id))
