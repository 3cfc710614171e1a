"""`vms mail`: the mail server that takes reminders."""

import json
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table
from sqlalchemy import select

from vms.cli.parts.mail import hand_in_test, need_mail
from vms.cli.settings.node import DEFAULT_DATA, DataOption, DataPaths, load_settings
from vms.kernel.clock import SystemClock
from vms.kernel.database import Database
from vms.kernel.days import day_of
from vms.people.organisation_model import Person
from vms.reminders.mail_server import is_address
from vms.reminders.model import MailState, Reminder

app = typer.Typer(help="The mail server that takes reminders: try it, see what waits.", no_args_is_help=True)


@app.command("test")
def send_test(
    address: Annotated[str, typer.Argument(help="To whom: ayse@example.org.")], data: DataOption = DEFAULT_DATA
) -> None:
    """Send a mail now; exit code 1, with the reason, when the server does not take it."""
    if not is_address(address):
        raise typer.BadParameter(f"{address} is no address; write ayse@example.org")
    paths, clock = DataPaths(data.absolute()), SystemClock()
    chosen = need_mail(load_settings(paths).mail)
    hand_in_test(chosen, paths, clock, address)
    typer.echo(f"the mail server took a mail for {address}")


@app.command("list")
def list_waiting(
    data: DataOption = DEFAULT_DATA,
    as_json: Annotated[bool, typer.Option("--json", help="For machines.")] = False,
) -> None:
    """Show the reminders whose mail waits or was refused, the newest first."""
    wanted = select(Reminder, Person).join(Person, Person.id == Reminder.person_id)
    wanted = wanted.where(Reminder.state.in_((MailState.WAITING, MailState.REFUSED))).order_by(Reminder.id.desc())
    with Database.at(DataPaths(data).database).reading() as session:
        rows = [
            {
                "kind": reminder.kind, "person": person.full_name, "has_address": bool(person.email),
                "state": reminder.state, "written": str(day_of(reminder.written_us)), "tries": reminder.tries,
                "answer": reminder.refusal,
            }
            for reminder, person in session.execute(wanted)
        ]  # fmt: skip
    if as_json:
        typer.echo(json.dumps(rows, ensure_ascii=False))
        return
    table = Table("Reminder", "Person", "Address", "State", "Written", "Tries", "Last answer")
    for row in rows:
        values = {**row, "has_address": "yes" if row["has_address"] else "none"}
        table.add_row(*(str(one) for one in values.values()))
    Console().print(table)
