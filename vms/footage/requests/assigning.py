"""Giving a request to the officer whose work it is."""

from sqlalchemy.orm import Session

from vms.audit.entry import Actor
from vms.audit.rules import Act
from vms.authority import refusals
from vms.authority.grants.grantees import check_holder
from vms.authority.rights import Paper as RightPaper
from vms.authority.rights import settle
from vms.authority.rules import Source
from vms.footage.case_events import note_event
from vms.footage.duties import Duty, check_separation
from vms.footage.model import FootageRequest
from vms.footage.policy import DEFAULT, Policy
from vms.footage.queries import duties_of
from vms.footage.requests.service import case_of, words_of
from vms.footage.requests.viewing import settle_viewing
from vms.footage.rules import OPEN, State, wrong_state
from vms.kernel.clock import Clock
from vms.people.acting import actor_of
from vms.people.model import Account
from vms.people.roles import Paper


def assign(
    session: Session, clock: Clock, request: FootageRequest, account: Account, *, by: Actor, policy: Policy = DEFAULT
) -> FootageRequest:
    """Make it this officer's work; what the one before could see of it ends. Again: the viewing time begins anew.

    VmsError: CONFLICT `request_state`, `separation_of_duties` (who registered or approved it exports nothing of it);
    what `check_holder` refuses.
    """
    if State(request.state) not in OPEN:
        raise wrong_state(State(request.state))
    check_holder(session, account, Paper.REQUEST, clock.now_us())
    check_separation(duties_of(session, request), Duty.EXPORT, actor_of(account), policy.separate)
    if request.officer_id is not None and request.officer_id != account.id:
        former = RightPaper(Source.REQUEST, request.id, request.officer_id, words_of(request))
        settle(session, clock, former, [], revoked_as=refusals.REQUEST_ENDED, by=by)
    request.officer_id, request.assigned_us = account.id, clock.now_us()
    told = note_event(
        session, clock, case_of(request), Act.REQUEST_ASSIGNED, by, account=str(account.id), name=account.display_name
    )
    settle_viewing(session, clock, request, by=by, told=told, policy=policy)
    return request
