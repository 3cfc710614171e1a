"""What the commands about viewing authority have in common: their options, how words become entities."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date, datetime
from pathlib import Path
from typing import Annotated

import typer
from sqlalchemy import select
from sqlalchemy.orm import Session

from vms.authority.acts import Letter
from vms.authority.policy import Policy
from vms.cameras.model import Camera
from vms.cameras.queries import cameras, need_camera
from vms.cli.acting import local_actor
from vms.cli.settings.node import DataPaths, load_settings
from vms.kernel.clock import Clock, from_datetime
from vms.kernel.database import Database
from vms.kernel.days import ZONE, day_of, end_us, start_us
from vms.kernel.errors import Kind, VmsError
from vms.kernel.migration import upgrade
from vms.people.model import Account
from vms.people.organisation_model import OrganisationUnit, Person
from vms.people.organisation_queries import person_by_registry_no
from vms.people.organisation_rules import EmploymentKind, UnitKind
from vms.people.person_service import PersonContent, register_person
from vms.people.queries import account_by_name
from vms.people.service import AccountContent, change_account
from vms.people.unit_service import UnitContent, register_unit

Name = Annotated[str, typer.Argument(help="The account's name.")]
Number = Annotated[int, typer.Argument(help="The grant's number, see `vms authority list`.")]
Why = Annotated[str, typer.Option("--why", help="The reason, for the audit log and for the person.")]
Cameras = Annotated[list[int] | None, typer.Option("--camera", help="Call-up number; may be given again.")]
AllCameras = Annotated[bool, typer.Option("--all-cameras", help="Every camera there is now, not later ones.")]
LetterNo = Annotated[str, typer.Option("--letter", help="The letter's number.")]
LetterOn = Annotated[str, typer.Option("--letter-date", help="Its date, 2026-11-28; else today.")]
Training = Annotated[str, typer.Option("--training", help='When and how the person was trained: "Eğitim 05.11.2026".')]
SignedOn = Annotated[
    str, typer.Option("--agreement-signed", help="Day the person signed the confidentiality agreement; records it.")
]

# What to do about a refusal here, where its own words are those of every way to the node.
_HINTS = {
    "second_person_missing": (
        "Another person is whoever signs in to the console with an account of their own, or runs this command from "
        "their own login on this server."
    ),
    "grant_state": "`vms authority list` shows it.",
}


@contextmanager
def writing(data: Path) -> Iterator[tuple[Session, Policy]]:
    """A transaction on the node's database, with what `[authority]` says.

    A refusal leaves with what can be done about it on the command line.
    """
    paths = DataPaths(data)
    policy = load_settings(paths).authority.policy()
    database = Database.at(paths.database)
    upgrade(database.engine)
    try:
        with database.writing() as session:
            yield session, policy
    except VmsError as err:
        if err.code not in _HINTS:
            raise
        raise VmsError(err.kind, err.code, f"{err.message} {_HINTS[err.code]}", **err.detail) from err


def chosen(session: Session, numbers: Sequence[int] | None, all_cameras: bool) -> list[Camera]:
    """The cameras that --camera or --all-cameras name."""
    if bool(numbers) == all_cameras:
        raise typer.BadParameter("give either --camera (again for each) or --all-cameras")
    return (
        cameras(session) if all_cameras else [need_camera(session, number) for number in dict.fromkeys(numbers or ())]
    )


def day(text: str, now_us: int) -> date:
    """The day that `2026-11-28` names; today for nothing."""
    if not text:
        return day_of(now_us)
    try:
        return date.fromisoformat(text)
    except ValueError as err:
        raise typer.BadParameter(f"{text} is no day; write 2026-11-28") from err


def moment(text: str) -> int:
    """The moment that `2026-11-28T16:00` names in local time; of a bare day its end, because a last day is inside."""
    return _moment(text, end_us)


def first_moment(text: str) -> int:
    """The same, of a bare day its first moment."""
    return _moment(text, start_us)


def _moment(text: str, of_day: Callable[[date], int]) -> int:
    try:
        if len(text) <= len("2026-11-28"):
            return of_day(date.fromisoformat(text))
        at = datetime.fromisoformat(text)
    except ValueError as err:
        raise typer.BadParameter(f"{text} is no time; write 2026-11-28 or 2026-11-28T16:00") from err
    return from_datetime(at if at.tzinfo else at.replace(tzinfo=ZONE))


def letter(no: str, on: str, now_us: int) -> Letter:
    """The letter that --letter, --letter-date name."""
    return Letter(no, day(on, now_us))


def person_of(session: Session, clock: Clock, account: Account) -> Person:
    """Whose account it is. Papers are given to people: one who is not registered yet becomes a person of the
    municipality's own unit, to be corrected in the console.
    """  # noqa: D205 - the second sentence explains the first
    if account.person_id is not None:
        return session.get_one(Person, account.person_id)
    top = session.scalar(select(OrganisationUnit).where(OrganisationUnit.kind == UnitKind.MUNICIPALITY))
    if top is None:
        top = register_unit(session, clock, UnitContent(name="Belediye", kind=UnitKind.MUNICIPALITY), by=local_actor())
    content = PersonContent(
        full_name=account.display_name, unit_id=top.id, employment_kind=EmploymentKind.CIVIL_SERVANT
    )
    person = register_person(session, clock, content, by=local_actor())
    whose = AccountContent(display_name=account.display_name, language=account.language, person_id=person.id)
    change_account(session, clock, account, whose, by=local_actor())
    return person


def somebody(session: Session, name: str) -> Person:
    """The person of this account name or registry number; VmsError(NOT_FOUND, `person_not_found`)."""
    account = account_by_name(session, name)
    if account is not None and account.person_id is not None:
        return session.get_one(Person, account.person_id)
    person = person_by_registry_no(session, name)
    if person is None:
        raise VmsError(
            Kind.NOT_FOUND, "person_not_found", "No person has this account or registry number. Register the person."
        )
    return person
