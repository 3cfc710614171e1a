"""The small municipality of `tests/authority`, with ways to ask what it is reminded of."""

import importlib.util
import sys
from pathlib import Path

import pytest
from sqlalchemy import select

from vms.authority.policy import DEFAULT
from vms.kernel.database import Database
from vms.people.organisation_model import Person
from vms.reminders.model import Reminder
from vms.reminders.queries import records
from vms.reminders.rules import due
from vms.reminders.service import write_down

_HERE = Path(__file__).parent


def _module(name, path):
    """`--import-mode=importlib` puts no test folder on the path."""
    spec = importlib.util.spec_from_file_location(name, path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    spec.loader.exec_module(module)
    return module


_module("real_mail_server", _HERE / "real_mail_server.py")
_town = _module("town", _HERE.parent / "authority" / "conftest.py")
for _name in ("migrated", "clock", "town", "at", "day"):
    globals()[_name] = getattr(_town, _name)


class Desk:
    """What waits in a town."""

    def __init__(self, town):
        self._town = town
        self._patient = Database.at(Path(town.database.engine.url.database))

    def due(self, policy=DEFAULT):
        now_us = self._town.clock.now_us()
        with self._town.database.reading() as session:
            return due(records(session, now_us, policy), now_us)

    def for_person(self, name):
        """Kind, mark and days of everything that waits for a person, by duty or by name."""
        now_us = self._town.clock.now_us()
        with self._town.database.reading() as session:
            known = records(session, now_us, DEFAULT)
        person_id = self._town.people[name].id
        return [
            (one.kind.value, one.mark, one.days)
            for one in due(known, now_us)
            if person_id in one.persons(known.readers)
        ]

    def write(self):
        return write_down(self._patient, self._town.clock, DEFAULT)

    def written(self):
        with self._town.database.reading() as session:
            names = {one.id: one.full_name for one in session.scalars(select(Person))}
            rows = session.scalars(select(Reminder).order_by(Reminder.id))
            return [(names[one.person_id], one.kind, one.key.rpartition(":")[2], one.state) for one in rows]

    def close(self):
        self._patient.close()


@pytest.fixture
def desk(town):
    desk = Desk(town)
    yield desk
    desk.close()
