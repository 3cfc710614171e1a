"""A control database with a person in it, whose password is hashed at the lowest price."""

import pytest

from vms.kernel.clock import ManualClock
from vms.kernel.database import Database
from vms.kernel.migration import upgrade
from vms.people.passwords import Passwords
from vms.people.rules import Role
from vms.people.service import NewAccount, create_account

PASSWORD = "correct horse battery"


@pytest.fixture(scope="session")
def passwords():
    return Passwords(time_cost=1, memory_kib=8)


@pytest.fixture
def clock():
    return ManualClock()


@pytest.fixture
def database(tmp_path):
    database = Database.at(tmp_path / "nazar.db", busy_timeout_s=0.05)
    upgrade(database.engine)
    yield database
    database.close()


@pytest.fixture
def right_password():
    return PASSWORD


@pytest.fixture
def account(database, clock, passwords):
    with database.writing() as session:
        new = NewAccount(name="ayse", display_name="Ayşe Işık", role=Role.GUARD, password=PASSWORD)
        return create_account(session, clock, new, passwords=passwords)
