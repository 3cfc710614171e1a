"""The step by which a grant begins to let somebody see."""

from sqlalchemy.orm import Session

from vms.audit.entry import Actor
from vms.audit.rules import Act
from vms.authority.acts import tell
from vms.authority.agreements.queries import agreement_of, nda_missing
from vms.authority.grants.endings import close
from vms.authority.grants.grantees import check_holder, staff_of
from vms.authority.grants.model import Grant, GrantPeriod, Stored
from vms.authority.grants.queries import need_grant
from vms.authority.grants.rows import settle_grant, subject_of_grant
from vms.authority.grants.rules import period_end_us
from vms.authority.grants.service import need_state
from vms.authority.policy import DEFAULT, Policy
from vms.authority.second_person import check_not_oneself, check_second_person
from vms.kernel.clock import Clock
from vms.kernel.days import day_of
from vms.kernel.errors import Kind, VmsError
from vms.kernel.ids import new_id
from vms.people.model import Account
from vms.people.roles import Paper


def activate(session: Session, clock: Clock, grant: Grant, *, by: Actor, policy: Policy = DEFAULT) -> Grant:
    """Begin the first 180 days: today is day 1 (A-26). A grant whose scope this one replaces ends at once.

    VmsError: CONFLICT `grant_state`, `nda_missing` (none signed today or before), `training_missing`,
    `second_person_missing`, `grant_limit_passed` (the Olur's own end, or a duty change's, is past); `not_staff`; what
    `check_holder` refuses.
    """
    need_state(grant, Stored.SUBMITTED)
    now_us = clock.now_us()
    account = session.get_one(Account, grant.account_id)
    check_holder(session, account, Paper.OLUR, now_us)
    person = staff_of(session, account, now_us)
    check_not_oneself(account.id, by)
    check_second_person(session, grant, by, policy)
    if agreement_of(session, person.id, day_of(now_us)) is None:
        raise nda_missing()
    if not grant.training:
        raise training_missing()
    until_us = period_end_us(grant, now_us)
    if until_us <= now_us:
        raise VmsError(
            Kind.CONFLICT, "grant_limit_passed", "The end that the paper names is past. It needs a new Olur."
        )
    grant.state, grant.activated_us = Stored.ACTIVE.value, now_us
    grant.activated_by, grant.activated_by_name = by.person_id, by.name
    session.add(
        GrantPeriod(
            id=new_id(clock), grant_id=grant.id, number=1, registered_us=now_us, registered_by=by.person_id,
            registered_by_name=by.name, from_us=now_us, until_us=until_us,
        )
    )  # fmt: skip
    told = tell(session, clock, Act.GRANT_ACTIVATED, by, subject_of_grant(grant), until_us=until_us)
    if grant.replaces_id is not None:
        former = need_grant(session, grant.replaces_id)
        if former.state in (Stored.ACTIVE, Stored.SUSPENDED):
            close(session, clock, former, Stored.SUPERSEDED, f"grant {grant.number}", by=by)
    settle_grant(session, clock, grant, by=by, told=told)
    return grant


def training_missing() -> VmsError:
    """The refusal of what needs a noted training."""
    return VmsError(
        Kind.CONFLICT, "training_missing",
        "Nobody watches untrained (articles 5, 12(11), 17). Note when and how the person was trained.",
    )  # fmt: skip
