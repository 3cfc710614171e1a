"""`vms user`: who may sign in, what their roles let them do."""

import json
import sys
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.table import Table

from vms.authority.authority import Authority
from vms.cli import user_roles
from vms.cli.acting import local_actor
from vms.cli.people_options import person_named
from vms.cli.settings.node import DEFAULT_DATA, DataOption, DataPaths
from vms.kernel.clock import Clock, SystemClock
from vms.kernel.database import Database
from vms.kernel.migration import upgrade
from vms.people.directory.staff import link_account, unlink_account
from vms.people.model import Account
from vms.people.queries import accounts, need_account, roles_by_account
from vms.people.rules import MAX_PASSWORD_CHARACTERS, AccountKind, Role
from vms.people.second_factor import reset
from vms.people.service import NewAccount, create_account, disable, enable, set_password


class Way(StrEnum):
    """Where people prove who they are."""

    LOCAL = "local"
    LDAP = "ldap"
    OIDC = "oidc"


app = typer.Typer(help="Accounts: who may sign in, what they may do (`vms authority`: see).", no_args_is_help=True)
app.add_typer(user_roles.app, name="role")

Name = Annotated[str, typer.Argument(help="The account's name.")]
FromStdin = Annotated[bool, typer.Option("--password-stdin", help="Read the password from standard input.")]
MustChange = Annotated[
    bool,
    typer.Option("--must-change/--no-must-change", help="Whether the person chooses another at the first sign-in."),
]


@app.command("add")
def add(
    name: Name,
    display_name: Annotated[str, typer.Option("--display-name", help="The person's name; else the account's.")] = "",
    role: Annotated[
        list[Role] | None,
        typer.Option(help="What the person does; may be given again. None shows a picture by itself."),
    ] = None,
    person: Annotated[str, typer.Option(help="Whose it is: name, registry number or id.")] = "",
    kind: Annotated[AccountKind, typer.Option(help="Whose an account is.")] = AccountKind.PERSONAL,
    responsible: Annotated[str, typer.Option(help="Who answers for one that is nobody's own (D-11.6).")] = "",
    language: Annotated[str, typer.Option(help="tr or en.")] = "tr",
    must_change: MustChange = True,
    password_stdin: FromStdin = False,
    data: DataOption = DEFAULT_DATA,
) -> None:
    """Give a person an account. It sees nothing before a paper says so, see `vms authority`."""
    database, clock = _open(data), SystemClock()
    with database.reading() as session:
        ids = [person_named(session, word, clock.now_us()).id if word else None for word in (person, responsible)]
    new = NewAccount(
        name=name, display_name=display_name or name, roles=role or (), password=_password(password_stdin),
        must_change_password=must_change, language=language, kind=kind, person_id=ids[0], responsible_person_id=ids[1],
    )  # fmt: skip
    with database.writing() as session:
        account = create_account(session, clock, new, by=local_actor())
    typer.echo(f"account {account.name} may sign in as {' and '.join(role or ()) or 'nobody in particular'}")


@app.command("list")
def list_users(
    data: DataOption = DEFAULT_DATA,
    as_json: Annotated[bool, typer.Option("--json", help="For machines.")] = False,
) -> None:
    """Show the accounts, with how many cameras each may see now."""
    database, clock = Database.at(DataPaths(data).database), SystemClock()
    with database.reading() as session:
        found = accounts(session)
        held = roles_by_account(session, [account.id for account in found], clock.now_us())
    rows = [_row(account, held.get(account.id, frozenset()), Authority(database), clock) for account in found]
    if as_json:
        typer.echo(json.dumps(rows))
        return
    table = Table("Name", "Person", "Roles", "State", "Live", "Playback")
    for row in rows:
        shown = row | {"roles": ", ".join(row["roles"])}
        table.add_row(*(str(shown[key]) for key in ("name", "display_name", "roles", "state", "live", "playback")))
    Console().print(table)


@app.command("password")
def password(
    name: Name, must_change: MustChange = True, password_stdin: FromStdin = False, data: DataOption = DEFAULT_DATA
) -> None:
    """Set another password. Unlocks the account, ends its sessions."""
    database = _open(data)
    with database.reading() as session:
        account = need_account(session, name)
    new = _password(password_stdin)  # asked for before the writer's lock is taken
    with database.writing() as session:
        set_password(session, SystemClock(), account, new, must_change, by=local_actor())
    typer.echo(f"account {account.name} has another password; its sessions ended")


@app.command("link")
def link(
    name: Name,
    way: Annotated[Way, typer.Argument(help="Where the person proves who they are.")],
    data: DataOption = DEFAULT_DATA,
) -> None:
    """Have a person sign in by the institution's directory (ldap) or its sign-in page (oidc), or here (local)."""
    with _open(data).writing() as session:
        account = need_account(session, name)
        if way is Way.LOCAL:
            unlink_account(session, SystemClock(), account, by=local_actor())
        else:
            link_account(session, SystemClock(), account, way.value, by=local_actor())
    more = "; give it a password with `vms user password`" if way is Way.LOCAL else ""
    typer.echo(f"account {account.name} signs in by {way.value}{more}; its sessions ended")


@app.command("reset-factor")
def reset_factor(name: Name, data: DataOption = DEFAULT_DATA) -> None:
    """Take away the second factor of who lost telephone and recovery codes. They set up another at the next sign-in."""
    with _open(data).writing() as session:
        account = need_account(session, name)
        reset(session, SystemClock(), account, by=local_actor())
    typer.echo(f"account {account.name} has no second factor any more; its sessions ended")


@app.command("disable")
def disable_user(name: Name, data: DataOption = DEFAULT_DATA) -> None:
    """Close an account at once; what it did keeps its author."""
    with _open(data).writing() as session:
        account = disable(session, SystemClock(), need_account(session, name), by=local_actor())
    typer.echo(f"account {account.name} is disabled; its sessions ended")


@app.command("enable")
def enable_user(name: Name, data: DataOption = DEFAULT_DATA) -> None:
    """Open a closed account again, with the rights it still has."""
    with _open(data).writing() as session:
        account = enable(session, SystemClock(), need_account(session, name), by=local_actor())
    typer.echo(f"account {account.name} may sign in again")


def _password(from_stdin: bool) -> str:
    if from_stdin:
        return sys.stdin.readline(4 * MAX_PASSWORD_CHARACTERS).rstrip("\r\n")
    typed: str = typer.prompt("Password", hide_input=True, confirmation_prompt=True)
    return typed


def _open(data: Path) -> Database:
    database = Database.at(DataPaths(data).database)
    upgrade(database.engine)
    return database


def _row(account: Account, roles: frozenset[Role], authority: Authority, clock: Clock) -> dict[str, Any]:
    now_us = clock.now_us()
    allowed = authority.allowed(account.id, now_us).values()
    state = "locked" if account.is_locked(now_us) else "on"
    if account.disabled_us is not None:
        state = "disabled"
    return {
        "name": account.name,
        "display_name": account.display_name,
        "roles": sorted(roles),
        "kind": account.kind,
        "state": state,
        "must_change_password": account.must_change_password,
        "live": sum(one.live is not None for one in allowed),
        "playback": sum(one.playback is not None for one in allowed),
        "id": str(account.id),
    }
