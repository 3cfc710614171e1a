"""`/live`: pictures of now, over WebRTC or a WebSocket, or one at a time."""

import asyncio
from http import HTTPMethod
from typing import Annotated

from fastapi import APIRouter, Depends, Path, Request, Response

from vms.archive.model import StreamKey
from vms.audit.entry import Actor
from vms.authority.rules import Basis, Mode
from vms.kernel.errors import Kind, VmsError
from web.acting import By
from web.api.asked import CameraId, Stream, WidthPx
from web.authorisation import Access, Me, basis_of, declares
from web.backends import Backends, Here
from web.problems import refusals
from web.watching.open_views import OpenView
from web.watching.picture_gate import few_at_once, not_as_page

router = APIRouter(prefix="/live", tags=["live"])

SDP = "application/sdp"
FRAGMENT = "application/trickle-ice-sdpfrag"
FOLLOW_S = 5.0
_TEXT = {"schema": {"type": "string"}}

SecretId = Annotated[str, Path(max_length=64)]


@router.post(
    "/{camera_id}/whep",
    status_code=201,
    dependencies=[declares(Access.CAMERA_LIVE)],
    response_class=Response,
    responses={
        201: {
            "content": {SDP: _TEXT},
            "headers": {"Location": {"schema": {"type": "string"}, "description": "The session, for its holder only."}},
        },
        **refusals(409, 413, 415),
    },
    openapi_extra={"requestBody": {"required": True, "content": {SDP: _TEXT}}},
)
async def begin_webrtc(
    camera_id: CameraId, request: Request, me: Me, by: By, here: Here, stream: Stream = "main"
) -> Response:
    """Answer a WebRTC offer (WHEP). The session ends by itself when the right to see the camera does."""
    offer = await _text(request, SDP)
    address = request.client.host if request.client else ""
    basis = basis_of(request)
    view = here.views.add(me, camera_id, Mode.LIVE, basis.until_us)

    async def refusal() -> str | None:
        return view.reason.code if view.reason else None

    try:
        created = await here.whep.create(
            StreamKey(camera_id, stream), offer, refusal, owner=str(me.session_id), called_from=address
        )
        await _written_down(here, view, by, basis, stream, created.secret_id)
    except BaseException:
        here.views.remove(view)
        raise
    here.keep(asyncio.create_task(_follow(here, view, created.secret_id, str(me.session_id))))
    headers = {"Location": f"/api/v1/live/sessions/{created.secret_id}", "Accept-Patch": FRAGMENT}
    return Response(created.answer_sdp, 201, headers, SDP)


@router.api_route(
    "/sessions/{secret_id}",
    methods=[HTTPMethod.GET],
    status_code=204,
    dependencies=[declares(Access.SIGNED_IN)],
    responses=refusals(404, 410),
)
@router.api_route(
    "/sessions/{secret_id}",
    methods=[HTTPMethod.HEAD],
    status_code=204,
    dependencies=[declares(Access.SIGNED_IN)],
    include_in_schema=False,
)
async def look_at_webrtc(secret_id: SecretId, me: Me, here: Here) -> None:
    """Whether a session is still open."""
    here.whep.check(secret_id, str(me.session_id))


@router.patch(
    "/sessions/{secret_id}",
    status_code=204,
    dependencies=[declares(Access.SIGNED_IN)],
    responses=refusals(404, 410, 413, 415),
    openapi_extra={"requestBody": {"required": True, "content": {FRAGMENT: _TEXT}}},
)
async def add_candidates(secret_id: SecretId, request: Request, me: Me, here: Here) -> None:
    """Take note of further candidates: none is needed, the viewer's own checks bring its address."""
    await _text(request, FRAGMENT)
    here.whep.check(secret_id, str(me.session_id))


@router.delete(
    "/sessions/{secret_id}", status_code=204, dependencies=[declares(Access.SIGNED_IN)], responses=refusals(404)
)
async def end_webrtc(secret_id: SecretId, me: Me, here: Here) -> None:
    """Leave a session; one that the server has ended meanwhile is left as well."""
    try:
        here.whep.check(secret_id, str(me.session_id))
    except VmsError as err:
        if err.kind is Kind.GONE:
            return
        raise
    await here.whep.end(secret_id, "viewer_left")


@router.get(
    "/{camera_id}/snapshot.jpg",
    dependencies=[Depends(few_at_once), declares(Access.CAMERA_LIVE), Depends(not_as_page)],
    response_class=Response,
    responses={200: {"content": {"image/jpeg": {"schema": {"type": "string", "format": "binary"}}}}, **refusals()},
)
async def read_snapshot(
    camera_id: CameraId, request: Request, by: By, here: Here, stream: Stream | None = None, width: WidthPx = 320
) -> Response:
    """A picture some seconds old at most, never one of the past; of the smaller stream where there is one."""
    if stream is None:
        camera = await here.people_workers.run(lambda: here.observer.registered(str(camera_id)))
        stream = "sub" if camera is not None and camera.has_sub else "main"
    snapshot = await here.snapshots.take(StreamKey(camera_id, stream), width)
    await here.watches.still(by, camera_id, Mode.LIVE, basis_of(request), snapshot.at_us)
    headers = {"Cache-Control": "no-store", "Nazar-Frame-Time-Us": str(snapshot.at_us)}
    return Response(snapshot.jpeg, headers=headers, media_type="image/jpeg")


async def _text(request: Request, media_type: str) -> str:
    """The body as text. VmsError: `media_type_wrong`, `request_invalid`."""
    given = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if given != media_type:
        raise VmsError(Kind.INVALID, "media_type_wrong", f"Send {media_type} here.")
    try:
        return (await request.body()).decode()
    except UnicodeDecodeError as err:
        raise VmsError(Kind.INVALID, "request_invalid", "The request is no UTF-8. Correct it.") from err


async def _written_down(here: Backends, view: OpenView, by: Actor, basis: Basis, stream: str, secret_id: str) -> None:
    """Log the view. Until its answer is known to the browser no picture flows; without an entry it never is."""
    try:
        await here.watches.live(view, by, basis, stream)
    except BaseException:
        await here.whep.end(secret_id, "not_logged")
        raise


async def _follow(here: Backends, view: OpenView, secret_id: str, owner: str) -> None:
    """End the session as soon as its view must end; forget the view when the session is over."""
    try:
        while view.reason is None:
            try:
                async with asyncio.timeout(FOLLOW_S):
                    await view.ended.wait()
            except TimeoutError:
                here.whep.check(secret_id, owner)
        await here.whep.end(secret_id, view.reason.code)
    except VmsError:
        return  # over already
    finally:
        here.views.remove(view)
