"""A control database with two people without any right, two cameras."""

import pytest

from vms.authority.authority import Authority
from vms.cameras.service import NewCamera, register
from vms.kernel.clock import ManualClock
from vms.kernel.database import Database
from vms.kernel.migration import upgrade
from vms.kernel.secrets import SecretBox
from vms.people.passwords import Passwords
from vms.people.rules import Role
from vms.people.service import NewAccount, create_account


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
def authority(database):
    return Authority(database)


@pytest.fixture
def people(database, clock):
    """An administrator, a guard."""
    cheap = Passwords(time_cost=1, memory_kib=8)
    with database.writing() as session:
        return [
            create_account(
                session, clock, NewAccount(name=name, display_name=name, roles=[role], password="not for this"),
                passwords=cheap,
            )
            for name, role in (("chief", Role.SYSADMIN), ("guard", Role.GUARD))
        ]  # fmt: skip


@pytest.fixture
def gate_and_lobby(database, clock, tmp_path):
    box = SecretBox.at(tmp_path / "keys" / "secret.key")
    with database.writing() as session:
        return [
            register(session, NewCamera(name=name, main_address="rtsp://cam.example/"), box, clock)
            for name in ("Gate", "Lobby")
        ]
