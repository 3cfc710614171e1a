"""Destroying packages within `vms jobs`: what was delivered, withdrawn, replaced; what is overdue is an alarm."""

import logging
from collections.abc import Callable

from retention.jobs import Job
from vms.archive.archive import Archive
from vms.cli.acting import program
from vms.cli.node.played_archive import PlayedArchive
from vms.cli.parts.document_desk import desk_of
from vms.cli.parts.footage_desk import export_desk
from vms.cli.settings.node import DataPaths, Settings
from vms.documents.desk import Desk
from vms.footage.delivery.purging import Round, run_once
from vms.footage.exports.desk import ExportDesk
from vms.footage.locks.keeping import tell
from vms.kernel.clock import Clock
from vms.kernel.database import Database
from vms.kernel.days import ZONE
from vms.operations.alarms import AlarmCode, Severity, clear_alarm, raise_alarm

log = logging.getLogger(__name__)

EVERY_S = 5  # a copy is gone within seconds of its delivery
FIRST_S = 7
_EVERYWHERE = ""


class PurgeJob:
    """Idempotent; may be killed at any moment."""

    def __init__(
        self, clock: Clock, database: Database, archive: Callable[[], Archive], exports: ExportDesk, desk: Desk
    ) -> None:
        self._clock = clock
        self._database = database
        self._archive = archive
        self._exports = exports
        self._desk = desk
        self._is_to_forget = True  # a process before may have been killed between a purge and this

    def run(self) -> None:
        """Destroy what is due now, tell the volumes of what may go since."""
        done = run_once(self._database, self._clock, self._exports, self._desk, by=program("jobs"))
        if done.purged:
            log.info("%d packages are destroyed", done.purged)
            self._is_to_forget = True
        self._tell(done)
        if self._is_to_forget:
            self._is_to_forget = not self._database.forget_deleted()
        for request_id in done.closed:
            tell(self._database, self._archive(), self._clock, request_id)

    def _tell(self, done: Round) -> None:
        told = [
            (AlarmCode.EXPORT_OVERDUE, Severity.CRITICAL, ", ".join(done.overdue)),
            (AlarmCode.EXPORT_FOLDER_AWAY, Severity.CRITICAL, done.away),
            (AlarmCode.DESTRUCTION_UNRECORDED, Severity.WARNING, str(done.unrecorded or "")),
        ]
        with self._database.writing() as session:
            for code, severity, detail in told:
                if detail:
                    raise_alarm(session, self._clock, code, _EVERYWHERE, severity, detail)
                else:
                    clear_alarm(session, self._clock, code, _EVERYWHERE)


def purge_jobs(settings: Settings, paths: DataPaths, clock: Clock, database: Database) -> list[Job]:
    """One lane of its own: a package that is being built for hours keeps no other from being destroyed."""
    desk = desk_of(settings, paths, ZONE)
    job = PurgeJob(clock, database, PlayedArchive(settings, paths), export_desk(paths, desk.press), desk)
    return [Job("destruction", job.run, EVERY_S, FIRST_S, "destruction")]
