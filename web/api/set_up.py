"""`/set-up`: the first administrator of a new node."""

from typing import Literal

from fastapi import APIRouter, Request, Response
from pydantic import BaseModel, ConfigDict, Field

from vms.audit.entry import Actor
from vms.kernel.errors import Kind, VmsError
from vms.people.first_run import MAX_CODE_CHARACTERS, create_first_account, forget_code
from vms.people.rules import Role
from vms.people.service import NewAccount
from vms.people.sign_in import SignedIn
from web.acting import peer
from web.api.me import MAX_TEXT, MeAnswer, browser_of, let_in
from web.authorisation import Access, declares
from web.backends import Here
from web.problems import refusals

router = APIRouter(prefix="/set-up", tags=["session"])


class FirstAdministrator(BaseModel):
    """Who will administer the node, with the code from the server's terminal."""

    model_config = ConfigDict(extra="forbid")

    code: str = Field(max_length=MAX_CODE_CHARACTERS, repr=False)
    name: str = Field(max_length=MAX_TEXT)
    display_name: str = Field(max_length=MAX_TEXT)
    password: str = Field(max_length=MAX_TEXT, repr=False)
    language: Literal["tr", "en"] = "tr"


@router.post("", dependencies=[declares(Access.PUBLIC_SIGN_IN)], responses=refusals(409, 413, is_signed_in=False))
async def create_first_administrator(
    body: FirstAdministrator, request: Request, response: Response, here: Here
) -> MeAnswer:
    """Create the first administrator and sign them in. Possible while there is no account."""
    path, browser = here.sign_in.first_run_code, browser_of(request)
    if path is None:
        raise VmsError(Kind.CONFLICT, "set_up_over", "This node has been set up already. Sign in.")
    new = NewAccount(
        name=body.name, display_name=body.display_name, roles=[Role.SYSADMIN], password=body.password,
        language=body.language,
    )  # fmt: skip

    def create() -> SignedIn:
        by, passwords = Actor(None, "first run", None, peer(request)), here.sign_in.passwords
        with here.database.writing() as session:
            account = create_first_account(session, here.clock, path, body.code, new, passwords=passwords, by=by)
            found = here.entrance.open_first(session, account, browser)
        forget_code(path)
        return found

    return await let_in(await here.sign_in_workers.run(create), request, response, here)
