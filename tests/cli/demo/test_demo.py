import json
import os
import re
import signal
import subprocess
import sys
import time
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest

from vms.cameras.queries import cameras
from vms.cli.demo.command import NAMES, SimulatedCameras, free_port, register_cameras
from vms.cli.serve import node_children, prepare
from vms.cli.settings.node import DataPaths, load_settings
from vms.kernel.clock import SystemClock
from vms.kernel.database import Database
from vms.kernel.secrets import SecretBox
from web.recorder_client import ask_status

CLOCK = SystemClock()


def until(condition, within_s=60.0):
    """The first truthy answer of `condition`; fails after `within_s`."""
    deadline = time.monotonic() + within_s
    while not (found := condition()):
        assert time.monotonic() < deadline, "waited in vain"
        time.sleep(0.05)
    return found


def test_cameras_are_registered_once_and_keep_their_footage(tmp_path):
    paths = DataPaths(tmp_path)
    prepare(paths)
    found = []
    for port in (5001, 5002):
        register_cameras(paths, SimulatedCameras(port, f"password-{port}"))
        database = Database.at(paths.database)
        with database.reading() as session:
            found.append({camera.id: camera.sealed_main_address for camera in cameras(session)})
        database.close()
    assert len(found[0]) == len(NAMES)
    assert found[0].keys() == found[1].keys()
    box = SecretBox.at(paths.secret_key)
    place = "rtsp://nazar-demo:password-5002@127.0.0.1:5002"
    assert {box.open(sealed) for sealed in found[1].values()} == {f"{place}/cam{n}" for n in range(4)}


def test_recording_starts_first_and_stops_last(tmp_path):
    paths = DataPaths(tmp_path)
    children = node_children(tmp_path, load_settings(paths, {"NAZAR_RECORDER__SHARDS": "2"}))
    assert [child.name for child in children] == ["rec-0", "rec-1", "jobs", "web"]
    by_stop = sorted(children, key=lambda child: child.stop_rank)
    assert [child.name for child in by_stop] == ["web", "jobs", "rec-0", "rec-1"]
    assert children[1].argv[1:] == ["-m", "vms", "recorder", "--data", str(tmp_path), "--shard", "1/2"]


def test_a_broken_control_database_does_not_stop_recording(tmp_path, caplog):
    paths = DataPaths(tmp_path)
    paths.database.write_bytes(b"not a database" * 1000)
    assert prepare(paths).recorder.shards == 1
    assert any("recording goes on" in record.message for record in caplog.records)


@contextmanager
def demo(folder: Path):
    """`vms demo` with its address, killed at the latest when the block ends."""
    port = free_port("127.0.0.1")
    log = folder / "log"
    with log.open("w") as output:
        process = subprocess.Popen(
            [sys.executable, "-m", "vms", "demo", "--data", str(folder / "data"), "--port", str(port)],
            stdout=output, stderr=subprocess.STDOUT,
        )  # fmt: skip
    try:
        yield process, f"http://127.0.0.1:{port}", log
    finally:
        process.kill()
        process.wait()


def recorder_of(folder: Path):
    return ask_status(DataPaths(folder / "data").recorder_socket(0), CLOCK).status


def main_streams(status):
    """What is recorded; the smaller streams come and go with those who watch."""
    return [row for row in status.cameras if row.stream == "main"]


def pid_of(log: Path, name: str) -> int:
    return int(re.findall(rf"{name} started, process (\d+)", log.read_text())[-1])


def get(address, path="/healthz", **options):
    try:
        return httpx.get(address + path, timeout=5, trust_env=False, **options)
    except httpx.TransportError:
        return None


def is_well(address) -> bool:
    answer = get(address)
    return answer is not None and answer.status_code == 200


def is_in_order(page: str) -> bool:
    return "All is well: 4 cameras are recorded." in page or "20-day retention at risk" in page


def addresses_in(printed: str) -> list[str]:
    """The paths of camera addresses that can be read, in what was printed for people; a log holds none."""
    told, logged = [], []
    for line in printed.splitlines():
        found = re.findall(r"rtsp://nazar-demo:[\w-]{16}@127\.0\.0\.1:\d+(/cam\d)(?![/\d])", line)
        (told if line.startswith("  ") else logged).extend(found)
        assert len(found) == len(re.findall(r"rtsp://(?!\*)", line)), line
    assert logged == []
    return told


