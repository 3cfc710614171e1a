"""`vms training`: what everybody who watches has to know."""

import json
from pathlib import Path
from typing import Annotated
from uuid import UUID

import typer
from rich.console import Console
from rich.table import Table

from vms.cli.acting import local_actor
from vms.cli.parts.training_desk import training_desk
from vms.cli.settings.node import DEFAULT_DATA, DataOption, DataPaths
from vms.documents.forms.training import Topic
from vms.kernel.clock import SystemClock
from vms.kernel.database import Database
from vms.kernel.errors import VmsError
from vms.kernel.migration import upgrade
from vms.training.export import csv_of
from vms.training.model import Version
from vms.training.queries import current, gaps, materials, name_of, need_material, versions_of
from vms.training.service import add_material, add_version, publish

app = typer.Typer(
    help="What everybody who watches has to know: keep it, see who does not know it yet.", no_args_is_help=True
)

AsJson = Annotated[bool, typer.Option("--json", help="For machines.")]
MaterialId = Annotated[UUID, typer.Argument(help="The material's id, see `vms training list`.")]


@app.command("add")
def add(
    file: Annotated[Path, typer.Argument(help="A PDF, or a film as MP4 (H.264) or WebM.", exists=True, dir_okay=False)],
    title: Annotated[str, typer.Option(help="The title of a new material.")] = "",
    topic: Annotated[
        list[Topic] | None, typer.Option(help="What it is about; again for each. Default: all four.")
    ] = None,
    material: Annotated[UUID | None, typer.Option(help="Add the file as the next version of this material.")] = None,
    is_published: Annotated[bool, typer.Option("--publish", help="Ask everybody to read or watch it now.")] = False,
    data: DataOption = DEFAULT_DATA,
) -> None:
    """Keep a file as a new material, or as the next version of one."""
    if bool(title) == (material is not None):
        raise typer.BadParameter("give either --title for a new material, or --material for a new version")
    paths, clock, by = DataPaths(data.absolute()), SystemClock(), local_actor()
    desk, database = training_desk(paths), _open(paths)
    desk.examiners.examine(file)  # a file that is refused leaves no material without one
    if material is None:
        with database.writing() as session:
            material = add_material(session, clock, title, topic or list(Topic), by=by).id
    version = add_version(database, clock, desk.store, desk.examiners, material, file, by=by)
    if is_published:
        with database.writing() as session:
            publish(session, clock, need_material(session, material), by=by)
    typer.echo(f"material {material}, version {version.number}{': published' if is_published else ''}")


@app.command("publish")
def publish_newest(material: MaterialId, data: DataOption = DEFAULT_DATA) -> None:
    """Ask everybody to read or watch the newest version."""
    with _open(DataPaths(data.absolute())).writing() as session:
        version = publish(session, SystemClock(), need_material(session, material), by=local_actor())
    typer.echo(f"version {version.number} is published")


@app.command("list")
def list_materials(data: DataOption = DEFAULT_DATA, as_json: AsJson = False) -> None:
    """Show the materials with the version that counts, and how many have not acknowledged it."""
    now_us = SystemClock().now_us()
    with Database.at(DataPaths(data).database).reading() as session:
        counting = {one.material.id: one.version.number for one in current(session)}
        open_ids = [gap.current.material.id for gap in gaps(session, now_us)]
        rows = [
            {
                "id": str(one.id), "title": one.title, "topics": one.topics,
                "newest": _newest(versions_of(session, one.id)), "published": counting.get(one.id),
                "is_withdrawn": one.withdrawn_us is not None, "missing": open_ids.count(one.id),
            }
            for one in materials(session)
        ]  # fmt: skip
    if as_json:
        typer.echo(json.dumps(rows, ensure_ascii=False))
        return
    table = Table("Id", "Title", "Topics", "Newest", "Published", "Withdrawn", "Missing")
    for row in rows:
        table.add_row(*("" if one is None else str(one) for one in row.values()))
    Console().print(table)


@app.command("missing")
def missing(
    data: DataOption = DEFAULT_DATA,
    as_json: AsJson = False,
    as_csv: Annotated[bool, typer.Option("--csv", help="For spreadsheets.")] = False,
) -> None:
    """Show who has not acknowledged what, by unit."""
    with Database.at(DataPaths(data).database).reading() as session:
        found = gaps(session, SystemClock().now_us())
    if as_csv:
        typer.echo(csv_of(found), nl=False)
        return
    rows = [
        {
            "unit": gap.unit_name, "person": name_of(gap), "account": gap.account.name,
            "training": gap.current.material.title, "version": gap.current.version.number,
        }
        for gap in found
    ]  # fmt: skip
    if as_json:
        typer.echo(json.dumps(rows, ensure_ascii=False))
        return
    table = Table("Unit", "Person", "Account", "Training", "Version")
    for row in rows:
        table.add_row(*(str(one) for one in row.values()))
    Console().print(table)


@app.command("check")
def check(data: DataOption = DEFAULT_DATA) -> None:
    """Prove that every file of the materials is there and unchanged; exit code 1 when one is not."""
    paths = DataPaths(data.absolute())
    store = training_desk(paths).store
    with Database.at(paths.database).reading() as session:
        named = {
            one.sha256: material.title for material in materials(session) for one in versions_of(session, material.id)
        }
    problems = 0
    for digest, title in named.items():
        try:
            store.prove(digest)
        except VmsError as err:
            problems += 1
            typer.echo(f"{title}: {err}")
    typer.echo(f"{len(named)} files named, {problems} with problems")
    if problems:
        raise typer.Exit(1)


def _newest(known: list[Version]) -> int | None:
    return known[0].number if known else None


def _open(paths: DataPaths) -> Database:
    database = Database.at(paths.database)
    upgrade(database.engine)
    return database
