"""`vms record`: one or more camera addresses to disk, without any configuration."""

import asyncio
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated, Any

import typer

from recorder.shard import Shard, final_figures
from vms.cameras.config import CameraConfig
from vms.cameras.rules import TRANSPORT_HELP, Transport
from vms.cameras.status import CameraState
from vms.cli import wiring
from vms.cli.duration import parse_duration
from vms.cli.first_contact import LastReasons, camera_sentences
from vms.cli.settings.node import DataPaths, load_settings
from vms.kernel.clock import Clock, SystemClock
from vms.kernel.ids import new_id
from vms.kernel.logging import set_up_logging

PROGRESS_S = 1.0


def record(
    urls: Annotated[list[str], typer.Argument(metavar="URL…", help="rtsp://user:password@host/path")],
    data: Annotated[Path, typer.Option(help="Folder that receives the footage.")] = Path("data"),
    length: Annotated[str, typer.Option("--for", help="How long: 20s, 5m, 2h.")] = "20s",
    transport: Annotated[Transport, typer.Option(help=TRANSPORT_HELP)] = Transport.AUTO,
    as_json: Annotated[bool, typer.Option("--json", help="Only one line of JSON at the end.")] = False,
    verbose: Annotated[bool, typer.Option("--verbose", help="Say what happens on the line.")] = False,
) -> None:
    """Record camera addresses for a while: first contact with an unknown camera, and load tests.

    Says of each camera what came and where it lies, or why nothing came. Exit code 1 when nothing came in.
    """
    set_up_logging("record", "INFO" if verbose else "ERROR")
    seconds = parse_duration(length)
    clock = SystemClock()
    configs = [_config(number, url, transport.value, clock) for number, url in enumerate(urls, 1)]
    figures, sentences = asyncio.run(_record(configs, data, seconds, clock, is_quiet=as_json))
    if as_json:
        typer.echo(json.dumps(figures))
    else:
        for sentence in [*sentences, _sentence(figures)]:
            typer.echo(sentence)
    if not figures["access_units"]:
        raise typer.Exit(1)


def _config(number: int, url: str, transport: str, clock: Clock) -> CameraConfig:
    return CameraConfig(
        camera_id=new_id(clock), number=number, name=f"camera {number}", kind="security", main_url=url, sub_url=None,
        transport=transport, records=True, commissioned_us=clock.now_us(),
    )  # fmt: skip


async def _record(
    configs: Sequence[CameraConfig], data: Path, seconds: float, clock: Clock, *, is_quiet: bool
) -> tuple[dict[str, Any], list[str]]:
    """The sums, and what is to be said of each camera."""
    paths = DataPaths(data)
    settings = load_settings(paths)
    reasons = LastReasons()
    with wiring.archive_writer(settings, paths, clock) as writer:
        opener = reasons.watched(wiring.source_opener(clock))
        shard = Shard(writer, lambda: configs, opener, clock, socket_path=paths.run / "record.sock")
        task = asyncio.create_task(shard.run())
        try:
            await (asyncio.wait([task], timeout=seconds) if is_quiet else _show(task, seconds, shard))
            if task.done():
                task.result()
            status = shard.status()
            why = {camera.number: reasons.of(camera) for camera in status.cameras}
            figures = final_figures(status) | {"reasons": {number: code for number, code in why.items() if code}}
        finally:
            task.cancel()
            await asyncio.gather(task, return_exceptions=True)
    folders = {
        str(config.camera_id): [
            volume.path / "segments" / str(config.camera_id) for volume in settings.volumes_in(paths)
        ]
        for config in configs
    }
    sizes = {folder: _footage_bytes(folder) for places in folders.values() for folder in places}
    figures["recorded_bytes"] = sum(sizes.values())
    figures["seconds"] = seconds
    sentences = [
        sentence
        for camera in status.cameras
        for sentence in camera_sentences(
            camera, why[camera.number], [folder for folder in folders[camera.camera_id] if sizes[folder]]
        )
    ]
    return figures, sentences


def _footage_bytes(folder: Path) -> int:
    return sum(file.stat().st_size for file in folder.rglob("*.mp4"))


async def _show(task: "asyncio.Task[None]", seconds: float, shard: Shard) -> None:
    """Wait for the time to pass and say meanwhile what comes in."""
    from rich.console import Console  # noqa: PLC0415 - load tests and services need no drawing
    from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn  # noqa: PLC0415

    columns = (BarColumn(), TimeElapsedColumn(), TextColumn("{task.description}"))
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        line = bar.add_task("connecting", total=seconds)
        left_s = seconds
        while left_s > 0 and not task.done():
            step_s = min(PROGRESS_S, left_s)
            await asyncio.wait([task], timeout=step_s)
            left_s -= step_s
            bar.update(line, completed=seconds - left_s, description=_now(shard))


def _now(shard: Shard) -> str:
    cameras = shard.status().cameras
    coming = sum(camera.state is CameraState.RECORDING for camera in cameras)
    megabits = sum(camera.bits_per_s for camera in cameras) / 1e6
    lost = sum(camera.lost_packets for camera in cameras)
    waiting = next((camera.detail for camera in cameras if camera.state is CameraState.WAITING), "")
    trouble = f" · waiting: {waiting}" if waiting else ""
    return f"{coming} of {len(cameras)} recording · {megabits:.1f} Mbit/s · {lost} packets lost{trouble}"


def _sentence(figures: dict[str, Any]) -> str:
    recorded_mb = figures["recorded_bytes"] / 1e6
    return (
        f"{figures['cameras']} camera(s): {figures['access_units']} access units, "
        f"{figures['lost_packets']} packets lost, {recorded_mb:.1f} MB recorded, "
        f"{figures['cpu_s']:.2f} s CPU, {figures['rss_bytes'] / 1e6:.0f} MB memory"
    )
