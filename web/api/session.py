"""`/session`: signing in, out; what one may change of oneself."""

from typing import Literal

from fastapi import APIRouter, Request, Response
from fastapi.responses import JSONResponse
from pydantic import BaseModel, ConfigDict, Field

from vms.authority.grants.renewals import complete
from vms.people.entrance import Ticket
from vms.people.queries import need_account
from vms.people.service import set_language
from vms.people.sessions import sign_out
from vms.people.sign_in import Tell, change_password
from web.acting import By, peer
from web.api.me import MAX_TEXT, TICKET, CodeAnswer, MeAnswer, answer, browser_of, let_in, noted
from web.authorisation import Access, Me, declares
from web.backends import Backends, Here
from web.callers import Caller
from web.problems import refusals
from web.transfer import sign_in_cookie

router = APIRouter(prefix="/session", tags=["session"])


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


@router.post(
    "",
    response_model=MeAnswer,
    dependencies=[declares(Access.PUBLIC_SIGN_IN)],
    responses={202: {"model": CodeAnswer, "description": "A code is asked for"}, **refusals(401, 413)},
)
async def open_session(body: SignIn, request: Request, response: Response, here: Here) -> MeAnswer | JSONResponse:
    """Sign in; a session the browser had before ends."""
    browser = browser_of(request)
    is_remote = await here.people_workers.run(lambda: here.entrance.asks_directory(body.name))
    workers = here.directory_workers if is_remote else here.sign_in_workers
    async with noted(here) as tell:
        found = await workers.run(lambda: here.entrance.sign_in(body.name, body.password, browser, tell))
    if isinstance(found, Ticket):
        asked = JSONResponse(CodeAnswer(step="code", until_us=found.until_us).model_dump(), 202)
        TICKET.put(asked, found.sealed, is_secure=sign_in_cookie.is_https(request))
        return asked
    return await let_in(found, request, response, here)


@router.get("", dependencies=[declares(Access.OWN_SESSION)], responses=refusals())
async def read_session(me: Me, here: Here) -> MeAnswer:
    """Who is signed in."""
    return answer(me, here)


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
        change_password(
            here.database, here.clock, account, body.old, body.new, keep_token=me.token, by=by, tell=tell,
            remembered=here.sign_in.rules.remembered_passwords, passwords=here.sign_in.passwords,
        )  # fmt: skip
        with here.database.writing() as session:  # a renewal may have waited for nothing else (D-11.5b)
            complete(session, here.clock, need_account(session, me.name), by=by, policy=here.authority_policy)
        return here.door.caller(me.token)

    async with noted(here) as tell:
        caller = await here.sign_in_workers.run(lambda: change(tell))
    here.views.recheck_soon()
    return answer(caller, here)


@router.put("/language", dependencies=[declares(Access.OWN_SESSION)], responses=refusals(413))
async def choose_language(body: LanguageChange, me: Me, by: By, here: Here) -> MeAnswer:
    """Choose what the console speaks, wherever this person signs in."""

    def choose() -> Caller:
        with here.database.writing() as session:
            set_language(session, here.clock, need_account(session, me.name), body.language, by=by)
        return here.door.caller(me.token)

    return answer(await here.people_workers.run(choose), here)


async def _end(here: Backends, token: str, address: str, *, is_replaced: bool = False) -> None:
    def end() -> None:
        with here.database.writing() as session:
            sign_out(session, here.clock, token, address=address, is_replaced=is_replaced)

    await here.people_workers.run(end)
    here.views.recheck_soon()
