"""A control database with a small municipality, its people, two cameras; papers as short as a test can say them."""

import importlib.util
import shutil
import sys
from datetime import date, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from vms.audit.entry import Actor
from vms.authority.acts import Letter
from vms.authority.agreements.service import record_agreement
from vms.authority.authority import Authority
from vms.authority.grants.activation import activate
from vms.authority.grants.rules import Olur
from vms.authority.grants.service import NewGrant, Scope, enter
from vms.authority.postings.assignments import NewAssignment, assign
from vms.authority.postings.posts import open_post
from vms.cameras.service import NewCamera, register
from vms.cli.parts.paper_examiner import ChildExaminer
from vms.documents.desk import Desk
from vms.documents.letterhead import Letterhead
from vms.documents.press import Press
from vms.documents.store import FileStore
from vms.kernel.clock import ManualClock
from vms.kernel.database import Database
from vms.kernel.days import day_of
from vms.kernel.errors import VmsError
from vms.kernel.ids import new_id
from vms.kernel.migration import upgrade
from vms.kernel.secrets import SecretBox
from vms.people.organisation_model import OrganisationUnit, Person
from vms.people.passwords import Passwords
from vms.people.rules import AccountKind, Role
from vms.people.service import NewAccount, create_account

# What reads printed papers stands beside the tests of documents; here it has a name that is no fixture's.
_SPEC = importlib.util.spec_from_file_location("read_paper", Path(__file__).parents[1] / "documents" / "paper.py")
_read_paper = importlib.util.module_from_spec(_SPEC)
sys.modules["read_paper"] = _read_paper
_SPEC.loader.exec_module(_read_paper)

CHEAP = Passwords(time_cost=1, memory_kib=8)
CLERK, HEAD = Actor(None, "clerk"), Actor(None, "head")
DAY_S = 86_400


