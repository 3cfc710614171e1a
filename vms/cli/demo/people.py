"""The people of the demonstration, with passwords of this data folder's own."""

import json
import os
import secrets
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from sqlalchemy.orm import Session

from vms.cameras.model import Camera
from vms.cli.acting import program
from vms.cli.demo.papers import have_agreement, have_assignment, have_grant
from vms.kernel.clock import Clock
from vms.kernel.database import Database
from vms.people.model import Account
from vms.people.passwords import PASSWORDS
from vms.people.queries import account_by_name
from vms.people.rules import Role
from vms.people.service import NewAccount, create_account, set_password

_PASSWORD_BYTES = 12


@dataclass(frozen=True, slots=True)
class DemoPerson:
    """Who signs in to look around. `password` empty: it was changed, so only its owner knows it."""

    name: str
    display_name: str
    roles: tuple[Role, ...]
    password: str = field(default="", repr=False)


PEOPLE = (
    DemoPerson("yonetici", "Gösterim yöneticisi", (Role.SYSADMIN,)),
    DemoPerson("bekci", "Gösterim bekçisi", (Role.GUARD,)),
    DemoPerson("kayit", "Gösterim yazı işleri", (Role.REGISTRY_CLERK, Role.GUARD_SUPERVISOR)),  # sees no picture
    # A request for footage passes through the hands of four: kayit, hukuk, memur, sef (C-7).
    DemoPerson("hukuk", "Gösterim hukukçusu", (Role.LEGAL_REVIEWER,)),
    DemoPerson("memur", "Gösterim görüntü memuru", (Role.FOOTAGE_OFFICER,)),  # sees what a request of theirs asks for
    DemoPerson("sef", "Gösterim şefi", (Role.VMS_UNIT_HEAD,)),
    DemoPerson("denetci", "Gösterim denetçisi", (Role.AUDITOR,)),  # sees who saw what, no picture
)


def admit_people(database: Database, clock: Clock, cameras: Sequence[Camera], path: Path) -> list[DemoPerson]:
    """Have the accounts, with papers that let two of them see `cameras`; the same passwords at every start.

    `path`: where the passwords are kept, readable by the data folder's owner only. They are random: the demonstration
    may be opened to a network.
    """
    kept = _kept(path)
    people = [_with_password(database, person, kept.get(person.name, "")) for person in PEOPLE]
    _keep(path, {person.name: person.password for person in people if person.password} | kept)
    with database.writing() as session:
        accounts = {person.name: _have_account(session, clock, person) for person in people}
    with database.writing() as session:
        have_grant(session, clock, accounts["yonetici"], cameras)
        have_assignment(session, clock, accounts["bekci"], cameras)
        have_agreement(session, clock, accounts["memur"])
    return people


def _with_password(database: Database, person: DemoPerson, kept: str) -> DemoPerson:
    """The person with the password to print: the kept one while it is right, a new one when there is none."""
    with database.reading() as session:
        account = account_by_name(session, person.name)
    if account is not None and kept and not PASSWORDS.is_right(account.password_hash, kept):
        return person
    password = kept or secrets.token_urlsafe(_PASSWORD_BYTES)
    return DemoPerson(person.name, person.display_name, person.roles, password)


def _have_account(session: Session, clock: Clock, person: DemoPerson) -> Account:
    account = account_by_name(session, person.name)
    if account is None:
        new = NewAccount(
            name=person.name, display_name=person.display_name, roles=person.roles, password=person.password
        )
        return create_account(session, clock, new, by=program("demo"))
    if person.password and not PASSWORDS.is_right(account.password_hash, person.password):
        return set_password(session, clock, account, person.password, must_change=False, by=program("demo"))
    return account


def _kept(path: Path) -> dict[str, str]:
    try:
        values = json.loads(path.read_text())
    except (OSError, ValueError):
        return {}
    return {str(name): str(password) for name, password in values.items()} if isinstance(values, dict) else {}


def _keep(path: Path, passwords: dict[str, str]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    temporary = path.with_name(path.name + ".tmp")
    descriptor = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_CLOEXEC, 0o600)
    with os.fdopen(descriptor, "w") as file:
        json.dump(passwords, file)
    temporary.replace(path)
