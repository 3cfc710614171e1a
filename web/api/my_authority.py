"""`/my-authority`, `/authority`: what I may see on which paper; what whoever enters papers chooses from."""

from datetime import date
from uuid import UUID

from fastapi import APIRouter
from pydantic import BaseModel
from sqlalchemy import select
from sqlalchemy.orm import Session

from vms.authority.agreements.queries import agreement_of, current_version
from vms.authority.grants.model import Grant
from vms.authority.grants.queries import pending_of, periods_of
from vms.authority.grants.rules import GRANT_DAYS, OLUR_ISSUERS, next_mark
from vms.authority.overview import Row, rows
from vms.authority.queries import rights_in_force
from vms.authority.rules import without_resting
from vms.cameras.queries import cameras
from vms.kernel.days import day_of, days_left
from vms.people.model import Account
from vms.people.organisation_model import OrganisationUnit, Person
from vms.people.queries import roles_by_account
from vms.people.roles import Action, Paper, papers_of
from web.authorisation import Access, Me, declares, declares_action
from web.backends import Here
from web.problems import refusals

router = APIRouter(tags=["authority"])


class MyPaper(BaseModel):
    """A paper that lets me see, or would. `waits_for_password`: a renewal needs my new password only."""

    paper: str
    number: int | None
    state: str
    words: str
    cameras: list[str]
    is_live: bool
    is_playback: bool
    until_us: int | None
    days_left: int | None
    reminder: int | None
    waits_for_password: bool


class MyAuthority(BaseModel):
    """Everything I may see, on which paper, until when."""

    papers: list[MyPaper]
    agreement_on: date | None


class CameraChoice(BaseModel):
    """A camera that a paper may name."""

    id: UUID
    number: int
    name: str
    site: str


class AccountChoice(BaseModel):
    """To whom a paper may be given. `papers`: of which kinds; `agreement_on`: when they signed, if it counts."""

    id: UUID
    name: str
    display_name: str
    person_id: UUID | None
    unit_name: str
    papers: list[Paper]
    agreement_on: date | None


class Choices(BaseModel):
    """What a form offers, with the directive's limits that it shows locked. Names cameras, shows none."""

    cameras: list[CameraChoice]
    accounts: list[AccountChoice]
    olur_issuers: list[str]
    most_days: int
    agreement_version: str
    two_person: bool


@router.get("/my-authority", dependencies=[declares(Access.SIGNED_IN)], responses=refusals())
def read_my_authority(me: Me, here: Here) -> MyAuthority:
    """What the caller may see, on which paper, until when."""
    now_us = here.clock.now_us()
    with here.database.reading() as session:
        names = {camera.id: camera.name for camera in cameras(session)}
        sees: dict[UUID, set[str]] = {}
        for right in without_resting(rights_in_force(session, me.account_id, now_us), me.roles, now_us):
            if right.source_id is not None and right.camera_id in names:
                sees.setdefault(right.source_id, set()).add(names[right.camera_id])
        account = session.get_one(Account, me.account_id)
        signed = agreement_of(session, account.person_id, day_of(now_us)) if account.person_id else None
        return MyAuthority(
            papers=[
                _mine(session, row, sorted(sees.get(row.id, ())), now_us)
                for row in rows(session, now_us, me.account_id)
            ],
            agreement_on=signed.signed_on if signed else None,
        )


@router.get("/authority/choices", dependencies=[declares_action(Action.SEE_AUTHORITY)], responses=refusals())
def read_choices(here: Here) -> Choices:
    """What forms about papers choose from."""
    now_us = here.clock.now_us()
    with here.database.reading() as session:
        accounts = list(session.scalars(select(Account).where(Account.disabled_us.is_(None)).order_by(Account.name)))
        held = roles_by_account(session, [account.id for account in accounts], now_us)
        units = {unit.id: unit.name for unit in session.scalars(select(OrganisationUnit))}
        people = {person.id: person for person in session.scalars(select(Person))}
        found = []
        for account in accounts:
            person = people.get(account.person_id) if account.person_id else None
            signed = agreement_of(session, person.id, day_of(now_us)) if person else None
            found.append(
                AccountChoice(
                    id=account.id, name=account.name, display_name=account.display_name, person_id=account.person_id,
                    unit_name=units[person.unit_id] if person else "",
                    papers=sorted(papers_of(held.get(account.id, frozenset()))),
                    agreement_on=signed.signed_on if signed else None,
                )
            )  # fmt: skip
        return Choices(
            cameras=[
                CameraChoice(id=one.id, number=one.number, name=one.name, site=one.site) for one in cameras(session)
            ],
            accounts=found,
            olur_issuers=list(OLUR_ISSUERS),
            most_days=GRANT_DAYS,
            agreement_version=current_version(session),
            two_person=here.authority_policy.two_person,
        )


def _mine(session: Session, row: Row, sees: list[str], now_us: int) -> MyPaper:
    left = None if row.until_us is None or row.state != "active" else days_left(row.until_us, now_us)
    grant = session.get(Grant, row.id)
    waits = grant is not None and pending_of(periods_of(session, grant.id)) is not None
    return MyPaper(
        paper=row.paper.value, number=row.number, state=row.state, words=row.words, cameras=sees, is_live=row.is_live,
        is_playback=row.is_playback, until_us=row.until_us, days_left=left,
        reminder=None if left is None else next_mark(left), waits_for_password=waits,
    )  # fmt: skip
