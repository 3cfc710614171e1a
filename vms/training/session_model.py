"""Trainings in a room, with who attended."""

from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from vms.kernel.database import Base
from vms.people.organisation_model import Person  # its table is referred to


class TrainingSession(Base):
    """One training in a room (D-5.5b, D-6.11). Rows are called off, never deleted.

    In `[begins_us, ends_us)`. `topics`: as `rules.check_topics` writes them. `trainer_id`: None for somebody from
    outside; `trainer_name`: what they were called then. `version_id`: the material that was shown. `entered_by`: the
    account; None: the command line. `document_id`: its attendance form (P-16), once printed.
    """

    __tablename__ = "training_session"
    __table_args__ = (
        CheckConstraint("ends_us > begins_us", name="training_ends_before_it_begins"),
        CheckConstraint("length(trim(place)) > 0", name="training_place_missing"),
        CheckConstraint("length(trim(trainer_name)) > 0", name="training_trainer_missing"),
        CheckConstraint("length(topics) > 0", name="training_topics_missing"),
        Index("training_session_begins", "begins_us"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    begins_us: Mapped[int]
    ends_us: Mapped[int]
    place: Mapped[str]
    topics: Mapped[str]
    trainer_id: Mapped[UUID | None] = mapped_column(ForeignKey(Person.id))
    trainer_name: Mapped[str]
    version_id: Mapped[UUID | None] = mapped_column(ForeignKey("training_version.id"))
    note: Mapped[str]
    entered_us: Mapped[int]
    entered_by: Mapped[UUID | None]
    entered_by_name: Mapped[str]
    called_off_us: Mapped[int | None] = mapped_column(default=None)
    called_off_why: Mapped[str] = mapped_column(default="")
    document_id: Mapped[UUID | None] = mapped_column(default=None)


class TrainingAttendance(Base):
    """That a person of the register attended a training, once."""

    __tablename__ = "training_attendance"
    __table_args__ = (Index("training_attendance_of", "person_id"),)

    session_id: Mapped[UUID] = mapped_column(ForeignKey(TrainingSession.id), primary_key=True)
    person_id: Mapped[UUID] = mapped_column(ForeignKey(Person.id), primary_key=True)
