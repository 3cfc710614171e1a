"""`/session/oidc`: signing in on the institution's own page."""

from typing import TYPE_CHECKING, Annotated, Any
from urllib.parse import urlencode

from fastapi import APIRouter, Query, Request
from fastapi.responses import RedirectResponse

from vms.kernel.clock import US_PER_SECOND
from vms.kernel.errors import Kind, VmsError
from vms.people.directory.addresses import own_place
from vms.people.directory.flow import FLOW_US, Flow
from vms.people.sign_in import SignedIn, Tell
from web.api.me import browser_of, let_in, noted
from web.authorisation import Access, declares
from web.backends import Backends, Here
from web.problems import refusals
from web.transfer.passing_cookie import PassingCookie

if TYPE_CHECKING:
    from vms.people.directory.oidc import OidcProvider

router = APIRouter(prefix="/session/oidc", tags=["session"])

MAX_PLACE = 500
# Lax: it is the provider's page that sends the browser back.
FLOW = PassingCookie("nazar_flow", "/api/v1/session/oidc", "lax", FLOW_US // US_PER_SECOND)
_SENT_ON: dict[int | str, Any] = {303: {"description": "The browser is sent on"}}


@router.get(
    "",
    status_code=303,
    response_class=RedirectResponse,
    dependencies=[declares(Access.PUBLIC_SIGN_IN)],
    responses={**_SENT_ON, **refusals(404, is_signed_in=False)},
)
async def begin_at_provider(
    here: Here, to: Annotated[str, Query(max_length=MAX_PLACE, description="A place in the console.")] = "/"
) -> RedirectResponse:
    """Send the browser to the institution's page."""
    provider = _provider(here)
    try:
        url, flow = await here.directory_workers.run(lambda: provider.begin(own_place(to)))
    except VmsError as err:
        return _failed(err)
    sent = RedirectResponse(url, 303)
    FLOW.put(sent, flow.sealed(here.sign_in.box), is_secure=provider.is_over_tls)
    return sent


@router.get(
    "/back",
    status_code=303,
    response_class=RedirectResponse,
    dependencies=[declares(Access.PUBLIC_SIGN_IN)],
    responses={**_SENT_ON, **refusals(404, is_signed_in=False)},
)
async def come_back(request: Request, here: Here) -> RedirectResponse:
    """Where the institution's page sends the browser: into the console, or to the sign-in page with what went wrong."""
    provider, sealed, browser = _provider(here), FLOW.of(request), browser_of(request)
    answer = dict(request.query_params)

    def finish(tell: Tell) -> tuple[SignedIn, str]:
        flow = Flow.opened(here.sign_in.box, sealed, here.clock.now_us())
        return here.entrance.by_provider(provider.finish(flow, answer), browser, tell), flow.place

    try:
        async with noted(here) as tell:
            found, place = await here.directory_workers.run(lambda: finish(tell))
    except VmsError as err:
        back = _failed(err)
    else:
        back = RedirectResponse(place, 303)
        await let_in(found, request, back, here, is_secure=provider.is_over_tls)
    FLOW.take_away(back, is_secure=provider.is_over_tls)
    return back


def _provider(here: Backends) -> "OidcProvider":
    if here.sign_in.provider is None:
        raise VmsError(Kind.NOT_FOUND, "no_provider", "People sign in with a password here. Use the sign-in page.")
    return here.sign_in.provider


def _failed(err: VmsError) -> RedirectResponse:
    """A person sits before this answer, not a program: the console says what the code means."""
    return RedirectResponse("/sign-in?" + urlencode({"problem": err.code}), 303)
