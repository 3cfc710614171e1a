"""What stands before addresses that answer with pictures or footage."""

from collections.abc import AsyncIterator
from uuid import UUID

from fastapi import Request

from vms.kernel.errors import Kind, VmsError
from web.acting import actor_of
from web.backends import Here
from web.watching.attempts import note_attempt

MAX_AT_ONCE = 64  # waiting or being made; whoever comes then is told `busy` before anything is asked of anybody


async def few_at_once(here: Here) -> AsyncIterator[None]:
    """Let in what can be served soon. VmsError(UNAVAILABLE, `busy`).

    It stands before the check of the right: a flood costs no look into the control database.
    """
    if here.pictures_in_work >= MAX_AT_ONCE:
        raise VmsError(Kind.UNAVAILABLE, "busy", "The server has its hands full. Try again in a moment.")
    here.pictures_in_work += 1
    try:
        yield
    finally:
        here.pictures_in_work -= 1


async def not_as_page(request: Request, here: Here) -> None:
    """Refuse an address opened as a page of its own, from where a browser would offer to save it (D-11.4b).

    Fetch Metadata is the browser's word; players in our pages fetch, pictures in them are images. It stands behind the
    check of the right, which knows whose attempt it is.
    """
    if request.headers.get("sec-fetch-mode") == "navigate":
        await note_attempt(here, actor_of(request), "opened_as_page", UUID(request.path_params["camera_id"]))
        raise VmsError(Kind.FORBIDDEN, "only_in_console", "Pictures are seen in the console only. Open it.")
