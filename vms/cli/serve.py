"""`vms serve`: all processes of a node on one machine."""

import asyncio
import logging
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer

from vms.cli.first_run import tell_first_run
from vms.cli.node.child_process import ChildSpec
from vms.cli.node.supervisor import Supervisor
from vms.cli.settings.node import DEFAULT_DATA, DataOption, DataPaths, Settings
from vms.cli.settings.start import settings_to_start
from vms.kernel.database import Database
from vms.kernel.errors import VmsError
from vms.kernel.logging import set_up_logging
from vms.kernel.migration import upgrade

log = logging.getLogger(__name__)

DATABASE_PATIENCE_S = 2.0  # cameras wait meanwhile: every second is a second of footage
WEB_GRACE_S = 8.0
JOBS_GRACE_S = 15.0  # a job ends at its next step; all of them may be cut at any moment
RECORDER_GRACE_S = 20.0  # to say goodbye to cameras and close every segment
WEB_RANK, JOBS_RANK, RECORDER_RANK, SIMCAM_RANK = range(4)


def serve(
    data: DataOption = DEFAULT_DATA,
    host: Annotated[str | None, typer.Option(help="Address of the web process; default: web.host.")] = None,
    port: Annotated[int | None, typer.Option(min=0, max=65535, help="Default: web.port, 8080.")] = None,
    allow: Annotated[list[str] | None, typer.Option(help="A network that may read the status page.")] = None,
) -> None:
    """Run the recorder, the jobs and the web process; each is started again when it ends. Ctrl+C stops in order."""
    set_up_logging("serve")
    paths = DataPaths(data.absolute())
    settings = prepare(paths)
    tell_first_run(paths, address_of(host or settings.web.host, settings.web.port if port is None else port))
    children = node_children(data, settings, web_options(host, port, allow or ()))
    raise typer.Exit(asyncio.run(Supervisor(children).run()))


def address_of(host: str, port: int) -> str:
    """What to type into a browser."""
    shown = "127.0.0.1" if host in {"0.0.0.0", "::"} else host  # noqa: S104 - compared, not bound
    return f"http://[{shown}]:{port}/" if ":" in shown else f"http://{shown}:{port}/"


def prepare(paths: DataPaths) -> Settings:
    """Make the data folder, bring the control database up to date; VmsError for settings that break a rule.

    A control database that cannot be opened is logged, not fatal: recording goes on from the last good copy.
    """
    settings = settings_to_start(paths)
    paths.root.mkdir(parents=True, exist_ok=True, mode=0o750)
    paths.run.mkdir(exist_ok=True, mode=0o700)
    database = Database.at(paths.database, DATABASE_PATIENCE_S)
    try:
        upgrade(database.engine)
    except VmsError as err:
        log.error("the control database is not in order, recording goes on without it: %s", err)  # noqa: TRY400
    finally:
        database.close()
    return settings


def node_children(data: Path, settings: Settings, web: Sequence[str] = ()) -> list[ChildSpec]:
    """The node's processes in the order of their start: recording first."""
    shards = settings.recorder.shards
    recorders = [
        ChildSpec(
            "recorder" if shards == 1 else f"rec-{shard}",
            command("recorder", data, "--shard", f"{shard}/{shards}"),
            RECORDER_RANK,
            RECORDER_GRACE_S,
        )
        for shard in range(shards)
    ]
    return [
        *recorders,
        ChildSpec("jobs", command("jobs", data), JOBS_RANK, JOBS_GRACE_S),
        ChildSpec("web", command("web", data, *web), WEB_RANK, WEB_GRACE_S),
    ]


def command(name: str, data: Path, *options: str) -> list[str]:
    """The command line of one of our own processes, run by this very interpreter."""
    return [sys.executable, "-m", "vms", name, "--data", str(data.absolute()), *options]


def web_options(host: str | None, port: int | None, allow: Sequence[str]) -> list[str]:
    """What `vms web` is told of what `vms serve` was told."""
    options = [] if host is None else ["--host", host]
    options += [] if port is None else ["--port", str(port)]
    return options + [word for network in allow for word in ("--allow", network)]
