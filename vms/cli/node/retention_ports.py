"""Retention's ports, wired to the control database."""

import logging
from collections.abc import Callable, Mapping, Sequence
from uuid import UUID

from sqlalchemy.orm import Session

from retention.forecast import Forecast, VolumeUse
from retention.report import SweepReport
from vms.archive.model import Lock
from vms.cameras.queries import retention_days_by_camera
from vms.footage.locks.orders import locks_in_force
from vms.kernel.clock import Clock
from vms.kernel.database import Database
from vms.kernel.errors import VmsError
from vms.kernel.ids import new_id
from vms.kernel.repeat_log import RepeatLog
from vms.operations.alarms import Severity, clear_alarm, raise_alarm
from vms.operations.model import Sweep, VolumeForecast
from vms.operations.queries import forget_old_sweeps

log = logging.getLogger(__name__)


class DatabasePolicies:
    """Retention as people set it, over the default of the settings file, with what requests and holds keep."""

    def __init__(self, database: Database, default_days: int) -> None:
        self._database = database
        self._default_days = default_days

    def retention_days(self) -> Mapping[UUID, int]:
        """See `retention.ports.Policies.retention_days`."""
        with self._database.reading() as session:
            return retention_days_by_camera(session, self._default_days)

    def locks(self) -> Sequence[Lock]:
        """See `retention.ports.Policies.locks`."""
        with self._database.reading() as session:
            return locks_in_force(session)


class DatabaseReports:
    """Writes to the tables that the console shows. What cannot be written is logged: the engine goes on."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock
        self._words = RepeatLog(log)  # an open alarm is raised again every minute

    def alarm(self, code: str, subject: str, severity: Severity, detail: str) -> None:
        """See `retention.ports.Reports.alarm`."""
        level = logging.ERROR if severity is Severity.CRITICAL else logging.WARNING
        self._words.say(f"{code} {subject}", level, f"{code}: {detail}")
        self._write(lambda session: raise_alarm(session, self._clock, code, subject, severity, detail))

    def clear(self, code: str, subject: str) -> None:
        """See `retention.ports.Reports.clear`."""
        self._words.over(f"{code} {subject}")
        self._write(lambda session: clear_alarm(session, self._clock, code, subject))

    def swept(self, report: SweepReport) -> None:
        """See `retention.ports.Reports.swept`."""

        def write(session: Session) -> None:
            session.add(
                Sweep(
                    id=new_id(self._clock),
                    volume_uuid=str(report.volume_uuid),
                    started_us=report.started_us,
                    finished_us=report.finished_us,
                    outcome=report.outcome.value,
                    deleted_segments=report.deleted_segments,
                    deleted_bytes=report.deleted_bytes,
                    pressure_segments=report.pressure_segments,
                    pressure_bytes=report.pressure_bytes,
                )
            )
            forget_old_sweeps(session, report.finished_us)

        self._write(write)

    def forecast(self, volume_uuid: UUID, at_us: int, use: VolumeUse, forecast: Forecast) -> None:
        """See `retention.ports.Reports.forecast`."""
        row = VolumeForecast(
            volume_uuid=str(volume_uuid),
            at_us=at_us,
            total_bytes=use.total_bytes,
            free_bytes=use.free_bytes,
            footage_bytes=use.footage_bytes,
            held_bytes=use.held_bytes,
            ingest_bytes_per_day=use.ingest_bytes_per_day,
            days_that_fit=forecast.days_that_fit,
            days_until_full=forecast.days_until_full,
            is_retention_at_risk=forecast.is_retention_at_risk,
        )
        self._write(lambda session: session.merge(row))

    def _write(self, write: Callable[[Session], object]) -> None:
        try:
            with self._database.writing() as session:
                write(session)
        except VmsError as err:
            self._words.say("unkept", logging.WARNING, f"a report of the jobs could not be kept: {err.code}")
        else:
            self._words.over("unkept")
