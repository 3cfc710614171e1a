"""Assembles the web application from what it is given."""

from collections.abc import Iterable, Sequence
from zoneinfo import ZoneInfo

from fastapi import FastAPI

from vms.kernel.clock import Clock
from web.assets import add_assets
from web.authorisation import LOOPBACK, Network, networks, refuse_undeclared
from web.errors import answer_errors
from web.facts import NodeFacts
from web.health import add_health
from web.metrics import add_metrics
from web.overview import Observer
from web.security_headers import SecurityHeaders
from web.status_page import add_status_page


def create_app(
    facts: NodeFacts,
    clock: Clock,
    zone: ZoneInfo,
    *,
    status_networks: Sequence[Network] = (),
    host_names: Iterable[str] = (),
) -> FastAPI:
    """The application; nothing in it is global, so a test may have as many as it likes.

    `status_networks`: who beside this machine may read the status page. `host_names`: names the server answers to
    beside addresses and `localhost`. Raises RuntimeError when a route declares no access.
    """
    app = FastAPI(title="Nazar", docs_url=None, redoc_url=None, openapi_url=None)
    app.state.status_networks = (*networks(LOOPBACK), *status_networks)
    app.state.host_names = frozenset(name.lower() for name in host_names)
    answer_errors(app)
    observer = Observer(facts, clock)
    add_health(app, observer)
    add_metrics(app, observer)
    add_status_page(app, observer, zone)
    add_assets(app)
    refuse_undeclared(app)
    app.add_middleware(SecurityHeaders)
    return app
