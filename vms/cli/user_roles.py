"""`vms user role`: giving an account roles, taking them back."""

from datetime import datetime, time, timedelta
from pathlib import Path
from typing import Annotated

import typer

from vms.cli.acting import local_actor
from vms.cli.settings.node import DEFAULT_DATA, DataOption, DataPaths
from vms.kernel.clock import SystemClock, from_datetime
from vms.kernel.database import Database
from vms.kernel.days import ZONE
from vms.kernel.migration import upgrade
from vms.people.queries import need_account
from vms.people.role_service import give_role, take_role
from vms.people.rules import Role

app = typer.Typer(help="Roles of an account. None of them shows a picture.", no_args_is_help=True)

Name = Annotated[str, typer.Argument(help="The account's name.")]


@app.command("give")
def give(
    name: Name,
    role: Annotated[Role, typer.Argument(help="What they do from now on, beside what they did.")],
    until: Annotated[
        datetime | None, typer.Option(formats=["%Y-%m-%d"], help="A deputy's last day; without it until taken back.")
    ] = None,
    data: DataOption = DEFAULT_DATA,
) -> None:
    """Give a role."""
    until_us = None
    if until is not None:
        until_us = from_datetime(datetime.combine(until.date() + timedelta(days=1), time(), ZONE))
    with _open(data).writing() as session:
        account = need_account(session, name)
        give_role(session, SystemClock(), account, role, until_us, by=local_actor())
    typer.echo(f"account {account.name} holds the role {role}")


@app.command("take")
def take(name: Name, role: Annotated[Role, typer.Argument()], data: DataOption = DEFAULT_DATA) -> None:
    """Take a role back."""
    with _open(data).writing() as session:
        account = need_account(session, name)
        take_role(session, SystemClock(), account, role, by=local_actor())
    typer.echo(f"account {account.name} no longer holds the role {role}")


def _open(data: Path) -> Database:
    database = Database.at(DataPaths(data).database)
    upgrade(database.engine)
    return database
