"""`vms audit`: who did what, and whether the log still says what was written."""

import json
import sys
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Annotated
from uuid import UUID

import typer
from rich.console import Console
from sqlalchemy.orm import Session

from vms.archive.checkpoints import node_key, public_bytes
from vms.audit.checkpoints import CheckpointFile, read_checkpoints
from vms.audit.entry import NewEntry
from vms.audit.export import csv_lines, entry_facts, wanted_facts
from vms.audit.model import AuditEntry
from vms.audit.queries import Wanted, count, entries, entries_after
from vms.audit.rules import OK, Act
from vms.audit.service import append
from vms.audit.verify import verify
from vms.cameras.queries import need_camera
from vms.cli.acting import local_actor
from vms.cli.settings.node import DEFAULT_DATA, DataOption, DataPaths
from vms.kernel.clock import SystemClock, from_datetime, iso, to_datetime
from vms.kernel.database import Database
from vms.kernel.days import ZONE
from vms.kernel.migration import upgrade
from vms.kernel.span import Span
from vms.people.queries import need_account

app = typer.Typer(help="Who did what: list, export, verify.", no_args_is_help=True)

_FORMATS = ["%Y-%m-%d", "%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S"]
_FOR_EVER_US = 1 << 62

Person = Annotated[str, typer.Option("--person", help="Account name: what this person did.")]
Camera = Annotated[int | None, typer.Option("--camera", help="Call-up number: what was done with this camera.")]
CameraId = Annotated[UUID | None, typer.Option("--camera-id", help="The same by id, also of one out of service.")]
Acts = Annotated[list[Act] | None, typer.Option("--act", help="Only this act; may be given again.")]
Basis = Annotated[str, typer.Option("--basis", help="A part of the basis: 2026/118.")]
From = Annotated[datetime | None, typer.Option("--from", formats=_FORMATS, help="Local time, inside.")]
Until = Annotated[datetime | None, typer.Option("--until", formats=_FORMATS, help="Local time, outside.")]
JsonOption = Annotated[bool, typer.Option("--json", help="For machines.")]


@app.command("verify")
def verify_command(data: DataOption = DEFAULT_DATA, as_json: JsonOption = False) -> None:
    """Prove every entry: hashes, links, numbers, signatures. Exit code 1 when something does not hold."""
    paths = DataPaths(data)
    trusted = [public_bytes(node_key(paths.node_key))]
    seen = 0

    def counted(more: int) -> None:
        nonlocal seen
        seen += more
        if seen % 1_000 == 0:
            status.update(f"{seen} entries verified")

    with Console(stderr=True).status("starting") as status, Database.at(paths.database).reading() as session:
        file = CheckpointFile(paths.audit_checkpoints)
        findings = list(verify(session, file, trusted_keys=trusted, progress=counted))
        signed = read_checkpoints(session)
    if as_json:
        signed_us = signed[-1].at_us if signed else None
        problems = [finding.to_json() for finding in findings]
        typer.echo(json.dumps({"entries": seen, "signed_us": signed_us, "problems": problems}))
    else:
        for finding in findings:
            typer.echo(str(finding))
        verdict = f"{len(findings)} problem(s)" if findings else "nothing is wrong"
        until = f", signed until {iso(signed[-1].at_us)}" if signed else ", not signed yet"
        typer.echo(f"{seen} entries verified{until}: {verdict}")
    if findings:
        raise typer.Exit(1)


@app.command("list")
def list_command(
    person: Person = "",
    camera: Camera = None,
    camera_id: CameraId = None,
    act: Acts = None,
    basis: Basis = "",
    from_: From = None,
    until: Until = None,
    limit: Annotated[int, typer.Option(min=1, max=10_000, help="At most so many.")] = 100,
    data: DataOption = DEFAULT_DATA,
    as_json: JsonOption = False,
) -> None:
    """Show entries, the newest first."""
    with Database.at(DataPaths(data).database).reading() as session:
        wanted = _wanted(session, person, camera, camera_id, act, basis, from_, until)
        found = entries(session, wanted, limit=limit)
    if as_json:
        typer.echo(json.dumps([entry_facts(entry) for entry in found]))
        return
    for entry in found:
        typer.echo(_sentence(entry))


@app.command("export")
def export_command(
    person: Person = "",
    camera: Camera = None,
    camera_id: CameraId = None,
    act: Acts = None,
    basis: Basis = "",
    from_: From = None,
    until: Until = None,
    to: Annotated[Path | None, typer.Option(help="A new file; without it standard output.")] = None,
    data: DataOption = DEFAULT_DATA,
    as_json: JsonOption = False,
) -> None:
    """Write entries as CSV, the oldest first; with --json one JSON object a line. It is logged that they were taken."""
    database = Database.at(DataPaths(data).database)
    upgrade(database.engine)
    with database.writing() as session:  # logged before the first line is given away
        wanted = _wanted(session, person, camera, camera_id, act, basis, from_, until)
        detail = {"format": "json" if as_json else "csv", "filter": wanted_facts(wanted)}
        append(session, SystemClock(), NewEntry(act=Act.AUDIT_EXPORTED, actor=local_actor(), detail=detail))
    found = _every(database, wanted)
    lines = (json.dumps(entry_facts(entry)) + "\n" for entry in found) if as_json else csv_lines(found)
    if to is None:
        sys.stdout.writelines(lines)
        return
    with to.open("x", encoding="utf-8", newline="") as file:
        file.writelines(lines)
        size_bytes = file.tell()
    typer.echo(f"{to}: {size_bytes} bytes")


def _every(database: Database, wanted: Wanted) -> Iterator[AuditEntry]:
    with database.reading() as session:
        until = count(session)
    after = 0
    while True:
        with database.reading() as session:
            found = entries_after(session, wanted, after, until)
        if not found:
            return
        yield from found
        after = found[-1].sequence


def _wanted(
    session: Session,
    person: str,
    camera: int | None,
    camera_id: UUID | None,
    acts: list[Act] | None,
    basis: str,
    start: datetime | None,
    end: datetime | None,
) -> Wanted:
    if camera is not None and camera_id is not None:
        raise typer.BadParameter("give either --camera or --camera-id")
    span = None
    if start is not None or end is not None:
        start_us, end_us = _us(start, 0), _us(end, _FOR_EVER_US)
        if end_us <= start_us:
            raise typer.BadParameter("--until lies behind --from")
        span = Span(start_us, end_us)
    return Wanted(
        person_id=need_account(session, person).id if person else None,
        camera_id=camera_id if camera is None else need_camera(session, camera).id,
        acts=acts or (),
        basis=basis,
        span=span,
    )


def _us(at: datetime | None, otherwise_us: int) -> int:
    return otherwise_us if at is None else from_datetime(at.replace(tzinfo=ZONE))


def _sentence(entry: AuditEntry) -> str:
    """One line of a terminal: when, who, what, about what, on what basis."""
    at = to_datetime(entry.at_us).astimezone(ZONE)
    parts = [f"{entry.sequence:>7}  {at:%Y-%m-%d %H:%M:%S}  {entry.act:<20}  {entry.actor_name or '-'}"]
    parts += [f"[{entry.address}]"] if entry.address else []
    parts += [entry.subject_words] if entry.subject_words else []
    parts += [entry.mode] if entry.mode else []
    parts += [f"({entry.basis})"] if entry.basis else []
    parts += [entry.outcome] if entry.outcome != OK else []
    parts += [entry.detail] if entry.detail != "{}" else []
    return "  ".join(parts)
