"""`vms authority`: the papers by which people see: Olur, agreement, letters, reviews."""

import json
from collections.abc import Sequence
from typing import Annotated

import typer
from rich.console import Console
from rich.markup import escape
from rich.table import Column, Table

from vms.authority.agreements.service import record_agreement
from vms.authority.duty_changes import report_duty_change
from vms.authority.grants.activation import activate
from vms.authority.grants.endings import reinstate, suspend, withdraw
from vms.authority.grants.queries import need_grant_by_number
from vms.authority.grants.renewals import register_renewal
from vms.authority.grants.rules import GRANT_DAYS, Olur
from vms.authority.grants.service import NewGrant, Scope, cancel, enter
from vms.authority.overview import Row, rows
from vms.cli import authority_postings
from vms.cli.acting import local_actor
from vms.cli.paper_options import (
    AllCameras,
    Cameras,
    LetterNo,
    LetterOn,
    Name,
    Number,
    SignedOn,
    Training,
    Why,
    chosen,
    day,
    letter,
    person_of,
    somebody,
    writing,
)
from vms.cli.settings.node import DEFAULT_DATA, DataOption, DataPaths
from vms.kernel.clock import SystemClock, iso
from vms.kernel.database import Database
from vms.kernel.days import days_left, end_us
from vms.people.queries import need_account, roles_of
from vms.people.role_service import give_role
from vms.people.roles import Paper, papers_of
from vms.people.rules import Role

app = typer.Typer(help="Who may see what, on which paper.", no_args_is_help=True)
authority_postings.add_to(app)


@app.command("grant")
def grant(
    name: Name,
    olur: Annotated[str, typer.Option(help="The Olur's number.")],
    purpose: Annotated[str, typer.Option(help="What for, in the Olur's words.")],
    olur_date: Annotated[str, typer.Option(help="The Olur's date, 2026-11-28; else today.")] = "",
    issuer: Annotated[
        str, typer.Option(help="Who gave it: presidency, general_secretariat or deputy_general_secretariat.")
    ] = "presidency",
    ends: Annotated[str, typer.Option(help="The last day, where the Olur names one before 180 days.")] = "",
    days: Annotated[int, typer.Option(help="For how many days from activation; 180 at most.")] = GRANT_DAYS,
    camera: Cameras = None,
    all_cameras: AllCameras = False,
    live: Annotated[bool, typer.Option("--live", help="Live pictures, if the Olur says so.")] = False,
    playback: Annotated[bool, typer.Option("--playback", help="Recordings, if the Olur says so.")] = False,
    training: Training = "",
    agreement_signed: SignedOn = "",
    data: DataOption = DEFAULT_DATA,
) -> None:
    """Enter viewing authority by Olur. It opens nothing before another person activates it."""
    clock = SystemClock()
    with writing(data) as (session, policy):
        account = need_account(session, name)
        person = person_of(session, clock, account)
        if Paper.OLUR not in papers_of(roles_of(session, account.id, clock.now_us())):
            give_role(session, clock, account, Role.AUTHORISED_VIEWER, by=local_actor())
        if agreement_signed:
            signed_on = day(agreement_signed, clock.now_us())
            record_agreement(session, clock, person, signed_on, by=local_actor(), policy=policy)
        scope = Scope(
            cameras=[one.id for one in chosen(session, camera, all_cameras)], is_live=live, is_playback=playback
        )
        paper = Olur(olur, day(olur_date, clock.now_us()), issuer, day(ends, clock.now_us()) if ends else None)
        new = NewGrant(scope=scope, purpose=purpose, olur=paper, days=days, training=training)
        entered = enter(session, clock, account, new, by=local_actor())
    typer.echo(
        f"grant {entered.number} is entered; another person opens it with `vms authority activate {entered.number}`"
    )


@app.command("activate")
def activate_grant(number: Number, data: DataOption = DEFAULT_DATA) -> None:
    """Begin the 180 days of a grant. Not by whoever entered it, unless the setting authority.two_person is false."""
    clock = SystemClock()
    with writing(data) as (session, policy):
        one = activate(session, clock, need_grant_by_number(session, number), by=local_actor(), policy=policy)
    typer.echo(f"grant {one.number} is active; see `vms authority list`")


@app.command("renew")
def renew(
    number: Number,
    letter_no: LetterNo,
    signed_by: Annotated[str, typer.Option("--signed-by", help="The unit's supervisor: account or registry number.")],
    letter_date: LetterOn = "",
    data: DataOption = DEFAULT_DATA,
) -> None:
    """Register the unit supervisor's letter. With a new password of the person's it makes another 180 days."""
    clock = SystemClock()
    with writing(data) as (session, policy):
        one = need_grant_by_number(session, number)
        applicant = somebody(session, signed_by)
        paper = letter(letter_no, letter_date, clock.now_us())
        period = register_renewal(session, clock, one, paper, applicant.id, by=local_actor(), policy=policy)
    waits = "waits for the person's new password" if period.from_us is None else f"begins {iso(period.from_us)}"
    typer.echo(f"the renewal of grant {number} {waits}")


