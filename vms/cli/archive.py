"""`vms archive`: is the footage there, is it what was written, how much is it."""

import json
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Annotated
from uuid import UUID

import typer
from rich.console import Console
from rich.markup import escape
from rich.table import Column, Table

from vms.archive.archive import Archive
from vms.archive.check import Level, check_volume
from vms.archive.checkpoints import node_key, public_bytes
from vms.archive.problem import Problem
from vms.archive.rebuild import rebuild_index
from vms.archive.stats import VolumeStats
from vms.archive.verify import verify_volume
from vms.archive.volume import Volume
from vms.cameras.queries import cameras, need_camera
from vms.cli.coverage_report import print_coverage, read_coverage
from vms.cli.settings.node import DEFAULT_DATA, DataOption, DataPaths, load_settings
from vms.cli.wiring import open_volumes
from vms.kernel.clock import SystemClock, iso
from vms.kernel.database import Database
from vms.kernel.errors import VmsError

app = typer.Typer(no_args_is_help=True, add_completion=False, help="Footage: check, verify, rebuild, stats, coverage.")

JsonOption = Annotated[bool, typer.Option("--json", help="For machines.")]
Progress = Callable[[int], None]


@app.command()
def check(
    data: DataOption = DEFAULT_DATA,
    level: Annotated[Level, typer.Option(help="presence: names; sizes: a stat each; full: every byte.")] = Level.SIZES,
    as_json: JsonOption = False,
) -> None:
    """Compare index with files. Exit code 1 when something is wrong."""
    _inspect(data, as_json, "checked", lambda volume, progress: check_volume(volume, level, progress))


@app.command()
def verify(data: DataOption = DEFAULT_DATA, as_json: JsonOption = False) -> None:
    """Prove every byte: hashes, seals, chains, signatures. Exit code 1 when something does not hold."""
    trusted = [public_bytes(node_key(DataPaths(data).node_key))]
    _inspect(
        data, as_json, "verified",
        lambda volume, progress: verify_volume(volume, trusted_keys=trusted, progress=progress),
    )  # fmt: skip


@app.command()
def rebuild(data: DataOption = DEFAULT_DATA, as_json: JsonOption = False) -> None:
    """Index every file that has no row: for a lost or damaged index. Exit code 1 when a file was refused."""
    clock, console = SystemClock(), Console(stderr=True)
    problems: list[Problem] = []
    found = in_all = 0
    with console.status("reading") as status:
        for volume in _volumes(data):

            def progress(path: str, _size_bytes: int) -> None:
                status.update(f"indexed {path}")

            report = rebuild_index(volume, clock, progress)
            found += report.segments
            in_all += report.segments_in_all
            problems += report.problems
    _report(problems, found, "indexed", as_json=as_json, in_all=in_all)


@app.command()
def stats(data: DataOption = DEFAULT_DATA, as_json: JsonOption = False) -> None:
    """How much footage there is, of whom, and how fast it grows."""
    found = Archive(_volumes(data)).stats(SystemClock().now_us())
    if as_json:
        typer.echo(json.dumps([volume.to_json() for volume in found]))
        return
    console, known = Console(), _known_cameras(DataPaths(data).database)
    for volume in found:
        free_gb, total_gb = volume.free_bytes / 1e9, volume.total_bytes / 1e9
        console.print(
            f"[bold]{volume.path}[/bold]  {volume.segments} segments, {volume.size_bytes / 1e9:.2f} GB footage, "
            f"{free_gb:.1f} of {total_gb:.1f} GB free, {volume.ingest_bytes_per_day / 1e9:.1f} GB a day, "
            f"{volume.locks} locks"
        )
        console.print(_streams_table(volume, known))


def _known_cameras(database: Path) -> dict[UUID, tuple[str, str]]:
    """Call-up number with name of each camera ever registered.

    None where no database can be read: footage is counted without one too (`vms record`, a damaged database).
    """
    try:
        with Database.at(database).reading() as session:
            return {one.id: (str(one.number), one.name) for one in cameras(session, with_retired=True)}
    except VmsError:
        return {}


