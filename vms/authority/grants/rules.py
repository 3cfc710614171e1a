"""What a grant may say, which state it is in, what it lets see: pure decisions."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID

from vms.authority import refusals
from vms.authority.grants.model import Grant, GrantPeriod, Stored
from vms.authority.rights import Wanted
from vms.kernel.clock import US_PER_DAY
from vms.kernel.days import day_of, end_us, nth_day_end_us, start_us
from vms.kernel.errors import Kind, VmsError

GRANT_DAYS = 180  # article 11(5): no period is longer, whatever a setting or a paper says
RENEWAL_OPENS_DAYS = 30  # before the end; earlier would be more than 180 days ahead for no reason
REMINDER_DAYS = (30, 14, 7, 1)
OLUR_ISSUERS = ("presidency", "general_secretariat", "deputy_general_secretariat")  # article 11(1)–(3), 3(1)(g)


class State(StrEnum):
    """A grant as people see it, requirements 8.1."""

    DRAFT = "draft"
    AWAITING_NDA = "awaiting_nda"
    AWAITING_ACTIVATION = "awaiting_activation"
    ACTIVE = "active"
    SUSPENDED = "suspended"
    EXPIRED = "expired"
    REVOKED = "revoked"
    SUPERSEDED = "superseded"
    REPLACED = "replaced"
    CANCELLED = "cancelled"


@dataclass(frozen=True, slots=True)
class Olur:
    """The approval (Olur) a grant stands on. `issuer`: kind of unit; `ends_on`: its last day, where it names one."""

    no: str
    on: date
    issuer: str
    ends_on: date | None = None
    document_id: UUID | None = None

    def __str__(self) -> str:
        return f"Olur {self.no}, {self.on:%d.%m.%Y}"


def check_days(days: int) -> int:
    """`days` when a period may be so long; VmsError(INVALID, `grant_too_long`, `grant_too_short`)."""
    if days > GRANT_DAYS:
        raise VmsError(
            Kind.INVALID, "grant_too_long",
            f"Viewing authority lasts {GRANT_DAYS} days at the longest (article 11(5)). Give fewer days.",
            most=GRANT_DAYS,
        )  # fmt: skip
    if days < 1:
        raise VmsError(Kind.INVALID, "grant_too_short", "Viewing authority lasts at least a day. Give more days.")
    return days


def check_olur(olur: Olur, today: date) -> Olur:
    """`olur` when it can carry a grant; VmsError `olur_missing`, `olur_wrong_issuer`, `letter_in_future`."""
    if not olur.no.strip() or len(olur.no) > 60 or not olur.no.isprintable():
        raise olur_missing()
    if olur.on > today:
        raise VmsError(Kind.INVALID, "letter_in_future", "A letter is dated today or earlier. Correct its date.")
    if olur.issuer not in OLUR_ISSUERS:
        raise VmsError(
            Kind.INVALID, "olur_wrong_issuer",
            "An Olur comes from the Presidency: the President or the General Secretariat. Choose who gave it.",
            issuers=list(OLUR_ISSUERS),
        )  # fmt: skip
    if olur.ends_on is not None and olur.ends_on < olur.on:
        raise VmsError(Kind.INVALID, "until_in_the_past", "An Olur ends on its own day or later. Correct its end.")
    return olur


def olur_missing() -> VmsError:
    """The refusal of what only a new Olur allows."""
    return VmsError(
        Kind.CONFLICT, "olur_missing",
        "This needs an Olur of its own (articles 11(2), 12(11)). Enter the new Olur's number and date.",
    )  # fmt: skip


def state_of(grant: Grant, last_until_us: int | None, has_agreement: bool, now_us: int) -> State:
    """The state people see. `last_until_us`: end of its last period; `has_agreement`: whether one counts now."""
    stored = Stored(grant.state)
    if stored is Stored.SUBMITTED:
        return State.AWAITING_ACTIVATION if has_agreement else State.AWAITING_NDA
    if stored in (Stored.ACTIVE, Stored.SUSPENDED) and last_until_us is not None and last_until_us <= now_us:
        return State.EXPIRED
    return State(stored.value)


def is_unrenewed(state: State, is_renewal_prepared: bool) -> bool:
    """Whether it ran out and nobody applied for more (D-11.5d): with a letter it waits for a password only."""
    return state is State.EXPIRED and not is_renewal_prepared


def period_end_us(grant: Grant, from_us: int) -> int:
    """Where a period that begins at `from_us` ends: after its days, or at an earlier limit (A-26)."""
    until_us = nth_day_end_us(from_us, min(grant.days, GRANT_DAYS))
    return until_us if grant.limit_us is None else min(until_us, grant.limit_us)


def olur_limit_us(ends_on: date | None) -> int | None:
    """The end that an Olur's last day sets."""
    return None if ends_on is None else end_us(ends_on)


def running(periods: Iterable[GrantPeriod]) -> list[GrantPeriod]:
    """Those of the periods that have been written and count, oldest first."""
    written = [one for one in periods if one.from_us is not None and one.cancelled_us is None]
    return sorted(written, key=lambda one: one.number)


def wanted_rows(grant: Grant, periods: Iterable[GrantPeriod], cameras: Sequence[UUID]) -> list[Wanted]:
    """What the grant lets see: a row for each camera and period while it is active, nothing else ever."""
    if grant.state != Stored.ACTIVE:
        return []
    rows = []
    for period in running(periods):
        assert period.from_us is not None
        assert period.until_us is not None
        is_cut = grant.limit_us is not None and period.until_us > grant.limit_us
        until_us = grant.limit_us if is_cut and grant.limit_us is not None else period.until_us
        if until_us <= period.from_us:
            continue
        code = end_code(grant, until_us)
        rows += [
            Wanted(camera_id, grant.is_live, grant.is_playback, period.from_us, until_us, code) for camera_id in cameras
        ]
    return rows


def end_code(grant: Grant, until_us: int) -> str:
    """What is said once it is over: an end that a duty change brought is no expiry."""
    by_paper = until_us == grant.limit_us and grant.limit_us != olur_limit_us(grant.olur_ends_on)
    return refusals.GRANT_REVOKED if by_paper else refusals.GRANT_EXPIRED


def check_renewal_time(last_until_us: int, now_us: int, late_days: int) -> None:
    """Whether a letter may be registered now; VmsError(CONFLICT, `renewal_too_early`, `renewal_too_late`)."""
    if day_of(now_us) < day_of(last_until_us - RENEWAL_OPENS_DAYS * US_PER_DAY):
        raise VmsError(
            Kind.CONFLICT, "renewal_too_early",
            f"A renewal is registered in the last {RENEWAL_OPENS_DAYS} days. Keep the letter until then.",
            opens_us=start_us(day_of(last_until_us - RENEWAL_OPENS_DAYS * US_PER_DAY)),
        )  # fmt: skip
    if now_us >= last_until_us + late_days * US_PER_DAY:
        raise VmsError(
            Kind.CONFLICT, "renewal_too_late",
            "This authority ended too long ago to be renewed by letter. It needs a new Olur.",
        )  # fmt: skip


def next_mark(days_left: int) -> int | None:
    """The reminder that is due: the smallest of 30, 14, 7, 1 that is not less than the days left; None before."""
    due = [mark for mark in REMINDER_DAYS if 0 <= days_left <= mark]
    return min(due) if due else None