def causes_of_missing_time(folder: Path) -> set[str]:
    """Why footage of the four cameras is missing since their commissioning."""
    told = subprocess.run(
        [sys.executable, "-m", "vms", "archive", "coverage", "--json", "--data", str(folder / "data")],
        capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip
    found = json.loads(told.stdout)
    assert len(found) == len(NAMES)
    return {cause for camera in found for cause in camera["missing_s"]}


def told_before(text: str, *words: str) -> bool:
    """Whether `words` stand in `text` in this order."""
    at = [text.find(word) for word in words]
    return -1 not in at and at == sorted(at)


def watch_as_guard(address, printed):
    """Sign in with what was printed: the four cameras live, not their past."""
    password = re.search(r"bekci +(\S+) ", printed)[1]
    with httpx.Client(base_url=f"{address}/api/v1", trust_env=False) as client:
        assert client.post("/session", json={"name": "bekci", "password": password}).status_code == 200
        seen = client.get("/cameras").json()["cameras"]
        assert [(camera["name"], camera["playback"]) for camera in seen] == [(name, None) for name in NAMES]
        picture = client.get(f"/live/{seen[0]['id']}/snapshot.jpg", timeout=10)
        assert (picture.status_code, picture.content[:2]) == (200, b"\xff\xd8")
        refused = client.get(f"/playback/{seen[0]['id']}/timeline", params={"start": 1, "end": 2})
        assert refused.json()["code"] == "playback_needs_olur"


@pytest.mark.long
@pytest.mark.sockets
@pytest.mark.proves("D-6.1", "C-11")
def test_a_whole_node(tmp_path):
    with demo(tmp_path) as (process, address, log):
        until(lambda: "4 cameras are recording" in log.read_text())
        text = until(lambda: is_in_order(page := get(address, "/status", params={"lang": "en"}).text) and page)
        assert all(name in text for name in NAMES)
        until(lambda: "vms record" in log.read_text())
        assert addresses_in(log.read_text()) == [f"/cam{n}" for n in range(4)] + ["/cam0"]
        assert f"Konsol / console:   {address}/" in log.read_text()
        watch_as_guard(address, log.read_text())
        assert not {"recorder_down", "camera_offline"} & causes_of_missing_time(tmp_path)  # a first start is no fault
        assert "ONVIF: " in log.read_text()

        # The web process dies: recording does not notice.
        before = recorder_of(tmp_path)
        os.kill(pid_of(log, "web"), signal.SIGKILL)
        until(lambda: not is_well(address))
        until(lambda: is_well(address))
        after = recorder_of(tmp_path)
        assert after.started_us == before.started_us
        for old, new in zip(main_streams(before), main_streams(after), strict=True):
            assert new.access_units > old.access_units
            assert (new.reconnects, new.lost_packets) == (old.reconnects, old.lost_packets)

        # The recorder dies: the page says so, and recording comes back by itself.
        os.kill(pid_of(log, "recorder"), signal.SIGKILL)
        failing = until(lambda: (answer := get(address)) and answer.status_code == 503 and answer)
        assert "recorder_unavailable" in {reason["code"] for reason in failing.json()["reasons"]}
        assert "the recorder does not answer" in get(address, "/status", params={"lang": "en"}).text
        until(lambda: is_well(address))

        process.send_signal(signal.SIGTERM)
        assert process.wait(40) == 0
    assert re.search(r"web .*\n(.*\n)*recorder \| .*a run ended", log.read_text())
    check = subprocess.run(
        [sys.executable, "-m", "vms", "archive", "check", "--data", str(tmp_path / "data")], check=False, timeout=60
    )
    assert check.returncode == 0


@pytest.mark.long
@pytest.mark.sockets
def test_for_a_while(tmp_path):
    port = free_port("127.0.0.1")
    done = subprocess.run(
        [sys.executable, "-m", "vms", "demo", "--data", str(tmp_path), "--port", str(port), "--for", "20s"],
        capture_output=True, text=True, timeout=90, check=False,
    )  # fmt: skip
    assert told_before(done.stdout, "Nazar 1/4: ", "Nazar 2/4: ", "Nazar 3/4: ", "Nazar 4/4: ", f"127.0.0.1:{port}/")
    assert done.returncode == 0
