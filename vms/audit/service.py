"""Writing into the audit log."""

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from vms.audit.chain import FIRST
from vms.audit.entry import NewEntry
from vms.audit.model import AuditEntry
from vms.audit.rules import clean, detail_text
from vms.kernel.clock import Clock
from vms.kernel.ids import new_id

_TURN = 0x6E617A6175  # "nazau": PostgreSQL's lock number of who writes the next entry


def append(session: Session, clock: Clock, new: NewEntry) -> AuditEntry:
    """Write `new` behind all entries there are, as part of the caller's transaction: both stand or fall together.

    `session`: one that writes (`Database.writing`); RuntimeError else, because the entry would be thrown away. From
    here to the end of the transaction no other process appends, so call it late. Texts are made printable and cut.
    """
    _take_turn(session)
    newest = select(AuditEntry.sequence, AuditEntry.hash).order_by(AuditEntry.sequence.desc()).limit(1)
    before = session.execute(newest).one_or_none()
    entry = AuditEntry(
        sequence=before.sequence + 1 if before else 1,
        id=new.id or new_id(clock),
        at_us=clock.now_us() if new.at_us is None else new.at_us,
        actor_id=new.actor.person_id,
        actor_name=clean(new.actor.name),
        session_id=new.actor.session_id,
        address=clean(new.actor.address),
        act=new.act.value,
        subject_kind=clean(new.subject.kind),
        subject_id=clean(new.subject.id),
        subject_words=clean(new.subject.words),
        camera_id=new.camera_id,
        mode=clean(new.mode),
        stream=clean(new.stream),
        from_us=new.from_us,
        until_us=new.until_us,
        basis=clean(new.basis),
        basis_id=new.basis_id,
        outcome=clean(new.outcome),
        refers_to=new.refers_to,
        detail=detail_text(new.detail),
        previous_hash=before.hash if before else FIRST,
    )
    session.add(entry)
    session.flush()
    return entry


def _take_turn(session: Session) -> None:
    """Let nobody else read the newest entry before this transaction has ended."""
    connection = session.connection()
    if connection.dialect.name == "postgresql":
        session.execute(select(func.pg_advisory_xact_lock(_TURN)))
    elif not connection.get_execution_options().get("is_write"):  # SQLite: it holds the writer's lock already
        raise RuntimeError("an audit entry needs a transaction that writes")
