"""Who may call a route: every route says it, nothing is open by forgetting."""

import ipaddress
from collections.abc import Callable, Iterable, Sequence
from enum import StrEnum
from typing import Any

from fastapi import Depends, FastAPI, Request
from fastapi.routing import APIRoute, iter_route_contexts
from starlette.routing import BaseRoute

from vms.kernel.errors import Kind, VmsError

LOOPBACK = ("127.0.0.0/8", "::1/128")
Network = ipaddress.IPv4Network | ipaddress.IPv6Network


class Access(StrEnum):
    """What a route asks of its caller."""

    PUBLIC_HEALTH = "public_health"  # anybody: a load balancer needs one word; names no camera
    PUBLIC_ASSET = "public_asset"  # anybody: style sheets, the mark
    NODE_STATUS = "node_status"  # callers from the node itself or the networks its operator opened


def networks(words: Iterable[str]) -> Sequence[Network]:
    """The networks that these words mean; VmsError(INVALID, `settings_invalid`) for a word that means none."""
    try:
        return [ipaddress.ip_network(word) for word in words]
    except ValueError as err:
        raise VmsError(Kind.INVALID, "settings_invalid", f"{err}. Write a network as 10.1.0.0/16.") from err


def declares(access: Access) -> Any:
    """The dependency that declares a route's access and enforces it."""
    return Depends(_CHECKS[access])


def declared(route: BaseRoute) -> Access | None:
    """What a route declares itself; None when it declares nothing (mounts and bare routes cannot)."""
    if not isinstance(route, APIRoute):
        return None
    calls = [dependency.call for dependency in route.dependant.dependencies]
    return next((access for access, check in _CHECKS.items() if check in calls), None)


def refuse_undeclared(app: FastAPI) -> None:
    """Raise RuntimeError at assembly for a route without a declaration, included routers walked too."""
    for context in iter_route_contexts(app.routes):
        if declared(context.original_route) is None:
            raise RuntimeError(f"route {context.path!r} declares no access")


def _anybody(request: Request) -> None:
    """Let every caller in."""


def _anybody_asset(request: Request) -> None:
    """Let every caller in; what is served is part of the program."""


def _from_the_node(request: Request) -> None:
    """Let callers in from the networks of `app.state.status_networks`, by the socket's peer address.

    A forwarded-for header is never believed. The host name must be an address, `localhost` or a configured name:
    a foreign page whose name was pointed at 127.0.0.1 must not read this one through the operator's browser.
    """
    peer = request.client.host if request.client else ""
    if not _is_in(peer, request.app.state.status_networks):
        raise VmsError(
            Kind.FORBIDDEN, "address_not_allowed",
            "The status is shown to this machine only. Start `vms web` with --allow and your network to open it.",
        )  # fmt: skip
    if not _is_trusted_name(request.url.hostname or "", request.app.state.host_names):
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


_CHECKS: dict[Access, Callable[[Request], None]] = {
    Access.PUBLIC_HEALTH: _anybody,
    Access.PUBLIC_ASSET: _anybody_asset,
    Access.NODE_STATUS: _from_the_node,
}
