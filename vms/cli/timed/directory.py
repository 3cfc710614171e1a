"""Asking the institution's directory who has left, within `vms jobs`."""

import logging

from retention.jobs import Job
from vms.cli.acting import program
from vms.cli.parts.sign_in import ldap_directory, papers_end
from vms.cli.settings.node import DataPaths, Settings
from vms.kernel.clock import Clock
from vms.kernel.database import Database
from vms.kernel.errors import VmsError
from vms.people.directory.watch import DirectoryWatch

log = logging.getLogger(__name__)

FIRST_S = 15


def directory_jobs(settings: Settings, paths: DataPaths, clock: Clock, database: Database) -> list[Job]:
    """The job, if there is a directory. A password that cannot be read is logged: nothing else may wait for it."""
    chosen = settings.sign_in.ldap
    try:
        directory = ldap_directory(chosen, paths, clock)
    except VmsError as err:
        log.error("nobody is asked who has left: %s", err)  # noqa: TRY400 - an expected refusal
        return []
    if chosen is None or directory is None:
        return []
    watch = DirectoryWatch(database, clock, directory, program("jobs"), papers_end(settings, clock))
    return [Job("directory", watch.run_once, chosen.check_s, FIRST_S, "directory")]
