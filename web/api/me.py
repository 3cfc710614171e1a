"""What a browser gets that somebody signed in with."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Literal
from uuid import UUID

from fastapi import Request, Response
from pydantic import BaseModel, Field

from vms.audit.entry import NewEntry
from vms.kernel.clock import US_PER_SECOND
from vms.people.entrance import Browser
from vms.people.roles import Action
from vms.people.rules import Role
from vms.people.sign_in import SignedIn, Tell
from vms.people.sign_in_rules import TICKET_US
from web.acting import peer
from web.backends import Backends
from web.callers import Caller, Step
from web.transfer import sign_in_cookie
from web.transfer.passing_cookie import PassingCookie

MAX_TEXT = 1_024  # more is neither a name nor a password
TICKET = PassingCookie("nazar_ticket", "/api/v1/session", "strict", TICKET_US // US_PER_SECOND)


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
    next_step: Step | None = Field(description="What must be done before anything else opens.")


class CodeAnswer(BaseModel):
    """The password was right; `POST /session/code` wants the second factor's code."""

    step: Literal["code"]
    until_us: int


def browser_of(request: Request) -> Browser:
    """Where the caller sits, with the session it had."""
    return Browser(peer(request), sign_in_cookie.token_of(request))


async def let_in(
    found: SignedIn, request: Request, response: Response, here: Backends, *, is_secure: bool = False
) -> MeAnswer:
    """Give the browser its session; whatever the new one closed ends now."""
    caller = await here.people_workers.run(lambda: here.door.caller(found.token))
    sign_in_cookie.put(request, response, found.token, is_secure=is_secure)
    here.views.recheck_soon()
    return answer(caller, here)


@asynccontextmanager
async def noted(here: Backends) -> AsyncIterator[Tell]:
    """Have refusals of the block logged that left nothing in the database; there may be any number of them."""
    refused: list[NewEntry] = []
    try:
        yield refused.append
    finally:
        for new in refused:
            await here.trail.note(new)


def answer(caller: Caller, here: Backends) -> MeAnswer:
    """What the console learns of the caller."""
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
        next_step=caller.next_step,
    )
