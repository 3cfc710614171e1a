"""Papers that let an account of a test see cameras, whatever the test is about."""

from datetime import date

from sqlalchemy import select

from vms.audit.entry import Actor
from vms.authority.agreements.service import record_agreement
from vms.authority.grants.activation import activate
from vms.authority.grants.endings import withdraw
from vms.authority.grants.model import Grant, GrantPeriod
from vms.authority.grants.queries import cameras_of
from vms.authority.grants.rows import settle_grant
from vms.authority.grants.rules import Olur
from vms.authority.grants.service import NewGrant, Scope, enter
from vms.cli.paper_options import person_of
from vms.kernel.days import day_of
from vms.kernel.ids import new_id
from vms.people.model import Account
from vms.people.queries import roles_of
from vms.people.role_service import give_role
from vms.people.roles import Paper, papers_of
from vms.people.rules import Role

OLUR_ON = date(2020, 1, 6)
BASIS = "Olur 2020/118, 06.01.2020"  # what a view then stands on
CLERK, HEAD = Actor(None, "clerk"), Actor(None, "head")


def let_see(session, clock, account, cameras, *, live=True, playback=False, until_us=None, olur="2020/118"):
    """A grant by Olur with everything it needs. `until_us`: an end that no Olur could name, to the microsecond."""
    account = session.get_one(Account, account.id)
    if Paper.OLUR not in papers_of(roles_of(session, account.id, clock.now_us())):
        give_role(session, clock, account, Role.AUTHORISED_VIEWER, by=HEAD)
    person = person_of(session, clock, account)
    today = day_of(clock.now_us())
    record_agreement(session, clock, person, today, by=CLERK)
    scope = Scope(cameras=[camera.id for camera in cameras], is_live=live, is_playback=playback)
    new = NewGrant(scope=scope, purpose="güvenlik", olur=Olur(olur, OLUR_ON, "presidency"), training="Eğitim")
    grant = activate(session, clock, enter(session, clock, account, new, by=CLERK), by=HEAD)
    if until_us is not None:
        session.scalars(select(GrantPeriod).where(GrantPeriod.grant_id == grant.id)).one().until_us = until_us
        settle_grant(session, clock, grant, by=HEAD, told=new_id(clock))
    return grant


def take_back(session, clock, account, camera=None):
    """Withdraw the active grants of an account (that name a camera); how many they were."""
    found = session.scalars(select(Grant).where(Grant.account_id == account.id, Grant.state == "active"))
    chosen = [grant for grant in found if camera is None or camera.id in cameras_of(session, grant.id)]
    for grant in chosen:
        withdraw(session, clock, grant, "karar", by=HEAD)
    return len(chosen)
