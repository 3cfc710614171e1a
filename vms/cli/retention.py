"""`vms retention`: how long footage is kept."""

from collections.abc import Callable, Mapping, Sequence
from typing import Annotated
from uuid import UUID

import typer
from rich.console import Console
from rich.table import Table
from sqlalchemy.orm import Session

from retention.clock_memory import confirm_clock, what_confirming_keeps
from retention.misdated import Belief
from retention.pressure import KEPT_DAYS
from retention.report import Outcome
from vms.archive.deletion import what_may_go
from vms.archive.locks import confirm_locks, list_locks
from vms.archive.model import Lock
from vms.archive.volume import Volume
from vms.audit.entry import NewEntry
from vms.audit.rules import Act
from vms.audit.service import append
from vms.cameras.queries import cameras, current_policies, effective_retention, need_camera
from vms.cameras.rules import RetentionScope
from vms.cameras.service import end_retention, set_retention
from vms.cli.acting import local_actor
from vms.cli.jobs import build_engine, volume_finder
from vms.cli.node.retention_ports import DatabasePolicies
from vms.cli.settings.node import DEFAULT_DATA, DataOption, DataPaths, load_settings
from vms.footage.locks.difference import Difference, difference
from vms.kernel.clock import Clock, SystemClock, iso
from vms.kernel.database import Database
from vms.kernel.errors import Kind, VmsError
from vms.kernel.migration import upgrade
from vms.kernel.span import Span

app = typer.Typer(help="How long footage is kept: never below 20 days.", no_args_is_help=True)

CameraOption = Annotated[int | None, typer.Option("--camera", help="Call-up number: this camera only.")]
SiteOption = Annotated[str | None, typer.Option("--site", help="All cameras of this site.")]
IdOption = Annotated[UUID | None, typer.Option("--camera-id", help="A camera by its id, also one nobody registered.")]
KeepOption = Annotated[
    bool, typer.Option("--keep", help="It was wrong before this start of the machine too: keep all for its time again.")
]
YesOption = Annotated[bool, typer.Option("--yes", help="Do not ask.")]


@app.command("show")
def show(data: DataOption = DEFAULT_DATA) -> None:
    """Show what counts for each camera, and who said so."""
    paths = DataPaths(data)
    default_days = load_settings(paths).retention.days
    table = Table("Camera", "Name", "Site", "Days", "Set for", "Reason")
    with Database.at(paths.database).reading() as session:
        for camera in cameras(session, with_retired=True):
            found = effective_retention(session, camera, default_days)
            number = str(camera.number) if camera.retired_us is None else "retired"
            said_by = found.scope.value if found.scope else "settings"
            table.add_row(number, camera.name, camera.site, str(found.days), said_by, found.reason)
        policies = len(current_policies(session))
    Console().print(table)
    typer.echo(f"{policies} policies in force; without one: {default_days} days (settings)")


@app.command("set")
def set_command(
    days: Annotated[int, typer.Argument(help="20 or more; above 21 with a reason.")],
    camera: CameraOption = None,
    site: SiteOption = None,
    camera_id: IdOption = None,
    reason: Annotated[str, typer.Option(help="Why it is longer.")] = "",
    data: DataOption = DEFAULT_DATA,
) -> None:
    """Set it for everything, a site, or a camera."""
    database = _database(data)
    with database.writing() as session:
        scope, target = _target(session, camera, site, camera_id)
        policy = set_retention(session, SystemClock(), scope, target, days, reason, by=local_actor())
    typer.echo(f"{policy.days} days for {policy.target or 'everything'}, from the next sweep on")


@app.command("unset")
def unset(
    camera: CameraOption = None,
    site: SiteOption = None,
    camera_id: IdOption = None,
    data: DataOption = DEFAULT_DATA,
) -> None:
    """End a policy, so that the next wider one counts."""
    database = _database(data)
    with database.writing() as session:
        scope, target = _target(session, camera, site, camera_id)
        was_there = end_retention(session, SystemClock(), scope, target, by=local_actor())
    typer.echo("ended" if was_there else "there was none")


@app.command("sweep")
def sweep(data: DataOption = DEFAULT_DATA) -> None:
    """Sweep all volumes now; exit code 1 when one could not be swept."""
    paths = DataPaths(data)
    engine = build_engine(load_settings(paths), paths, SystemClock(), _database(data))
    reports = engine.sweep()
    for report in reports:
        typer.echo(
            f"volume {report.volume_uuid}: {report.outcome}, {report.deleted_segments} segments expired, "
            f"{report.pressure_segments} went under pressure" + (f". {report.detail}" if report.detail else "")
        )
    if any(report.outcome is not Outcome.OK for report in reports):
        raise typer.Exit(1)


