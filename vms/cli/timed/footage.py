"""Requests and holds within `vms jobs`: volumes told again, holds ended, deadlines kept."""

import logging
from collections.abc import Callable

from retention.clock_memory import doubt_of
from retention.jobs import Job
from vms.archive.archive import Archive
from vms.cli.acting import program
from vms.cli.node.played_archive import PlayedArchive
from vms.cli.settings.node import DataPaths, Settings
from vms.footage.exports.uncollected import uncollected
from vms.footage.policy import Policy
from vms.footage.upkeep import Done, run_once
from vms.kernel.clock import Clock
from vms.kernel.database import Database
from vms.operations.alarms import AlarmCode, Severity, clear_alarm, raise_alarm

log = logging.getLogger(__name__)

EVERY_S = 10  # what a volume could not take is told again this often
FIRST_S = 5
_EVERYWHERE = ""


class FootageJob:
    """Idempotent. No lock waits for it where the volumes were there: whoever decided has told them already."""

    def __init__(self, clock: Clock, database: Database, archive: Callable[[], Archive], policy: Policy) -> None:
        self._clock = clock
        self._database = database
        self._archive = archive
        self._policy = policy

    def run(self) -> None:
        """Look once."""
        archive = self._archive()
        done = run_once(
            self._database, archive, self._clock, by=program("jobs"), policy=self._policy,
            is_clock_believed=self._is_clock_believed(archive),
        )  # fmt: skip
        for number, what in ((done.expired, "holds ended"), (done.refused, "requests were refused by their deadline")):
            if number:
                log.info("%d %s", number, what)
        self._tell(done)

    def _is_clock_believed(self, archive: Archive) -> bool:
        """By every volume that is there, as when it is swept; with none of them there nothing vouches for the clock."""
        doubts = [doubt for _, doubt in archive.each(lambda volume: doubt_of(volume, self._clock))]
        return not any(doubts) and (bool(doubts) or not archive.volumes)

    def _tell(self, done: Done) -> None:
        told = [
            (AlarmCode.LOCKS_PENDING, Severity.CRITICAL, ", ".join(str(volume) for volume in done.pending)),
            (AlarmCode.HOLD_UNSIGNED, Severity.WARNING, ", ".join(str(number) for number in done.unsigned)),
        ]
        with self._database.writing() as session:
            waiting = uncollected(session, self._clock.now_us(), self._policy.collect_days)
            told.append((AlarmCode.DELIVERY_WAITS, Severity.WARNING, ", ".join(str(one.number) for one in waiting)))
            for code, severity, detail in told:
                if detail:
                    raise_alarm(session, self._clock, code, _EVERYWHERE, severity, detail)
                else:
                    clear_alarm(session, self._clock, code, _EVERYWHERE)


def footage_jobs(settings: Settings, paths: DataPaths, clock: Clock, database: Database) -> list[Job]:
    """One lane of its own: a disk that hangs keeps nothing else waiting."""
    job = FootageJob(clock, database, PlayedArchive(settings, paths), settings.footage.policy())
    return [Job("footage", job.run, EVERY_S, FIRST_S, "footage")]
