"""`/accounts`: who signs in, with which roles; what is open of it."""

from typing import Annotated, Literal
from uuid import UUID

from fastapi import APIRouter, Query
from pydantic import BaseModel, ConfigDict, Field

from vms.people.account_list import AccountFilter, Openness, find_accounts
from vms.people.open_sessions import end_one, sessions_of
from vms.people.queries import need_account_by_id
from vms.people.role_service import give_role, take_role
from vms.people.roles import OF_KIND, Action
from vms.people.rules import AccountKind, Role
from vms.people.service import (
    AccountContent,
    NewAccount,
    change_account,
    create_account,
    disable,
    enable,
    set_password,
)
from web.acting import By
from web.api.account_rows import AccountRow, account_row
from web.api.asked import MAX_TIME_US
from web.api.people import MAX_TEXT, Limit, Offset, Search
from web.authorisation import declares_action
from web.backends import Here
from web.problems import refusals

router = APIRouter(prefix="/accounts", tags=["accounts"])

MAX_PASSWORD = 1_024  # the rules are `vms.people`'s; this only bounds what is looked at
MAX_ROLES = len(Role)


class AccountBody(BaseModel):
    """A new account. A personal one is for a person, one of another kind has a person who is responsible for it."""

    model_config = ConfigDict(extra="forbid")

    name: str = Field(max_length=MAX_TEXT)
    kind: AccountKind = AccountKind.PERSONAL
    roles: list[Role] = Field(default_factory=list, max_length=MAX_ROLES)
    password: str = Field(max_length=MAX_PASSWORD, repr=False)
    display_name: str = Field("", max_length=MAX_TEXT)
    language: Literal["tr", "en"] = "tr"
    person_id: UUID | None = None
    responsible_person_id: UUID | None = None


class AccountChange(BaseModel):
    """What may be corrected of an account; all of it is named."""

    model_config = ConfigDict(extra="forbid")

    display_name: str = Field("", max_length=MAX_TEXT)
    language: Literal["tr", "en"] = "tr"
    person_id: UUID | None = None
    responsible_person_id: UUID | None = None


class RoleBody(BaseModel):
    """A role to give. `until_us`: a deputy's first moment without it."""

    model_config = ConfigDict(extra="forbid")

    role: Role
    until_us: int | None = Field(None, ge=0, le=MAX_TIME_US)


class PasswordBody(BaseModel):
    """A first password, which its person changes when they sign in."""

    model_config = ConfigDict(extra="forbid")

    password: str = Field(max_length=MAX_PASSWORD, repr=False)


class AccountList(BaseModel):
    """A part of the accounts wanted, with how many there are in all. `roles_of_kind`: what each kind may hold."""

    accounts: list[AccountRow]
    total: int
    roles_of_kind: dict[AccountKind, list[Role]]


class SessionRow(BaseModel):
    """An open session. `last_seen_us` is true to a minute."""

    id: UUID
    address: str
    created_us: int
    last_seen_us: int
    ends_us: int


class SessionList(BaseModel):
    """Where an account is signed in, newest first."""

    sessions: list[SessionRow]


@router.get("", dependencies=[declares_action(Action.SEE_ACCOUNTS)], responses=refusals())
def list_accounts(
    here: Here,
    search: Search = "",
    role: Role | None = None,
    kind: AccountKind | None = None,
    state: Annotated[Openness, Query(description="`open` includes those locked for a quarter of an hour.")] = "open",
    offset: Offset = 0,
    limit: Limit = 50,
) -> AccountList:
    """Accounts, page by page."""
    now_us = here.clock.now_us()
    wanted = AccountFilter(search=search, role=role, kind=kind, openness=state, offset=offset, limit=limit)
    with here.database.reading() as session:
        page = find_accounts(session, wanted, now_us)
        rows = [account_row(session, account, now_us) for account in page.accounts]
    choices = {one: sorted(roles) for one, roles in OF_KIND.items()}
    return AccountList(accounts=rows, total=page.total, roles_of_kind=choices)


@router.post(
    "", status_code=201, dependencies=[declares_action(Action.MANAGE_ACCOUNTS)], responses=refusals(404, 409, 413)
)
async def add_account(body: AccountBody, by: By, here: Here) -> AccountRow:
    """Give somebody an account. It sees nothing until there is a paper (`vms.authority`)."""
    new = NewAccount(
        name=body.name, kind=body.kind, roles=body.roles, password=body.password, display_name=body.display_name,
        language=body.language, person_id=body.person_id, responsible_person_id=body.responsible_person_id,
        must_change_password=True,
    )  # fmt: skip

    def add() -> AccountRow:
        with here.database.writing() as session:
            return account_row(session, create_account(session, here.clock, new, by=by), here.clock.now_us())

    return await here.sign_in_workers.run(add)  # a hash is reckoned


