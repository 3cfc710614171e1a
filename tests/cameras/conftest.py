"""A control database with the key that seals its addresses."""

import shutil

import pytest

from vms.kernel.clock import ManualClock
from vms.kernel.database import Database
from vms.kernel.secrets import SecretBox


@pytest.fixture
def clock():
    return ManualClock()


@pytest.fixture
def box(tmp_path):
    return SecretBox.at(tmp_path / "keys" / "secret.key")


@pytest.fixture
def database(tmp_path, migrated):
    shutil.copy(migrated, tmp_path / "nazar.db")
    database = Database.at(tmp_path / "nazar.db", busy_timeout_s=0.05)
    yield database
    database.close()
