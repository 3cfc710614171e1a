"""Nineteen days are refused at every door of a whole node: file, environment, command, both databases (edge 21)."""

import os
import re
import sqlite3
import subprocess

import pytest
from footage_evidence import files_of
from live_node import Cameras, Node, vms_command

pytestmark = [pytest.mark.sockets, pytest.mark.system]
CODE = "retention_below_minimum"
DAY_US = 86_400_000_000
COMMANDS = ["serve", "recorder", "jobs", "web", "retention show"]


@pytest.fixture(scope="module")
def data(tmp_path_factory, vms_once):
    """A node with one camera that nobody connects to."""
    data = tmp_path_factory.mktemp("floor") / "data"
    data.mkdir()
    code, _, err = vms_once("camera", "add", "rtsp://127.0.0.1:1/cam0", "--name", "Gate", "--data", data)
    assert code == 0, err
    return data


def vms(*arguments, **environment):
    return subprocess.run(
        vms_command(*arguments), capture_output=True, text=True, timeout=30, check=False,
        env={**os.environ, **environment},
    )  # fmt: skip


@pytest.mark.proves("D-9.1b", "edge-21", "C-9")
@pytest.mark.parametrize("command", COMMANDS)
@pytest.mark.parametrize("door", ["file", pytest.param("environment", marks=pytest.mark.long)])
def test_no_process_starts_with_nineteen_days(data, command, door):
    settings = data / "nazar.toml"
    settings.write_text("[retention]\ndays = 19\n" if door == "file" else "")
    environment = {} if door == "file" else {"NAZAR_RETENTION__DAYS": "19"}
    try:
        done = vms(*command.split(), "--data", data, **environment)
    finally:
        settings.unlink()
    assert done.returncode == 2, done.stderr
    assert CODE in done.stderr + done.stdout


@pytest.mark.proves("D-9.1b", "edge-21", "C-9")
@pytest.mark.parametrize("target", [[], ["--camera", "1"], ["--site", "Town hall"]])
def test_the_command_refuses_nineteen_days(data, target):
    done = vms("retention", "set", "19", *target, "--data", data)
    assert done.returncode == 2
    assert CODE in done.stderr
    assert vms("retention", "set", "20", *target, "--data", data).returncode == 0


@pytest.mark.proves("D-9.1b", "edge-21", "C-9")
def test_the_control_database_refuses_nineteen_days_by_name(data):
    assert vms("retention", "set", "20", "--data", data).returncode == 0
    connection = sqlite3.connect(data / "nazar.db")
    with pytest.raises(sqlite3.IntegrityError, match=CODE):
        connection.execute("UPDATE retention_policy SET days = 19")
    with pytest.raises(sqlite3.IntegrityError, match=CODE):
        connection.execute(
            "INSERT INTO retention_policy (id, scope, target, days, reason, set_us)"
            " VALUES ('x', 'site', 'a', 19, '', 1)"
        )
    connection.close()


@pytest.mark.proves("D-9.1a", "D-9.1b", "edge-21", "edge-22", "C-9")
def test_the_index_lets_nobody_delete_young_footage(tmp_path, processes, eventually, write_mp4, vms_once):
    clip = write_mp4(tmp_path / "clip.mp4", frames=100)
    cameras = Cameras.start(processes, eventually, clip, 1)
    node = Node(processes, eventually, tmp_path / "node")
    node.register(cameras.urls)
    life = node.start_recording()
    assert life.outlives(1.0)
    assert life.end_well() == 0
    index = sqlite3.connect(node.data / "volumes" / "main" / "index.sqlite", isolation_level=None)
    # A second segment is there where the recording ran over the end of a minute.
    (stream, sequence, start_us, end_us, size, sha256, link), *_ = index.execute(
        "SELECT stream_id, sequence, start_us, end_us, size_bytes, sha256, link FROM segment ORDER BY sequence"
    ).fetchall()
    recorded = files_of(node.data / "volumes" / "main")
    assert recorded

    def decide(decided_us, days):
        values = (stream, sequence, start_us, end_us, size, sha256, link, decided_us, "retention", days)
        index.execute("INSERT INTO deletion VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", values)

    delete = f"DELETE FROM segment WHERE sequence = {sequence}"
    with pytest.raises(sqlite3.IntegrityError, match=CODE):
        decide(end_us + 19 * DAY_US, 19)
    with pytest.raises(sqlite3.IntegrityError, match="segment_deleted_without_decision"):
        index.execute(delete)
    decide(end_us + 20 * DAY_US - 1, 20)
    with pytest.raises(sqlite3.IntegrityError, match="segment_younger_than_minimum"):
        index.execute(delete)
    index.close()
    assert files_of(node.data / "volumes" / "main") == recorded
    code, out, _ = vms_once("retention", "sweep", "--data", node.data)
    assert re.search(r"\b0 segments expired", out), (code, out)
    assert files_of(node.data / "volumes" / "main") == recorded
