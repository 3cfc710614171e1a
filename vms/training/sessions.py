"""Trainings in a room: entering them with who attended, correcting them, calling them off.

Each use case writes its audit entry in the same transaction. `by`: who acts.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from vms.audit.entry import Actor, NewEntry, Subject
from vms.audit.rules import Act
from vms.audit.service import append
from vms.documents.forms.training import Topic
from vms.documents.reissue import standing
from vms.documents.rules import check_reason
from vms.kernel.clock import Clock
from vms.kernel.errors import Kind, VmsError
from vms.kernel.ids import new_id
from vms.people.organisation_model import Person
from vms.people.organisation_queries import need_staff
from vms.training.queries import need_version
from vms.training.rules import check_attendees, check_note, check_place, check_span, check_topics, check_trainer
from vms.training.session_model import TrainingAttendance, TrainingSession
from vms.training.session_queries import attendees_of


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionContent:
    """What is told of a training in `[begins_us, ends_us)`, which may be to come; a correction names all of it.

    `trainer_id`: somebody of the register; without one `trainer_name`: somebody from outside. `version_id`: the
    published material that was shown. `attendees`: persons of the register, with an account or without.
    """

    begins_us: int
    ends_us: int
    place: str
    topics: Iterable[Topic]
    attendees: Sequence[UUID]
    trainer_id: UUID | None = None
    trainer_name: str = ""
    version_id: UUID | None = None
    note: str = ""


def enter_session(session: Session, clock: Clock, content: SessionContent, *, by: Actor) -> TrainingSession:
    """A training with who attended it (D-6.11).

    VmsError: INVALID what `vms.training.rules` refuses; NOT_FOUND `person_not_found`, `training_not_found`; CONFLICT
    `person_left` (before it began), `training_unpublished`.
    """
    held = TrainingSession(
        id=new_id(clock), **_facts(session, content), entered_us=clock.now_us(), entered_by=by.person_id,
        entered_by_name=by.name,
    )  # fmt: skip
    session.add(held)
    session.flush()
    added, _ = _seat(session, held, content.attendees)
    _tell(session, clock, Act.TRAINING_HELD, held, by, attendees=len(added), added=added)
    return held


def change_session(
    session: Session, clock: Clock, held: TrainingSession, content: SessionContent, *, by: Actor
) -> TrainingSession:
    """Correct what was entered; a form that was printed says so when it is printed anew.

    VmsError as `enter_session`, and CONFLICT `training_called_off`.
    """
    need_not_called_off(held)
    for name, value in _facts(session, content).items():
        setattr(held, name, value)
    session.flush()
    added, removed = _seat(session, held, content.attendees)
    _tell(
        session, clock, Act.TRAINING_CORRECTED, held, by, attendees=len(content.attendees), added=added, removed=removed
    )
    return held


def call_off(session: Session, clock: Clock, held: TrainingSession, why: str, *, by: Actor) -> TrainingSession:
    """It does not take place, or never did: it counts for nobody.

    VmsError: INVALID `reason_required`; CONFLICT `training_called_off`, `training_form_stands` (its form says that it
    took place).
    """
    why = check_reason(why)
    need_not_called_off(held)
    if standing(session, held.document_id) is not None:
        raise VmsError(
            Kind.CONFLICT, "training_form_stands",
            "The form of this training is printed and counts. Have the document cancelled first.",
        )  # fmt: skip
    held.called_off_us, held.called_off_why = clock.now_us(), why
    session.flush()
    _tell(session, clock, Act.TRAINING_CALLED_OFF, held, by, reason=why)
    return held


def need_not_called_off(held: TrainingSession) -> None:
    """VmsError(CONFLICT, `training_called_off`) once it was."""
    if held.called_off_us is not None:
        raise VmsError(Kind.CONFLICT, "training_called_off", "This training was called off. Enter a new one.")


def subject_of_session(held: TrainingSession) -> Subject:
    """The training as what an act is about: its place, nobody who attended."""
    return Subject("training_session", str(held.id), held.place)


def _facts(session: Session, content: SessionContent) -> dict[str, Any]:
    """The columns that a correction changes, checked."""
    check_span(content.begins_us, content.ends_us)
    check_attendees(content.attendees)
    trainer = None if content.trainer_id is None else need_staff(session, content.trainer_id, content.begins_us)
    if content.version_id is not None and need_version(session, content.version_id).published_us is None:
        raise VmsError(
            Kind.CONFLICT, "training_unpublished", "This version is not published yet. Publish it, or choose another."
        )
    return {
        "begins_us": content.begins_us,
        "ends_us": content.ends_us,
        "place": check_place(content.place),
        "topics": check_topics(content.topics),
        "trainer_id": content.trainer_id,
        "trainer_name": check_trainer(content.trainer_name) if trainer is None else trainer.full_name,
        "version_id": content.version_id,
        "note": check_note(content.note),
    }


def _seat(session: Session, held: TrainingSession, person_ids: Sequence[UUID]) -> tuple[list[str], list[str]]:
    """Let exactly these persons have attended; names of who is new, of who is no more. Who left before is refused."""
    wanted = {one: need_staff(session, one, held.begins_us) for one in person_ids}
    before = {person.id: person for person in attendees_of(session, held.id)}
    for gone in before.keys() - wanted.keys():
        session.delete(session.get_one(TrainingAttendance, (held.id, gone)))
    session.add_all(TrainingAttendance(held.id, new) for new in wanted.keys() - before.keys())
    session.flush()
    return _names(wanted.keys() - before.keys(), wanted), _names(before.keys() - wanted.keys(), before)


def _names(ids: Iterable[UUID], people: dict[UUID, Person]) -> list[str]:
    return [people[one].full_name for one in sorted(ids, key=lambda one: (people[one].name_order, one))]


def _tell(session: Session, clock: Clock, act: Act, held: TrainingSession, by: Actor, **detail: object) -> None:
    told = {"from_us": held.begins_us, "until_us": held.ends_us, **detail}
    append(session, clock, NewEntry(act=act, actor=by, subject=subject_of_session(held), detail=told))
