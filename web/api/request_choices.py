"""`/requests/choices`: what the forms of requests and holds offer."""

from uuid import UUID

from fastapi import APIRouter
from pydantic import BaseModel
from sqlalchemy import select
from sqlalchemy.orm import Session

from vms.authority.grants.rules import OLUR_ISSUERS
from vms.cameras.placement_queries import standings_by_camera
from vms.cameras.queries import cameras
from vms.cameras.rules import CameraKind
from vms.footage.letters.model import Letter, Sender
from vms.footage.policy import Duty
from vms.footage.rules import (
    APPLICATION_DAYS,
    HOLD_DAYS,
    MAX_CAMERAS,
    MAX_INTERVALS,
    MAX_ITEMS,
    REQUEST_REACH_DAYS,
    AuthorityKind,
)
from vms.people.model import Account
from vms.people.queries import roles_by_account
from vms.people.roles import Action, Paper, papers_of
from web.authorisation import declares_action
from web.backends import Here
from web.problems import refusals
from web.rows.availability import StoodRow, stood_row

router = APIRouter(prefix="/requests", tags=["requests"])

MAX_SENDERS = 200
# The directory starts with whom the directive names (S-1e); names that were entered follow.
DIRECTORY: dict[AuthorityKind, tuple[str, ...]] = {
    AuthorityKind.CIVIL_ADMINISTRATOR: ("Valilik", "Kaymakamlık"),
    AuthorityKind.PROSECUTOR: ("Cumhuriyet Başsavcılığı",),
    AuthorityKind.LAW_ENFORCEMENT: (
        "İl Emniyet Müdürlüğü", "İlçe Emniyet Müdürlüğü", "Polis Merkezi Amirliği", "İl Jandarma Komutanlığı",
        "İlçe Jandarma Komutanlığı", "Jandarma Karakol Komutanlığı", "Sahil Güvenlik Komutanlığı",
    ),
    AuthorityKind.COURT: (
        "Sulh Ceza Hâkimliği", "Asliye Ceza Mahkemesi", "Ağır Ceza Mahkemesi", "Asliye Hukuk Mahkemesi",
        "Aile Mahkemesi", "İş Mahkemesi", "İdare Mahkemesi",
    ),
    AuthorityKind.OTHER_OFFICIAL: (),
}  # fmt: skip


class RequestCamera(BaseModel):
    """A camera that a request may name, retired ones too. `is_live_only`: nothing of it is recorded.

    `former`: where it stood before, newest first: a letter asks for a place as it was then.
    """

    id: UUID
    number: int
    name: str
    site: str
    is_live_only: bool
    is_retired: bool
    former: list[StoodRow]


class OfficerChoice(BaseModel):
    """Who may be given a request."""

    id: UUID
    display_name: str


class AuthorityChoice(BaseModel):
    """A name of the directory."""

    kind: AuthorityKind
    name: str


class RequestChoices(BaseModel):
    """What forms offer, with the directive's numbers that they show locked. Names cameras, shows none.

    `separate`: duties that two persons do. `soft_us`, `hard_us`: the service target from registration.
    """

    cameras: list[RequestCamera]
    officers: list[OfficerChoice]
    authorities: list[AuthorityChoice]
    senders: list[str]
    olur_issuers: list[str]
    separate: list[list[Duty]]
    soft_us: int
    hard_us: int
    reach_days: int
    hold_days: int
    application_days: int
    most_cameras: int
    most_intervals: int
    most_items: int


@router.get("/choices", dependencies=[declares_action(Action.SEE_REQUESTS)], responses=refusals())
def read_request_choices(here: Here) -> RequestChoices:
    """What forms about requests and holds choose from."""
    policy = here.footage_policy
    with here.database.reading() as session:
        stood = standings_by_camera(session)
        return RequestChoices(
            cameras=[
                RequestCamera(
                    id=one.id, number=one.number, name=one.name, site=one.site,
                    is_live_only=one.kind == CameraKind.CITY_VIEW, is_retired=one.retired_us is not None,
                    former=[stood_row(each) for each in reversed(stood.get(one.id, [])[:-1])],
                )
                for one in cameras(session, with_retired=True)
            ],
            officers=_officers(session, here.clock.now_us()),
            authorities=[AuthorityChoice(kind=kind, name=name) for kind, names in DIRECTORY.items() for name in names],
            senders=_senders(session), olur_issuers=list(OLUR_ISSUERS),
            separate=sorted(sorted(pair) for pair in policy.separate), soft_us=policy.soft_us, hard_us=policy.hard_us,
            reach_days=REQUEST_REACH_DAYS, hold_days=HOLD_DAYS, application_days=APPLICATION_DAYS,
            most_cameras=MAX_CAMERAS, most_intervals=MAX_INTERVALS, most_items=MAX_ITEMS,
        )  # fmt: skip


def _officers(session: Session, now_us: int) -> list[OfficerChoice]:
    accounts = list(session.scalars(select(Account).where(Account.disabled_us.is_(None)).order_by(Account.name)))
    held = roles_by_account(session, [account.id for account in accounts], now_us)
    return [
        OfficerChoice(id=account.id, display_name=account.display_name)
        for account in accounts
        if Paper.REQUEST in papers_of(held.get(account.id, frozenset()))
    ]


def _senders(session: Session) -> list[str]:
    """Names that were entered before, the last ones first."""
    wanted = select(Letter.sender_name).where(Letter.sender == Sender.AUTHORITY.value).order_by(Letter.number.desc())
    return list(dict.fromkeys(session.scalars(wanted.limit(MAX_SENDERS))))
