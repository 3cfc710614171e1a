"""`vms recorder`: one shard of the recorder."""

import asyncio
import logging
import re
import signal
from typing import Annotated

import typer

from recorder.shard import Shard
from vms.cli import wiring
from vms.cli.node.lock import only_one
from vms.cli.settings.node import DEFAULT_DATA, DataOption, DataPaths
from vms.cli.settings.start import settings_to_start
from vms.kernel.clock import SystemClock
from vms.kernel.errors import VmsError
from vms.kernel.logging import set_up_logging

log = logging.getLogger(__name__)


def recorder(
    data: DataOption = DEFAULT_DATA,
    shard: Annotated[str, typer.Option(help="Which part of the cameras: i/n, counted from 0.")] = "0/1",
) -> None:
    """Record this node's cameras until told to stop."""
    index, count = parse_shard(shard)
    set_up_logging(f"recorder-{index}")
    paths = DataPaths(data)
    try:
        with only_one(paths.run / f"recorder-{index}.lock", "This recorder"):
            asyncio.run(_record(paths, index, count))
    except VmsError as err:
        log.error("%s", err)  # noqa: TRY400 - a refusal, not a fault
        raise typer.Exit(2) from err


def parse_shard(text: str) -> tuple[int, int]:
    """`i/n` as numbers; raises typer.BadParameter."""
    match = re.fullmatch(r"(\d{1,3})/(\d{1,3})", text)
    if not match or int(match.group(1)) >= int(match.group(2)):
        raise typer.BadParameter("write the shard as i/n with i below n: 0/1, or 0/2 and 1/2")
    return int(match.group(1)), int(match.group(2))


async def _record(paths: DataPaths, index: int, count: int) -> None:
    clock = SystemClock()
    with wiring.archive_writer(settings_to_start(paths), paths, clock) as writer:
        shard = Shard(
            writer, wiring.camera_loader(paths), wiring.source_opener(clock), clock,
            socket_path=paths.recorder_socket(index), shard=index, shards=count,
        )  # fmt: skip
        task = asyncio.create_task(shard.run())
        for number in (signal.SIGTERM, signal.SIGINT):
            asyncio.get_running_loop().add_signal_handler(number, task.cancel)
        await asyncio.wait([task])
        if not task.cancelled():
            task.result()
