"""Who may call a route: every route says it, nothing is open by forgetting."""

import ipaddress
from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence
from enum import StrEnum
from typing import Annotated, Any
from uuid import UUID

from fastapi import Depends, FastAPI
from fastapi.routing import APIRoute, APIWebSocketRoute, iter_route_contexts
from starlette.requests import HTTPConnection
from starlette.routing import BaseRoute

from vms.audit.entry import NewEntry, Subject
from vms.audit.rules import Act
from vms.authority.rules import Basis, Mode
from vms.kernel.errors import Kind, VmsError
from vms.kernel.span import Span
from vms.people.roles import Action, roles_that_may
from web.acting import actor_of
from web.backends import backends_of
from web.callers import Caller, Step
from web.transfer.sign_in_cookie import token_of

LOOPBACK = ("127.0.0.0/8", "::1/128")
Network = ipaddress.IPv4Network | ipaddress.IPv6Network


class Access(StrEnum):
    """What a route asks of its caller."""

    PUBLIC_HEALTH = "public_health"  # anybody: a load balancer needs one word; names no camera
    PUBLIC_ASSET = "public_asset"  # anybody: style sheets, the mark
    PUBLIC_PAGE = "public_page"  # anybody: the console's frame without any content; what it then asks is checked
    PUBLIC_SIGN_IN = "public_sign_in"  # anybody: proving who one is
    NODE_STATUS = "node_status"  # callers from the node itself or the networks its operator opened
    OWN_SESSION = "own_session"  # who is signed in, also with a step of the sign-in before them
    SIGNED_IN = "signed_in"
    CAMERA_LIVE = "camera_live"  # who has a right to see the path's `camera_id` now
    CAMERA_PLAYBACK = "camera_playback"  # who has a right to see its footage


def networks(words: Iterable[str]) -> Sequence[Network]:
    """The networks that these words mean; VmsError(INVALID, `settings_invalid`) for a word that means none."""
    try:
        return [ipaddress.ip_network(word) for word in words]
    except ValueError as err:
        raise VmsError(Kind.INVALID, "settings_invalid", f"{err}. Write a network as 10.1.0.0/16.") from err


def declares(access: Access) -> Any:
    """The dependency that declares a route's access and enforces it."""
    return Depends(_CHECKS[access])


def declares_action(action: Action) -> Any:
    """The same for a route that is for people whose duty includes `action`."""
    return Depends(_ACTION_CHECKS[action])


def declared(route: BaseRoute) -> Access | Action | None:
    """What a route declares itself, of several duties the first; None when nothing (mounts and bare routes cannot)."""
    if not isinstance(route, APIRoute | APIWebSocketRoute):
        return None
    calls = [dependency.call for dependency in route.dependant.dependencies]
    access = next((access for access, check in _CHECKS.items() if check in calls), None)
    return access or next((action for call in calls for action, check in _ACTION_CHECKS.items() if check is call), None)


def refuse_undeclared(app: FastAPI) -> None:
    """Raise RuntimeError at assembly for a route without a declaration, included routers walked too."""
    for context in iter_route_contexts(app.routes):
        if declared(context.original_route) is None:
            raise RuntimeError(f"route {context.path!r} declares no access")


def caller_of(connection: HTTPConnection) -> Caller:
    """Who calls a route that asks for somebody."""
    caller = connection.state.caller
    assert isinstance(caller, Caller)
    return caller


def basis_of(connection: HTTPConnection) -> Basis:
    """On what basis the caller of a camera's route may see it."""
    basis = connection.state.basis
    assert isinstance(basis, Basis)
    return basis


Me = Annotated[Caller, Depends(caller_of)]


def _anybody(connection: HTTPConnection) -> None:
    """Let every caller in."""


def _anybody_asset(connection: HTTPConnection) -> None:
    """Let every caller in; what is served is part of the program."""


def _anybody_page(connection: HTTPConnection) -> None:
    """Let every caller in; the page has no content before its script asked for some."""


def _anybody_sign_in(connection: HTTPConnection) -> None:
    """Let every caller in; what the route does is finding out who it is."""


async def _own_session(connection: HTTPConnection) -> None:
    """Let people in who are signed in. VmsError `sign_in_needed`."""
    backends = backends_of(connection)
    token = token_of(connection)
    connection.state.caller = await backends.people_workers.run(lambda: backends.door.caller(token))


async def _signed_in(connection: HTTPConnection) -> None:
    """The same without those who have a step of their sign-in before them."""
    await _own_session(connection)
    step = caller_of(connection).next_step
    if step is not None:
        raise VmsError(Kind.FORBIDDEN, *_STEPS[step])


_STEPS: Mapping[Step, tuple[str, str]] = {
    "password": ("password_change_needed", "Choose a password of your own first."),
    "second_factor": ("second_factor_set_up_needed", "Set up your second factor first."),
    "policy": ("policy_acceptance_needed", "Read the rules of watching and accept them first."),
}


def _check_of(action: Action) -> Callable[[HTTPConnection], Awaitable[None]]:
    async def check(connection: HTTPConnection) -> None:
        """Let people in whose duty it is. It shows them no picture."""
        await _signed_in(connection)
        if not caller_of(connection).may(action):
            raise VmsError(
                Kind.FORBIDDEN, *_TEACHES.get(action, _NOT_ALLOWED), action=action, roles=list(roles_that_may(action))
            )

    return check


