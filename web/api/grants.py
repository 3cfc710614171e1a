"""`/grants`: viewing authority by Olur, its whole life."""

from datetime import date
from typing import Literal
from uuid import UUID

from fastapi import APIRouter, Response
from pydantic import BaseModel, Field
from sqlalchemy.orm import Session

from vms.authority.acts import Letter
from vms.authority.grants.activation import activate
from vms.authority.grants.endings import reinstate, suspend, withdraw
from vms.authority.grants.model import Grant
from vms.authority.grants.queries import grants, need_grant
from vms.authority.grants.renewals import register_renewal
from vms.authority.grants.replacements import change_scope, replace_person
from vms.authority.grants.rules import GRANT_DAYS, Olur
from vms.authority.grants.service import Correction, NewGrant, Scope, cancel, correct, enter, submit
from vms.authority.grants.unrenewed import csv_of, unrenewed
from vms.authority.papers import print_authority, print_if_possible
from vms.people.queries import need_account_by_id
from vms.people.roles import Action
from web.acting import By
from web.api.asked import MAX_CAMERAS, MAX_TIME_US, Body, ReasonBody, Text
from web.authorisation import declares_action
from web.backends import Here
from web.problems import refusals
from web.rows.grant import GrantDetail, GrantRow, grant_detail, grant_row

router = APIRouter(prefix="/grants", tags=["grants"])


class OlurBody(Body):
    """The approval a grant stands on. `ends_on`: its last day, where it names one."""

    no: Text
    on: date
    issuer: Text
    ends_on: date | None = None
    document_id: UUID | None = None

    def paper(self) -> Olur:
        """For the use cases."""
        return Olur(self.no, self.on, self.issuer, self.ends_on, self.document_id)


class ScopeBody(Body):
    """What is to be seen."""

    cameras: list[UUID] = Field(max_length=MAX_CAMERAS)
    is_live: bool
    is_playback: bool

    def scope(self) -> Scope:
        """For the use cases."""
        return Scope(cameras=self.cameras, is_live=self.is_live, is_playback=self.is_playback)


class GrantContent(Body):
    """What a clerk enters, the person apart. Without `olur` it stays a draft."""

    scope: ScopeBody
    purpose: Text
    olur: OlurBody | None = None
    days: int = Field(GRANT_DAYS, ge=-MAX_TIME_US, le=MAX_TIME_US)
    training: Text = ""

    def new(self) -> NewGrant:
        """For the use cases."""
        return NewGrant(
            scope=self.scope.scope(), purpose=self.purpose, olur=self.olur.paper() if self.olur else None,
            days=self.days, training=self.training,
        )  # fmt: skip


class GrantBody(GrantContent):
    """A new grant for somebody's own account."""

    account_id: UUID


class GrantCorrection(Body):
    """How it should read; null leaves a field as it is."""

    account_id: UUID | None = None
    scope: ScopeBody | None = None
    purpose: Text | None = None
    training: Text | None = None


class RenewalBody(Body):
    """The unit supervisor's letter. `applicant_id`: the person who signed it."""

    letter_no: Text
    letter_on: date
    applicant_id: UUID


class GrantList(BaseModel):
    """All grants, newest first."""

    grants: list[GrantRow]


Refused = refusals(404, 409, 413)
_CSV = "text/csv"


@router.get("", dependencies=[declares_action(Action.SEE_AUTHORITY)], responses=refusals())
def list_grants(here: Here) -> GrantList:
    """All grants there ever were."""
    now_us = here.clock.now_us()
    with here.database.reading() as session:
        return GrantList(grants=[grant_row(session, grant, now_us) for grant in grants(session)])


@router.get(
    "/unrenewed.csv", dependencies=[declares_action(Action.SEE_AUTHORITY)], response_class=Response,
    responses={200: {"content": {_CSV: {"schema": {"type": "string"}}}}, **refusals()},
)  # fmt: skip
def export_unrenewed_grants(here: Here) -> Response:
    """Authority that ran out because nobody applied for more, as CSV in UTF-8, for spreadsheets."""
    with here.database.reading() as session:
        text = csv_of(unrenewed(session, here.clock.now_us()))
    headers = {"Content-Disposition": 'attachment; filename="unrenewed.csv"', "Cache-Control": "no-store"}
    return Response(text, media_type=f"{_CSV}; charset=utf-8", headers=headers)


@router.get("/{grant_id}", dependencies=[declares_action(Action.SEE_AUTHORITY)], responses=refusals(404))
def read_grant(grant_id: UUID, here: Here) -> GrantDetail:
    """One grant with its periods, its history, what is missing, what is open on it."""
    with here.database.reading() as session:
        return _detail(session, here, need_grant(session, grant_id))


@router.post("", status_code=201, dependencies=[declares_action(Action.ENTER_GRANT)], responses=Refused)
def add_grant(body: GrantBody, by: By, here: Here) -> GrantDetail:
    """Enter a grant; it opens nothing yet."""
    with here.database.writing() as session:
        account = need_account_by_id(session, body.account_id)
        return _detail(session, here, enter(session, here.clock, account, body.new(), by=by))


