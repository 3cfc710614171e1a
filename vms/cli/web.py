"""`vms web`: the console, its API, health and figures over HTTP."""

import gc
import logging
import socket
from collections.abc import Sequence
from ipaddress import IPv4Network, IPv6Network
from pathlib import Path
from typing import Annotated
from uuid import UUID

import typer
import uvicorn
from fastapi import FastAPI

import web as web_package
from streams.hub import LiveHub
from vms.cli.first_run import first_run_code
from vms.cli.node.begin_anew import Renewal, begin_anew
from vms.cli.node.facts import BUSY_TIMEOUT_S, LocalNode
from vms.cli.node.played_archive import PlayedArchive
from vms.cli.parts.audit_prover import ChildProver
from vms.cli.parts.document_desk import desk_of
from vms.cli.parts.footage_desk import footage_desk
from vms.cli.parts.live_options import ice_options
from vms.cli.parts.sign_in import sign_in_parts
from vms.cli.parts.training_desk import training_desk
from vms.cli.settings.desk import LocalSettings
from vms.cli.settings.node import DEFAULT_DATA, DataOption, DataPaths, Settings
from vms.cli.settings.start import settings_to_start
from vms.kernel.clock import Clock, SystemClock
from vms.kernel.database import Database
from vms.kernel.days import ZONE
from vms.kernel.logging import set_up_logging
from web.app import create_app
from web.authorisation import networks
from web.backends import Backends, Parts

log = logging.getLogger(__name__)

STOP_S = 5  # open answers may end within this
MAX_CONNECTIONS = 4_096  # fifty walls of sixteen tiles with their events; what is heavy has limits of its own
MAX_MESSAGE_BYTES = 4_096  # viewers have nothing to say over a WebSocket
PING_S = 20.0  # proxies cut what is silent for a minute
CONSOLE = Path(web_package.__file__).parent / "console" / "dist"


def web(
    data: DataOption = DEFAULT_DATA,
    host: Annotated[str | None, typer.Option(help="Address to listen on; default: web.host, 127.0.0.1.")] = None,
    port: Annotated[int | None, typer.Option(min=0, max=65535, help="Default: web.port, 8080.")] = None,
    allow: Annotated[
        list[str] | None, typer.Option(help="A network that may read the status page, like 10.1.0.0/16; repeatable.")
    ] = None,
    name: Annotated[list[str] | None, typer.Option(help="A host name the server answers to; repeatable.")] = None,
) -> None:
    """Serve the console, /status, /healthz and /metrics. May start and stop at any time; recording does not notice."""
    set_up_logging("web")
    logging.getLogger("aioice").setLevel(logging.WARNING)  # it tells every address that every viewer tries
    settings = settings_to_start(DataPaths(data.absolute()))
    renewal = Renewal()
    app = build(data, tuple(allow or ()), tuple(name or ()), renewal)
    config = config_of(
        app, host or settings.web.host, settings.web.port if port is None else port, settings.web.proxies
    )
    server = StreamingServer(config, app.state.backends)
    gc.collect()
    gc.freeze()  # what is here stays: looking through it again and again held every viewer up for 150 ms each time
    log.info("serving on port %d", config.port)
    renewal.when_asked(server.ask_end)
    server.run()
    if renewal.is_asked:
        log.info("beginning anew with what the settings say")
        begin_anew()
    if not server.started:
        raise typer.Exit(1)


def config_of(app: FastAPI, host: str, port: int, proxies: Sequence[IPv4Network | IPv6Network]) -> uvicorn.Config:
    """How the server serves: every buffer bounded, and a caller's address taken from nobody but `proxies`."""
    return uvicorn.Config(
        app,
        host=host,
        port=port,
        log_config=None,  # ours: one redacted line each
        access_log=False,  # a page that refreshes every two seconds would drown everything else
        proxy_headers=bool(proxies),  # the peer's address is a rule of access: only they may change it
        forwarded_allow_ips=[str(network) for network in proxies],
        server_header=False,
        timeout_graceful_shutdown=STOP_S,
        timeout_keep_alive=15,
        limit_concurrency=MAX_CONNECTIONS,
        h11_max_incomplete_event_size=32 * 1024,
        ws="websockets-sansio",
        ws_max_size=MAX_MESSAGE_BYTES,
        ws_ping_interval=PING_S,
        ws_ping_timeout=PING_S,
        ws_per_message_deflate=False,  # video does not shrink
    )


class StreamingServer(uvicorn.Server):
    """A server that ends its open streams before it waits for open answers: they would never end by themselves."""

    def __init__(self, config: uvicorn.Config, backends: Backends) -> None:
        super().__init__(config)
        self._backends = backends

    def ask_end(self) -> None:
        """Come to the end in order: answers that are under way are given. On any thread."""
        self.should_exit = True

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """See `uvicorn.Server.shutdown`."""
        await self._backends.stop_streams()
        await super().shutdown(sockets)


def build(
    data: Path, allowed: tuple[str, ...] = (), names: tuple[str, ...] = (), renewal: Renewal | None = None
) -> FastAPI:
    """The application over the node in `data`. VmsError(INVALID) for broken settings or networks."""
    paths = DataPaths(data.absolute())
    clock = SystemClock()
    settings = settings_to_start(paths)
    sign_in = sign_in_parts(settings, paths, clock)
    first_run_code(paths)  # where nothing but this process was started, its file is all there is of the code
    facts = LocalNode(settings, paths, clock)
    parts = parts_of(settings, paths, clock, renewal=renewal)
    if settings.institution is not None:
        names = (*names, settings.institution.query_host)  # printed on paper: it must be answered
    return create_app(facts, clock, ZONE, parts, status_networks=networks(allowed), host_names=names, sign_in=sign_in)


def parts_of(
    settings: Settings, paths: DataPaths, clock: Clock, console: Path = CONSOLE, renewal: Renewal | None = None
) -> Parts:
    """What the API stands on, of the node in `paths`.

    VmsError(INVALID, `relay_password_unreadable`).
    """
    shards = settings.recorder.shards

    def socket_for(camera_id: UUID) -> Path:
        return paths.recorder_socket(camera_id.int % shards)  # as the recorder shares them out

    database = Database.at(paths.database, BUSY_TIMEOUT_S)
    hub = LiveHub(socket_for, clock, max_viewers=settings.live.max_viewers)
    ice = ice_options(settings.live, paths)
    archive, policy = PlayedArchive(settings, paths), settings.authority.policy()
    desk = desk_of(settings, paths, ZONE)
    prover = ChildProver(paths)
    return Parts(
        database, archive, hub, console, ice, settings.live.max_webrtc_viewers, policy, desk, prover,
        training_desk(paths), footage_desk(settings, paths, desk.press), settings.footage.policy(),
        LocalSettings(settings, paths, clock, database, renewal or Renewal()), settings.service.entry(),
    )  # fmt: skip
