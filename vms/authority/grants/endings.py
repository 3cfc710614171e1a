"""How a grant ends or rests: withdrawal, suspension, reinstatement."""

from sqlalchemy.orm import Session

from vms.audit.entry import Actor
from vms.audit.rules import Act
from vms.authority import refusals
from vms.authority.acts import tell
from vms.authority.agreements.queries import agreement_of, nda_missing
from vms.authority.grants.model import Grant, Stored
from vms.authority.grants.queries import periods_of
from vms.authority.grants.rows import settle_grant, subject_of_grant
from vms.authority.grants.service import need_state, reason
from vms.kernel.clock import Clock
from vms.kernel.days import day_of


def withdraw(session: Session, clock: Clock, grant: Grant, why: str, *, by: Actor) -> Grant:
    """Take a grant back for good; what is open on it ends within seconds. VmsError `grant_state`, `reason_required`."""
    need_state(grant, Stored.ACTIVE, Stored.SUSPENDED)
    return close(session, clock, grant, Stored.REVOKED, reason(why), by=by)


def close(session: Session, clock: Clock, grant: Grant, into: Stored, why: str, *, by: Actor) -> Grant:
    """End an active or suspended grant; renewals that were prepared will not begin."""
    now_us = clock.now_us()
    grant.state, grant.suspended_as, grant.ended_us, grant.ended_why = into.value, None, now_us, why
    for period in periods_of(session, grant.id):
        if period.cancelled_us is None and (period.from_us is None or period.from_us > now_us):
            period.cancelled_us = now_us
    told = tell(session, clock, Act.GRANT_ENDED, by, subject_of_grant(grant), state=into.value, why=why)
    settle_grant(session, clock, grant, by=by, told=told)
    return grant


def suspend(
    session: Session, clock: Clock, grant: Grant, why: str, *, by: Actor, refused_as: str = refusals.GRANT_REVOKED
) -> Grant:
    """Let a grant rest; its end does not move. VmsError: `grant_state`, `reason_required`."""
    need_state(grant, Stored.ACTIVE)
    grant.state, grant.suspended_as, grant.ended_why = Stored.SUSPENDED.value, refused_as, reason(why)
    told = tell(session, clock, Act.GRANT_SUSPENDED, by, subject_of_grant(grant), why=grant.ended_why)
    settle_grant(session, clock, grant, by=by, told=told, revoked_as=refused_as)
    return grant


def reinstate(session: Session, clock: Clock, grant: Grant, *, by: Actor) -> Grant:
    """Let a suspended grant go on until the end it had. VmsError: `grant_state`, `nda_missing`."""
    need_state(grant, Stored.SUSPENDED)
    if agreement_of(session, grant.person_id, day_of(clock.now_us())) is None:
        raise nda_missing()
    grant.state, grant.suspended_as, grant.ended_why = Stored.ACTIVE.value, None, ""
    told = tell(session, clock, Act.GRANT_REINSTATED, by, subject_of_grant(grant))
    settle_grant(session, clock, grant, by=by, told=told)
    return grant
