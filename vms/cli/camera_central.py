"""`vms camera central`: cameras of other units that are recorded here for a time."""

import json
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Column, Table
from sqlalchemy.orm import Session

from vms.cameras.central import end_central_recording, record_centrally
from vms.cameras.central_queries import central_recordings_of
from vms.cameras.model import Camera, CentralRecording
from vms.cameras.queries import need_camera
from vms.cli.acting import local_actor
from vms.cli.paper_options import first_moment
from vms.cli.settings.node import DEFAULT_DATA, DataOption, DataPaths
from vms.cli.wiring import hand_over_cameras
from vms.kernel.clock import SystemClock, to_datetime
from vms.kernel.database import Database
from vms.kernel.days import ZONE
from vms.kernel.migration import upgrade

central = typer.Typer(help="Record a camera that is live only, for a time (D-12.4b).", no_args_is_help=True)

Number = Annotated[int, typer.Argument(help="Call-up number.")]


@central.command("order")
def order(
    number: Number,
    until: Annotated[str, typer.Option(help="Until when: 2026-12-05 (its first moment) or 2026-12-05T18:00.")],
    reason: Annotated[str, typer.Option(help="Why; it stands in the list and in the audit log.")],
    since: Annotated[str, typer.Option("--from", help="From when, as --until; without it from now on.")] = "",
    data: DataOption = DEFAULT_DATA,
) -> None:
    """Record a camera centrally; it may overlap other periods and its own switch, nothing is restarted."""
    paths, database = _open(data)
    with database.writing() as session:
        row = record_centrally(
            session, SystemClock(), need_camera(session, number), first_moment(until), reason,
            from_us=first_moment(since) if since else None, by=local_actor(),
        )  # fmt: skip
    hand_over_cameras(paths, database)
    typer.echo(f"camera {number} is recorded centrally: {_local(row.from_us)} .. {_local(row.until_us)}")


@central.command("end")
def end(
    number: Number,
    reason: Annotated[str, typer.Option(help="Why it ends early.")],
    which: Annotated[str, typer.Option("--id", help="Which one, where there are several: see `list --json`.")] = "",
    data: DataOption = DEFAULT_DATA,
) -> None:
    """End a central recording before its time. What was recorded stays under its retention."""
    paths, database = _open(data)
    with database.writing() as session:
        row = _chosen(session, need_camera(session, number), which)
        end_central_recording(session, SystemClock(), row, reason, by=local_actor())
    hand_over_cameras(paths, database)
    typer.echo(f"camera {number}: its central recording has ended")


@central.command("list")
def list_recordings(
    number: Number,
    data: DataOption = DEFAULT_DATA,
    as_json: Annotated[bool, typer.Option("--json", help="For machines.")] = False,
) -> None:
    """Show what was ordered of a camera, oldest first."""
    with Database.at(DataPaths(data).database).reading() as session:
        rows = [_row(one) for one in central_recordings_of(session, need_camera(session, number).id)]
    if as_json:
        typer.echo(json.dumps(rows))
        return
    columns = {"From": "from", "Until": "until", "Reason": "reason", "Ordered by": "ordered_by", "Ended": "ended"}
    table = Table(*(Column(heading, overflow="fold") for heading in columns), box=None)
    for row in rows:
        table.add_row(*(row[key] or "" for key in columns.values()))
    Console().print(table)


def _chosen(session: Session, camera: Camera, which: str) -> CentralRecording:
    """The one that is open, or the one whose id was given."""
    now_us = SystemClock().now_us()
    known = central_recordings_of(session, camera.id)
    found = [one for one in known if (str(one.id) == which if which else not one.is_over(now_us))]
    if len(found) != 1:
        raise typer.BadParameter(
            f"{len(found)} recordings of camera {camera.number} fit: name one by --id, see `central list --json`"
        )
    return found[0]


def _open(data: DataOption) -> tuple[DataPaths, Database]:
    paths = DataPaths(data)
    database = Database.at(paths.database)
    upgrade(database.engine)
    return paths, database


def _row(row: CentralRecording) -> dict[str, str | None]:
    return {
        "id": str(row.id),
        "from": _local(row.from_us),
        "until": _local(row.until_us),
        "reason": row.reason,
        "ordered_by": row.ordered_by,
        "ended": None if row.ended_us is None else _local(row.ended_us),
        "ended_by": row.ended_by,
        "end_reason": row.end_reason,
    }


def _local(at_us: int) -> str:
    return to_datetime(at_us).astimezone(ZONE).isoformat(" ", "seconds")
