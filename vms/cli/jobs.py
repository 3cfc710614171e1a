"""`vms jobs`: everything that runs by the clock."""

import logging
import signal
import threading
from collections.abc import Callable, Sequence
from pathlib import Path
from uuid import UUID

from retention.engine import Engine
from retention.jobs import Job, Schedule, jobs_of
from vms.archive.checkpoints import node_key
from vms.archive.known_volumes import KnownVolumes
from vms.archive.volume import Volume
from vms.cli.node.begin_anew import Renewal, begin_anew
from vms.cli.node.retention_ports import DatabasePolicies, DatabaseReports
from vms.cli.settings.node import DEFAULT_DATA, DataOption, DataPaths, Settings
from vms.cli.settings.start import settings_to_start
from vms.cli.timed.audit import SIGN_S, VERIFY_S, AuditJob
from vms.cli.timed.directory import directory_jobs
from vms.cli.timed.ebys import ebys_jobs
from vms.cli.timed.export import export_jobs
from vms.cli.timed.footage import footage_jobs
from vms.cli.timed.health import EVERY_S, HealthJob
from vms.cli.timed.papers import EVERY_S as EVERY_PAPERS_S
from vms.cli.timed.papers import PapersJob
from vms.cli.timed.purge import purge_jobs
from vms.cli.timed.reminder import reminder_jobs
from vms.cli.timed.sessions import EVERY_S as EVERY_SESSIONS_S
from vms.cli.timed.sessions import SessionsJob
from vms.cli.timed.settings import settings_job
from vms.cli.wiring import hand_over_cameras
from vms.kernel.clock import Clock, SystemClock
from vms.kernel.database import Database
from vms.kernel.logging import set_up_logging
from vms.kernel.migration import upgrade
from vms.kernel.repeat_log import RepeatLog

HAND_OVER_S = 3  # a camera that was changed anywhere is recorded as it should be within seconds


def jobs(data: DataOption = DEFAULT_DATA) -> None:
    """Sweep, forecast, sign and verify, check for missing files, watch cameras, remind people; until told to stop."""
    set_up_logging("jobs")
    for chatty in ("apscheduler", "alembic"):
        logging.getLogger(chatty).setLevel(logging.WARNING)
    paths = DataPaths(data)
    renewal = Renewal()
    watch_settings = settings_job(paths, renewal)  # before they are read: a change in between is not overlooked
    settings = settings_to_start(paths)
    stop = threading.Event()
    renewal.when_asked(stop.set)
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    clock = SystemClock()
    database = Database.at(paths.database)
    upgrade(database.engine)
    engine = build_engine(settings, paths, clock, database, stop.is_set)
    words = RepeatLog(logging.getLogger("vms.cameras.hand_over"))
    hand_over = Job("cameras", lambda: hand_over_cameras(paths, database, words), HAND_OVER_S, 0, "cameras")
    health = Job("health", HealthJob(settings, paths, clock, database).run, EVERY_S, 5, "health")
    audit = AuditJob(paths, clock, database)
    sign = Job("audit", audit.sign, SIGN_S, 20, "audit")
    papers = Job("papers", PapersJob(clock, database, settings.authority.policy()).run, EVERY_PAPERS_S, 10, "papers")
    sessions = Job("sessions", SessionsJob(clock, database).run, EVERY_SESSIONS_S, 15, "papers")
    directory = directory_jobs(settings, paths, clock, database)
    reminders = reminder_jobs(settings, paths, clock, database)
    footage = footage_jobs(settings, paths, clock, database)
    exports = export_jobs(settings, paths, clock, database, stop.is_set)
    purge = purge_jobs(settings, paths, clock, database)
    ebys = ebys_jobs(settings, paths, clock, database, stop.is_set)
    verify = Job("audit verification", audit.verify_daily, VERIFY_S, 120, "audit")  # not while everything else starts
    own = [
        hand_over,
        health,
        sign,
        papers,
        sessions,
        verify,
        *directory,
        *reminders,
        *footage,
        *exports,
        *purge,
        *ebys,
        watch_settings,
    ]
    Schedule([*jobs_of(engine), *own], clock).run(stop)
    if renewal.is_asked:
        begin_anew()


def build_engine(
    settings: Settings,
    paths: DataPaths,
    clock: Clock,
    database: Database,
    is_stopping: Callable[[], bool] = lambda: False,
) -> Engine:
    """The engine on this node's volumes, policies and reports."""
    return Engine(
        volume_finder(settings, paths),
        DatabasePolicies(database, settings.retention.days),
        DatabaseReports(database, clock),
        clock,
        node_key(paths.node_key),
        is_stopping,
    )


def volume_finder(settings: Settings, paths: DataPaths) -> Callable[[], Sequence[Volume]]:
    """The volumes this node adopted, also those that are away; never makes or adopts one (that is the recorder's).

    Each thread gets its own, so that none lets go of a disk under another's hands.
    """
    mine = threading.local()

    def volumes() -> Sequence[Volume]:
        opened: dict[tuple[Path, UUID], Volume] = mine.__dict__.setdefault("opened", {})
        found = []
        known = KnownVolumes(paths.known_volumes)
        for chosen in settings.volumes_in(paths):
            path = chosen.path.resolve()
            uuid = known.uuid_at(path)
            if uuid is not None:
                found.append(opened.setdefault((path, uuid), Volume(path, uuid, int(chosen.reserve))))
        return found

    return volumes
