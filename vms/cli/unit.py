"""`vms unit`: the municipality's organisation."""

import json
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.tree import Tree

from vms.cli.acting import local_actor
from vms.cli.people_options import person_named, unit_named
from vms.cli.settings.node import DEFAULT_DATA, DataOption, DataPaths
from vms.kernel.clock import SystemClock
from vms.kernel.database import Database
from vms.kernel.migration import upgrade
from vms.people.organisation_model import OrganisationUnit
from vms.people.organisation_queries import units
from vms.people.organisation_rules import UnitKind
from vms.people.unit_service import UnitContent, change_unit, close_unit, register_unit

app = typer.Typer(help="The organisation: units with who signs for them.", no_args_is_help=True)

Unit = Annotated[str, typer.Argument(help="The unit's name, or its id when several have it.")]
Under = Annotated[str | None, typer.Option(help="The unit it stands under; the municipality stands under none.")]
SupervisorName = Annotated[str | None, typer.Option(help="Who signs for it: name, registry number or id.")]


@app.command("add")
def add(
    name: Annotated[str, typer.Argument(help="As records print it.")],
    kind: Annotated[UnitKind, typer.Option(help="What it is.")],
    under: Under = None,
    supervisor: SupervisorName = None,
    data: DataOption = DEFAULT_DATA,
) -> None:
    """Register a unit."""
    clock = SystemClock()
    with _open(data).writing() as session:
        content = UnitContent(
            name=name,
            kind=kind,
            parent_id=unit_named(session, under).id if under else None,
            supervisor_id=person_named(session, supervisor, clock.now_us()).id if supervisor else None,
        )
        unit = register_unit(session, clock, content, by=local_actor())
    typer.echo(f"unit {unit.name} is registered as {unit.id}")


@app.command("change")
def change(
    unit: Unit,
    name: Annotated[str | None, typer.Option(help="Another name.")] = None,
    kind: Annotated[UnitKind | None, typer.Option(help="Another kind.")] = None,
    under: Under = None,
    supervisor: SupervisorName = None,
    data: DataOption = DEFAULT_DATA,
) -> None:
    """Correct a unit, or move it with all below it; what is not named stays."""
    clock = SystemClock()
    with _open(data).writing() as session:
        own = unit_named(session, unit)
        content = UnitContent(
            name=name or own.name,
            kind=kind or UnitKind(own.kind),
            parent_id=unit_named(session, under).id if under else own.parent_id,
            supervisor_id=person_named(session, supervisor, clock.now_us()).id if supervisor else own.supervisor_id,
        )
        changed = change_unit(session, clock, own.id, content, by=local_actor())
    typer.echo(f"unit {changed.name} is changed")


@app.command("close")
def close(unit: Unit, data: DataOption = DEFAULT_DATA) -> None:
    """Say that a unit is no more; papers go on naming it."""
    with _open(data).writing() as session:
        closed = close_unit(session, SystemClock(), unit_named(session, unit).id, by=local_actor())
    typer.echo(f"unit {closed.name} is closed")


@app.command("list")
def list_units(
    data: DataOption = DEFAULT_DATA,
    as_json: Annotated[bool, typer.Option("--json", help="For machines.")] = False,
) -> None:
    """Show the organisation as a tree."""
    with Database.at(DataPaths(data).database).reading() as session:
        found = units(session)
    if as_json:
        typer.echo(json.dumps([_row(unit) for unit in found]))
        return
    tree = Tree("", hide_root=True)
    _grow(tree, found, None)
    Console().print(tree)


def _grow(tree: Tree, found: list[OrganisationUnit], parent_id: object) -> None:
    for unit in (one for one in found if one.parent_id == parent_id):
        closed = ", closed" if unit.closed_us is not None else ""
        _grow(tree.add(f"{unit.name} ({unit.kind}{closed})", highlight=False), found, unit.id)


def _row(unit: OrganisationUnit) -> dict[str, Any]:
    return {
        "id": str(unit.id),
        "parent_id": None if unit.parent_id is None else str(unit.parent_id),
        "name": unit.name,
        "kind": unit.kind,
        "supervisor_id": None if unit.supervisor_id is None else str(unit.supervisor_id),
        "is_closed": unit.closed_us is not None,
    }


def _open(data: Path) -> Database:
    database = Database.at(DataPaths(data).database)
    upgrade(database.engine)
    return database
