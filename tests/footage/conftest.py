"""The small municipality of `tests/authority` with the people of a footage request, and volumes with any past."""

import importlib.util
import shutil
import sys
import tempfile
from datetime import timedelta
from pathlib import Path

import pytest

from vms.archive.archive import Archive
from vms.archive.model import Cause, Gap, StreamKey
from vms.archive.rows import put_gap
from vms.archive.volume import Volume
from vms.cameras.rules import CameraKind
from vms.cameras.service import NewCamera
from vms.cameras.service import register as register_camera
from vms.documents.store import FileStore
from vms.documents.upload import Examined
from vms.footage.availability import look
from vms.footage.holds.model import Basis
from vms.footage.holds.placing import place_and_tell
from vms.footage.holds.service import NewHold, release
from vms.footage.letters.files import FootageDesk, file_letter
from vms.footage.letters.model import Channel, Sender
from vms.footage.letters.service import NewLetter, register_letter
from vms.footage.locks.keeping import tell
from vms.footage.model import FootageRequest
from vms.footage.queries import items_of
from vms.footage.requests.assigning import assign
from vms.footage.requests.closing import withdraw
from vms.footage.requests.review import approve
from vms.footage.requests.rules import Claim
from vms.footage.requests.searching import record_search, wanted_items
from vms.footage.requests.service import NewRequest, register
from vms.footage.rules import AuthorityKind, Origin
from vms.kernel.clock import US_PER_DAY
from vms.kernel.days import day_of
from vms.people.acting import actor_of
from vms.people.rules import Role


def _shared(name: str, folder: str, file: str = "conftest.py"):
    spec = importlib.util.spec_from_file_location(name, Path(__file__).parents[1] / folder / file)
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    spec.loader.exec_module(module)
    return module


_town = _shared("town_of_footage", "authority")
_shelves = _shared("shelves_of_footage", "retention")
town_module, shelves = _town, _shelves
sys.modules["conftest_of_footage"] = sys.modules[__name__]
for _name in ("migrated", "clock", "town", "at"):
    globals()[_name] = getattr(_town, _name)

for _name in ("packaged", "hold_records"):
    _spec = importlib.util.spec_from_file_location(_name, Path(__file__).with_name(f"{_name}.py"))
    sys.modules[_name] = importlib.util.module_from_spec(_spec)
    _spec.loader.exec_module(sys.modules[_name])

_packages = _shared("packages_of_footage", "footage", "packages.py")
for _name in (
    "make_writer", "clip", "when_closed", "when_held", "wait_until_fixture", "export_press", "works",
):  # fmt: skip
    globals()[_name] = getattr(_packages, _name)

HOUR_US = 3600 * 1_000_000
# A JPEG as far as its first bytes say: 64 × 64 dots (ITU-T T.81, B.2.2).
SCAN = (
    b"\xff\xd8\xff\xe0\x00\x10JFIF\x00\x01\x01\x00\x00\x01\x00\x01\x00\x00"
    b"\xff\xc0\x00\x11\x08\x00\x40\x00\x40\x03\x01\x22\x00\x02\x11\x01\x03\x11\x01\xff\xd9"
)


class OnePage:
    """What examining `SCAN` found: a second of a core for each letter is spent in `test_letters.py` only."""

    def __init__(self) -> None:
        self.signatures = ()

    def examine(self, path, media_type):
        return Examined(1, signatures=self.signatures)


