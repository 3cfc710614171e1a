"""Renewal of a grant: the unit supervisor's letter with a new password make another 180 days (D-11.5b)."""

from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from vms.audit.entry import Actor
from vms.audit.rules import Act
from vms.authority.acts import Letter, check_letter, tell
from vms.authority.agreements.queries import agreement_of, nda_missing
from vms.authority.grants.grantees import staff_of
from vms.authority.grants.model import Grant, GrantPeriod, Stored
from vms.authority.grants.queries import last_until_us, pending_of, periods_of
from vms.authority.grants.rows import settle_grant, subject_of_grant
from vms.authority.grants.rules import check_renewal_time, olur_missing, period_end_us, running
from vms.authority.grants.service import need_state
from vms.authority.policy import DEFAULT, Policy
from vms.authority.postings.supervisors import check_own_supervisor
from vms.kernel.clock import US_PER_DAY, Clock
from vms.kernel.days import day_of
from vms.kernel.errors import Kind, VmsError
from vms.kernel.ids import new_id
from vms.people.model import Account


def register_renewal(
    session: Session,
    clock: Clock,
    grant: Grant,
    letter: Letter,
    applicant_id: UUID,
    *,
    by: Actor,
    policy: Policy = DEFAULT,
) -> GrantPeriod:
    """Register the letter. With a password set in the running period the next one is written, else one must be chosen.

    `applicant_id`: the person who signed the letter. VmsError: CONFLICT `grant_state`, `renewal_letter_missing`,
    `not_own_supervisor` (edge-76), `renewal_too_early`, `renewal_too_late`, `renewal_pending`, `olur_missing` (the Olur
    itself names an end that a letter cannot move), `nda_missing`; `not_staff`, `letter_in_future`.
    """
    need_state(grant, Stored.ACTIVE)
    now_us = clock.now_us()
    if not letter.no.strip():
        raise letter_missing()
    letter = check_letter(letter, "renewal_letter_missing", day_of(now_us))
    account = session.get_one(Account, grant.account_id)
    person = staff_of(session, account, now_us)
    check_own_supervisor(session, person, applicant_id)
    periods = periods_of(session, grant.id)
    last_us = last_until_us(grant, periods)
    assert last_us is not None  # active
    if grant.limit_us is not None and grant.limit_us <= last_us:
        raise olur_missing()
    if pending_of(periods) is not None:
        raise VmsError(Kind.CONFLICT, "renewal_pending", "This renewal is registered; it waits for a new password.")
    check_renewal_time(last_us, now_us, policy.late_renewal_days)
    if agreement_of(session, person.id, day_of(now_us)) is None:
        raise nda_missing()
    period = GrantPeriod(
        id=new_id(clock), grant_id=grant.id, number=periods[-1].number + 1, registered_us=now_us,
        registered_by=by.person_id, registered_by_name=by.name, letter_no=letter.no, letter_on=letter.on,
        applicant_id=applicant_id,
    )  # fmt: skip
    session.add(period)
    session.flush()
    tell(session, clock, Act.RENEWAL_REGISTERED, by, subject_of_grant(grant), letter=str(letter), period=period.number)
    if not _has_new_password(account, periods):
        account.must_change_password = True
    complete(session, clock, account, by=by, policy=policy)
    return period


def complete(session: Session, clock: Clock, account: Account, *, by: Actor, policy: Policy = DEFAULT) -> list[Grant]:
    """Write the periods of this account that waited for its password only; the grants they belong to. Idempotent.

    A period begins where the running one ends, so that there is no gap; at once when that is past. One that is past
    the time for late renewals by now is cancelled.
    """
    now_us = clock.now_us()
    waiting = (
        select(GrantPeriod, Grant)
        .join(Grant, Grant.id == GrantPeriod.grant_id)
        .where(
            Grant.account_id == account.id,
            Grant.state.in_((Stored.ACTIVE, Stored.SUSPENDED)),
            GrantPeriod.from_us.is_(None),
            GrantPeriod.cancelled_us.is_(None),
        )
    )
    renewed = []
    for period, grant in session.execute(waiting.order_by(Grant.number)).all():
        periods = periods_of(session, grant.id)
        if not _has_new_password(account, periods):
            continue
        last_us = running(periods)[-1].until_us
        assert last_us is not None
        from_us = max(last_us, now_us)
        if now_us >= last_us + policy.late_renewal_days * US_PER_DAY or period_end_us(grant, from_us) <= from_us:
            period.cancelled_us = now_us
            continue
        period.from_us, period.until_us = from_us, period_end_us(grant, from_us)
        told = tell(
            session, clock, Act.GRANT_RENEWED, by, subject_of_grant(grant), from_us=from_us, until_us=period.until_us,
        )  # fmt: skip
        settle_grant(session, clock, grant, by=by, told=told)
        renewed.append(grant)
    session.flush()
    return renewed


def waiting_accounts(session: Session) -> list[Account]:
    """Whose renewals wait for nothing but being completed: the password was changed since the running period began."""
    wanted = (
        select(Account)
        .join(Grant, Grant.account_id == Account.id)
        .join(GrantPeriod, GrantPeriod.grant_id == Grant.id)
        .where(
            GrantPeriod.from_us.is_(None), GrantPeriod.cancelled_us.is_(None), Account.must_change_password.is_(False)
        )
        .distinct()
    )
    return list(session.scalars(wanted))


def letter_missing() -> VmsError:
    """The refusal of a renewal without the supervisor's letter."""
    return VmsError(
        Kind.CONFLICT, "renewal_letter_missing",
        "A renewal needs the unit supervisor's letter (article 11(5)). Enter its number and date.",
    )  # fmt: skip


def _has_new_password(account: Account, periods: list[GrantPeriod]) -> bool:
    """Whether the password was set in the running period (A-28), by the person."""
    began_us = running(periods)[-1].from_us
    assert began_us is not None
    return not account.must_change_password and account.password_set_us > began_us
