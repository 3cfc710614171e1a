"""The operator's commands, run as they are."""

import json
import os
import signal
import sqlite3
import subprocess
import sys
import time

import pytest
from typer.testing import CliRunner

from vms.archive.known_volumes import KnownVolumes
from vms.cli import camera, db, retention
from vms.cli.settings.node import DataPaths
from vms.kernel.clock import SystemClock
from vms.kernel.database import Database
from vms.kernel.migration import head_revision
from vms.operations.queries import forecasts

SECRET = "rtsp://viewer-name:s3cret@cam-host.example/live/main"


@pytest.fixture
def run(tmp_path):
    def run(app, *arguments, refused: str | None = None):
        result = CliRunner().invoke(app, [*arguments, "--data", str(tmp_path)])
        code = getattr(result.exception, "code", None) if result.exception else None
        assert (code if isinstance(code, str) else None) == refused, result.output
        for part in ("viewer-name", "s3cret", "cam-host"):
            assert part not in result.output
        return result

    return run


def test_cameras_are_added_shown_changed_and_removed(run):
    assert "camera 1 registered" in run(camera.app, "add", SECRET, "--name", "Gate").output
    run(camera.app, "set", "1", "--name", "Back gate", "--no-record", "--site", "Town hall")
    (row,) = json.loads(run(camera.app, "list", "--json").output)
    assert (row["name"], row["state"], row["site"], row["retention_days"]) == ("Back gate", "on", "Town hall", 21)
    run(camera.app, "remove", "1")
    assert json.loads(run(camera.app, "list", "--json").output) == []
    assert json.loads(run(camera.app, "list", "--json", "--retired").output)[0]["state"] == "retired"
    run(camera.app, "remove", "1", refused="camera_not_found")


def test_the_list_is_whole_at_80_columns(run, monkeypatch):
    monkeypatch.setenv("COLUMNS", "80")
    run(camera.app, "add", SECRET, "--name", "Belediye binası", "--site", "Atatürk Caddesi", "--kind", "city_view")
    shown = run(camera.app, "list").output
    assert "…" not in shown
    assert max(map(len, shown.splitlines())) <= 80
    for whole in ("Belediye", "binası", "Atatürk", "Caddesi", "city_view"):
        assert whole in shown, shown
    (row,) = json.loads(run(camera.app, "list", "--json").output)
    assert row["id"] in "".join(line.split()[-1] for line in shown.splitlines()[1:]), shown


def test_an_address_can_be_asked_for_instead_of_typed_into_the_history(tmp_path):
    result = CliRunner().invoke(camera.app, ["add", "-", "--data", str(tmp_path)], input=SECRET + "\n")
    assert result.exit_code == 0, result.output
    assert "cam-host" not in result.output


@pytest.mark.proves("D-13.1", "edge-34")
def test_the_command_refuses_to_record_a_city_view_camera(run):
    run(camera.app, "add", SECRET, "--kind", "city_view", "--record", refused="city_view_not_recorded")
    run(camera.app, "add", SECRET, "--kind", "city_view")
    run(camera.app, "set", "1", "--record", refused="city_view_not_recorded")


@pytest.mark.proves("D-9.1b", "edge-21")
@pytest.mark.parametrize("where", [[], ["--site", "Town hall"], ["--camera", "1"]])
def test_the_command_refuses_nineteen_days_everywhere(run, where):
    run(camera.app, "add", SECRET, "--site", "Town hall")
    run(retention.app, "set", "19", *where, refused="retention_below_minimum")
    run(retention.app, "set", "30", *where, refused="retention_reason_missing")
    run(retention.app, "set", "20", *where)
    assert json.loads(run(camera.app, "list", "--json").output)[0]["retention_days"] == 20
    run(retention.app, "set", "30", "--reason", "court order", *where)
    assert "court" in run(retention.app, "show").output
    run(retention.app, "unset", *where)
    assert json.loads(run(camera.app, "list", "--json").output)[0]["retention_days"] == 21


def test_a_database_is_made_checked_and_found_wanting(run, tmp_path):
    run(db.app, "check", refused="database_unavailable")
    assert f"revision {head_revision()}" in run(db.app, "upgrade").output
    assert run(db.app, "check").exit_code == 0
    connection = sqlite3.connect(tmp_path / "nazar.db")
    connection.execute("DROP TABLE sweep")
    connection.close()
    result = run(db.app, "check")
    assert result.exit_code == 1
    assert "schema differs" in result.output


def test_a_sweep_by_hand_and_a_confirmed_clock(run, tmp_path):
    paths = DataPaths(tmp_path)
    KnownVolumes(paths.known_volumes).open(paths.volumes / "main", SystemClock(), 0).close()
    assert ": ok, 0 segments" in run(retention.app, "sweep").output
    assert "clock confirmed" in run(retention.app, "confirm-clock", "--yes").output
    assert "locks confirmed" in run(retention.app, "confirm-locks", "--yes").output
    unanswered = run(retention.app, "confirm-clock")
    assert unanswered.exit_code == 1
    assert "0 segments, 0.0 GB may go" in unanswered.output


@pytest.mark.sockets
def test_the_jobs_process_forecasts_signs_and_ends_when_told(tmp_path):
    paths = DataPaths(tmp_path)
    volume = KnownVolumes(paths.known_volumes).open(paths.volumes / "main", SystemClock(), 0)
    process = subprocess.Popen(
        [sys.executable, "-m", "vms", "jobs", "--data", str(tmp_path)], stderr=subprocess.PIPE, env=dict(os.environ)
    )
    try:
        wait_for(lambda: any((volume.path / "checkpoints").iterdir()) and has_forecast(paths), process)
        process.send_signal(signal.SIGTERM)
        _, errors = process.communicate(timeout=20)
    finally:
        process.kill()
        process.wait()
        volume.close()
    assert process.returncode == 0, errors.decode()
    assert b"Traceback" not in errors


def has_forecast(paths: DataPaths) -> bool:
    database = Database.at(paths.database)
    with database.reading() as session:
        found = forecasts(session)
    database.close()
    return bool(found)


def wait_for(condition, process) -> None:
    deadline = time.monotonic() + 60
    while not condition():
        assert process.poll() is None, process.stderr.read().decode()
        assert time.monotonic() < deadline
        time.sleep(0.05)
