"""Writing reminders down, each once for each person."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from vms.authority.policy import Policy
from vms.kernel.clock import Clock
from vms.kernel.database import Database
from vms.kernel.ids import new_id
from vms.reminders.facts import Records
from vms.reminders.model import MailState, Reminder
from vms.reminders.queries import records
from vms.reminders.rules import Due, due


def write_down(database: Database, clock: Clock, policy: Policy) -> int:
    """Work out what waits for whom now, write down what is new; how many reminders that were.

    May run any number of times, in any number of processes: what is written is not written again. A mail that waits
    for its server is given up only when what it says is no longer so, or a nearer mark says it; it waits again when
    that was too early.
    """
    with database.reading() as session:
        if _changes(session, clock.now_us(), policy).is_nothing:
            return 0  # most looks: the writer's lock is not asked for
    with database.writing() as session:
        now_us = clock.now_us()
        changes = _changes(session, now_us, policy)
        for one, person_id in changes.new:
            session.add(
                Reminder(id=new_id(clock), key=one.key, person_id=person_id, kind=one.kind.value, written_us=now_us)
            )
        for reminder in changes.over:
            reminder.state, reminder.done_us = MailState.OVER.value, now_us
        for reminder in changes.again:
            reminder.state, reminder.done_us = MailState.WAITING.value, None
    return len(changes.new)


def addressed(found: Iterable[Due], known: Records) -> Iterator[tuple[Due, UUID]]:
    """Each of them that is worth a mail, with each person it waits for who works here."""
    for one in filter(lambda one: one.is_for_mail, found):
        for person_id in sorted(one.persons(known.readers) & known.people.keys()):
            yield one, person_id


@dataclass(slots=True)
class _Changes:
    """What differs between what waits and what is written: reminders to write, to give up, to take up again."""

    new: list[tuple[Due, UUID]] = field(default_factory=list)
    over: list[Reminder] = field(default_factory=list)
    again: list[Reminder] = field(default_factory=list)

    @property
    def is_nothing(self) -> bool:
        return not (self.new or self.over or self.again)


def _changes(session: Session, now_us: int, policy: Policy) -> _Changes:
    known = records(session, now_us, policy)
    wanted = {(one.key, person_id): one for one, person_id in addressed(due(known, now_us), known)}
    of_these = select(Reminder).where(Reminder.key.in_({key for key, _ in wanted}))
    written = {(one.key, one.person_id): one for one in session.scalars(of_these)}
    waiting = session.scalars(select(Reminder).where(Reminder.state == MailState.WAITING))
    return _Changes(
        new=[(one, person_id) for (key, person_id), one in wanted.items() if (key, person_id) not in written],
        over=[one for one in waiting if (one.key, one.person_id) not in wanted],
        again=[one for place, one in written.items() if place in wanted and one.state == MailState.OVER],
    )
