"""One settings file, with limits that cannot be talked down."""

import re
from pathlib import Path

import pytest

from vms.cli.settings.node import DataPaths, load_settings
from vms.kernel.errors import VmsError


@pytest.fixture
def paths(tmp_path):
    return DataPaths(tmp_path)


def test_without_a_file_the_defaults_count(paths):
    settings = load_settings(paths, {})
    assert (settings.retention.days, settings.recorder.shards, settings.web.port) == (21, 1, 8080)
    assert [volume.path for volume in settings.volumes_in(paths)] == [paths.root / "volumes" / "main"]


def test_the_file_is_read_and_variables_override_it(paths):
    paths.settings.write_text(
        "[retention]\ndays = 30\n[web]\nport = 9000\n[[volumes]]\npath = 'disk0'\nreserve = '2 GiB'\n"
        "[[volumes]]\npath = '/mnt/disk1'\n"
    )
    settings = load_settings(paths, {"NAZAR_WEB__PORT": "9001", "NAZAR_RECORDER__SHARDS": "2", "NAZAR_DATA": "x"})
    assert (settings.retention.days, settings.web.port, settings.recorder.shards) == (30, 9001, 2)
    volumes = settings.volumes_in(paths)
    assert [str(volume.path) for volume in volumes] == [str(paths.root / "disk0"), "/mnt/disk1"]
    assert [int(volume.reserve) for volume in volumes] == [2 << 30, 1 << 30]


@pytest.mark.proves("D-9.1b", "edge-21", "C-9")
@pytest.mark.parametrize("days", [19, 0, -1])
def test_the_file_cannot_set_less_than_twenty_days(paths, days):
    paths.settings.write_text(f"[retention]\ndays = {days}\n")
    with pytest.raises(VmsError) as refusal:
        load_settings(paths, {})
    assert refusal.value.code == "retention_below_minimum"


@pytest.mark.proves("D-9.1b", "edge-21", "C-9")
def test_a_variable_cannot_set_less_than_twenty_days(paths):
    paths.settings.write_text("[retention]\ndays = 30\n")
    with pytest.raises(VmsError) as refusal:
        load_settings(paths, {"NAZAR_RETENTION__DAYS": "19"})
    assert refusal.value.code == "retention_below_minimum"


@pytest.mark.proves("edge-21")
@pytest.mark.parametrize("days", [20, 21])
def test_twenty_and_twenty_one_are_accepted(paths, days):
    assert load_settings(paths, {"NAZAR_RETENTION__DAYS": str(days)}).retention.days == days


@pytest.mark.parametrize(
    ("text", "environment"),
    [
        ("[retention]\nday = 40\n", {}),
        ("[retension]\ndays = 40\n", {}),
        ("[retention]\ndays = 'many'\n", {}),
        ("[retention]\ndays = 4000\n", {}),
        ("[retention\n", {}),
        ("[recorder]\nshards = 0\n", {}),
        ("[[volumes]]\npath = 'x'\nreserve = -1\n", {}),
        ("[[volumes]]\npath = 'x'\n", {"NAZAR_VOLUMES__0__PATH": "/elsewhere"}),
        ("", {"NAZAR_RETENTION__DAY": "40"}),
        ("", {"NAZAR_RETENTION_DAYS": "30"}),
        ("", {"NAZAR_WEBB": "x"}),
    ],
)
def test_what_is_not_understood_is_refused(paths, text, environment):
    paths.settings.write_text(text)
    with pytest.raises(VmsError) as refusal:
        load_settings(paths, environment)
    assert refusal.value.code == "settings_invalid"


def test_a_named_file_must_be_there(paths, tmp_path):
    other = tmp_path / "other.toml"
    with pytest.raises(VmsError) as refusal:
        load_settings(paths, {"NAZAR_CONFIG": str(other)})
    assert refusal.value.code == "settings_missing"
    other.write_text("[web]\nport = 1234\n")
    assert load_settings(paths, {"NAZAR_CONFIG": str(other)}).web.port == 1234


def test_a_variable_with_one_underscore_is_refused_with_the_right_form(paths):
    with pytest.raises(VmsError, match="NAZAR_RETENTION__DAYS") as refusal:
        load_settings(paths, {"NAZAR_RETENTION_DAYS": "30"})
    assert refusal.value.code == "settings_invalid"


def test_variables_that_the_command_line_reads_are_no_settings(paths):
    """Every variable an option names is known here, or a password in the environment would stop the product."""
    source = "".join(path.read_text() for path in (Path(__file__).parents[3] / "vms").rglob("*.py"))
    named = set(re.findall(r'envvar="(NAZAR_\w+)"', source))
    assert {"NAZAR_DATA", "NAZAR_CAMERA_PASSWORD"} <= named
    assert load_settings(paths, dict.fromkeys(named, "x")).retention.days == 21
