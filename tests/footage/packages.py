"""An office whose cameras have real footage, with the workshop that makes packages of it."""

import importlib.util
import sys
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from vms.archive.checkpoints import node_key
from vms.archive.model import StreamKey
from vms.cli.acting import program
from vms.documents.letterhead import Letterhead
from vms.documents.press import Press
from vms.documents.seal import Seal
from vms.footage.bundle.unpacking import PackageFile
from vms.footage.exports.building import Workshop
from vms.footage.exports.desk import ExportDesk
from vms.footage.exports.folder import MARK
from vms.footage.exports.plan import asked_of, plan
from vms.footage.exports.queries import exports_of
from vms.footage.exports.service import order
from vms.footage.model import FootageRequest
from vms.kernel.clock import ManualClock
from vms.kernel.span import Span

SECOND_US = 1_000_000
_TESTS = Path(__file__).parents[1]


def _shared(name: str, path: Path):
    spec = importlib.util.spec_from_file_location(name, path)
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    spec.loader.exec_module(module)
    return module


_playback = _shared("playback_of_packages", _TESTS / "streams" / "playback" / "conftest.py")
_certificates = _shared("certificates_of_packages", _TESTS / "documents" / "certificates.py")
make_writer, clip, when_closed, when_held = (
    _playback.make_writer, _playback.clip, _playback.when_closed, _playback.when_held
)  # fmt: skip
wait_until_fixture = _playback.wait_until_fixture


class TickingClock(ManualClock):
    """A second goes by whenever somebody looks how long the machine has been running: every piece is told of."""

    def boottime_us(self):
        self.advance(1)
        return super().boottime_us()


class Works:
    """Footage hours ago, requests for it, packages of them; each act is a transaction of its own."""

    def __init__(self, office, writer, clip, press, folder, when_closed):
        self.office, self.clock, self.database = office, office.clock, office.database
        self._writer, self._clip, self._when_closed = writer, clip, when_closed
        self.volume = office.shelf.volume
        self.desk = ExportDesk(folder / "exports", office.town._box, press, reserve_bytes=0)
        self.node_key = node_key(folder / "keys" / "node.key")
        self.cameras = {}

    def camera(self, name="gate", hours=6.0):
        """What records a camera from `hours` ago on."""
        if name not in self.cameras:
            stream = self._writer.stream(self.key(name))
            self.cameras[name] = _playback.Camera(stream, self._clip, self.office.ago(hours=hours))
        return self.cameras[name]

    def key(self, name="gate"):
        return StreamKey(self.office.camera(name), "main")

    def record(self, name="gate", segments=3, seconds=3, **more):
        """Unbroken segments; gives from when until when."""
        camera = self.camera(name)
        start_us = camera.at_us
        for number in range(segments):
            camera.record(seconds, is_new_run=number == 0, **more)
        self._when_closed(self.office.archive, self.key(name), camera.at_us)
        return Span(start_us, camera.at_us)

    def request(self, *spans, cameras="gate", is_searched=True, **more) -> FootageRequest:
        intervals = [(span.start_us, span.end_us) for span in spans]
        request = self.office.approved(cameras, intervals, **more)
        return self.office.searched(request) if is_searched else request

    def plan(self, request, **more):
        with self.database.reading() as session:
            asked = asked_of(session, request.id)
        return plan(self.office.archive, asked, self.clock.now_us(), **more)

    def order(self, request, by="officer", **more):
        return self.office.act(order, self.office.fresh(request), self.plan(request, **more), self.desk, by=by, **more)

    def ordered(self, *spans, **more):
        """A request with its packages ordered."""
        request = self.request(*spans, **more)
        self.order(request)
        return request

    def workshop(self, **more):
        parts = {"clock": self.clock, "desk": self.desk, **more}
        return Workshop(
            self.database, lambda: self.office.archive, parts.pop("clock"), parts.pop("desk"), self.node_key,
            program("jobs"), **parts,
        )  # fmt: skip

    def build(self, **more):
        """Everything that can be built now; how many were tried."""
        workshop, tried = self.workshop(**more), 0
        while workshop.run_once():
            tried += 1
        return tried

    def exports(self, request):
        with self.database.reading() as session:
            return exports_of(session, request.id)

    def export(self, request):
        (found,) = self.exports(request)
        return found

    def passphrase(self, export):
        return self.desk.box.open(export.passphrase)

    def opened(self, export):
        return PackageFile(self.desk.whole(export), self.passphrase(export))

    def files(self):
        """Everything that lies where packages do."""
        return sorted(path.name for path in self.desk.folder.glob("*") if path.name != MARK)

    def segments(self):
        return sorted((self.volume.path / "segments").rglob("*.mp4"))


@pytest.fixture(scope="session")
def export_press(tmp_path_factory):
    """The institution's, with its key."""
    path = tmp_path_factory.mktemp("seal") / "seal.p12"
    seal = Seal.at(_certificates.Authority().pkcs12("Deneme Belediyesi", "parola", path), "parola")
    head = Letterhead(institution="Deneme Belediyesi", query_url="https://belge.example.bel.tr")
    return Press(letterhead=head, zone=ZoneInfo("Europe/Istanbul"), seal=seal)


@pytest.fixture
def works(office, make_writer, clip, export_press, tmp_path, when_closed):
    return Works(office, make_writer(office.shelf.volume), clip, export_press, tmp_path, when_closed)