_NOT_ALLOWED = "action_not_allowed", "This is not among your duties. Ask somebody whose duty it is."
# What somebody of another unit is told who tries this, in words of its own (edge-48).
_TEACHES: Mapping[Action, tuple[str, str]] = {
    Action.SIGN_RECORD: (
        "supervisor_signature_missing",
        "Records of footage are signed by the chief (şef) or the manager (müdür) of the surveillance unit.",
    )
}


async def _camera_live(connection: HTTPConnection) -> None:
    """Let people in who may see the camera now; an unknown camera and a forbidden one are answered alike."""
    await _camera(connection, Mode.LIVE, None)


async def _camera_playback(connection: HTTPConnection) -> None:
    """Let people in who may see the camera's footage of the span they ask for."""
    await _camera(connection, Mode.PLAYBACK, _span_of(connection))


async def _camera(connection: HTTPConnection, mode: Mode, span: Span | None) -> None:
    await _signed_in(connection)
    await ask_right(connection, mode, span)


async def ask_right(connection: HTTPConnection, mode: Mode, span: Span | None) -> None:
    """Whether the caller may see the path's camera now, or its footage of `span`; `basis_of` tells on what basis.

    A refusal is written down.
    """
    backends, caller = backends_of(connection), caller_of(connection)
    camera_id = _camera_id(connection)
    now_us = backends.clock.now_us()
    try:
        connection.state.basis = await backends.people_workers.run(
            lambda: backends.authority.may(caller.account_id, camera_id, mode, span, now_us)
        )
    except VmsError as err:
        if err.kind is Kind.FORBIDDEN:
            await _note_refusal(connection, camera_id, mode, span, err.code)
        raise


async def _note_refusal(connection: HTTPConnection, camera_id: UUID, mode: Mode, span: Span | None, code: str) -> None:
    backends = backends_of(connection)
    new = NewEntry(
        act=Act.VIEW_REFUSED, actor=actor_of(connection), subject=Subject("camera", str(camera_id)),
        camera_id=camera_id, mode=mode.value, outcome=code, from_us=span.start_us if span else None,
        until_us=span.end_us if span else None,
    )  # fmt: skip
    await backends.trail.note(new, lambda: backends.name_of(camera_id))


def _camera_id(connection: HTTPConnection) -> UUID:
    try:
        return UUID(connection.path_params["camera_id"])
    except ValueError:
        return UUID(int=0)  # no camera: answered as one that may not be seen


def _span_of(connection: HTTPConnection) -> Span | None:
    """The span that `start`, `end` (or `at`) name; None when they name none, which the route itself refuses."""
    asked = connection.query_params
    start, end = asked.get("start", asked.get("at", "")), asked.get("end", "")
    try:
        start_us = int(start)
        end_us = int(end) if end else start_us + 1
        return Span(start_us, end_us)
    except ValueError:
        return None


def _from_the_node(connection: HTTPConnection) -> None:
    """Let callers in from the networks of `app.state.status_networks`, by the address of the socket's peer.

    A forwarded-for header counts only from proxies that the settings name. The host name must be an address,
    `localhost` or a configured name: a foreign page whose name was pointed at 127.0.0.1 must not read this one through
    the operator's browser.
    """
    peer = connection.client.host if connection.client else ""
    if not _is_in(peer, connection.app.state.status_networks):
        raise VmsError(
            Kind.FORBIDDEN, "address_not_allowed",
            "The status is shown to this machine only. Start `vms web` with --allow and your network to open it.",
        )  # fmt: skip
    if not _is_trusted_name(connection.url.hostname or "", connection.app.state.host_names):
        raise VmsError(
            Kind.FORBIDDEN, "host_not_allowed",
            "The server does not answer to this name. Use its address, or start `vms web` with --name.",
        )  # fmt: skip


def _is_in(address: str, allowed: Sequence[Network]) -> bool:
    try:
        parsed = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return False
    mapped = getattr(parsed, "ipv4_mapped", None)
    parsed = mapped or parsed
    return any(parsed in network for network in allowed if network.version == parsed.version)


def _is_trusted_name(name: str, names: frozenset[str]) -> bool:
    try:
        ipaddress.ip_address(name.strip("[]"))
    except ValueError:
        return name.lower() == "localhost" or name.lower() in names
    return True


_CHECKS: dict[Access, Callable[[HTTPConnection], Awaitable[None] | None]] = {
    Access.PUBLIC_HEALTH: _anybody,
    Access.PUBLIC_ASSET: _anybody_asset,
    Access.PUBLIC_PAGE: _anybody_page,
    Access.PUBLIC_SIGN_IN: _anybody_sign_in,
    Access.NODE_STATUS: _from_the_node,
    Access.OWN_SESSION: _own_session,
    Access.SIGNED_IN: _signed_in,
    Access.CAMERA_LIVE: _camera_live,
    Access.CAMERA_PLAYBACK: _camera_playback,
}
_ACTION_CHECKS: dict[Action, Callable[[HTTPConnection], Awaitable[None]]] = {
    action: _check_of(action) for action in Action
}
