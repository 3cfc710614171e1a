import json

import pytest
from typer.testing import CliRunner

from vms.archive.known_volumes import KnownVolumes
from vms.cameras.service import NewCamera, register
from vms.cli.archive import app
from vms.cli.settings.node import DataPaths, load_settings
from vms.kernel.clock import US_PER_DAY, US_PER_SECOND, SystemClock, iso
from vms.kernel.database import Database
from vms.kernel.secrets import SecretBox

HOUR_US = 3600 * US_PER_SECOND
MINUTE_US = 60 * US_PER_SECOND


@pytest.fixture
def node(tmp_path, set_up):
    """Camera 1 has 21 whole days; 2 has a day without the camera and two minutes nobody explains; 3 is live only."""
    paths, clock = DataPaths(tmp_path), SystemClock()
    now_us = clock.now_us()
    (chosen,) = load_settings(paths, {}).volumes_in(paths)
    volume = KnownVolumes(paths.known_volumes).open(chosen.path, clock)
    database = Database.at(paths.database)
    box = SecretBox.at(paths.secret_key)
    with database.writing() as session:
        made = [
            register(
                session,
                NewCamera(
                    name=name, main_address="rtsp://10.0.0.7/1", commissioned_us=now_us - 40 * US_PER_DAY,
                    is_recorded=is_recorded,
                ),
                box, clock,
            )
            for name, is_recorded in (("Işıklar", True), ("Liman", True), ("Meydan", False))
        ]  # fmt: skip
    start_us, until_us = now_us - 21 * US_PER_DAY, now_us + MINUTE_US  # what is written while the test runs, too
    spans = {
        1: [(start_us, until_us)],
        2: [
            (start_us, now_us - 3 * US_PER_DAY),
            (now_us - 2 * US_PER_DAY, now_us - HOUR_US),
            (now_us - HOUR_US + 2 * MINUTE_US, until_us),
        ],
    }
    with volume.index.write() as connection:
        connection.execute("INSERT INTO init VALUES (1, ?, x'00', 'avc1', 160, 120)", (bytes(32),))
        for number, pieces in spans.items():
            connection.execute(
                "INSERT INTO stream (id, camera_id, name, head_link) VALUES (?, ?, 'main', ?)",
                (number, str(made[number - 1].id), bytes(32)),
            )
            connection.executemany(
                "INSERT INTO segment (stream_id, start_us, end_us, sequence, run, init_id, size_bytes, duration_90k,"
                " samples, sha256, link) VALUES (?, ?, ?, ?, ?, 1, 1, 1, 1, zeroblob(32), zeroblob(32))",
                [(number, a, b, at, at) for at, (a, b) in enumerate(pieces)],
            )
        connection.execute(
            "INSERT INTO gap VALUES (2, ?, ?, 'camera_offline', 'timeout')",
            (now_us - 3 * US_PER_DAY, now_us - 2 * US_PER_DAY),
        )
    volume.close()
    database.close()
    return tmp_path, now_us


def run(node, *words):
    result = CliRunner().invoke(app, ["coverage", "--data", str(node[0]), *words])
    return result.exit_code, result.stdout


@pytest.mark.parametrize("state", ["whole", "missing", "damaged"])
def test_stats_name_cameras_as_people_do_and_cut_nothing_at_80_columns(node, state):
    folder, now_us = node
    database = DataPaths(folder).database
    if state == "missing":  # footage of `vms record`
        database.unlink()
    elif state == "damaged":
        database.write_bytes(b"no database" * 1000)
    result = CliRunner().invoke(app, ["stats", "--data", str(folder)], env={"COLUMNS": "80"})
    assert result.exit_code == 0, result.output
    assert "…" not in result.output
    assert max(map(len, result.output.splitlines())) <= 80
    oldest = iso(now_us - 21 * US_PER_DAY)
    assert f"{oldest[:10]} {oldest[11:16]}" in result.output
    assert ("Işıklar" in result.output) is (state == "whole")


@pytest.mark.proves("D-9.1d", "D-10.2c")
def test_every_camera_that_must_record_with_what_is_missing_by_cause(node):
    code, text = run(node)
    assert code == 1
    lines = text.splitlines()
    proven = next(line for line in lines if "Işıklar" in line)
    assert " proven " in proven
    assert "100.00 %" in proven
    short = next(line for line in lines if "Liman" in line)
    assert "NOT PROVEN" in short
    assert "94.9" in short
    assert "missing: camera 2: camera_offline 1 d 0 h, unknown 2 min 0 s" in lines
    assert "Meydan" not in text
    assert f"review: camera 2: {iso(node[1] - HOUR_US)[:19]}Z .. " in text
    assert "2 cameras, 20 days since commissioning: 1 of them not proven" in text


def test_one_camera_for_machines(node):
    code, text = run(node, "--camera", "2", "--json")
    assert code == 1
    (camera,) = json.loads(text)
    assert (camera["number"], camera["is_proven"]) == (2, False)
    assert camera["missing_s"] == {"camera_offline": 86_400.0, "unknown": 120.0}
    assert camera["oldest"] == iso(node[1] - 21 * US_PER_DAY)
    assert [gap["start"] for gap in camera["unknown"]] == [iso(node[1] - HOUR_US)]
    assert camera["continuous_since"] == iso(node[1] - HOUR_US + 2 * MINUTE_US)
    assert run(node, "--camera", "1")[0] == 0
