"""`/live/…/mse`: live pictures over a WebSocket for Media Source Extensions."""

import asyncio
from contextlib import aclosing, suppress

from fastapi import APIRouter, WebSocket, WebSocketDisconnect

from streams.mse import mse_messages
from vms.archive.model import StreamKey
from vms.authority.rules import Mode
from vms.kernel.errors import VmsError
from web.acting import By
from web.api.asked import CameraId, Stream
from web.authorisation import Access, Me, basis_of, declares
from web.backends import Here
from web.errors import end_websocket

router = APIRouter(prefix="/live")

GOODBYE_S = 1.0  # a viewer that does not read gets no reason
MAX_WORDS = 256  # what a viewer may say meanwhile; none of it means anything


@router.websocket("/{camera_id}/mse", dependencies=[declares(Access.CAMERA_LIVE)])
async def watch_by_mse(
    socket: WebSocket, camera_id: CameraId, me: Me, by: By, here: Here, stream: Stream = "main"
) -> None:
    """Send the messages of `streams.mse` until the viewer leaves or the right to see the camera ends."""
    basis = basis_of(socket)
    with here.views.open(me, camera_id, Mode.LIVE, basis.until_us) as view:
        await socket.accept()
        await here.watches.live(view, by, basis, stream)
        sending = asyncio.create_task(_send(socket, here, StreamKey(camera_id, stream)))
        leaving = asyncio.create_task(_until_gone(socket))
        ended = asyncio.create_task(view.ended.wait())
        work = (sending, leaving, ended)
        try:
            await asyncio.wait(work, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for task in work:
                task.cancel()
            results = await asyncio.gather(*work, return_exceptions=True)
    reason = view.reason or next((result for result in results if isinstance(result, VmsError)), None)
    if reason is not None:
        with suppress(TimeoutError, WebSocketDisconnect, RuntimeError):
            async with asyncio.timeout(GOODBYE_S):
                await end_websocket(socket, reason)


async def _send(socket: WebSocket, here: Here, key: StreamKey) -> None:
    """Pass messages on as fast as the viewer reads; what it does not read in time, the hub drops."""
    async with aclosing(mse_messages(here.hub, key, here.clock)) as messages:
        async for message in messages:
            if isinstance(message, bytes):
                await socket.send_bytes(message)
            else:
                await socket.send_json(message)


async def _until_gone(socket: WebSocket) -> None:
    for _ in range(MAX_WORDS):
        if (await socket.receive())["type"] == "websocket.disconnect":
            return
