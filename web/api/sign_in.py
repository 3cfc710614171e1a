"""`/session/…`: the ways of signing in, the steps after the password."""

from fastapi import APIRouter, Request, Response
from pydantic import BaseModel, ConfigDict, Field

from vms.people.first_run import needs_first_account
from vms.people.policy import accept
from vms.people.queries import need_account
from vms.people.sign_in_rules import Policy
from web.acting import By
from web.api.me import TICKET, MeAnswer, answer, browser_of, let_in, noted
from web.authorisation import Access, Me, declares
from web.backends import Here
from web.callers import Caller
from web.language import Language, language_of
from web.problems import refusals
from web.transfer import sign_in_cookie

router = APIRouter(prefix="/session", tags=["session"])

MAX_CODE, MAX_VERSION = 64, 64


class PolicyText(BaseModel):
    """The rules of watching in the asked language."""

    version: str
    text: str


class WaysAnswer(BaseModel):
    """How one signs in here. `provider`: what the button of the institution's own page says; None: there is none."""

    needs_set_up: bool
    has_directory: bool
    provider: str | None
    policy: PolicyText | None


class CodeBody(BaseModel):
    """A code of the second factor, from the authenticator or from paper."""

    model_config = ConfigDict(extra="forbid")

    code: str = Field(max_length=MAX_CODE, repr=False)


class Acceptance(BaseModel):
    """The version of the rules that was read."""

    model_config = ConfigDict(extra="forbid")

    version: str = Field(max_length=MAX_VERSION)


@router.get("/ways", dependencies=[declares(Access.PUBLIC_SIGN_IN)], responses=refusals(is_signed_in=False))
async def read_ways(request: Request, here: Here) -> WaysAnswer:
    """How one signs in here."""

    def look() -> bool:
        with here.database.reading() as session:
            return needs_first_account(session)

    parts, language = here.sign_in, language_of(request)
    return WaysAnswer(
        needs_set_up=parts.first_run_code is not None and await here.people_workers.run(look),
        has_directory=parts.directory is not None,
        provider=parts.provider_labels.get(language) if parts.provider else None,
        policy=_text(parts.rules.policy, language),
    )


@router.post("/code", dependencies=[declares(Access.PUBLIC_SIGN_IN)], responses=refusals(401, 413))
async def give_code(body: CodeBody, request: Request, response: Response, here: Here) -> MeAnswer:
    """The second step of signing in, for the browser that made the first."""
    ticket, browser = TICKET.of(request), browser_of(request)
    async with noted(here) as tell:
        found = await here.people_workers.run(lambda: here.entrance.give_code(ticket, body.code, browser, tell))
    TICKET.take_away(response, is_secure=sign_in_cookie.is_https(request))
    return await let_in(found, request, response, here)


@router.post("/policy", dependencies=[declares(Access.OWN_SESSION)], responses=refusals(409, 413))
async def accept_policy(body: Acceptance, me: Me, by: By, here: Here) -> MeAnswer:
    """Accept the rules of watching, as they were shown."""
    policy = here.sign_in.rules.policy

    def accepted() -> Caller:
        if policy is not None:
            with here.database.writing() as session:
                accept(session, here.clock, need_account(session, me.name), policy, body.version, by)
        return here.door.caller(me.token)

    return answer(await here.people_workers.run(accepted), here)


def _text(policy: Policy | None, language: Language) -> PolicyText | None:
    return None if policy is None else PolicyText(version=policy.version, text=policy.texts[language])