def _streams_table(volume: VolumeStats, known: Mapping[UUID, tuple[str, str]]) -> Table:
    """Who has how much from when to when, whole at 80 columns; a camera nobody registered is told by its id."""
    table = Table("No", Column("Camera", overflow="fold"), "Stream", "Segments", "GB", box=None)
    table.add_column("Oldest (UTC)", no_wrap=True)
    table.add_column("Newest (UTC)", no_wrap=True)
    for stream in volume.streams:
        number, name = known.get(stream.camera_id, ("", str(stream.camera_id)))
        times = (f"{iso(at)[:10]} {iso(at)[11:16]}" if at else "" for at in (stream.oldest_us, stream.newest_us))
        table.add_row(
            number, escape(name), stream.stream, str(stream.segments), f"{stream.size_bytes / 1e9:.2f}", *times
        )
    return table


@app.command()
def coverage(
    data: DataOption = DEFAULT_DATA,
    camera: Annotated[int | None, typer.Option(help="Call-up number: this camera only.")] = None,
    as_json: JsonOption = False,
) -> None:
    """Prove for each camera that must record that its last 20 days are there. Exit code 1 when one is not proven."""
    archive, clock = Archive(_volumes(data)), SystemClock()
    with Database.at(DataPaths(data).database).reading() as session:
        wanted = cameras(session) if camera is None else [need_camera(session, camera)]
    # By its own switch: one that is recorded centrally for a time owes no footage of before.
    recorded = [one for one in wanted if one.must_record(()) or camera is not None]
    with Console(stderr=True).status("reading") as status:
        found = []
        for one in read_coverage(archive, recorded, clock.now_us()):
            found.append(one)
            status.update(f"{len(found)} of {len(recorded)} cameras read")
    print_coverage(found, as_json=as_json)
    if not all(one.coverage.is_proven for one in found):
        raise typer.Exit(1)


def _inspect(data: DataOption, as_json: bool, word: str, look: Callable[[Volume, Progress], Iterator[Problem]]) -> None:
    problems: list[Problem] = []
    seen = 0
    with Console(stderr=True).status("starting") as status:

        def progress(count: int) -> None:
            nonlocal seen
            seen += count
            status.update(f"{seen} segments {word}")

        for volume in _volumes(data):
            problems += look(volume, progress)
    _report(problems, seen, word, as_json=as_json)


def _report(problems: list[Problem], seen: int, word: str, *, as_json: bool, in_all: int | None = None) -> None:
    """`in_all`: segments the index has afterwards, where that is not what was seen."""
    if as_json:
        sums = {} if in_all is None else {"segments_in_all": in_all}
        typer.echo(json.dumps({"segments": seen, **sums, "problems": [problem.to_json() for problem in problems]}))
    else:
        for problem in problems:
            typer.echo(str(problem))
        verdict = f"{len(problems)} problem(s)" if problems else "nothing is wrong"
        total = "" if in_all is None else f", {in_all} in all"
        typer.echo(f"{seen} segments {word}{total}: {verdict}")
    if problems:
        raise typer.Exit(1)


def _volumes(data: DataOption) -> list[Volume]:
    """The node's volumes; a missing one ends the command, because silence about it would be a lie."""
    paths = DataPaths(data)
    if not paths.known_volumes.exists():
        typer.echo(f"{data} holds no archive. Name the folder with --data.", err=True)
        raise typer.Exit(1)
    try:
        settings = load_settings(paths)
        volumes = open_volumes(settings, paths, SystemClock())
        if len(volumes) < len(settings.volumes_in(paths)):
            raise typer.Exit(1)  # the log has said which one, with the reason
        for volume in volumes:
            if not volume.is_attached:
                volume.attach()
    except VmsError as err:
        typer.echo(str(err), err=True)
        raise typer.Exit(1) from err
    return volumes
