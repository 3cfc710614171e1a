"""Writing a case's line of custody: an entry of the audit log, an event that names it."""

from collections.abc import Collection
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from vms.audit.entry import Actor, NewEntry, Subject
from vms.audit.rules import Act
from vms.audit.service import append
from vms.footage.model import CaseEvent
from vms.kernel.clock import Clock
from vms.kernel.ids import new_id

_CHANGES_NOTHING = (Act.LETTER_READ, Act.LOCKS_PLACED, Act.EBYS_TOLD, Act.EBYS_NUMBERED, Act.EBYS_DIFFERS)


@dataclass(frozen=True, slots=True)
class Case:
    """What an event is about: the kind that the audit log calls it by, its id, its words."""

    kind: str
    id: UUID
    words: str


def note_event(session: Session, clock: Clock, case: Case, act: Act, by: Actor, **detail: object) -> UUID:
    """Write both in the caller's transaction; the audit entry's id."""
    session.flush()
    entry = append(session, clock, NewEntry(act=act, actor=by, subject=_subject(case), detail=detail))
    session.add(
        CaseEvent(
            id=new_id(clock), case_id=case.id, sequence=entry.sequence, at_us=entry.at_us, act=act.value,
            by_id=by.person_id, by_name=by.name, entry_id=entry.id, detail=detail,
        )
    )  # fmt: skip
    session.flush()
    return entry.id


def events_of(session: Session, case_id: UUID) -> list[CaseEvent]:
    """Everything that happened to a case, oldest first."""
    wanted = select(CaseEvent).where(CaseEvent.case_id == case_id).order_by(CaseEvent.sequence)
    return list(session.scalars(wanted))


def version_of(session: Session, case_ids: Collection[UUID]) -> int:
    """A number that grows whenever something happens to these cases that a decision on them may turn on."""
    wanted = select(func.max(CaseEvent.sequence)).where(
        CaseEvent.case_id.in_(case_ids), CaseEvent.act.not_in([act.value for act in _CHANGES_NOTHING])
    )
    return session.scalar(wanted) or 0


def _subject(case: Case) -> Subject:
    return Subject(case.kind, str(case.id), case.words)
