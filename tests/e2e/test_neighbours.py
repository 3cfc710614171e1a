"""What others do, or suffer, does not touch the recording: database, web process, viewers."""

import http.client
import json
import os
import signal
import socket
import sqlite3
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from hashlib import sha256
from pathlib import Path
from time import monotonic

import av
import pytest
from footage_evidence import files_of, read_rows
from live_node import Cameras, Node

from recorder.simcam.clip import Clip
from vms.cameras.status import CameraState

pytestmark = [pytest.mark.sockets, pytest.mark.system, pytest.mark.long]
US = 1_000_000
RELOADS_US = 7 * US  # cameras are handed over every three seconds and taken up within five
RESTART_S = 20.0  # what one that waited for a locked database would need besides all else
BREAKS = ("missing", "locked", "corrupt")
READERS = 30
READER_BYTES = 10 << 20  # 8 MiB it may owe, what the kernel holds for it, and room its buffer grows into


def start_node(folder, processes, eventually, clip, cameras, *options):
    simcam = Cameras.start(processes, eventually, clip, cameras, *options)
    node = Node(processes, eventually, folder)
    node.register(simcam.urls)
    return simcam, node


def all_record(node):
    """Every camera has pictures on disk."""
    count = len(node.streams)
    return node.wait_for_status(
        lambda status: len(status.cameras) == count and all(camera.recorded_until_us for camera in status.cameras),
        what="every camera is recorded",
    )


def records_on(node, for_us):
    """Every camera is recorded, and goes on being recorded for a while."""
    before = all_record(node)

    def went_on(status):
        assert {camera.reconnects for camera in status.cameras} == {0}
        pairs = zip(before.cameras, status.cameras, strict=True)
        return all(new.recorded_until_us - old.recorded_until_us > for_us for old, new in pairs)

    after = node.wait_for_status(went_on, what="footage grows")
    assert {camera.state for camera in after.cameras} == {CameraState.RECORDING}


@contextmanager
def broken(database: Path, how: str):
    """The control database while it is away, locked by somebody, or full of rubbish.

    Yields what to call while nobody else has it open: from then on a locked one cannot even be read.
    """
    if how == "locked":
        connection = sqlite3.connect(database, isolation_level=None, timeout=10)
        connection.execute("BEGIN EXCLUSIVE")
        yield lambda: connection.executescript("PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE")
        connection.close()
        return
    whole = database.read_bytes()
    if how == "missing":
        database.unlink()
    else:
        database.write_bytes(b"not a database " * 1000)
    yield lambda: None
    database.write_bytes(whole)


def record_through(how, folder, processes, eventually, clip, port):
    """Record while the database is broken, restart the whole node meanwhile; (seconds to recording again, node)."""
    _, node = start_node(folder, processes, eventually, clip, 2)
    serve = processes.vms("serve", "--data", node.data, "--port", port)
    all_record(node)
    with broken(node.database, how) as lock_out:
        records_on(node, RELOADS_US)
        serve.terminate()
        serve.wait(40)
        lock_out()
        began_s = monotonic()
        serve = processes.vms("serve", "--data", node.data, "--port", port)
        all_record(node)
        waited_s = monotonic() - began_s
        records_on(node, RELOADS_US)
        serve.terminate()
        serve.wait(40)
    return waited_s, node


@pytest.fixture(scope="module")
def outcome(tmp_path_factory, module_processes, eventually, free_port, write_mp4):
    """Waits for one way of breaking the database; all are tried side by side."""
    folder = tmp_path_factory.mktemp("neighbours")
    clip = write_mp4(folder / "clip.mp4", width=320, height=240, frames=250)
    with ThreadPoolExecutor(len(BREAKS)) as pool:
        running = {
            how: pool.submit(record_through, how, folder / how, module_processes, eventually, clip, free_port())
            for how in BREAKS
        }
        yield lambda how: running[how].result()


@pytest.mark.proves("D-1.3b", "edge-29")
@pytest.mark.parametrize("how", BREAKS)
def test_recording_goes_on_without_the_control_database(outcome, vms_once, how):
    waited_s, node = outcome(how)
    print(f"\n{how}: recording {waited_s:.1f} s after a restart")  # noqa: T201 - a figure for people
    assert waited_s < RESTART_S
    rows = read_rows(node.data / "volumes" / "main" / "index.sqlite")
    assert [len(stream.holes()) for stream in rows.values()] == [1, 1]  # the restart
    assert vms_once("archive", "check", "--level", "full", "--data", node.data)[0] == 0


def children_of(pid: int) -> dict[str, int]:
    """Process ids of a supervisor's children by the command they run."""
    found = {}
    for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split():
        words = Path(f"/proc/{child}/cmdline").read_bytes().split(b"\0")
        if b"vms" in words:
            found[words[words.index(b"vms") + 1].decode()] = int(child)
    return found


