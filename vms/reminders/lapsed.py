"""Reads which grants ran out in the month before this one without an application for more."""

from sqlalchemy import and_, or_, select
from sqlalchemy.orm import Session

from vms.authority.grants.model import Grant, GrantPeriod, Stored
from vms.authority.grants.queries import last_until_us, pending_of, periods_of
from vms.authority.grants.rules import is_unrenewed, state_of
from vms.people.organisation_model import Person
from vms.reminders.facts import LapsedGrant
from vms.reminders.rules import month_before


def lapsed_grants(session: Session, now_us: int) -> list[LapsedGrant]:
    """All of them, also of people who have left since: nobody applied for them either."""
    begun_us, over_us = month_before(now_us)
    ended_then = and_(GrantPeriod.until_us > begun_us, GrantPeriod.until_us <= over_us)
    maybe = select(GrantPeriod.grant_id).where(ended_then, GrantPeriod.cancelled_us.is_(None))
    limited_then = and_(Grant.limit_us > begun_us, Grant.limit_us <= over_us)
    wanted = select(Grant).where(
        Grant.state.in_((Stored.ACTIVE, Stored.SUSPENDED)), or_(Grant.id.in_(maybe), limited_then)
    )
    found = []
    for grant in session.scalars(wanted.order_by(Grant.number)):
        periods = periods_of(session, grant.id)
        until_us = last_until_us(grant, periods)
        if until_us is None or not begun_us < until_us <= over_us:
            continue  # it went on after that period
        # An agreement decides only what waits for its activation, and these were active.
        if is_unrenewed(state_of(grant, until_us, has_agreement=True, now_us=now_us), pending_of(periods) is not None):
            person = session.get_one(Person, grant.person_id)
            found.append(LapsedGrant(number=grant.number, person_name=person.full_name, until_us=until_us))
    return found
