import json
import socket
import sqlite3

import pytest
from typer.testing import CliRunner

from vms.archive.known_volumes import KnownVolumes
from vms.cli.app import app
from vms.cli.checks import machine as machine_checks
from vms.cli.checks.data import check_data_folder, check_database, check_keys, check_settings, check_volumes
from vms.cli.checks.finding import Level
from vms.cli.doctor import examine
from vms.cli.settings.node import DataPaths, load_settings
from vms.kernel.clock import SystemClock
from vms.kernel.database import Database
from vms.kernel.migration import upgrade
from vms.kernel.secrets import SecretBox


@pytest.fixture
def paths(tmp_path):
    return DataPaths(tmp_path)


def worst(findings) -> Level:
    levels = [finding.level for finding in findings]
    return next((level for level in (Level.PROBLEM, Level.WARNING) if level in levels), Level.OK)


def adopted(paths) -> None:
    """The volumes of the settings, made as the recorder makes them."""
    known = KnownVolumes(paths.known_volumes)
    for volume in load_settings(paths, {}).volumes_in(paths):
        known.open(volume.path, SystemClock()).close()


def test_a_new_folder_is_in_order(paths):
    findings = examine(paths)
    assert {finding.check for finding in findings} >= {
        "python", "libraries", "sqlite", "ffmpeg", "clock", "open_files",
        "settings", "data", "keys", "volume", "database", "port",
    }  # fmt: skip
    assert [finding for finding in findings if finding.level is Level.PROBLEM] == []


def test_whatever_is_wrong_comes_with_a_remedy(paths):
    paths.settings.write_text("[retention]\ndays = 19\n")
    for finding in examine(paths):
        assert bool(finding.remedy) is (finding.level is not Level.OK), finding


@pytest.mark.parametrize("text", ["[retention]\ndays = 19\n", "[retention\n", "[web]\nprot = 1\n"])
def test_broken_settings(paths, text):
    paths.settings.write_text(text)
    finding, settings = check_settings(paths)
    assert finding.level is Level.PROBLEM
    assert settings.retention.days == 21


def test_the_floor_is_named(paths):
    paths.settings.write_text("[retention]\ndays = 19\n")
    finding, _ = check_settings(paths)
    assert "retention_below_minimum" in finding.remedy


def test_a_directory_that_is_away_and_its_password_that_others_may_read(paths):
    paths.root.mkdir(exist_ok=True)
    password = paths.root / "ldap.password"
    password.write_text("service-password-1")
    password.chmod(0o644)
    paths.settings.write_text(
        '[sign_in.ldap]\nurls = ["ldaps://127.0.0.1:1"]\nbase_dn = "dc=x"\nbind_dn = "cn=x"\n'
        'password_file = "ldap.password"\ntimeout_s = 1\n'
    )
    found = [finding for finding in examine(paths) if finding.check == "directory"]
    assert [finding.level for finding in found] == [Level.PROBLEM, Level.PROBLEM]
    assert "chmod 600" in found[0].remedy
    assert "directory_unavailable" in found[1].remedy


def test_keys_that_others_may_read(paths):
    SecretBox.at(paths.secret_key)
    assert worst(check_keys(paths)) is Level.OK
    paths.secret_key.chmod(0o640)
    assert worst(check_keys(paths)) is Level.PROBLEM


def test_a_volume_in_its_place(paths):
    settings = load_settings(paths, {})
    assert worst(check_volumes(settings, paths)) is Level.OK
    adopted(paths)
    (finding,) = check_volumes(settings, paths)
    assert finding.level is Level.OK
    assert "GB free" in finding.message


def test_a_volume_that_is_not_mounted(paths):
    adopted(paths)
    settings = load_settings(paths, {})
    (paths.volumes / "main").rename(paths.volumes / "away")
    (finding,) = check_volumes(settings, paths)
    assert finding.level is Level.PROBLEM
    assert "Mount" in finding.remedy
    assert not (paths.volumes / "main").exists()


