"""What others ask about trainings in a room."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from vms.kernel.errors import Kind, VmsError
from vms.people.organisation_model import Person
from vms.training.session_model import TrainingAttendance, TrainingSession

MAX_PAGE = 100
_OF_IT = TrainingAttendance.session_id == TrainingSession.id


@dataclass(frozen=True, slots=True)
class SessionPage:
    """A part of a list, with how many there are in all."""

    sessions: Sequence[TrainingSession]
    total: int


def need_session(session: Session, session_id: UUID) -> TrainingSession:
    """The training with this id, called off or not, or VmsError(NOT_FOUND, `training_session_not_found`)."""
    found = session.get(TrainingSession, session_id)
    if found is None:
        raise VmsError(Kind.NOT_FOUND, "training_session_not_found", "There is no such training. Reload the list.")
    return found


def training_sessions(session: Session, offset: int, limit: int) -> SessionPage:
    """Trainings in a room, the newest first, those that were called off too."""
    total = session.scalar(select(func.count()).select_from(TrainingSession)) or 0
    wanted = select(TrainingSession).order_by(TrainingSession.begins_us.desc(), TrainingSession.id.desc())
    page = wanted.offset(max(offset, 0)).limit(min(max(limit, 1), MAX_PAGE))
    return SessionPage(list(session.scalars(page)), total)


def attendees_of(session: Session, session_id: UUID) -> list[Person]:
    """Who attended a training, in the order of the Turkish alphabet."""
    wanted = select(Person).join(TrainingAttendance, TrainingAttendance.person_id == Person.id)
    wanted = wanted.where(TrainingAttendance.session_id == session_id)
    return list(session.scalars(wanted.order_by(Person.name_order, Person.registry_no, Person.id)))


def last_attended(session: Session, person_id: UUID, now_us: int) -> TrainingSession | None:
    """The newest training in a room that a person attended, of those that are over and took place."""
    wanted = select(TrainingSession).join(TrainingAttendance, _OF_IT)
    wanted = wanted.where(TrainingAttendance.person_id == person_id, *_took_place(now_us))
    return session.scalar(wanted.order_by(TrainingSession.begins_us.desc(), TrainingSession.id.desc()).limit(1))


def last_attended_us(session: Session, now_us: int) -> dict[UUID, int]:
    """When each person's newest one began; who attended none is not in it."""
    wanted = select(TrainingAttendance.person_id, func.max(TrainingSession.begins_us))
    wanted = wanted.join(TrainingSession, _OF_IT).where(*_took_place(now_us))
    return dict(row for row in session.execute(wanted.group_by(TrainingAttendance.person_id)).all())


def _took_place(now_us: int) -> tuple[ColumnElement[bool], ...]:
    return TrainingSession.called_off_us.is_(None), TrainingSession.ends_us <= now_us
