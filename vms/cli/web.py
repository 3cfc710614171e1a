"""`vms web`: the status page, health and figures over HTTP."""

import logging
from pathlib import Path
from typing import Annotated
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import typer
import uvicorn
from fastapi import FastAPI

from vms.cli.machine_checks import ZONE
from vms.cli.node_facts import LocalNode
from vms.cli.settings import DEFAULT_DATA, DataOption, DataPaths, load_settings
from vms.kernel.clock import SystemClock
from vms.kernel.logging import set_up_logging
from web.app import create_app
from web.authorisation import networks

log = logging.getLogger(__name__)

STOP_S = 5  # open answers may end within this


def web(
    data: DataOption = DEFAULT_DATA,
    host: Annotated[str | None, typer.Option(help="Address to listen on; default: web.host, 127.0.0.1.")] = None,
    port: Annotated[int | None, typer.Option(min=0, max=65535, help="Default: web.port, 8080.")] = None,
    allow: Annotated[
        list[str] | None, typer.Option(help="A network that may read the status page, like 10.1.0.0/16; repeatable.")
    ] = None,
    name: Annotated[list[str] | None, typer.Option(help="A host name the server answers to; repeatable.")] = None,
) -> None:
    """Serve the status page, /healthz and /metrics. Reads only; may start and stop at any time."""
    set_up_logging("web")
    settings = load_settings(DataPaths(data.absolute()))
    app = build(data, tuple(allow or ()), tuple(name or ()))
    config = uvicorn.Config(
        app,
        host=host or settings.web.host,
        port=settings.web.port if port is None else port,
        log_config=None,  # ours: one redacted line each
        access_log=False,  # a page that refreshes every two seconds would drown everything else
        proxy_headers=False,  # the peer's address is a rule of access; a header may not change it
        server_header=False,
        timeout_graceful_shutdown=STOP_S,
        timeout_keep_alive=15,
        limit_concurrency=256,
        h11_max_incomplete_event_size=32 * 1024,
    )
    server = uvicorn.Server(config)
    log.info("serving on port %d", config.port)
    server.run()
    if not server.started:
        raise typer.Exit(1)


def build(data: Path, allowed: tuple[str, ...] = (), names: tuple[str, ...] = ()) -> FastAPI:
    """The application over the node in `data`. VmsError(INVALID) for broken settings or networks."""
    paths = DataPaths(data.absolute())
    clock = SystemClock()
    facts = LocalNode(load_settings(paths), paths, clock)
    return create_app(facts, clock, _zone(), status_networks=networks(allowed), host_names=names)


def _zone() -> ZoneInfo:
    """The municipality's zone; UTC on a machine without zones (`vms doctor` says so)."""
    try:
        return ZoneInfo(ZONE)
    except ZoneInfoNotFoundError:
        return ZoneInfo("UTC")
