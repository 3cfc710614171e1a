"""`vms person`: who works for the municipality."""

import json
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.table import Table

from vms.cli.acting import local_actor
from vms.cli.people_options import person_named, unit_named
from vms.cli.settings.node import DEFAULT_DATA, DataOption, DataPaths
from vms.kernel.clock import SystemClock
from vms.kernel.database import Database
from vms.kernel.migration import upgrade
from vms.people.organisation_model import OrganisationUnit, Person
from vms.people.organisation_queries import MAX_PAGE, PersonFilter, persons
from vms.people.organisation_rules import EmploymentKind
from vms.people.person_service import PersonContent, come_back, leave, register_person

app = typer.Typer(help="Persons: who works for the municipality.", no_args_is_help=True)

Who = Annotated[str, typer.Argument(help="Name, registry number or id.")]


@app.command("add")
def add(
    full_name: Annotated[str, typer.Argument(help="As records print it.")],
    unit: Annotated[str, typer.Option(help="Where they work: name or id of the unit.")],
    employment: Annotated[EmploymentKind, typer.Option(help="How they are employed.")] = EmploymentKind.CIVIL_SERVANT,
    registry_no: Annotated[str, typer.Option(help="Registry number (sicil no).")] = "",
    title: Annotated[str, typer.Option(help="Title (unvan).")] = "",
    email: Annotated[str, typer.Option(help="E-mail address.")] = "",
    phone: Annotated[str, typer.Option(help="Telephone number.")] = "",
    data: DataOption = DEFAULT_DATA,
) -> None:
    """Register a person. An account is another matter: `vms user add --person`."""
    with _open(data).writing() as session:
        content = PersonContent(
            full_name=full_name, unit_id=unit_named(session, unit).id, employment_kind=employment,
            registry_no=registry_no, title=title, email=email, phone=phone,
        )  # fmt: skip
        person = register_person(session, SystemClock(), content, by=local_actor())
    typer.echo(f"person {person.full_name} is registered as {person.id}")


@app.command("left")
def left(who: Who, data: DataOption = DEFAULT_DATA) -> None:
    """Say that a person no longer works here: their account closes at once."""
    clock = SystemClock()
    with _open(data).writing() as session:
        person = leave(session, clock, person_named(session, who, clock.now_us()).id, by=local_actor())
    typer.echo(f"person {person.full_name} has left; an account of theirs is disabled")


@app.command("back")
def back(who: Who, data: DataOption = DEFAULT_DATA) -> None:
    """Say that a person works here again; see `vms user enable` for their account."""
    clock = SystemClock()
    with _open(data).writing() as session:
        person = come_back(session, clock, person_named(session, who, clock.now_us()).id, by=local_actor())
    typer.echo(f"person {person.full_name} works here again")


@app.command("list")
def list_persons(
    search: Annotated[str, typer.Argument(help="Words of the name, the number or the title.")] = "",
    everybody: Annotated[bool, typer.Option("--all", help="Those who left too.")] = False,
    data: DataOption = DEFAULT_DATA,
    as_json: Annotated[bool, typer.Option("--json", help="For machines.")] = False,
) -> None:
    """Show persons in the order of the Turkish alphabet."""
    now_us = SystemClock().now_us()
    rows: list[dict[str, Any]] = []
    with Database.at(DataPaths(data).database).reading() as session:
        while True:
            wanted = PersonFilter(
                search=search, staff="all" if everybody else "staff", offset=len(rows), limit=MAX_PAGE
            )  # fmt: skip
            page = persons(session, wanted, now_us)
            rows += [_row(one, session.get_one(OrganisationUnit, one.unit_id).name, now_us) for one in page.persons]
            if len(rows) >= page.total or not page.persons:
                break
    if as_json:
        typer.echo(json.dumps(rows))
        return
    table = Table("Name", "Number", "Title", "Unit", "Employment", "State")
    for row in rows:
        table.add_row(*(row[key] for key in ("full_name", "registry_no", "title", "unit", "employment", "state")))
    Console().print(table)


def _row(person: Person, unit: str, now_us: int) -> dict[str, Any]:
    return {
        "id": str(person.id),
        "full_name": person.full_name,
        "registry_no": person.registry_no or "",
        "title": person.title,
        "unit": unit,
        "employment": person.employment_kind,
        "state": "staff" if person.is_staff(now_us) else "left",
    }


def _open(data: Path) -> Database:
    database = Database.at(DataPaths(data).database)
    upgrade(database.engine)
    return database
