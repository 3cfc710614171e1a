"""How long a volume will hold out."""

from dataclasses import dataclass

from vms.archive.rules import MIN_RETENTION_DAYS
from vms.kernel.clock import US_PER_SECOND

MARGIN_DAYS = (
    2.0  # enough to buy and build in nothing, enough to lower a policy or free a disk (D-5.18: "minimum + margin")
)


# The first seconds of a stream hold its largest pictures; extrapolated to days they open a new installation with a red
# alarm. Ten files of a minute are a rate.
MEASURED_AFTER_US = 600 * US_PER_SECOND


@dataclass(frozen=True, slots=True)
class VolumeUse:
    """What is measured of a volume. `held_bytes`: footage under locks, part of `footage_bytes`.

    `kept_days`: age of the oldest footage. `policy_days`: the longest retention of a camera that writes here.
    `ingest_bytes_per_day`: what came in over the last hours, scaled to a whole day, from `measured_us` of footage of
    the stream that tells most.
    """

    total_bytes: int
    free_bytes: int
    reserve_bytes: int
    footage_bytes: int
    held_bytes: int
    kept_days: float
    policy_days: int
    ingest_bytes_per_day: int
    measured_us: int


@dataclass(frozen=True, slots=True)
class Forecast:
    """`days_that_fit`: how many days of today's ingest the volume can hold at all; None while nothing comes in.

    `days_until_full`: when new footage will find no room; None when the policy frees space in time. `is_measuring`:
    there is no footage yet, or too little comes in so far to say either.
    """

    days_that_fit: float | None
    days_until_full: float | None
    is_retention_at_risk: bool
    is_measuring: bool = False


def forecast(use: VolumeUse) -> Forecast:
    """Project today's ingest. Held footage takes room for ever; the rest goes when its policy says so.

    At risk: less than 20 days with a margin fit, or the volume is full now. What cannot be (negative room) counts as 0.
    Before `MEASURED_AFTER_US` of footage only a full volume is at risk.
    """
    room_bytes = max(use.free_bytes - use.reserve_bytes, 0)
    if use.ingest_bytes_per_day <= 0:
        return Forecast(None, None, room_bytes == 0, is_measuring=use.footage_bytes == 0)
    if use.measured_us < MEASURED_AFTER_US:
        return Forecast(None, None, room_bytes == 0, is_measuring=True)
    ingest = use.ingest_bytes_per_day
    moving_bytes = max(use.footage_bytes - use.held_bytes, 0)
    days_that_fit = (room_bytes + moving_bytes) / ingest
    is_at_risk = days_that_fit < MIN_RETENTION_DAYS + MARGIN_DAYS or room_bytes == 0
    return Forecast(days_that_fit, _days_until_full(use, room_bytes, moving_bytes, days_that_fit), is_at_risk)


def _days_until_full(use: VolumeUse, room_bytes: int, moving_bytes: int, days_that_fit: float) -> float | None:
    """First the room shrinks by the whole ingest, then, once the oldest footage expires, by what is left of it."""
    ingest = use.ingest_bytes_per_day
    until_first_expiry = max(use.policy_days - use.kept_days, 0.0)
    if room_bytes <= ingest * until_first_expiry:
        return room_bytes / ingest
    expiring_per_day = moving_bytes / use.kept_days if use.kept_days > 0 else 0.0
    shrinking_per_day = ingest - expiring_per_day
    if shrinking_per_day > 0:
        days = until_first_expiry + (room_bytes - ingest * until_first_expiry) / shrinking_per_day
        if days < until_first_expiry + use.kept_days:  # later, all that expires came in at today's rate
            return days
    return None if days_that_fit >= use.policy_days else until_first_expiry + use.kept_days
