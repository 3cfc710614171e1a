"""`vms camera`: cameras the node connects to."""

import json
from collections.abc import Container
from typing import Annotated
from uuid import UUID

import typer
from rich.console import Console
from rich.table import Column, Table

from vms.cameras.central_queries import ordered_now
from vms.cameras.model import Camera, CameraPlacement
from vms.cameras.placement_queries import placements_of
from vms.cameras.queries import cameras, need_camera, retention_days_by_camera
from vms.cameras.rules import TRANSPORT_HELP, CameraKind, Transport
from vms.cameras.service import CameraChange, NewCamera, change, register, retire
from vms.cli.acting import local_actor
from vms.cli.camera_central import central
from vms.cli.paper_options import first_moment
from vms.cli.settings.node import DEFAULT_DATA, DataOption, DataPaths, load_settings
from vms.cli.wiring import hand_over_cameras
from vms.kernel.clock import SystemClock, to_datetime
from vms.kernel.database import Database
from vms.kernel.days import ZONE
from vms.kernel.migration import upgrade
from vms.kernel.secrets import SecretBox

app = typer.Typer(help="Cameras the node connects to.", no_args_is_help=True)
app.add_typer(central, name="central")

Number = Annotated[int, typer.Argument(help="Call-up number.")]
ASK = "-"  # an address typed on the command line stays in the shell's history


@app.command("add")
def add(
    address: Annotated[
        str | None, typer.Argument(help="rtsp://user:password@host/path, or - to be asked for it.")
    ] = None,
    onvif: Annotated[
        str, typer.Option(help="Instead: host, host:port or http://host:port/path; the camera names its streams.")
    ] = "",
    user: Annotated[str, typer.Option(help="ONVIF user, also of the streams.")] = "",
    password: Annotated[
        str, typer.Option(envvar="NAZAR_CAMERA_PASSWORD", help="Better in the environment, or - to be asked for it.")
    ] = "",
    name: Annotated[str, typer.Option(help="What people call it.")] = "",
    sub: Annotated[str, typer.Option(help="Address of the sub-stream.")] = "",
    number: Annotated[int | None, typer.Option(help="Call-up number; without it the next free one.")] = None,
    kind: Annotated[CameraKind, typer.Option(help="City-view cameras are live only.")] = CameraKind.SECURITY,
    site: Annotated[str, typer.Option(help="Where it stands.")] = "",
    transport: Annotated[Transport, typer.Option(help=TRANSPORT_HELP)] = Transport.AUTO,
    record: Annotated[bool | None, typer.Option(help="Without it: security cameras are recorded.")] = None,
    data: DataOption = DEFAULT_DATA,
) -> None:
    """Register a camera by its stream's address or by ONVIF; the recorder takes it up by itself."""
    if (address is None) == (not onvif):
        raise typer.BadParameter("give either the stream's address or --onvif")
    if onvif and sub:
        raise typer.BadParameter("with --onvif the camera names its sub-stream itself")
    if user and not onvif:
        raise typer.BadParameter("--user goes with --onvif; a stream's address holds its own user")
    paths = DataPaths(data)
    if address == ASK:
        address = typer.prompt("Address", hide_input=True)
    main_address, sub_address = (address, sub or None) if address is not None else _asked(onvif, user, password)
    database, box = _open(paths)
    with database.writing() as session:
        camera = register(
            session,
            NewCamera(
                name=name or f"Camera {number or len(cameras(session)) + 1}",
                main_address=main_address,
                sub_address=sub_address,
                number=number,
                kind=kind,
                site=site,
                transport=transport,
                is_recorded=record,
            ),
            box,
            SystemClock(),
            by=local_actor(),
        )
    hand_over_cameras(paths, database)
    typer.echo(f"camera {camera.number} registered: {camera.name} ({camera.id})")


