"""Commands run within the tests' own process, on a node that was set up before."""

import shutil

import pytest

from vms.cli.settings.node import DataPaths


@pytest.fixture(autouse=True)
def _cheap(cheap_passwords):
    """Most of these tests make accounts by the way."""


@pytest.fixture
def set_up(tmp_path, migrated):
    """The folder has a control database without a row, as the first command leaves it."""
    shutil.copy(migrated, DataPaths(tmp_path).database)
