"""`vms jobs` killed at twenty random moments of building: each package is whole or none, and every one gets ready."""

import hashlib
import os
import random
import signal
import subprocess
import sys
import time

import pytest

from recorder.simcam.clip import Clip
from tests.bench.footage import Footage
from vms.archive.known_volumes import KnownVolumes
from vms.cli.settings.node import DataPaths
from vms.footage.bundle.verify import verify
from vms.footage.exports.model import ExportState
from vms.kernel.span import Span

pytestmark = [pytest.mark.sockets, pytest.mark.long, pytest.mark.timeout(1800)]
KILLS = int(os.environ.get("EXPORT_KILLS", "20"))
MINUTES = 90
MINUTE_US = 60_000_000
DEADLINE_S = 120
PASSWORD = "parola"


class Jobs:
    """The real process on the office's own files."""

    def __init__(self, folder, works):
        self._folder, self._works = folder, works
        self._log = (folder / "jobs.log").open("ab")
        self._process = None

    def start(self):
        command = [sys.executable, "-m", "vms", "jobs", "--data", str(self._folder)]
        self._process = subprocess.Popen(command, stdout=self._log, stderr=subprocess.STDOUT)

    def wait_until(self, condition, what):
        deadline = time.monotonic() + DEADLINE_S
        while not condition():
            assert self._process.poll() is None, (self._folder / "jobs.log").read_text()[-3000:]
            assert time.monotonic() < deadline, f"{what}: {(self._folder / 'jobs.log').read_text()[-3000:]}"
            time.sleep(0.002)

    def kill(self):
        os.kill(self._process.pid, signal.SIGKILL)
        self._process.wait(30)

    def end_well(self):
        self._process.terminate()
        assert self._process.wait(60) == 0

    def close(self):
        if self._process is not None and self._process.poll() is None:
            self.kill()
        self._log.close()


@pytest.fixture
def footage(works, write_mp4, tmp_path):
    """A day of one real minute, as the recorder leaves it."""
    clip = Clip.load(write_mp4(tmp_path / "clip.mp4", width=640, height=360, frames=250, gop=50))
    made = Footage(works.key(), works.office.ago(hours=2), days=1)
    made.write(works.volume, clip)
    return made


@pytest.fixture
def jobs(works, tmp_path, authority):
    paths = DataPaths(tmp_path)
    authority.pkcs12("Deneme Belediyesi", PASSWORD, tmp_path / "seal.p12")
    (tmp_path / "seal.password").write_text(PASSWORD)
    assert works.desk.folder == paths.exports
    KnownVolumes(paths.known_volumes).open(works.volume.path, works.clock)
    paths.settings.write_text(
        f'[[volumes]]\npath = "{works.volume.path}"\nreserve = 0\n[institution]\nname = "Deneme Belediyesi"\n'
        'query_url = "https://belge.example.bel.tr"\n[institution.seal]\nfile = "seal.p12"\n'
        'password_file = "seal.password"\n'
    )
    running = Jobs(tmp_path, works)
    yield running
    running.close()


@pytest.fixture
def authority():
    return sys.modules["certificates_of_packages"].Authority()


def sha256(path):
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def kill_at(works, jobs, request, share):
    """Start the process, kill it when this share of the package is written; beyond one: when it has its name."""
    export = works.export(request)
    half, whole = works.desk.half_built(export), works.desk.whole(export)
    needed_bytes = round(share * export.planned_bytes)

    def is_there():
        try:
            return half.stat().st_size >= needed_bytes
        except FileNotFoundError:
            return whole.exists()

    jobs.start()
    jobs.wait_until(lambda: works.export(request).attempts > export.attempts, "it is begun")
    jobs.wait_until(is_there, f"{share:.2f} of it is written")
    jobs.kill()


@pytest.mark.proves("edge-56")
def test_twenty_kills_and_no_package_is_half(works, jobs, footage):
    moments = random.Random(20)
    asked = Span(footage.end_us - MINUTES * MINUTE_US, footage.end_us)
    request, finished, killed_while_building = works.ordered(asked), [], 0
    for _ in range(KILLS):
        export = works.export(request)
        if export.state == ExportState.READY:
            finished.append(export)
            request = works.ordered(asked)
        kill_at(works, jobs, request, moments.uniform(0, 1.03))
        killed_while_building += works.export(request).state == ExportState.BUILDING
        for one in [*finished, works.export(request)]:
            if one.state == ExportState.READY:
                assert sha256(works.desk.whole(one)) == one.sha256
    assert killed_while_building > KILLS / 2
    jobs.start()
    jobs.wait_until(lambda: works.export(request).state == ExportState.READY, "the last one is ready")
    jobs.end_well()
    export = works.export(request)
    assert works.files() == sorted(works.desk.whole(one).name for one in [*finished, export])
    opened = works.opened(export)
    report = verify(opened)
    opened.close()
    assert report.is_sound
    (camera,) = report.manifest["cameras"]
    assert (camera["missing"], len(camera["films"][0]["segments"])) == ([], MINUTES)
