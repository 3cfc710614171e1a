"""The exchange with EBYS within `vms jobs`."""

import logging
from collections.abc import Callable

from retention.jobs import Job
from vms.cli.acting import program
from vms.cli.parts.ebys import ConfiguredBridge
from vms.cli.settings.node import DataPaths, Settings
from vms.documents.store import FileStore
from vms.footage.ebys.rounds import Stores, run_once
from vms.kernel.clock import Clock
from vms.kernel.database import Database
from vms.kernel.days import start_us
from vms.kernel.repeat_log import RepeatLog

log = logging.getLogger(__name__)

EVERY_S = 30
FIRST_S = 35


def ebys_jobs(
    settings: Settings, paths: DataPaths, clock: Clock, database: Database, is_stopping: Callable[[], bool]
) -> list[Job]:
    """A lane of its own: an EBYS that hangs keeps nothing else waiting. None where no `[ebys]` is set."""
    chosen = settings.ebys
    if chosen is None:
        return []
    ebys, stores = ConfiguredBridge(chosen, paths), Stores(FileStore(paths.letters), FileStore(paths.documents))
    since_us, words = start_us(chosen.since), RepeatLog(log)

    def run() -> None:
        done = run_once(database, clock, ebys, stores, since_us=since_us, by=program("jobs"), is_stopping=is_stopping)
        if done.told or done.numbered:
            log.info("EBYS took %d papers, gave %d numbers", done.told, done.numbered)
        with words.round():
            if done.failure:
                words.say(done.failure, logging.WARNING, f"papers wait for EBYS: {done.failure}")

    return [Job("ebys", run, EVERY_S, FIRST_S, "ebys")]