@router.post("/{grant_id}/olur", dependencies=[declares_action(Action.ENTER_GRANT)], responses=Refused)
def submit_grant(grant_id: UUID, body: OlurBody, by: By, here: Here) -> GrantDetail:
    """The Olur of a draft came."""
    with here.database.writing() as session:
        return _detail(session, here, submit(session, here.clock, need_grant(session, grant_id), body.paper(), by=by))


@router.put("/{grant_id}", dependencies=[declares_action(Action.ENTER_GRANT)], responses=Refused)
def correct_grant(grant_id: UUID, body: GrantCorrection, by: By, here: Here) -> GrantDetail:
    """Correct a draft's scope, purpose; later the training only. Never the person, and nothing that an Olur says."""
    scope = body.scope.scope() if body.scope else None
    new = Correction(account_id=body.account_id, scope=scope, purpose=body.purpose, training=body.training)
    with here.database.writing() as session:
        return _detail(session, here, correct(session, here.clock, need_grant(session, grant_id), new, by=by))


@router.post("/{grant_id}/activation", dependencies=[declares_action(Action.ACTIVATE_GRANT)], responses=Refused)
def activate_grant(grant_id: UUID, by: By, here: Here) -> GrantDetail:
    """Begin its 180 days, as the second person. Its form (P-09) is printed with it, where that is possible."""
    with here.database.writing() as session:
        grant = activate(session, here.clock, need_grant(session, grant_id), by=by, policy=here.authority_policy)
        print_if_possible(session, lambda: print_authority(session, here.clock, here.desk, grant, by=by))
        found = _detail(session, here, grant)
    here.views.recheck_soon()
    return found


@router.post("/{grant_id}/renewal", dependencies=[declares_action(Action.ENTER_RENEWAL)], responses=Refused)
def renew_grant(grant_id: UUID, body: RenewalBody, by: By, here: Here) -> GrantDetail:
    """Register the unit supervisor's letter; with a new password of the person it makes the next period."""
    letter = Letter(body.letter_no, body.letter_on)
    with here.database.writing() as session:
        grant = need_grant(session, grant_id)
        policy = here.authority_policy
        register_renewal(session, here.clock, grant, letter, body.applicant_id, by=by, policy=policy)
        found = _detail(session, here, grant)
    here.views.recheck_soon()
    return found


ENDINGS = {"withdrawal": withdraw, "suspension": suspend}


@router.post("/{grant_id}/end/{ending}", dependencies=[declares_action(Action.WITHDRAW_GRANT)], responses=Refused)
def end_grant(
    grant_id: UUID, ending: Literal["withdrawal", "suspension"], body: ReasonBody, by: By, here: Here
) -> GrantDetail:
    """Take it back, or let it rest; what is open on it ends at once."""
    with here.database.writing() as session:
        grant = ENDINGS[ending](session, here.clock, need_grant(session, grant_id), body.why, by=by)
        found = _detail(session, here, grant)
    here.views.recheck_soon()
    return found


@router.post("/{grant_id}/reinstatement", dependencies=[declares_action(Action.WITHDRAW_GRANT)], responses=Refused)
def reinstate_grant(grant_id: UUID, by: By, here: Here) -> GrantDetail:
    """Let a suspended grant go on until the end it had."""
    with here.database.writing() as session:
        return _detail(session, here, reinstate(session, here.clock, need_grant(session, grant_id), by=by))


@router.post("/{grant_id}/cancellation", dependencies=[declares_action(Action.ENTER_GRANT)], responses=Refused)
def cancel_grant(grant_id: UUID, body: ReasonBody, by: By, here: Here) -> GrantDetail:
    """Give up a grant that never became active."""
    with here.database.writing() as session:
        return _detail(session, here, cancel(session, here.clock, need_grant(session, grant_id), body.why, by=by))


@router.post(
    "/{grant_id}/scope", status_code=201, dependencies=[declares_action(Action.ENTER_GRANT)], responses=Refused
)
def change_grant_scope(grant_id: UUID, body: GrantContent, by: By, here: Here) -> GrantDetail:
    """Enter a grant of the same person with another scope; this one goes on until that one is activated."""
    with here.database.writing() as session:
        grant = need_grant(session, grant_id)
        return _detail(session, here, change_scope(session, here.clock, grant, body.new(), by=by))


@router.post(
    "/{grant_id}/replacement", status_code=201, dependencies=[declares_action(Action.ENTER_GRANT)], responses=Refused
)
def replace_grantee(grant_id: UUID, body: GrantBody, by: By, here: Here) -> GrantDetail:
    """Enter a grant for another person; this one ends now."""
    with here.database.writing() as session:
        grant, account = need_grant(session, grant_id), need_account_by_id(session, body.account_id)
        found = _detail(session, here, replace_person(session, here.clock, grant, account, body.new(), by=by))
    here.views.recheck_soon()
    return found


def _detail(session: Session, here: Here, grant: Grant) -> GrantDetail:
    return grant_detail(session, grant, here.clock.now_us(), here.views.count_of(grant.account_id))
