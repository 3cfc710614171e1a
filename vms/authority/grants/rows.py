"""A grant's rows: what it lets see, put down as viewing rights."""

from uuid import UUID

from sqlalchemy.orm import Session

from vms.audit.entry import Actor, Subject
from vms.authority import refusals
from vms.authority.grants.model import Grant
from vms.authority.grants.queries import cameras_of, periods_of
from vms.authority.grants.rules import wanted_rows
from vms.authority.rights import Paper, settle
from vms.authority.rules import Source
from vms.kernel.clock import Clock


def settle_grant(
    session: Session, clock: Clock, grant: Grant, *, by: Actor, told: UUID, revoked_as: str = refusals.GRANT_REVOKED
) -> None:
    """Make the rows of `grant` what it says now."""
    session.flush()
    wanted = wanted_rows(grant, periods_of(session, grant.id), cameras_of(session, grant.id))
    paper = Paper(Source.GRANT, grant.id, grant.account_id, words_of(grant))
    settle(session, clock, paper, wanted, revoked_as=revoked_as, by=by, told=told)


def words_of(grant: Grant) -> str:
    """What a view on it stands on, as the tile says it."""
    on = f", {grant.olur_on:%d.%m.%Y}" if grant.olur_on else ""
    return f"Olur {grant.olur_no}{on}"


def subject_of_grant(grant: Grant) -> Subject:
    """The grant as what an act is about."""
    return Subject("grant", str(grant.id), f"{grant.number} · {words_of(grant)}")
