"""What the status page asks about storage."""

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from vms.kernel.clock import US_PER_DAY
from vms.operations.model import Sweep, VolumeForecast

SWEEPS_KEPT_US = 400 * US_PER_DAY  # a year with its margin: an auditor asks how the last one went


def forecasts(session: Session) -> list[VolumeForecast]:
    """The last forecast of each volume."""
    return list(session.scalars(select(VolumeForecast).order_by(VolumeForecast.volume_uuid)))


def last_sweep(session: Session) -> Sweep | None:
    """The sweep that finished last, over any volume; None before the first."""
    return session.scalar(select(Sweep).order_by(Sweep.finished_us.desc(), Sweep.id.desc()).limit(1))


def forget_old_sweeps(session: Session, now_us: int) -> None:
    """Drop reports older than a year; the deletions themselves are logged in the volume for ever."""
    session.execute(delete(Sweep).where(Sweep.finished_us < now_us - SWEEPS_KEPT_US))
