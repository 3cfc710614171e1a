"""Sends the mails of reminders, however often the mail server is away."""

import logging
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select

from vms.authority.policy import Policy
from vms.kernel.clock import US_PER_SECOND, Clock
from vms.kernel.database import Database
from vms.kernel.errors import VmsError
from vms.kernel.repeat_log import RepeatLog
from vms.reminders.facts import Somebody
from vms.reminders.letters import letter
from vms.reminders.mail_server import AWAY, REFUSED, MailLine, MailServer, is_address
from vms.reminders.model import MailState, Reminder
from vms.reminders.queries import records
from vms.reminders.rules import Due, due
from vms.reminders.service import addressed

FIRST_PAUSE_US = 60 * US_PER_SECOND
LONGEST_PAUSE_US = 30 * FIRST_PAUSE_US  # a server that is back is noticed within half an hour
MOST_AT_ONCE = 200  # letters of one round; the rest follows in the next

Waiting = tuple[Reminder, Due]


@dataclass(slots=True)
class Round:
    """What became of one round's letters."""

    sent: int = 0
    refused: int = 0
    put_off: int = 0


class Outbox:
    """One letter for each person with everything that waits for them. One thread at a time.

    A reminder is `sent` after the server took it, never before: if the machine dies in between it is sent twice, with
    the same Message-ID. What is no longer so is not sent.
    """

    def __init__(self, database: Database, clock: Clock, policy: Policy, server: MailServer, address: str = "") -> None:
        self._database = database
        self._clock = clock
        self._policy = policy
        self._server = server
        self._address = address
        self._words = RepeatLog(logging.getLogger(__name__))

    def run_once(self) -> Round:
        """Try everything whose time has come. A server that is away raises nothing: it is logged, and tried again."""
        done = Round()
        letters = self._letters()
        if not letters:
            return done
        try:
            with self._server.open() as line:
                while letters:
                    self._send(line, *letters[0], done)
                    del letters[0]
            self._words.over("server")
        except VmsError as err:
            if err.code != AWAY:
                raise
            self._words.say("server", logging.WARNING, f"reminders wait: {err}")
            for _, waiting in letters:  # what was sent before it broke off is out of the list
                self._put_off(waiting, err.code)
                done.put_off += 1
        return done

    def _send(self, line: MailLine, to: Somebody, waiting: Sequence[Waiting], done: Round) -> None:
        if not is_address(to.email):  # no head of a mail could be made with it
            self._finish(waiting, MailState.REFUSED, "address")
            done.refused += 1
            return
        message = letter(
            to, [(row.id, one) for row, one in waiting], sender=self._server.sender, address=self._address,
            now_us=self._clock.now_us(),
        )  # fmt: skip
        try:
            line.send(message)
        except VmsError as err:
            if err.code == AWAY:
                raise
            if err.code == REFUSED:
                self._words.say(str(to.id), logging.WARNING, f"person {to.id}: {err}")
                self._finish(waiting, MailState.REFUSED, str(err.detail["answer"]))
                done.refused += 1
            else:
                self._put_off(waiting, str(err.detail["answer"]))
                done.put_off += 1
            return
        self._finish(waiting, MailState.SENT, "")
        done.sent += 1

    def _letters(self) -> list[tuple[Somebody, list[Waiting]]]:
        now_us = self._clock.now_us()
        with self._database.reading() as session:
            rows = list(session.scalars(select(Reminder).where(Reminder.state == MailState.WAITING)))
            rows = [row for row in rows if is_time(row, now_us)]
            if not rows:
                return []
            known = records(session, now_us, self._policy)
        wanted = {(one.key, person_id): one for one, person_id in addressed(due(known, now_us), known)}
        of_person: dict[UUID, list[Waiting]] = defaultdict(list)
        for row in rows:
            one = wanted.get((row.key, row.person_id))
            if one is not None and known.people[row.person_id].email:
                of_person[row.person_id].append((row, one))
        found = [(known.people[person_id], sorted(waiting, key=_place)) for person_id, waiting in of_person.items()]
        return sorted(found, key=lambda one: _place(one[1][0]))[:MOST_AT_ONCE]

    def _finish(self, waiting: Sequence[Waiting], state: MailState, refusal: str) -> None:
        now_us = self._clock.now_us()
        with self._database.writing() as session:
            for row, _ in waiting:
                kept = session.get_one(Reminder, row.id)
                kept.state, kept.done_us, kept.refusal = state.value, now_us, refusal

    def _put_off(self, waiting: Sequence[Waiting], refusal: str) -> None:
        now_us = self._clock.now_us()
        with self._database.writing() as session:
            for row, _ in waiting:
                kept = session.get_one(Reminder, row.id)
                kept.tries += 1
                kept.tried_us, kept.next_try_us = now_us, now_us + pause_us(kept.tries)
                kept.refusal = refusal


def pause_us(tries: int) -> int:
    """How long to wait after so many failures: a minute, then twice as long each time, at most half an hour."""
    return min(FIRST_PAUSE_US << min(tries - 1, 16), LONGEST_PAUSE_US)


def is_time(row: Reminder, now_us: int) -> bool:
    """Whether a reminder may be tried; also when the clock was set back since: a pause must not last for days."""
    if row.next_try_us is None or row.tried_us is None:
        return True
    return now_us >= row.next_try_us or now_us < row.tried_us


def _place(one: Waiting) -> tuple[int, int, str, int, str]:
    return one[1].order
