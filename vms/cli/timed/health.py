"""The job that turns what recorders say into alarms."""

import logging
from collections import Counter
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor

from sqlalchemy.orm import Session

from vms.cameras.central_queries import ordered_now
from vms.cameras.queries import cameras
from vms.cli.settings.node import DataPaths, Settings
from vms.kernel.clock import Clock
from vms.kernel.database import Database
from vms.operations.alarms import HEALTH_CODES, clear_alarm, open_details, raise_alarm
from vms.operations.health_rules import ShardAnswer, WatchedCamera
from vms.operations.health_watch import HealthWatch
from vms.operations.hysteresis import Changes
from web.recorder_client import ask_status

log = logging.getLogger(__name__)

EVERY_S = 30  # half of the shortest time after which an alarm opens


class HealthJob:
    """Asks every shard of this node, then opens, renews and closes alarms in one transaction.

    May run at any moment, twice, or never to its end: what is open is read anew each time.
    """

    def __init__(self, settings: Settings, paths: DataPaths, clock: Clock, database: Database) -> None:
        self._sockets = [paths.recorder_socket(shard) for shard in range(settings.recorder.shards)]
        self._clock = clock
        self._database = database
        self._watch = HealthWatch(clock)
        self._asking = ThreadPoolExecutor(len(self._sockets), thread_name_prefix="ask recorder")

    def run(self) -> None:
        """One look; VmsError when the control database is away: then nobody knows which cameras should record."""
        answers = self._ask()
        with self._database.reading() as session:
            ordered = ordered_now(session, self._clock.now_us())
            watched = [  # one that was switched off is missed as long as somebody wants it recorded centrally
                WatchedCamera(str(one.id), one.must_record(ordered) or one.id in ordered)
                for one in cameras(session)
                if one.is_enabled or one.id in ordered
            ]
            open_now = open_details(session, HEALTH_CODES)
        changes = self._watch.look(answers, watched, open_now)
        if changes:
            with self._database.writing() as session:
                self._write(session, changes)
            _log(changes)

    def _ask(self) -> Sequence[ShardAnswer]:
        """All shards at once, so that one that hangs costs one time-out."""
        reports = self._asking.map(lambda path: ask_status(path, self._clock), self._sockets)
        return [ShardAnswer(report.name, report.status, report.reason) for report in reports]

    def _write(self, session: Session, changes: Changes) -> None:
        for one in (*changes.raised, *changes.renewed):
            raise_alarm(session, self._clock, one.code, one.subject, one.severity, one.detail)
        for code, subject in changes.cleared:
            clear_alarm(session, self._clock, code, subject)


def _log(changes: Changes) -> None:
    """One line for each code with its reason: a dead switch is one event, not three hundred."""
    for (code, detail), count in Counter((one.code, one.detail) for one in changes.raised).most_common(20):
        log.warning("alarm %s raised for %d (%s)", code, count, detail or "no reason told")
    for code, count in Counter(code for code, _ in changes.cleared).items():
        log.info("alarm %s is over for %d", code, count)
