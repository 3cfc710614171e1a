"""A node's API with people, rights, real footage: called in process, or served over real sockets."""

import asyncio
import importlib.util
import shutil
import sys
from contextlib import asynccontextmanager
from pathlib import Path
from zoneinfo import ZoneInfo

import delivery_counter
import export_office
import httpx
import pytest
import still_node
import uvicorn
from sqlalchemy import text

from streams.hub import LiveHub
from vms.archive.archive import Archive
from vms.archive.model import StreamKey
from vms.cameras.placement_queries import placements_of
from vms.cameras.queries import cameras
from vms.cameras.service import NewCamera, register
from vms.cli.node.begin_anew import Renewal
from vms.cli.parts.paper_examiner import ChildExaminer
from vms.cli.parts.training_desk import training_desk
from vms.cli.settings.desk import LocalSettings
from vms.cli.settings.node import DataPaths, Settings
from vms.documents.desk import Desk
from vms.documents.letterhead import Letterhead
from vms.documents.press import Press
from vms.documents.store import FileStore
from vms.footage.exports.desk import ExportDesk
from vms.footage.letters.files import FootageDesk
from vms.kernel.clock import ManualClock
from vms.kernel.database import Database
from vms.kernel.migration import upgrade
from vms.kernel.secrets import SecretBox
from vms.people.passwords import Passwords
from vms.people.rules import Role
from vms.people.service import NewAccount, create_account
from vms.people.sessions import begin_session
from web.app import create_app
from web.backends import Parts
from web.facts import RegisteredCamera

CHEAP = Passwords(time_cost=1, memory_kib=8)
PASSWORD = "correct horse battery"