@app.command("list")
def list_cameras(
    data: DataOption = DEFAULT_DATA,
    retired: Annotated[bool, typer.Option("--retired", help="Also those taken out of service.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="For machines.")] = False,
) -> None:
    """Show the cameras, never their addresses."""
    paths = DataPaths(data)
    settings = load_settings(paths)
    with Database.at(paths.database).reading() as session:
        days = retention_days_by_camera(session, settings.retention.days)
        ordered = ordered_now(session, SystemClock().now_us())
        rows = [_row(camera, ordered, days[camera.id]) for camera in cameras(session, with_retired=retired)]
    if as_json:
        typer.echo(json.dumps(rows))
        return
    headings = ("No", "Name", "Kind", "Site", "State", "Days kept", "Id")
    table = Table(*(Column(heading, overflow="fold") for heading in headings), box=None)  # 80 columns cut nothing
    for row in rows:
        table.add_row(*(str(row[key]) for key in ("number", "name", "kind", "site", "state", "retention_days", "id")))
    Console().print(table)


@app.command("set")
def set_camera(
    number: Number,
    name: Annotated[str | None, typer.Option(help="What people call it.")] = None,
    address: Annotated[str | None, typer.Option(help="New address, or - to be asked for it.")] = None,
    sub: Annotated[str | None, typer.Option(help="Address of the sub-stream; empty removes it.")] = None,
    new_number: Annotated[int | None, typer.Option(help="Another call-up number.")] = None,
    kind: Annotated[CameraKind | None, typer.Option(help="City-view cameras are live only.")] = None,
    site: Annotated[str | None, typer.Option(help="Where it stands.")] = None,
    transport: Annotated[Transport | None, typer.Option(help=TRANSPORT_HELP)] = None,
    enable: Annotated[bool | None, typer.Option(help="Connect to it at all.")] = None,
    record: Annotated[bool | None, typer.Option(help="Keep its pictures.")] = None,
    since: Annotated[
        str, typer.Option(help="Since when it stands there: 2026-11-28 or 2026-11-28T16:00; without it from now on.")
    ] = "",
    correction: Annotated[
        bool, typer.Option("--correction", help="It never moved: number, name, place or time was written wrongly.")
    ] = False,
    data: DataOption = DEFAULT_DATA,
) -> None:
    """Change a camera; what is not named stays. Another number, name or place counts from now on, unless said."""
    paths = DataPaths(data)
    database, box = _open(paths)
    if address == ASK:
        address = typer.prompt("Address", hide_input=True)
    wanted = CameraChange(
        name=name, main_address=address, sub_address=sub, number=new_number, kind=kind, site=site,
        transport=transport, is_enabled=enable, is_recorded=record,
        since_us=first_moment(since) if since else None, is_correction=correction,
    )  # fmt: skip
    with database.writing() as session:
        camera = change(session, need_camera(session, number), wanted, box, SystemClock(), by=local_actor())
    hand_over_cameras(paths, database)
    typer.echo(f"camera {camera.number} changed: {camera.name}")


@app.command("history")
def history(
    number: Number,
    data: DataOption = DEFAULT_DATA,
    as_json: Annotated[bool, typer.Option("--json", help="For machines.")] = False,
) -> None:
    """Show where a camera stood when."""
    with Database.at(DataPaths(data).database).reading() as session:
        rows = [_placement(one) for one in placements_of(session, need_camera(session, number).id)]
    if as_json:
        typer.echo(json.dumps(rows))
        return
    headings = ("From", "Until", "No", "Name", "Place", "Noted by")
    table = Table(*(Column(heading, overflow="fold") for heading in headings), box=None)
    for row in rows:
        table.add_row(*(str(row[key] or "") for key in ("from", "until", "number", "name", "site", "noted_by")))
    Console().print(table)


@app.command("remove")
def remove(number: Number, data: DataOption = DEFAULT_DATA) -> None:
    """Take a camera out of service. Its footage stays for as long as it must."""
    paths = DataPaths(data)
    database, _ = _open(paths)
    with database.writing() as session:
        camera = need_camera(session, number)
        retire(session, camera, SystemClock(), by=local_actor())
    hand_over_cameras(paths, database)
    typer.echo(f"camera {number} is out of service; its footage stays under its retention ({camera.id})")


def _asked(onvif: str, user: str, password: str) -> tuple[str, str | None]:
    """Addresses of main and sub-stream, from the camera."""
    from vms.cli.camera_streams import ask_camera  # noqa: PLC0415 - other commands need no SOAP

    if password == ASK:
        password = typer.prompt("Password", hide_input=True)
    streams = ask_camera(onvif, user, password)
    typer.echo(streams.summary)
    return streams.main_address, streams.sub_address


def _open(paths: DataPaths) -> tuple[Database, SecretBox]:
    database = Database.at(paths.database)
    upgrade(database.engine)
    return database, SecretBox.at(paths.secret_key)


def _placement(row: CameraPlacement) -> dict[str, object]:
    return {
        "from": _local(row.from_us),
        "until": None if row.until_us is None else _local(row.until_us),
        "number": row.number,
        "name": row.name,
        "site": row.site,
        "origin": row.origin,
        "is_corrected": row.is_corrected,
        "noted_by": row.noted_by,
    }


def _local(at_us: int) -> str:
    return to_datetime(at_us).astimezone(ZONE).isoformat(" ", "seconds")


def _row(camera: Camera, ordered: Container[UUID], days: int) -> dict[str, object]:
    state = "on" if camera.is_enabled else "off"
    if camera.retired_us is not None:
        state = "retired"
    elif camera.must_record(ordered):
        state = "recorded"
    return {
        "number": camera.number,
        "name": camera.name,
        "kind": camera.kind,
        "site": camera.site,
        "state": state,
        "transport": camera.transport,
        "has_sub_stream": camera.sealed_sub_address is not None,
        "retention_days": days,
        "id": str(camera.id),
    }