@app.command("withdraw")
def withdraw_grant(number: Number, why: Why, data: DataOption = DEFAULT_DATA) -> None:
    """Take a grant back for good; open views end within seconds."""
    with writing(data) as (session, _):
        withdraw(session, SystemClock(), need_grant_by_number(session, number), why, by=local_actor())
    typer.echo(f"grant {number} is withdrawn")


@app.command("suspend")
def suspend_grant(number: Number, why: Why, data: DataOption = DEFAULT_DATA) -> None:
    """Let a grant rest; its end does not move."""
    with writing(data) as (session, _):
        suspend(session, SystemClock(), need_grant_by_number(session, number), why, by=local_actor())
    typer.echo(f"grant {number} rests")


@app.command("reinstate")
def reinstate_grant(number: Number, data: DataOption = DEFAULT_DATA) -> None:
    """Let a suspended grant go on until the end it had."""
    with writing(data) as (session, _):
        reinstate(session, SystemClock(), need_grant_by_number(session, number), by=local_actor())
    typer.echo(f"grant {number} goes on")


@app.command("cancel")
def cancel_grant(number: Number, why: Why, data: DataOption = DEFAULT_DATA) -> None:
    """Give up a grant that never became active."""
    with writing(data) as (session, _):
        cancel(session, SystemClock(), need_grant_by_number(session, number), why, by=local_actor())
    typer.echo(f"grant {number} is cancelled")


@app.command("duty-change")
def duty_change(
    name: Annotated[str, typer.Argument(help="The person: account or registry number.")],
    letter_no: LetterNo,
    letter_date: LetterOn = "",
    last_day: Annotated[str, typer.Option("--last-day", help="The last day of the old duty; else it ends now.")] = "",
    data: DataOption = DEFAULT_DATA,
) -> None:
    """End everything that lets a person see, now or on the letter's day."""
    clock = SystemClock()
    with writing(data) as (session, policy):
        person = somebody(session, name)
        at_us = end_us(day(last_day, clock.now_us())) if last_day else None
        paper = letter(letter_no, letter_date, clock.now_us())
        change = report_duty_change(session, clock, person, paper, at_us, by=local_actor(), policy=policy)
    typer.echo(f"what {person.full_name} may see ends {iso(change.effective_us)}")


@app.command("list")
def list_papers(
    name: Annotated[str, typer.Argument(help="Of one account only.")] = "",
    as_json: Annotated[bool, typer.Option("--json", help="For machines.")] = False,
    data: DataOption = DEFAULT_DATA,
) -> None:
    """Show the papers that let people see, with the days left."""
    clock = SystemClock()
    with Database.at(DataPaths(data).database).reading() as session:
        found = rows(session, clock.now_us(), need_account(session, name).id if name else None)
    if as_json:
        typer.echo(json.dumps([_plain(row, clock.now_us()) for row in found]))
        return
    Console().print(_table(found, clock.now_us()))


def _table(found: Sequence[Row], now_us: int) -> Table:
    """For people: whole at 80 columns, which is also what a pipe gets. The too long goes on below."""
    table = Table(
        Column("Paper", max_width=10), Column("Account", width=15, overflow="fold"), Column("State", max_width=10),
        Column("Sees", max_width=10), Column("Stands on", overflow="fold"), Column("Until (UTC)", width=16),
        box=None, padding=(0, 1, 0, 0), pad_edge=False,
    )  # fmt: skip
    for row in found:
        values = _plain(row, now_us)
        until = str(values["until"])
        left = f"\n{values['days_left']} days left" if until else ""
        table.add_row(
            escape(f"{values['paper']} {values['number']}".replace("_", " ")),
            escape(row.account),
            row.state.replace("_", " "),
            f"{values['sees']}\n{row.cameras} cam.".strip(),
            escape(row.words),
            f"{until[:10]} {until[11:16]}{left}".strip(),
        )
    return table


def _plain(row: Row, now_us: int) -> dict[str, object]:
    return {
        "paper": row.paper.value,
        "number": row.number or "",
        "account": row.account,
        "state": row.state,
        "basis": row.words,
        "cameras": row.cameras,
        "sees": " ".join(word for word, is_so in (("live", row.is_live), ("playback", row.is_playback)) if is_so),
        "until": "" if row.until_us is None else iso(row.until_us),
        "days_left": "" if row.until_us is None else days_left(row.until_us, now_us),
        "id": str(row.id),
    }
