"""`/events`: what changes, as it changes."""

from typing import Annotated

from fastapi import APIRouter, Header
from fastapi.responses import StreamingResponse

from web.authorisation import Access, Me, declares
from web.backends import Here
from web.problems import refusals

router = APIRouter(prefix="/events", tags=["events"])

MEDIA_TYPE = "text/event-stream"


@router.get(
    "",
    dependencies=[declares(Access.SIGNED_IN)],
    response_class=StreamingResponse,
    responses={200: {"content": {MEDIA_TYPE: {"schema": {"type": "string"}}}}, **refusals()},
)
async def listen(me: Me, here: Here, last_event_id: Annotated[str, Header()] = "") -> StreamingResponse:
    """Server-sent events.

    `hello` {server_time_us}; `camera` (as in `/cameras`); `camera_gone` {id}; `rights` {}: ask for the cameras anew;
    `volume` {uuid, state}, `alarms` {count}: for those who may see the node's health; `export` {request_id, number,
    state, …}: a package went on, for those who may see requests; `session` {ended, code}: the stream ends. With
    `Last-Event-ID` what was missed comes first.
    """
    allowed = await here.people_workers.run(lambda: here.door.rights(me))
    lines = here.event_stream.lines(me, allowed, last_event_id)
    headers = {"Cache-Control": "no-store", "X-Accel-Buffering": "no"}
    return StreamingResponse(lines, media_type=MEDIA_TYPE, headers=headers)
