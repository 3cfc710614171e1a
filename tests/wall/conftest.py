"""A control database with two people who keep views."""

import shutil

import pytest

from vms.kernel.clock import ManualClock
from vms.kernel.database import Database
from vms.people.passwords import Passwords
from vms.people.rules import Role
from vms.people.service import NewAccount, create_account


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
def people(database, clock):
    cheap = Passwords(time_cost=1, memory_kib=8)
    with database.writing() as session:
        return [
            create_account(
                session, clock, NewAccount(name=name, display_name=name, roles=[Role.GUARD], password="not for this"),
                passwords=cheap,
            )
            for name in ("ayse", "murat")
        ]  # fmt: skip
