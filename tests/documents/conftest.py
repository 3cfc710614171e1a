"""A register with a person, a press with a letterhead, every form filled in."""

import importlib.util
import shutil
import sys
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from vms.documents.letterhead import Letterhead
from vms.documents.press import Press
from vms.documents.store import FileStore
from vms.kernel.clock import ManualClock, from_datetime
from vms.kernel.database import Database

# `--import-mode=importlib` puts no test folder on the path; these modules are shared by the tests beside them.
for _name in ("filled_forms", "paper", "certificates"):
    _spec = importlib.util.spec_from_file_location(_name, Path(__file__).with_name(f"{_name}.py"))
    assert _spec is not None
    assert _spec.loader is not None
    _module = importlib.util.module_from_spec(_spec)
    sys.modules[_name] = _module
    _spec.loader.exec_module(_module)

ISTANBUL = ZoneInfo("Europe/Istanbul")


@pytest.fixture
def clock():
    return ManualClock(from_datetime(datetime(2026, 11, 21, 14, 5, 30, tzinfo=ISTANBUL)))


@pytest.fixture
def database(tmp_path, migrated):
    shutil.copy(migrated, tmp_path / "nazar.db")
    database = Database.at(tmp_path / "nazar.db", busy_timeout_s=5)
    yield database
    database.close()


@pytest.fixture
def store(tmp_path):
    return FileStore(tmp_path / "documents")


@pytest.fixture
def letterhead():
    return Letterhead(
        institution="İzmir Büyükşehir Belediye Başkanlığı",
        department="Ulaşım Dairesi Başkanlığı",
        branch="İzmir Ulaşım Merkezi Şube Müdürlüğü",
        contact="Konak/İzmir · 0232 000 00 00",
        query_url="https://belge.example.bel.tr",
    )


@pytest.fixture
def press(letterhead):
    return Press(letterhead=letterhead, zone=ISTANBUL)