def answer_of(port: int) -> int | None:
    """HTTP status of /healthz; None while nobody listens."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
    try:
        connection.request("GET", "/healthz")
        return connection.getresponse().status
    except OSError:
        return None
    finally:
        connection.close()


@pytest.mark.proves("D-1.3b")
def test_recording_does_not_notice_the_death_of_the_web_process(tmp_path, processes, eventually, free_port, write_mp4):
    clip = write_mp4(tmp_path / "clip.mp4", width=320, height=240, frames=250)
    _, node = start_node(tmp_path / "node", processes, eventually, clip, 2)
    port = free_port()
    serve = processes.vms("serve", "--data", node.data, "--port", port)
    eventually(lambda: answer_of(port), 40, "the web process answers")
    before = eventually(lambda: len(found := children_of(serve.pid)) == 3 and found, 20, "three processes")
    all_record(node)
    os.kill(before["web"], signal.SIGKILL)
    eventually(lambda: answer_of(port) is None, 5, "the web process is gone")
    eventually(lambda: answer_of(port), 40, "the web process is back")
    after = children_of(serve.pid)
    assert (after["recorder"], after["jobs"]) == (before["recorder"], before["jobs"])
    assert after["web"] != before["web"]
    records_on(node, US)
    serve.terminate()
    assert serve.wait(40) == 0
    rows = read_rows(node.data / "volumes" / "main" / "index.sqlite")
    assert [stream.holes() for stream in rows.values()] == [[], []]


@pytest.mark.proves("D-1.3b")
def test_thirty_readers_that_never_read_cost_no_picture(tmp_path, processes, eventually, write_mp4):
    options = {"x264-params": "bitrate=12000:vbv-maxrate=12000:vbv-bufsize=12000:nal-hrd=cbr:filler=0"}
    clip_path = write_mp4(tmp_path / "clip.mp4", width=640, height=480, frames=250, options=options | {"qp": "1"})
    clip = Clip.load(clip_path)
    journal = tmp_path / "sent.jsonl"
    simcam, node = start_node(tmp_path / "node", processes, eventually, clip_path, 1, "--journal", journal)
    life = node.start_recording()
    records_on(node, US)
    idle_bytes = node.status().rss_bytes
    with ExitStack() as readers:
        for _ in range(READERS):
            readers.enter_context(silent_reader(node))
        node.wait_for_status(lambda status: status.cameras[0].tap_readers == READERS, what="all are connected")
        owed_us = int(READER_BYTES * US / (clip.bitrate_kbps * 125))  # by then each owes all it may
        records_on(node, owed_us + 2 * US)
        full_bytes = node.status().rss_bytes
        records_on(node, 8 * US)
        later_bytes = node.status().rss_bytes
    assert full_bytes - idle_bytes < READERS * READER_BYTES
    assert later_bytes - full_bytes < 8 << 20
    node.wait_for_status(lambda status: status.cameras[0].tap_readers == 0, what="all have left")
    assert node.status().cameras[0].lost_packets == 0
    assert life.end_well() == 0
    sent = json.loads(eventually(lambda: journal.exists() and journal.read_text(), 10, "the camera's journal"))
    assert recorded_digests(node) == expected_digests(clip, sent)
    print(  # noqa: T201 - figures for whoever runs it with -s
        f"\n{clip.bitrate_kbps} kbit/s, {sent['units_sent']} units; memory {idle_bytes >> 20} MiB idle, "
        f"{full_bytes >> 20} MiB with {READERS} readers, {later_bytes >> 20} MiB 8 s later"
    )
    assert simcam.process.poll() is None


def silent_reader(node) -> socket.socket:
    """Subscribes to the only camera and never reads."""
    connection = socket.socket(socket.AF_UNIX)
    connection.connect(str(node.socket))
    camera = str(node.streams[1].camera_id)
    request = {"op": "subscribe", "camera": camera, "stream": "main", "want": "access_units"}
    connection.sendall(json.dumps(request).encode() + b"\n")
    return connection


def recorded_digests(node) -> list[str]:
    """SHA-256 of every picture on disk."""
    found = []
    for path in sorted(files_of(node.data / "volumes" / "main")):
        with av.open(str(path)) as container:
            found += [sha256(bytes(packet)).hexdigest() for packet in container.demux(video=0) if packet.size]
    return found


def expected_digests(clip, sent) -> list[str]:
    """Of every picture the camera sent, in its order."""
    digests = clip.digests()
    return [digests[number % len(digests)] for number in range(sent["first_unit"], sent["last_unit"] + 1)]