class Town:
    """People by a short name, cameras by name, and papers for them. Every act is a transaction of its own."""

    clerk, head = CLERK, HEAD

    def __init__(self, folder, template, clock):
        shutil.copy(template, folder / "nazar.db")
        self.clock = clock
        self.database = Database.at(folder / "nazar.db", busy_timeout_s=0.05)
        self.authority = Authority(self.database)
        self._box = SecretBox.at(folder / "keys" / "secret.key")
        self._olur = 0
        with self.database.writing() as session:
            units = {"town": self._unit(session, None, "Belediye", "municipality")}
            units["office"] = self._unit(session, units["town"].id, "Zabıta Dairesi", "department")
            units["other"] = self._unit(session, units["town"].id, "Park Dairesi", "department")
            session.flush()
            self.units = {name: unit.id for name, unit in units.items()}
            self.people = {name: self._person(session, name, "office") for name in ("ayse", "bekir", "chief", "mayor")}
            self.people |= {name: self._person(session, name, "other") for name in ("gardener", "guard")}
            session.flush()
            for unit, head in (("town", "mayor"), ("office", "chief"), ("other", "gardener")):
                units[unit].supervisor_id = self.people[head].id
            roles = {"guard": Role.GUARD, "chief": Role.DEPARTMENT_HEAD}
            self.accounts = {
                name: self._account(session, name, roles.get(name, Role.AUTHORISED_VIEWER), person_id=person.id)
                for name, person in self.people.items()
            }
            self.accounts["technician"] = self._account(
                session, "technician", Role.TECHNICIAN, display_name="Teknisyen"
            )
            self.accounts["wall"] = self._account(
                session, "wall", Role.SHARED_ACCOUNT, display_name="Duvar", kind=AccountKind.SHARED,
                responsible_person_id=self.people["chief"].id,
            )  # fmt: skip
            self.cameras = {
                name: register(session, NewCamera(name=name, main_address="rtsp://cam.example/"), self._box, clock)
                for name in ("gate", "lobby", "yard")
            }

    def _unit(self, session, parent_id, name, kind):
        unit = OrganisationUnit(new_id(self.clock), parent_id, name, kind, self.clock.now_us())
        session.add(unit)
        session.flush()
        return unit

    def _person(self, session, name, unit):
        person = Person(new_id(self.clock), name.title(), self.units[unit], "civil_servant", self.clock.now_us())
        session.add(person)
        return person

    def _account(self, session, name, role, **more):
        new = NewAccount(name=name, roles=[role], password="not for this", **more)
        return create_account(session, self.clock, new, passwords=CHEAP)

    def register(self, full_name, unit="office", **more):
        """Another person, with the letters of their name."""
        with self.database.writing() as session:
            now_us = self.clock.now_us()
            person = Person(new_id(self.clock), full_name, self.units[unit], "civil_servant", now_us, **more)
            session.add(person)
        return person

    @property
    def today(self) -> date:
        return day_of(self.clock.now_us())

    def act(self, use_case, *given, by=CLERK, **more):
        """Run one use case in a transaction of its own, with entities as they are by now."""
        with self.database.writing() as session:
            fresh = [session.get_one(type(one), one.id) if hasattr(one, "__table__") else one for one in given]
            return use_case(session, self.clock, *fresh, by=by, **more)

    def refusal(self, use_case, *given, **more):
        """The code with which it is refused."""
        with pytest.raises(VmsError) as err:
            self.act(use_case, *given, **more)
        return err.value.code

    def ids(self, names):
        return [self.cameras[name].id for name in names.split()]

    def scope(self, cameras="gate", live=True, playback=False):
        return Scope(cameras=self.ids(cameras), is_live=live, is_playback=playback)

    def olur(self, **more):
        """Another one every time."""
        self._olur += 1
        return Olur(**{"no": f"2026/{self._olur}", "on": self.today, "issuer": "presidency", **more})

    def sign(self, name, on=None):
        return self.act(record_agreement, self.people[name], on or self.today)

    def enter(self, name="ayse", cameras="gate", live=True, playback=False, olur=None, **more):
        new = NewGrant(
            scope=self.scope(cameras, live, playback), purpose="güvenlik", olur=olur or self.olur(),
            **{"training": "Eğitim 01.06.2025", **more},
        )  # fmt: skip
        return self.act(enter, self.accounts[name], new)

    def grant(self, name="ayse", *given, **more):
        """An active one, with all its papers."""
        self.sign(name)
        return self.act(activate, self.enter(name, *given, **more), by=HEAD)

    def post(self, name="Kapı", cameras="gate"):
        return self.act(open_post, name, "Merkez", self.ids(cameras))

    def assign(self, name="guard", post=None, hours=8.0, from_us=None, **more):
        from_us = from_us or self.clock.now_us()
        new = NewAssignment(
            letter=Letter("KG-7", self.today), from_us=from_us, until_us=from_us + round(hours * 3600) * 1_000_000,
            training="Eğitim 01.06.2025",
        )  # fmt: skip
        return self.act(assign, self.accounts[name], post or self.post(), new, **more)

    def sees(self, name="ayse", camera="gate", mode="live", interval=None):
        """The end of the basis, or the refusal's code."""
        camera_id = self.cameras[camera].id if camera in self.cameras else camera
        try:
            basis = self.authority.may(self.accounts[name].id, camera_id, mode, interval, self.clock.now_us())
        except VmsError as err:
            return err.code
        return basis.until_us


@pytest.fixture(scope="session")
def migrated(tmp_path_factory):
    path = tmp_path_factory.mktemp("database") / "nazar.db"
    database = Database.at(path)
    upgrade(database.engine)
    database.close()
    return path


@pytest.fixture
def clock():
    """1 July 2025, 09:00 in Istanbul."""
    return ManualClock(1_751_349_600_000_000)


@pytest.fixture
def town(tmp_path, migrated, clock):
    town = Town(tmp_path, migrated, clock)
    yield town
    town.database.close()


@pytest.fixture
def desk(tmp_path):
    """Where papers are printed, kept, taken back."""
    head = Letterhead(institution="Deneme Belediyesi", query_url="https://belge.example.bel.tr")
    press = Press(letterhead=head, zone=ZoneInfo("Europe/Istanbul"))
    return Desk(FileStore(tmp_path / "documents"), ChildExaminer(), press)


@pytest.fixture
def at(clock):
    """Move the clock to a local day and time, forward or back; gives the moment."""
    from vms.kernel.days import start_us

    def at(day, hours=0, minutes=0, seconds=0):
        target_us = start_us(day) + (hours * 3600 + minutes * 60 + seconds) * 1_000_000
        clock.step_wall((target_us - clock.now_us()) / 1e6)
        return clock.now_us()

    return at


@pytest.fixture
def day():
    """Day `n` of something that begins on 1 July 2025: day 1 is that day."""
    return lambda n: date(2025, 7, 1) + timedelta(days=n - 1)
