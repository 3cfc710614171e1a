"""The HTTP side of the device."""

import asyncio

from starlette.applications import Starlette
from starlette.background import BackgroundTask
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from starlette.routing import Route

from recorder.simcam.onvif.dispatcher import Dispatcher
from recorder.simcam.onvif.door import Door, HttpCredentials, NotAuthorizedError
from recorder.simcam.onvif.profiles import stream_of_profile
from recorder.simcam.onvif.service import Call
from recorder.simcam.onvif.soap import CONTENT_TYPE, SoapFaultError, fault_status, write_fault
from recorder.simcam.onvif.stream_address import SNAPSHOT_PATH, TakeSnapshot
from recorder.simcam.onvif.subject import OnvifSubject

MAX_REQUEST_BYTES = 64 * 1024
BODY_TIMEOUT_S = 10.0


class TooLargeError(Exception):
    """The body is longer than any honest request."""


async def _read_body(request: Request) -> bytes:
    """The whole body; TooLargeError as soon as it is too long, TimeoutError when it drips."""
    parts: list[bytes] = []
    size = 0
    async with asyncio.timeout(BODY_TIMEOUT_S):
        async for part in request.stream():
            size += len(part)
            if size > MAX_REQUEST_BYTES:
                raise TooLargeError
            parts.append(part)
    return b"".join(parts)


def _credentials(request: Request) -> HttpCredentials:
    return HttpCredentials(request.headers.get("authorization"), request.method, request.url.path)


def _refusal(fault: SoapFaultError) -> Response:
    challenges = fault.challenges if isinstance(fault, NotAuthorizedError) else []
    response = Response(write_fault(fault), 401 if challenges else fault_status(fault), media_type=CONTENT_TYPE)
    for challenge in challenges:
        response.headers.append("www-authenticate", challenge)
    return response


class HttpFront:
    """Reads bounded requests, hands them to the dispatcher, never lets an error end the server."""

    def __init__(
        self, subject: OnvifSubject, dispatcher: Dispatcher, door: Door, take_snapshot: TakeSnapshot | None
    ) -> None:
        self._subject = subject
        self._dispatcher = dispatcher
        self._door = door
        self._take_snapshot = take_snapshot
        self.app = Starlette(
            routes=[
                Route(SNAPSHOT_PATH + "{token}", self._snapshot, methods=["GET"]),
                Route("/onvif/{path:path}", self._soap, methods=["POST"]),
            ]
        )

    async def _soap(self, request: Request) -> Response:
        found = self._dispatcher.service_at(request.url.path)
        if found is None:
            return Response(status_code=404)
        service, tail = found
        try:
            data = await _read_body(request)
        except TooLargeError:
            return Response(status_code=413, headers={"connection": "close"})
        except (TimeoutError, ClientDisconnect):
            return Response(status_code=408, headers={"connection": "close"})
        host, port = request.scope["server"]
        shown = f"[{host}]" if ":" in host else host
        call = Call(None, host, f"http://{shown}:{port}", tail)
        try:
            answer = await self._dispatcher.answer(service, data, call, _credentials(request))
        except SoapFaultError as fault:
            return _refusal(fault)
        return Response(answer, media_type=CONTENT_TYPE, background=BackgroundTask(self._run, call))

    async def _run(self, call: Call) -> None:
        for action in call.after:
            action()

    async def _snapshot(self, request: Request) -> Response:
        try:
            self._door.check(None, _credentials(request))
            stream = stream_of_profile(self._subject, request.path_params["token"])
        except NotAuthorizedError as fault:
            return _refusal(fault)
        except SoapFaultError:
            return Response(status_code=404)
        if self._take_snapshot is None:
            return Response(status_code=404)
        picture = await asyncio.to_thread(self._take_snapshot, stream)
        return Response(picture, media_type="image/jpeg")