class Office:
    """Letters, requests and holds as short as a test can say them; each act is a transaction of its own."""

    def __init__(self, town, folder, shelf):
        self.town, self.clock, self.database, self.shelf = town, town.clock, town.database, shelf
        self.archive = Archive([shelf.volume])
        self.folder = folder
        self.examiner = OnePage()
        self.desk = FootageDesk(FileStore(folder / "letters"), self.examiner)
        roles = {
            "clerk": Role.REGISTRY_CLERK, "lawyer": Role.LEGAL_REVIEWER, "officer": Role.FOOTAGE_OFFICER,
            "officer2": Role.FOOTAGE_OFFICER, "sef": Role.VMS_UNIT_HEAD,
        }  # fmt: skip
        with self.database.writing() as session:
            for name, role in roles.items():
                town.accounts[name] = town._account(session, name, role, display_name=name.title())
            town.cameras["square"] = register_camera(
                session, NewCamera(name="square", main_address="rtsp://cam.example/", kind=CameraKind.CITY_VIEW),
                town._box, self.clock,
            )  # fmt: skip
            for camera in town.cameras.values():
                session.merge(camera).commissioned_us = self.clock.now_us() - 40 * US_PER_DAY
        self._letters = 0

    def by(self, name):
        return actor_of(self.town.accounts[name])

    def act(self, use_case, *given, by="clerk", **more):
        return self.town.act(use_case, *given, by=self.by(by), **more)

    def refusal(self, use_case, *given, by="clerk", **more):
        return self.town.refusal(use_case, *given, by=self.by(by), **more)

    def ago(self, days=0.0, hours=0.0):
        return self.clock.now_us() - round(days * US_PER_DAY + hours * HOUR_US)

    def camera(self, name="gate"):
        return self.town.cameras[name].id

    def film(self, name="gate", days=21.0, until_us=None, size_bytes=5000):
        """Hour-long segments without a hole from `days` ago until now; gives when they begin."""
        until_us = self.clock.now_us() if until_us is None else until_us
        count = round(days * 24)
        for back in range(count):
            self.shelf.write(
                _shelves.Span(until_us - (back + 1) * HOUR_US, until_us - back * HOUR_US), self.camera(name),
                size_bytes=size_bytes,
            )  # fmt: skip
        return until_us - count * HOUR_US

    def gap(self, start_us, end_us, cause=Cause.NETWORK, name="gate", detail="told"):
        with self.shelf.volume.index.write() as connection:
            put_gap(connection, StreamKey(self.camera(name), "main"), Gap(start_us, end_us, cause, detail))

    def letter(self, sender=Sender.AUTHORITY, served_us=None, on=None, filed=True, **more):
        served_us = self.clock.now_us() if served_us is None else served_us
        self._letters += 1
        new = NewLetter(
            sender=sender, sender_name="Cumhuriyet Başsavcılığı", no=f"2025/{self._letters}",
            on=on or day_of(served_us) - timedelta(days=2), served_us=served_us, channel=Channel.EBYS,
            subject="Görüntü talebi", **more,
        )  # fmt: skip
        letter = self.act(register_letter, new)
        return self.file(letter) if filed else letter

    def file(self, letter, content=SCAN, by="clerk", **more):
        path = self.folder / "scan.jpg"
        path.write_bytes(content)
        return file_letter(self.database, self.clock, self.desk, letter.id, path, by=self.by(by), **more)

    def claim(self, origin=Origin.EXTERNAL, **more):
        if origin is Origin.EXTERNAL:
            return Claim(origin=origin, **{"authority_kind": AuthorityKind.PROSECUTOR, **more})
        olur = {"olur_no": "2025/9", "olur_on": self.town.today, "olur_issuer": "presidency"}
        return Claim(origin=origin, **{**olur, **more})

    def new(self, cameras="gate", intervals=None, claim=None, **more):
        intervals = [(self.ago(hours=6), self.ago(hours=3))] if intervals is None else intervals
        return NewRequest(
            claim=claim or self.claim(), cameras=[self.camera(one) for one in cameras.split()], intervals=intervals,
            subject="Trafik kazası", **more,
        )  # fmt: skip

    def register(self, cameras="gate", intervals=None, claim=None, letter=None, by="clerk", **more):
        """Registered, and the volumes told."""
        claim = claim or self.claim()
        sender = Sender.UNIT if claim.origin is Origin.INTERNAL else Sender.AUTHORITY
        letter = letter or self.letter(sender)
        request = self.act(register, letter, self.new(cameras, intervals, claim), by=by, **more)
        self.told = tell(self.database, self.archive, self.clock, request.id)
        return request

    def approved(self, *given, officer="officer", **more):
        request = self.register(*given, **more)
        self.act(assign, request, self.town.accounts[officer], by="clerk")
        return self.act(approve, request, by="lawyer")

    def take_back(self, request, by="clerk"):
        """Withdrawn by a letter of who asked."""
        sender = Sender.UNIT if request.origin == Origin.INTERNAL else Sender.AUTHORITY
        return self.act(withdraw, request, self.letter(sender).id, by=by)

    def decision(self):
        """A letter of today with its file."""
        return self.letter(Sender.UNIT, on=day_of(self.clock.now_us()))

    def let_go(self, hold):
        """Released early by a decision."""
        return self.act(release, hold, self.decision().id, "gerek kalmadı", [Role.VMS_UNIT_HEAD], by="sef")

    def searched(self, request):
        with self.database.reading() as session:
            wanted = wanted_items(session, request.id)
        found = look(self.archive, wanted, self.clock.now_us())
        return self.act(record_search, request, found, by="officer")

    def hold(self, cameras="gate", intervals=None, basis=Basis.UNWRITTEN_REQUEST, by="clerk", ask_id=None, **more):
        intervals = [(self.ago(hours=6), self.ago(hours=3))] if intervals is None else intervals
        words = {"institution": "İlçe Emniyet Müdürlüğü", "incident": "Kavga"}
        new = NewHold(
            basis=basis, reason="Telefonla istendi", cameras=[self.camera(one) for one in cameras.split()],
            intervals=intervals, **{**words, **more},
        )  # fmt: skip
        placed = place_and_tell(self.database, self.archive, self.clock, new, by=self.by(by), ask_id=ask_id)
        self.told = placed.told
        return placed.hold

    def tell(self):
        return tell(self.database, self.archive, self.clock)

    def locked(self, name="gate"):
        """Spans that volumes keep of a camera."""
        return [lock.span for lock in self.archive.locks(self.camera(name))]

    def fresh(self, entity):
        with self.database.reading() as session:
            return session.get(type(entity), entity.id)

    def shown(self, request):
        """The interval of a request's only item."""
        with self.database.reading() as session:
            (item,) = items_of(session, request.id)
        return item.span

    def state(self, request: FootageRequest):
        return self.fresh(request).state


@pytest.fixture
def disk(tmp_path):
    """Memory where the machine has some: locks sync, and what a sync costs is the kernel's."""
    memory = Path("/dev/shm")
    if not memory.is_dir():
        yield tmp_path
        return
    path = Path(tempfile.mkdtemp(prefix="nazar-footage-", dir=memory))
    yield path
    shutil.rmtree(path)


@pytest.fixture
def shelf(disk, clock):
    volume = Volume.create(disk / "volume", clock, 0)
    yield _shelves.Shelf(volume, clock)
    volume.close()


@pytest.fixture
def office(town, tmp_path, shelf):
    return Office(town, tmp_path, shelf)


@pytest.fixture
def counter(office):
    return sys.modules["packaged"].Counter(office)
