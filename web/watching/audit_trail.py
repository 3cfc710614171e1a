"""Writing into the audit log from the event loop."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import replace

from vms.audit.entry import NewEntry
from vms.audit.repeats import Repeats
from vms.audit.service import append
from vms.kernel.clock import Clock
from vms.kernel.database import Database
from vms.kernel.errors import Kind, VmsError
from vms.kernel.ids import new_id
from web.repeating import repeat
from web.workers import Workers

log = logging.getLogger(__name__)

RETRY_S = 1.0
MAX_LATE = 20_000  # what waits for a database that is away; ten million bytes
BATCH = 500

_Group = tuple[Sequence[NewEntry], "asyncio.Future[None]"]
NameOf = Callable[[], Awaitable[str]]


class AuditTrail:
    """Entries that were told together share one transaction: a wall of sixteen waits for the disk once.

    On the event loop's thread; writing happens on a thread of its own.
    """

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock
        self._workers = Workers("audit", 1, 8)
        self._repeats = Repeats(clock)
        self._waiting: list[_Group] = []
        self._late: list[NewEntry] = []
        self._flush: asyncio.Task[None] | None = None

    async def write(self, *new: NewEntry) -> None:
        """Return when `new` is on the disk. VmsError `database_unavailable`, `busy`: nothing was written."""
        done: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._waiting.append((new, done))
        if self._flush is None or self._flush.done():
            self._flush = asyncio.create_task(self._flush_all(), name="audit entries")
        await done

    def later(self, *new: NewEntry) -> None:
        """Write `new` soon, and try again until it worked: for what has happened, whether it is written or not."""
        at_us = self._clock.now_us()
        self._late += [
            replace(one, id=one.id or new_id(self._clock), at_us=at_us if one.at_us is None else one.at_us)
            for one in new
        ]
        if len(self._late) > MAX_LATE:
            log.error("%d audit entries are lost: the database takes none", len(self._late) - MAX_LATE)
            del self._late[:-MAX_LATE]

    async def note(self, new: NewEntry, name_of: NameOf | None = None) -> None:
        """Write a refusal or an attempt: the first of its kind before this returns, others as a count a minute later.

        Raises nothing: what was refused stays refused. `name_of`: asked for the subject's words where it is written.
        """
        told = self._repeats.first(new)
        if told is None:
            return
        try:
            if name_of is not None:
                told = replace(told, subject=replace(told.subject, words=await name_of()))
            await self.write(told)
        except VmsError as err:
            log.warning("an audit entry has to wait: %s", err)
            self.later(told)

    async def run(self) -> None:
        """Write what was told for later, until cancelled."""
        await repeat(self.run_once, RETRY_S)

    async def run_once(self) -> None:
        """Write what was told for later; what fails stays. VmsError as `write`."""
        self.later(*self._repeats.counts())
        while self._late:
            part = self._late[:BATCH]
            await self.write(*part)
            del self._late[: len(part)]

    async def close(self) -> None:
        """Write everything that is known; afterwards nothing is taken."""
        self.later(*self._repeats.counts(all_of_them=True))
        try:
            await self.run_once()
        except VmsError as err:
            log.error("%d audit entries are lost at the end: %s", len(self._late), err)  # noqa: TRY400
        self._workers.close()

    async def _flush_all(self) -> None:
        while self._waiting:
            groups, self._waiting = self._waiting, []
            try:
                outcomes = await self._workers.run(lambda taken=groups: self._append(taken))  # type: ignore[misc]
            except VmsError as err:
                outcomes = [err] * len(groups)
            for (_, done), outcome in zip(groups, outcomes, strict=True):
                if done.done():
                    continue  # who told it has left
                if outcome is None:
                    done.set_result(None)
                else:
                    done.set_exception(outcome)

    def _append(self, groups: Sequence[_Group]) -> list[VmsError | None]:
        """All in one transaction; when something in it is refused, each group in one of its own."""
        try:
            self._append_together([one for new, _ in groups for one in new])
        except VmsError as err:
            if err.kind is Kind.UNAVAILABLE or len(groups) == 1:
                return [err] * len(groups)
            return [outcome for group in groups for outcome in self._append([group])]
        return [None] * len(groups)

    def _append_together(self, new: Sequence[NewEntry]) -> None:
        with self._database.writing() as session:
            for one in new:
                append(session, self._clock, one)
