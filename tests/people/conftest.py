"""A control database with a person in it, whose password is hashed at the lowest price."""

import shutil

import pytest

from vms.kernel.clock import ManualClock
from vms.kernel.database import Database
from vms.kernel.secrets import SecretBox
from vms.people.entrance import Entrance
from vms.people.organisation_rules import EmploymentKind
from vms.people.passwords import Passwords
from vms.people.person_service import PersonContent, register_person
from vms.people.rules import Role
from vms.people.service import NewAccount, create_account
from vms.people.sign_in_rules import SignInRules

PASSWORD = "correct horse battery"


@pytest.fixture(scope="session")
def passwords():
    return Passwords(time_cost=1, memory_kib=8)


@pytest.fixture
def clock():
    return ManualClock()


@pytest.fixture
def database(tmp_path, migrated):
    shutil.copy(migrated, tmp_path / "nazar.db")
    database = Database.at(tmp_path / "nazar.db", busy_timeout_s=0.05)
    yield database
    database.close()


@pytest.fixture
def right_password():
    return PASSWORD


@pytest.fixture
def account(database, clock, passwords):
    with database.writing() as session:
        new = NewAccount(name="ayse", display_name="Ayşe Işık", roles=[Role.GUARD], password=PASSWORD)
        return create_account(session, clock, new, passwords=passwords)


@pytest.fixture
def box(tmp_path):
    return SecretBox.at(tmp_path / "keys" / "secret.key")


@pytest.fixture
def door(database, clock, box, passwords):
    """Factory: the entrance of a town without a directory."""

    def door(passwords=passwords, database=database):
        return Entrance(database, clock, SignInRules(), box, passwords=passwords)

    return door


@pytest.fixture
def staff(clock):
    """Factory: a person of a unit, in the session given."""

    def staff(session, full_name, unit_id, **more):
        content = PersonContent(
            full_name=full_name, unit_id=unit_id, employment_kind=EmploymentKind.CIVIL_SERVANT, **more
        )
        return register_person(session, clock, content)

    return staff