def _shared(name: str, path: Path):
    spec = importlib.util.spec_from_file_location(name, path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    spec.loader.exec_module(module)
    return module


_TESTS = Path(__file__).parents[2]
_footage = _shared("playback_conftest", _TESTS / "streams" / "playback" / "conftest.py")
for _name in (
    "disk_path",
    "make_volume",
    "volume",
    "make_writer",
    "wait_until_fixture",
    "clip",
    "new_camera",
    "when_held",
):
    globals()[_name] = getattr(_footage, _name)
_office = _shared("footage_office", Path(__file__).with_name("footage_office.py"))
scan, office = _office.scan, _office.office
workshop, found, ordered, ready = (
    export_office.workshop,
    export_office.found,
    export_office.ordered,
    export_office.ready,
)
counter, sealed = delivery_counter.counter, delivery_counter.sealed
_papers = _shared("papers_of_tests", _TESTS / "papers.py")
_live = _shared("live_conftest", _TESTS / "streams" / "live" / "conftest.py")
for _name in ("clip_of", "play", "whep_client"):
    globals()[_name] = getattr(_live, _name)


class Person:
    """Somebody signed in, calling over the transport of an application."""

    def __init__(self, site, account):
        self._site = site
        self.account = account
        with site.database.writing() as session:
            self.token = begin_session(session, site.clock, account.id, "10.0.0.1")

    @property
    def cookie(self):
        return {"Cookie": f"nazar_session={self.token}"}

    def request(self, method, path, *, headers=None, **options) -> httpx.Response:
        return self._site.caller.request(method, f"/api/v1{path}", headers=self.cookie | (headers or {}), **options)

    def get(self, path, **options):
        return self.request("GET", path, **options)

    def code(self, path, method="GET", **options):
        """(status, code) of a refusal; the code of a success is empty."""
        answer = self.request(method, path, **options)
        code = answer.json()["code"] if answer.headers["content-type"] == "application/problem+json" else ""
        return answer.status_code, code


class Site:
    """The API over a control database, an archive, a hub."""

    def __init__(self, folder, template, clock, archive, hub, node=None, seal=None):
        self.clock = clock
        self.node = node or still_node.StillNode()
        shutil.copy(template, folder / "nazar.db")
        self.database = Database.at(folder / "nazar.db", busy_timeout_s=0.5)
        self._box = SecretBox.at(folder / "keys" / "secret.key")
        self.console = folder / "console"
        head = Letterhead(institution="Deneme Belediyesi", query_url="https://belge.example.bel.tr")
        press = Press(letterhead=head, zone=ZoneInfo("Europe/Istanbul"), seal=seal)
        self.desk = Desk(FileStore(folder / "documents"), ChildExaminer(), press)
        self.training = training_desk(DataPaths(folder))
        self.exports = ExportDesk(folder / "exports", self._box, press, reserve_bytes=0)
        self.footage = FootageDesk(FileStore(folder / "letters"), ChildExaminer(), self.exports)
        self.paths, self.renewal = DataPaths(folder), Renewal()
        self.settings = LocalSettings(Settings(), self.paths, clock, self.database, self.renewal)
        parts = Parts(
            self.database, lambda: archive, hub, self.console, desk=self.desk, training=self.training,
            footage=self.footage, settings=self.settings,
        )  # fmt: skip
        self.app = create_app(self.node, clock, ZoneInfo("Europe/Istanbul"), parts)
        self.caller = still_caller(self.app)

    def add_camera(self, name, camera_id=None):
        with self.database.writing() as session:
            camera = register(session, NewCamera(name=name, main_address="rtsp://cam.example/"), self._box, self.clock)
            if camera_id is not None:
                self._rename(session, camera, camera_id)
        self.node.camera_list = [
            *self.node.camera_list,
            RegisteredCamera(str(camera.id), camera.number, name, commissioned_us=self.clock.now_us()),
        ]
        return camera

    def _rename(self, session, camera, camera_id):
        """As if registered under the id of a camera whose footage is there already."""
        session.execute(text("PRAGMA defer_foreign_keys = ON"))
        for placement in placements_of(session, camera.id):
            placement.camera_id = camera_id
        camera.id = camera_id
        session.flush()

    def add_account(self, name, role=Role.AUTHORISED_VIEWER, **more):
        with self.database.writing() as session:
            new = NewAccount(name=name, display_name=name.title(), roles=[role], password=PASSWORD, **more)
            return create_account(session, self.clock, new, passwords=CHEAP)

    def add_person(self, name, role=Role.AUTHORISED_VIEWER, **more):
        return self.signed_in(self.add_account(name, role, **more))

    def signed_in(self, account):
        return Person(self, account)

    def sign_in(self, person):
        """The same person in a session of today: the one before ended while the clock moved on."""
        return Person(self, person.account)

    def allow(self, person, camera, *, live=True, playback=False, until_us=None):
        with self.database.writing() as session:
            _papers.let_see(
                session, self.clock, person.account, [camera], live=live, playback=playback, until_us=until_us
            )

    def revoke(self, person, camera=None):
        """As the command line does in a process of its own: the web process is told nothing."""
        with self.database.writing() as session:
            assert _papers.take_back(session, self.clock, person.account, camera)

    def cameras(self):
        with self.database.reading() as session:
            return cameras(session)

    @asynccontextmanager
    async def served(self):
        """The application on a real port of this loop; gives its address."""
        config = uvicorn.Config(
            self.app, port=0, log_config=None, ws="websockets-sansio", ws_per_message_deflate=False,
            timeout_graceful_shutdown=2,
        )  # fmt: skip
        server = uvicorn.Server(config)
        task = asyncio.create_task(server.serve())
        while not server.started:
            assert not task.done()
            await asyncio.wait([task], timeout=0.01)
        try:
            yield f"127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}"
        finally:
            await self.app.state.backends.stop_streams()
            server.should_exit = True
            await task


def still_caller(app):
    from caller import Caller

    return Caller(app)


@pytest.fixture(scope="session")
def migrated(tmp_path_factory):
    """A control database of today without a row: migrating takes half a second, copying nothing."""
    path = tmp_path_factory.mktemp("database") / "nazar.db"
    path.touch()
    database = Database.at(path)
    upgrade(database.engine)
    database.close()
    return path


@pytest.fixture(scope="session")
def seal():
    """The institution's key; most tests need none."""


@pytest.fixture
def make_site(tmp_path, migrated, seal):
    """Factory: a site over an archive and a hub of one's own."""
    made = []

    def build(clock, archive, hub, node=None):
        made.append(Site(tmp_path, migrated, clock, archive, hub, node, seal))
        return made[-1]

    yield build
    for site in made:
        site.database.close()


@pytest.fixture
def clock():
    return ManualClock(still_node.NOW_US)


@pytest.fixture
def hub(clock, tmp_path):
    """No recorder answers behind it."""
    return LiveHub(lambda _: tmp_path / "no.sock", clock)


@pytest.fixture
def site(make_site, clock, hub):
    return make_site(clock, Archive([]), hub)


@pytest.fixture
def recorded(make_site, clock, hub, volume, make_writer, clip, when_held):
    """A site with ten seconds of one camera: (site, its camera, what it shows)."""
    archive = Archive([volume])
    site = make_site(clock, archive, hub)
    gate = site.add_camera("Gate")
    key = StreamKey(gate.id, "main")
    footage = _footage.Camera(make_writer(volume).stream(key), clip, clock.now_us())
    footage.record(10)
    clock.advance(11)
    when_held(archive, key, footage.at_us)
    return site, gate, footage.shown