@app.command("confirm-clock")
def confirm_clock_command(keep: KeepOption = False, yes: YesOption = False, data: DataOption = DEFAULT_DATA) -> None:
    """Say that the machine's clock is right, after the sweeper refused to believe it.

    Shows first what would be deleted, and what is kept because the clock was wrong when it was recorded. A volume that
    is away is named and waits for its turn; exit code 1 then.
    """
    clock, paths = SystemClock(), DataPaths(data)
    belief = Belief.PERSON_NOW_ONLY if keep else Belief.PERSON
    days = DatabasePolicies(_database(data), load_settings(paths).retention.days).retention_days()
    typer.echo(f"The clock says {iso(clock.now_us())}.")
    known = _volumes(data)
    shown = [volume for volume in known if _is_done(volume, lambda volume: _preview(volume, clock, belief, days))]
    if shown and not yes:
        typer.confirm("Is the clock right? A wrong date deletes footage for ever", abort=True)
    confirmed = 0
    for volume in shown:
        if _is_done(volume, lambda volume: confirm_clock(volume, clock, belief)):
            confirmed += 1
            _tell(data, volume, "clock confirmed", Act.CLOCK_CONFIRMED, keep=keep)
    if confirmed < len(known):
        raise typer.Exit(1)


@app.command("confirm-locks")
def confirm_locks_command(yes: YesOption = False, data: DataOption = DEFAULT_DATA) -> None:
    """Say that all locks are in place again, after a volume lost its index.

    Shows first where they differ from what the control database says. A volume that is away is named and waits for its
    turn; exit code 1 then.
    """
    database = _database(data)

    def confirm(volume: Volume) -> None:
        locks = list_locks(volume)
        for lock in locks:
            typer.echo(_words(lock))
        with database.reading() as session:
            _say_difference(volume, difference(session, locks))
        if not yes:
            typer.confirm(f"{len(locks)} locks. Are these all? What none of them keeps may be deleted", abort=True)
        confirm_locks(volume)

    known, confirmed = _volumes(data), 0
    for volume in known:
        if _is_done(volume, confirm):
            confirmed += 1
            _tell(data, volume, "locks confirmed", Act.LOCKS_CONFIRMED)
    if confirmed < len(known):
        raise typer.Exit(1)


def _say_difference(volume: Volume, found: Difference) -> None:
    for locks, what in (
        (found.lacking, "lacks a lock that the control database has, which `vms jobs` places again"),
        (found.released, "still keeps what may go by the control database, which `vms jobs` releases"),
        (found.unknown, "has a lock that the control database does not know"),
    ):
        for lock in locks:
            typer.echo(f"volume {volume.uuid}: {what}: {_words(lock)}")
    if not (found.lacking or found.released or found.unknown):
        typer.echo(f"volume {volume.uuid}: its locks are those of the control database")


def _words(lock: Lock) -> str:
    span = f"{iso(lock.span.start_us)} .. {iso(lock.span.end_us)}"
    return f"{lock.kind} {lock.reference}: camera {lock.camera_id}, {span}"


def _preview(volume: Volume, clock: Clock, belief: Belief, days: Mapping[UUID, int]) -> None:
    kept = what_confirming_keeps(volume, clock, belief)
    for one in kept:
        said, until = f"{iso(one.span.start_us)} .. {iso(one.span.end_us)}", iso(one.until_us)
        typer.echo(f"volume {volume.uuid}: kept, for it says {said}, recorded until {until}: camera {one.camera_id}")
    spans: dict[UUID, list[Span]] = {}
    for one in kept:
        spans.setdefault(one.camera_id, []).append(one.span)
    gone = what_may_go(volume, lambda camera_id: days.get(camera_id, KEPT_DAYS), clock.now_us(), spans)
    said = f", which say {iso(gone.span.start_us)} .. {iso(gone.span.end_us)}" if gone.span else ""
    typer.echo(f"volume {volume.uuid}: {gone.segments} segments, {gone.size_bytes / 1e9:.1f} GB may go{said}")


def _volumes(data: DataOption) -> Sequence[Volume]:
    paths = DataPaths(data)
    known = volume_finder(load_settings(paths), paths)()
    if not known:
        typer.echo("No volume is known yet: there is nothing to confirm.")
    return known


def _is_done(volume: Volume, do: Callable[[Volume], object]) -> bool:
    """Do it; a volume that is away, or whose disk refuses, is named and keeps no other from its turn."""
    try:
        volume.attach()
        do(volume)
    except (VmsError, OSError) as err:
        why = err.message if isinstance(err, VmsError) else f"The disk refused: {err.strerror}. Check it."
        typer.echo(f"volume {volume.uuid}: left out. {why}")
        return False
    finally:
        volume.close()
    return True


def _tell(data: DataOption, volume: Volume, what: str, act: Act, **detail: object) -> None:
    """An entry for each volume as soon as it counts: what comes after it may fail, or be answered with no."""
    typer.echo(f"volume {volume.uuid}: {what}")
    detail["volume"] = str(volume.uuid)
    with _database(data).writing() as session:
        append(session, SystemClock(), NewEntry(act=act, actor=local_actor(), detail=detail))


def _database(data: DataOption) -> Database:
    database = Database.at(DataPaths(data).database)
    upgrade(database.engine)
    return database


def _target(
    session: Session, camera: int | None, site: str | None, camera_id: UUID | None
) -> tuple[RetentionScope, str]:
    if sum(value is not None for value in (camera, site, camera_id)) > 1:
        raise VmsError(
            Kind.INVALID, "retention_target_invalid", "Name a camera or a site, not both. Correct the options."
        )
    if camera is not None:
        return RetentionScope.CAMERA, str(need_camera(session, camera).id)
    if camera_id is not None:
        return RetentionScope.CAMERA, str(camera_id)
    return (RetentionScope.GLOBAL, "") if site is None else (RetentionScope.SITE, site)