@router.get("/{account_id}", dependencies=[declares_action(Action.SEE_ACCOUNTS)], responses=refusals(404))
def read_account(account_id: UUID, here: Here) -> AccountRow:
    """One account."""
    with here.database.reading() as session:
        return account_row(session, need_account_by_id(session, account_id), here.clock.now_us())


@router.put("/{account_id}", dependencies=[declares_action(Action.MANAGE_ACCOUNTS)], responses=refusals(404, 409, 413))
def replace_account(account_id: UUID, body: AccountChange, by: By, here: Here) -> AccountRow:
    """Correct an account. Whose it is and its kind never change."""
    content = AccountContent(**body.model_dump())
    with here.database.writing() as session:
        account = need_account_by_id(session, account_id)
        return account_row(session, change_account(session, here.clock, account, content, by=by), here.clock.now_us())


@router.post(
    "/{account_id}/roles", dependencies=[declares_action(Action.MANAGE_ACCOUNTS)], responses=refusals(404, 409, 413)
)
def give_account_role(account_id: UUID, body: RoleBody, by: By, here: Here) -> AccountRow:
    """Give a role, from now on. Nobody gives one to themselves."""
    with here.database.writing() as session:
        account = need_account_by_id(session, account_id)
        give_role(session, here.clock, account, body.role, body.until_us, by=by)
        row = account_row(session, account, here.clock.now_us())
    here.views.recheck_soon()  # whoever audits sees no picture, and hears of other things
    return row


@router.delete(
    "/{account_id}/roles/{role}", dependencies=[declares_action(Action.MANAGE_ACCOUNTS)], responses=refusals(404)
)
def take_account_role(account_id: UUID, role: Role, by: By, here: Here) -> AccountRow:
    """Take a role back: what it let the person do ends with their next request, what is open within seconds.

    Papers of a kind that is for none of the roles left show nothing until such a role is held again.
    """
    with here.database.writing() as session:
        account = need_account_by_id(session, account_id)
        take_role(session, here.clock, account, role, by=by)
        row = account_row(session, account, here.clock.now_us())
    here.views.recheck_soon()
    return row


@router.post(
    "/{account_id}/password", dependencies=[declares_action(Action.MANAGE_ACCOUNTS)], responses=refusals(404, 409, 413)
)
async def set_account_password(account_id: UUID, body: PasswordBody, by: By, here: Here) -> AccountRow:
    """Set a first password; the account's sessions end, and it is no longer locked."""

    def change() -> AccountRow:
        with here.database.reading() as session:
            account = need_account_by_id(session, account_id)
        with here.database.writing() as session:  # whose lock is not held while the hash is reckoned
            changed = set_password(session, here.clock, account, body.password, by=by)
            return account_row(session, changed, here.clock.now_us())

    answer = await here.sign_in_workers.run(change)
    here.views.recheck_soon()
    return answer


@router.post("/{account_id}/disable", dependencies=[declares_action(Action.MANAGE_ACCOUNTS)], responses=refusals(404))
async def disable_account(account_id: UUID, by: By, here: Here) -> AccountRow:
    """Close an account at once; what it did keeps its author."""

    def close() -> AccountRow:
        with here.database.writing() as session:
            account = disable(session, here.clock, need_account_by_id(session, account_id), by=by)
            return account_row(session, account, here.clock.now_us())

    answer = await here.people_workers.run(close)
    here.views.recheck_soon()
    return answer


@router.post(
    "/{account_id}/enable", dependencies=[declares_action(Action.MANAGE_ACCOUNTS)], responses=refusals(404, 409)
)
def enable_account(account_id: UUID, by: By, here: Here) -> AccountRow:
    """Open a closed account again, with the roles it still has."""
    with here.database.writing() as session:
        account = enable(session, here.clock, need_account_by_id(session, account_id), by=by)
        return account_row(session, account, here.clock.now_us())


@router.get("/{account_id}/sessions", dependencies=[declares_action(Action.MANAGE_ACCOUNTS)], responses=refusals(404))
def list_account_sessions(account_id: UUID, here: Here) -> SessionList:
    """Where an account is signed in."""
    with here.database.reading() as session:
        need_account_by_id(session, account_id)
        rows = sessions_of(session, here.clock, account_id)
    return SessionList(
        sessions=[
            SessionRow(
                id=one.id, address=one.address, created_us=one.created_us, last_seen_us=one.last_seen_us,
                ends_us=one.ends_us,
            )
            for one in rows
        ]
    )  # fmt: skip


@router.delete(
    "/{account_id}/sessions/{session_id}", status_code=204, dependencies=[declares_action(Action.MANAGE_ACCOUNTS)],
    responses=refusals(404),
)  # fmt: skip
async def end_account_session(account_id: UUID, session_id: UUID, by: By, here: Here) -> None:
    """Sign an account out in one place; what is open there ends."""

    def end() -> None:
        with here.database.writing() as session:
            end_one(session, here.clock, session_id, by, of_account=account_id)

    await here.people_workers.run(end)
    here.views.recheck_soon()
