"""Which alarms a sweep or a forecast raises, and which it settles."""

from retention.forecast import Forecast, VolumeUse
from retention.ports import Reports
from retention.report import Outcome, SweepReport
from vms.archive.rules import MIN_RETENTION_DAYS
from vms.operations.alarms import AlarmCode, Severity

_STOPPED = {
    Outcome.VOLUME_UNAVAILABLE: AlarmCode.VOLUME_UNAVAILABLE,
    Outcome.LOCKS_NOT_TRUSTED: AlarmCode.LOCKS_NOT_TRUSTED,
    Outcome.CLOCK_NOT_TRUSTED: AlarmCode.CLOCK_NOT_TRUSTED,
}


def tell_sweep(report: SweepReport, reports: Reports) -> None:
    """Alarm for what stopped the sweep, or for what it had to do; settle what is over."""
    subject = str(report.volume_uuid)
    stopped_by = _STOPPED.get(report.outcome)
    for code in _STOPPED.values():
        if code is stopped_by:
            reports.alarm(code, subject, Severity.CRITICAL, report.detail)
        elif report.outcome is Outcome.OK:
            reports.clear(code, subject)
    reports.swept(report)
    if report.outcome is Outcome.OK:
        _tell_pressure(report, subject, reports)
        _tell_unregistered(report, subject, reports)


def tell_forecast(subject: str, use: VolumeUse, forecast: Forecast, reports: Reports) -> None:
    """`retention_at_risk` while what fits is not enough for the directive, or while the volume is full.

    While the rate is being measured an alarm stays as it is: a new one would be a guess, so would its end.
    """
    if forecast.is_measuring and not forecast.is_retention_at_risk:
        return
    if not forecast.is_retention_at_risk:
        reports.clear(AlarmCode.RETENTION_AT_RISK, subject)
        return
    fits = "no new footage" if forecast.days_that_fit is None else f"{forecast.days_that_fit:.1f} days"
    held = f", {use.held_bytes / 1e9:.1f} GB of it held by locks" if use.held_bytes else ""
    full = f"; the disk is full in {_time(forecast.days_until_full)}" if forecast.days_until_full else ""
    is_too_late = use.free_bytes <= use.reserve_bytes or (forecast.days_that_fit or 0) < MIN_RETENTION_DAYS
    reports.alarm(
        AlarmCode.RETENTION_AT_RISK,
        subject,
        Severity.CRITICAL if is_too_late else Severity.WARNING,
        f"{fits} fit at today's rate, {MIN_RETENTION_DAYS} must ({use.free_bytes / 1e9:.1f} GB free{held}){full}. "
        "Add storage or lower what the cameras send.",
    )


def _time(days: float) -> str:
    return f"{days:.0f} days" if days >= 2 else f"{days * 24:.0f} hours"


def _tell_pressure(report: SweepReport, subject: str, reports: Reports) -> None:
    if report.is_measured:
        reports.clear(AlarmCode.DISK_NOT_MEASURED, subject)
    else:
        reports.alarm(
            AlarmCode.DISK_NOT_MEASURED, subject, Severity.WARNING, "The free space cannot be read. Check the disk."
        )
    if report.pressure_segments:
        reports.alarm(
            AlarmCode.DISK_PRESSURE,
            subject,
            Severity.WARNING,
            f"{report.pressure_segments} segments older than {MIN_RETENTION_DAYS} days went before their policy's day. "
            "Add storage or shorten the policies.",
        )
    elif report.is_measured and not report.needs_bytes:
        reports.clear(AlarmCode.DISK_PRESSURE, subject)
    if report.needs_bytes:
        reports.alarm(
            AlarmCode.RETENTION_AT_RISK,
            subject,
            Severity.CRITICAL,
            f"The disk is nearly full and all that is left is younger than {MIN_RETENTION_DAYS} days or held: nothing "
            f"is deleted, new footage will be lost. {report.needs_bytes / 1e9:.1f} GB are missing; add storage.",
        )


def _tell_unregistered(report: SweepReport, subject: str, reports: Reports) -> None:
    if not report.unregistered:
        reports.clear(AlarmCode.UNREGISTERED_FOOTAGE, subject)
        return
    reports.alarm(
        AlarmCode.UNREGISTERED_FOOTAGE,
        subject,
        Severity.INFO,
        f"Footage of {len(report.unregistered)} unregistered cameras is kept until somebody gives it a retention "
        f"(`vms retention set --camera-id`), first {report.unregistered[0]}.",
    )
