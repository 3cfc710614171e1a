"""Reminders that were written down, each once for each person."""

from enum import StrEnum
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from vms.kernel.database import Base
from vms.people.organisation_model import Person


class MailState(StrEnum):
    """What became of a reminder's mail."""

    WAITING = "waiting"  # until there is a mail server that takes it
    SENT = "sent"
    REFUSED = "refused"  # the address does not exist, or takes nothing from us
    OVER = "over"  # what it was about is done, or a nearer one says it, before any mail went out


class Reminder(Base):
    """One reminder for one person. `key` is `rules.Due.key`: written once, however often it is worked out.

    `tries` failed so far, the last at `tried_us`; the next is not before `next_try_us`. `refusal`: the server's code.
    """

    __tablename__ = "reminder"
    __table_args__ = (
        CheckConstraint("state IN ('waiting', 'sent', 'refused', 'over')", name="reminder_state"),
        CheckConstraint("(state = 'waiting') = (done_us IS NULL)", name="reminder_done"),
        Index("reminder_once", "key", "person_id", unique=True),
        Index("reminder_waiting", "state"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    key: Mapped[str]
    person_id: Mapped[UUID] = mapped_column(ForeignKey(Person.id))
    kind: Mapped[str]
    written_us: Mapped[int]
    state: Mapped[str] = mapped_column(default=MailState.WAITING.value)
    tries: Mapped[int] = mapped_column(default=0)
    tried_us: Mapped[int | None] = mapped_column(default=None)
    next_try_us: Mapped[int | None] = mapped_column(default=None)
    done_us: Mapped[int | None] = mapped_column(default=None)
    refusal: Mapped[str] = mapped_column(default="")
