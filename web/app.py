"""Assembles the web application from what it is given."""

from collections.abc import AsyncIterator, Iterable, Sequence
from contextlib import asynccontextmanager
from functools import cache
from typing import Any
from zoneinfo import ZoneInfo

from fastapi import FastAPI
from starlette.routing import BaseRoute

from vms.kernel.clock import Clock
from web.api import (
    accounts,
    agreements,
    applications,
    assignments,
    attempts,
    audit,
    breaches,
    camera_register,
    cameras,
    central_recordings,
    deliveries,
    description,
    documents,
    events,
    exports,
    footage_drafts,
    footage_hashes,
    footage_records,
    footage_statistics,
    grants,
    health,
    hold_asks,
    holds,
    letters,
    live,
    mse,
    my_authority,
    my_unit,
    organisation,
    papers,
    people,
    playback,
    reminders,
    request_choices,
    request_work,
    requests,
    service,
    session,
    settings,
    shared_accounts,
    tours,
    training,
    training_sessions,
    views,
    work_orders,
)
from web.api.sign_in_routes import SIGN_IN
from web.authorisation import LOOPBACK, Network, networks, refuse_undeclared
from web.backends import Backends, Parts
from web.errors import answer_errors
from web.facts import NodeFacts
from web.overview import Observer
from web.pages.assets import add_assets
from web.pages.console import add_console
from web.pages.document import add_document_page
from web.sign_in import SignInParts
from web.status.health import add_health
from web.status.metrics import add_metrics
from web.status.page import add_status_page
from web.transfer.body_limit import BodyLimit
from web.transfer.same_origin import SameOrigin
from web.transfer.security_headers import SecurityHeaders
from web.workers import Workers

API = "/api/v1"
MACHINE_THREADS, MACHINE_WAITING = 4, 60
_RESOURCES = (
    session, cameras, events, live, mse, playback, views, tours, attempts, audit, health, camera_register,
    central_recordings, organisation, people, accounts, grants, assignments, agreements, shared_accounts, work_orders,
    papers, my_authority, my_unit, reminders, documents, training, training_sessions, breaches, letters,
    request_choices, requests, request_work, exports, deliveries, footage_drafts, footage_records, footage_hashes,
    footage_statistics, holds, hold_asks, applications, service, settings, description,
)  # fmt: skip


def create_app(
    facts: NodeFacts,
    clock: Clock,
    zone: ZoneInfo,
    parts: Parts,
    *,
    status_networks: Sequence[Network] = (),
    host_names: Iterable[str] = (),
    sign_in: SignInParts | None = None,
) -> FastAPI:
    """The application; nothing in it is global, so a test may have as many as it likes.

    `status_networks`: who beside this machine may read the status page. `host_names`: names the server answers to
    beside addresses and `localhost`. Without the control database `/healthz`, `/metrics`, `/status` go on, the API
    answers `database_unavailable`. Raises RuntimeError when a route declares no access.
    """
    observer = Observer(facts, clock)
    backends = Backends(parts, observer, clock, zone, sign_in)
    app = _without_routes(_life_of(backends))
    app.state.backends = backends
    app.state.status_networks = (*networks(LOOPBACK), *status_networks)
    app.state.host_names = frozenset(name.lower() for name in host_names)
    answer_errors(app)
    machine_workers = Workers("machines", MACHINE_THREADS, MACHINE_WAITING)
    add_health(app, observer, machine_workers)
    add_metrics(app, observer, machine_workers)
    add_status_page(app, observer, zone, machine_workers)
    add_document_page(app, zone, backends.institution)
    add_assets(app)
    _add_api(app)
    add_console(app, parts.console)
    refuse_undeclared(app)
    app.add_middleware(BodyLimit)
    app.add_middleware(SameOrigin)
    app.add_middleware(SecurityHeaders)
    return app


def document() -> dict[str, Any]:
    """The OpenAPI document of the API, from its routes alone: it needs no node, no server."""
    app = _without_routes()
    _add_api(app)
    return app.openapi()


def _without_routes(life: Any = None) -> FastAPI:
    return FastAPI(
        title="Nazar",
        version="1",
        docs_url=None,
        redoc_url=None,
        openapi_url=None,
        redirect_slashes=False,
        generate_unique_id_function=description.operation_id,
        lifespan=life,
    )


def _add_api(app: FastAPI) -> None:
    app.router.routes.extend(_api_routes())
    description.describe(app)


@cache
def _api_routes() -> tuple[BaseRoute, ...]:
    """They hold no state, and a hundred of them take half a second to build: one process builds them once."""
    app = _without_routes()
    for resource in (*SIGN_IN, *_RESOURCES):  # not by a router of routers: all would be built twice
        app.include_router(resource.router, prefix=API)
    return tuple(app.router.routes)


def _life_of(backends: Backends):  # type: ignore[no-untyped-def]  # noqa: ANN202 - Starlette's own type is not public
    @asynccontextmanager
    async def life(_app: FastAPI) -> AsyncIterator[None]:
        async with backends.running():
            yield

    return life