def test_another_disk_in_a_volumes_place(paths, tmp_path):
    adopted(paths)
    other = DataPaths(tmp_path / "other")
    adopted(other)
    (paths.volumes / "main").rename(paths.volumes / "away")
    (other.volumes / "main").rename(paths.volumes / "main")
    (finding,) = check_volumes(load_settings(paths, {}), paths)
    assert finding.level is Level.PROBLEM
    assert "another volume" in finding.message


def test_a_full_volume(paths):
    paths.settings.write_text('[[volumes]]\npath = "v"\nreserve = "1000 PB"\n')
    adopted(paths)
    (finding,) = check_volumes(load_settings(paths, {}), paths)
    assert finding.level is Level.PROBLEM
    assert "full" in finding.message


def test_a_damaged_list_of_volumes(paths):
    paths.known_volumes.write_text("[]")
    assert worst(check_volumes(load_settings(paths, {}), paths)) is Level.PROBLEM


def test_the_control_database(paths):
    assert check_database(paths.database).level is Level.OK
    database = Database.at(paths.database)
    upgrade(database.engine)
    database.close()
    assert check_database(paths.database).level is Level.OK
    with sqlite3.connect(paths.database) as connection:
        connection.execute("UPDATE alembic_version SET version_num = 'older'")
    connection.close()
    assert check_database(paths.database).level is Level.PROBLEM


def test_a_control_database_that_is_none(paths):
    paths.database.write_bytes(b"not a database" * 1000)
    assert check_database(paths.database).level is Level.PROBLEM


def test_the_data_folder(tmp_path):
    assert check_data_folder(tmp_path).level is Level.OK
    assert check_data_folder(tmp_path / "new").level is Level.WARNING
    (tmp_path / "file").write_text("")
    assert check_data_folder(tmp_path / "file" / "data").level is not Level.OK


@pytest.mark.parametrize(("state", "level"), [(0, Level.OK), (4, Level.OK), (5, Level.WARNING), (-1, Level.WARNING)])
def test_the_clock(state, level):
    assert machine_checks.check_clock(state).level is level


def test_the_kernel_tells_its_clock_state():
    assert machine_checks.clock_state() in range(-1, 6)


def test_a_missing_library():
    finding = machine_checks.check_libraries(("json", "no_such_library"))
    assert finding.level is Level.PROBLEM
    assert "no_such_library" in finding.message


def test_an_old_sqlite():
    assert machine_checks.check_sqlite("3.36.9").level is Level.PROBLEM
    assert machine_checks.check_sqlite("3.37.0").level is Level.OK


@pytest.mark.sockets
def test_a_taken_port():
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        assert machine_checks.check_port("127.0.0.1", port, is_ours=False).level is Level.PROBLEM
        assert machine_checks.check_port("127.0.0.1", port, is_ours=True).level is Level.OK
    assert machine_checks.check_port("127.0.0.1", port, is_ours=False).level is Level.OK
    assert machine_checks.check_port("192.0.2.1", port, is_ours=False).level is Level.PROBLEM


def test_the_command_for_machines(paths):
    result = CliRunner().invoke(app, ["doctor", "--data", str(paths.root), "--json"])
    answer = json.loads(result.stdout)
    assert result.exit_code == 0
    assert answer["ok"] is True
    paths.settings.write_text("[retention]\ndays = 19\n")
    result = CliRunner().invoke(app, ["doctor", "--data", str(paths.root), "--json"])
    answer = json.loads(result.stdout)
    assert result.exit_code == 1
    assert answer["ok"] is False
    assert [row["check"] for row in answer["findings"] if row["level"] == "problem"] == ["settings"]


def test_the_command_for_people_changes_nothing(paths):
    result = CliRunner().invoke(app, ["doctor", "--data", str(paths.root)])
    assert result.exit_code == 0
    assert "→" in result.stdout or "warning" not in result.stdout
    assert list(paths.root.iterdir()) == []
