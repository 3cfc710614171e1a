"""Packages within `vms jobs`: built one after the other."""

import logging
import os
import threading
from collections.abc import Callable
from pathlib import Path

from retention.jobs import Job
from vms.archive.checkpoints import node_key
from vms.cli.acting import program
from vms.cli.node.lock import only_one
from vms.cli.node.played_archive import PlayedArchive
from vms.cli.parts.document_desk import desk_of
from vms.cli.parts.footage_desk import export_desk
from vms.cli.parts.time_stamp import stamp_authority
from vms.cli.settings.node import DataPaths, Settings
from vms.footage.exports.building import Workshop
from vms.kernel.clock import Clock
from vms.kernel.database import Database
from vms.kernel.days import ZONE
from vms.kernel.errors import VmsError

log = logging.getLogger(__name__)

EVERY_S = 5  # how long an officer waits until the first byte
FIRST_S = 6
_NICENESS = 10  # a core is the recorder's and the viewers' first


class ExportJob:
    """Builds what was ordered. Idempotent; may be killed at any moment. One process of a node at a time does it."""

    def __init__(self, workshop: Workshop, turn: Path) -> None:
        self._workshop = workshop
        self._turn = turn

    def run(self) -> None:
        """Build until nothing is left to build now. On a thread of its own, which then yields to all others."""
        os.setpriority(os.PRIO_PROCESS, threading.get_native_id(), _NICENESS)
        try:
            with only_one(self._turn, "Building packages"):
                while not self._workshop.is_stopping() and self._workshop.run_once():
                    pass
        except VmsError as err:
            if err.code != "already_running":
                raise
            log.debug("another process builds packages")


def export_jobs(
    settings: Settings, paths: DataPaths, clock: Clock, database: Database, is_stopping: Callable[[], bool]
) -> list[Job]:
    """One lane of its own: a package of hours keeps nothing else waiting."""
    press = desk_of(settings, paths, ZONE).press
    workshop = Workshop(
        database, PlayedArchive(settings, paths), clock, export_desk(paths, press), node_key(paths.node_key),
        program("jobs"), is_stopping, stamp_authority(settings.footage.time_stamp, paths),
    )  # fmt: skip
    job = ExportJob(workshop, paths.run / "exports.lock")
    return [Job("exports", job.run, EVERY_S, FIRST_S, "exports")]
