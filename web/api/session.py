"""`/session`: signing in, out; what one may change of oneself."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Literal
from uuid import UUID

from fastapi import APIRouter, Request, Response
from pydantic import BaseModel, ConfigDict, Field

from vms.audit.entry import NewEntry
from vms.authority.renewals import complete
from vms.people.queries import need_account
from vms.people.roles import Action
from vms.people.rules import Role
from vms.people.service import set_language
from vms.people.sessions import sign_out
from vms.people.sign_in import Tell, change_password, sign_in
from web import sign_in_cookie
from web.acting import By, peer
from web.authorisation import Access, Me, declares
from web.backends import Backends, Here
from web.callers import Caller
from web.problems import refusals

router = APIRouter(prefix="/session", tags=["session"])

MAX_TEXT = 1_024  # more is neither a name nor a password


class SignIn(BaseModel):
    """A name with its password."""

    model_config = ConfigDict(extra="forbid")

    name: str = Field(max_length=MAX_TEXT)
    password: str = Field(max_length=MAX_TEXT, repr=False)


class PasswordChange(BaseModel):
    """The present password with the one that takes its place."""

    model_config = ConfigDict(extra="forbid")

    old: str = Field(max_length=MAX_TEXT, repr=False)
    new: str = Field(max_length=MAX_TEXT, repr=False)


class LanguageChange(BaseModel):
    """What the console speaks."""

    model_config = ConfigDict(extra="forbid")

    language: Literal["tr", "en"]


class MeAnswer(BaseModel):
    """Who is signed in."""

    id: UUID
    name: str
    display_name: str
    roles: list[Role]
    actions: list[Action]
    language: Literal["tr", "en"]
    must_change_password: bool
    server_time_us: int
    zone: str
    may_see_health: bool
    session_ends_us: int


@router.post("", dependencies=[declares(Access.PUBLIC_SIGN_IN)], responses=refusals(401, 413))
async def open_session(body: SignIn, request: Request, response: Response, here: Here) -> MeAnswer:
    """Sign in; a session the browser had before ends."""
    address = peer(request)
    former = sign_in_cookie.token_of(request)
    async with _noted(here) as tell:
        found = await here.sign_in_workers.run(
            lambda: sign_in(here.database, here.clock, body.name, body.password, address, tell=tell)
        )
    if former:
        await _end(here, former, address, is_replaced=True)
    caller = await here.people_workers.run(lambda: here.door.caller(found.token))
    sign_in_cookie.put(request, response, found.token)
    return _answer(caller, here)


@router.get("", dependencies=[declares(Access.OWN_SESSION)], responses=refusals())
async def read_session(me: Me, here: Here) -> MeAnswer:
    """Who is signed in."""
    return _answer(me, here)


@router.delete("", status_code=204, dependencies=[declares(Access.OWN_SESSION)], responses=refusals())
async def close_session(me: Me, request: Request, response: Response, here: Here) -> None:
    """Sign out: everything that is open in this session ends."""
    await _end(here, me.token, peer(request))
    sign_in_cookie.take_away(request, response)


@router.post("/password", dependencies=[declares(Access.OWN_SESSION)], responses=refusals(413))
async def change_own_password(body: PasswordChange, me: Me, by: By, here: Here) -> MeAnswer:
    """Choose another password; all other sessions of this person end."""

    def change(tell: Tell) -> Caller:
        with here.database.reading() as session:
            account = need_account(session, me.name)
        change_password(here.database, here.clock, account, body.old, body.new, keep_token=me.token, by=by, tell=tell)
        with here.database.writing() as session:  # a renewal may have waited for nothing else (D-11.5b)
            complete(session, here.clock, need_account(session, me.name), by=by, policy=here.authority_policy)
        return here.door.caller(me.token)

    async with _noted(here) as tell:
        caller = await here.sign_in_workers.run(lambda: change(tell))
    here.views.recheck_soon()
    return _answer(caller, here)


@router.put("/language", dependencies=[declares(Access.OWN_SESSION)], responses=refusals(413))
async def choose_language(body: LanguageChange, me: Me, by: By, here: Here) -> MeAnswer:
    """Choose what the console speaks, wherever this person signs in."""

    def choose() -> Caller:
        with here.database.writing() as session:
            set_language(session, here.clock, need_account(session, me.name), body.language, by=by)
        return here.door.caller(me.token)

    return _answer(await here.people_workers.run(choose), here)


@asynccontextmanager
async def _noted(here: Backends) -> AsyncIterator[Tell]:
    """Have refusals of the block logged that left nothing in the database; there may be any number of them."""
    refused: list[NewEntry] = []
    try:
        yield refused.append
    finally:
        for new in refused:
            await here.trail.note(new)


async def _end(here: Backends, token: str, address: str, *, is_replaced: bool = False) -> None:
    def end() -> None:
        with here.database.writing() as session:
            sign_out(session, here.clock, token, address=address, is_replaced=is_replaced)

    await here.people_workers.run(end)
    here.views.recheck_soon()


def _answer(caller: Caller, here: Backends) -> MeAnswer:
    return MeAnswer(
        id=caller.account_id,
        name=caller.name,
        display_name=caller.display_name,
        roles=sorted(caller.roles),
        actions=sorted(caller.actions),
        language="en" if caller.language == "en" else "tr",
        must_change_password=caller.must_change_password,
        server_time_us=here.clock.now_us(),
        zone=here.zone.key,
        may_see_health=caller.may_see_health,
        session_ends_us=caller.session_ends_us,
    )
