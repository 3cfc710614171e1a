"""Raising alarms, clearing them, showing them."""

from collections.abc import Iterable
from enum import StrEnum

from sqlalchemy import select
from sqlalchemy.orm import Session

from vms.kernel.clock import Clock
from vms.kernel.ids import new_id
from vms.operations.model import Alarm


class Severity(StrEnum):
    """How soon a person must act."""

    CRITICAL = "critical"
    WARNING = "warning"
    INFO = "info"


class AlarmCode(StrEnum):
    """What can be wrong with keeping footage, or with what should become footage."""

    RETENTION_AT_RISK = "retention_at_risk"  # what fits is less than the directive's days, or nearly
    DISK_PRESSURE = "disk_pressure"  # footage older than 20 days went before its policy's day
    CLOCK_NOT_TRUSTED = "clock_not_trusted"  # the sweeper refuses to judge ages
    LOCKS_NOT_TRUSTED = "locks_not_trusted"  # the index was rebuilt: locks must be restored first
    DISK_NOT_MEASURED = "disk_not_measured"
    VOLUME_UNAVAILABLE = "volume_unavailable"
    UNREGISTERED_FOOTAGE = "unregistered_footage"  # kept: no policy speaks for it
    FOOTAGE_MISSING = "footage_missing"  # the presence check found a row without its file
    LOCKS_PENDING = "locks_pending"  # a volume has not confirmed what requests or holds keep; it is told again
    HOLD_UNSIGNED = "hold_unsigned"  # it keeps all the same; detail: their numbers
    EXPORT_OVERDUE = "export_overdue"  # a package that must be destroyed is still there; detail: their names
    EXPORT_FOLDER_AWAY = "export_folder_away"  # nothing is built or called destroyed; detail: where it belongs
    DESTRUCTION_UNRECORDED = "destruction_unrecorded"  # copies are gone, their P-28 cannot be printed; detail: how many
    DELIVERY_WAITS = "delivery_waits"  # packages that nobody fetched; detail: numbers of their requests
    PARALLEL_USE = "parallel_use"  # one person at several places; subject: the account, detail: the addresses
    AUDIT_BROKEN = "audit_broken"  # the audit log is not what was written; detail: what was found first
    RECORDER_AWAY = "recorder_away"  # a shard does not answer; detail: how
    CAMERA_OFFLINE = "camera_offline"  # no pictures come; detail: the recorder's reason
    NO_STORAGE = "no_storage"  # pictures come, no volume takes them; detail: why
    NOT_RECORDED = "not_recorded"  # pictures come, the recorder takes the camera for one that is live only
    PACKET_LOSS = "packet_loss"  # detail: percent of what the camera sent
    CLOCK_OFFSET = "clock_offset"  # detail: the camera's clock minus ours, in seconds


HEALTH_CODES = frozenset(
    {
        AlarmCode.RECORDER_AWAY,
        AlarmCode.CAMERA_OFFLINE,
        AlarmCode.NO_STORAGE,
        AlarmCode.NOT_RECORDED,
        AlarmCode.PACKET_LOSS,
        AlarmCode.CLOCK_OFFSET,
    }
)


_RANK = {Severity.CRITICAL: 0, Severity.WARNING: 1, Severity.INFO: 2}


def raise_alarm(session: Session, clock: Clock, code: str, subject: str, severity: Severity, detail: str) -> Alarm:
    """Open the alarm, or keep the open one (its `since_us` stays) with today's severity and detail."""
    alarm = _open(session, code, subject)
    if alarm is None:
        alarm = Alarm(
            id=new_id(clock),
            code=code,
            subject=subject,
            severity=severity,
            detail=detail,
            since_us=clock.now_us(),
        )
        session.add(alarm)
    else:
        alarm.severity, alarm.detail = severity, detail
    session.flush()
    return alarm


def clear_alarm(session: Session, clock: Clock, code: str, subject: str) -> bool:
    """Close the alarm; False when none is open."""
    alarm = _open(session, code, subject)
    if alarm is None:
        return False
    alarm.cleared_us = max(clock.now_us(), alarm.since_us)
    session.flush()
    return True


def open_details(session: Session, codes: Iterable[AlarmCode]) -> dict[tuple[AlarmCode, str], tuple[Severity, str]]:
    """Severity with detail of each open alarm of these codes, by code with subject."""
    wanted = select(Alarm).where(Alarm.cleared_us.is_(None), Alarm.code.in_([code.value for code in codes]))
    return {
        (AlarmCode(alarm.code), alarm.subject): (Severity(alarm.severity), alarm.detail)
        for alarm in session.scalars(wanted)
    }


def open_alarms(session: Session) -> list[Alarm]:
    """All open alarms: worst first, then oldest first."""
    alarms = session.scalars(select(Alarm).where(Alarm.cleared_us.is_(None)))
    return sorted(alarms, key=lambda alarm: (_RANK[Severity(alarm.severity)], alarm.since_us))


def _open(session: Session, code: str, subject: str) -> Alarm | None:
    return session.scalar(select(Alarm).where(Alarm.code == code, Alarm.subject == subject, Alarm.cleared_us.is_(None)))
