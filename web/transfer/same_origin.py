"""Refusal of requests that another site's page makes in a signed-in person's browser."""

from fastapi import Request
from starlette.datastructures import Headers
from starlette.requests import HTTPConnection
from starlette.types import ASGIApp, Receive, Scope, Send

from vms.kernel.errors import Kind, VmsError
from web.errors import problem

SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS", "TRACE"})  # RFC 9110 §9.2.1
_DEFAULT_PORTS = {"http": "80", "https": "443"}


class SameOrigin:
    """ASGI layer before unsafe methods and WebSockets: `Origin` (RFC 6454) names this host or is not there.

    The cookie is SameSite=Strict already; this holds where a browser does not, or where the foreign page lies on
    another port of this host, which counts as the same site. Only host and port are compared: a proxy that ends TLS
    changes the scheme. Programs send no Origin.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """See the ASGI specification."""
        if not _is_checked(scope) or is_same_origin(HTTPConnection(scope).headers):
            await self._app(scope, receive, send)
        elif scope["type"] == "websocket":
            await send({"type": "websocket.close", "code": 4403})  # before `accept`: the handshake is answered 403
        else:
            err = VmsError(Kind.FORBIDDEN, "origin_not_allowed", "Another site asked for this. Use Nazar's own pages.")
            await problem(Request(scope), err)(scope, receive, send)


def is_same_origin(headers: Headers) -> bool:
    """Whether `Origin` is absent or names the host that `Host` names."""
    origins = headers.getlist("origin")
    if not origins:
        return True
    if len(origins) > 1:
        return False
    scheme, _, place = origins[0].lower().partition("://")
    host = headers.get("host", "").lower()
    return bool(place) and _with_port(place, scheme) == _with_port(host, scheme)


def _is_checked(scope: Scope) -> bool:
    return scope["type"] == "websocket" or (scope["type"] == "http" and scope["method"] not in SAFE_METHODS)


def _with_port(place: str, scheme: str) -> str:
    bare = place.rpartition("]")[2]  # an IPv6 address has colons of its own
    return place if ":" in bare else f"{place}:{_DEFAULT_PORTS.get(scheme, '')}"
