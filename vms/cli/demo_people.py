"""The two people of the demonstration, with passwords of this data folder's own."""

import json
import os
import secrets
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from sqlalchemy.orm import Session

from vms.authority.queries import rights_of
from vms.authority.service import allow
from vms.cameras.model import Camera
from vms.cli.acting import program
from vms.kernel.clock import Clock
from vms.kernel.database import Database
from vms.people.model import Account
from vms.people.passwords import PASSWORDS
from vms.people.queries import account_by_name
from vms.people.rules import Role
from vms.people.service import NewAccount, create_account, set_password

BASIS = "Gösterim: benzetilmiş kameralar, gerçek görüntü yok (demonstration: simulated cameras, no real picture)"
_PASSWORD_BYTES = 12


@dataclass(frozen=True, slots=True)
class DemoPerson:
    """Who signs in to look around. `password` empty: it was changed, so only its owner knows it."""

    name: str
    display_name: str
    roles: tuple[Role, ...]
    may_play_back: bool
    password: str = field(default="", repr=False)


PEOPLE = (
    DemoPerson("yonetici", "Gösterim yöneticisi", (Role.SYSADMIN,), may_play_back=True),
    DemoPerson("bekci", "Gösterim bekçisi", (Role.GUARD,), may_play_back=False),
)


def admit_people(database: Database, clock: Clock, cameras: Sequence[Camera], path: Path) -> list[DemoPerson]:
    """Have both accounts with their rights to `cameras`; the same passwords at every start.

    `path`: where the passwords are kept, readable by the data folder's owner only. They are random: the demonstration
    may be opened to a network.
    """
    kept = _kept(path)
    people = [_with_password(database, person, kept.get(person.name, "")) for person in PEOPLE]
    _keep(path, {person.name: person.password for person in people if person.password} | kept)
    with database.writing() as session:
        accounts = {person.name: _have_account(session, clock, person) for person in people}
    for person in people:
        _allow_missing(database, clock, accounts[person.name], person, cameras)
    return people


def _with_password(database: Database, person: DemoPerson, kept: str) -> DemoPerson:
    """The person with the password to print: the kept one while it is right, a new one when there is none."""
    with database.reading() as session:
        account = account_by_name(session, person.name)
    if account is not None and kept and not PASSWORDS.is_right(account.password_hash, kept):
        return person
    password = kept or secrets.token_urlsafe(_PASSWORD_BYTES)
    return DemoPerson(person.name, person.display_name, person.roles, person.may_play_back, password)


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


def _allow_missing(
    database: Database, clock: Clock, account: Account, person: DemoPerson, cameras: Sequence[Camera]
) -> None:
    """Give the rights that were never there; one that somebody took stays taken."""
    if account.disabled_us is not None:
        return
    with database.writing() as session:
        had = {right.camera_id for right in rights_of(session, account.id)}
        for camera in cameras:
            if camera.id not in had:
                allow(
                    session, clock, account, camera, live=True, playback=person.may_play_back, basis=BASIS,
                    by=program("demo"),
                )  # fmt: skip


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
