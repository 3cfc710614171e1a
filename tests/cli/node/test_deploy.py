"""The service files say what the program does."""

import re
from configparser import ConfigParser
from pathlib import Path

import pytest

from vms.cli.app import COMMANDS
from vms.cli.serve import JOBS_GRACE_S, RECORDER_GRACE_S, WEB_GRACE_S

DEPLOY = Path(__file__).parents[3] / "deploy"
UNITS = sorted(DEPLOY.glob("*.service"))
GRACE_S = {"recorder": RECORDER_GRACE_S, "jobs": JOBS_GRACE_S, "web": WEB_GRACE_S}


def unit(path: Path) -> ConfigParser:
    parser = ConfigParser(strict=False, interpolation=None)
    parser.optionxform = str  # systemd's names have capitals
    parser.read(path)
    return parser


def command_of(path: Path) -> str:
    found = re.search(r"/\.venv/bin/vms (\w+)", unit(path)["Service"]["ExecStart"])
    assert found
    return found.group(1)


def test_there_are_units():
    assert [command_of(path) for path in UNITS] == ["jobs", "recorder", "web", "serve"]


@pytest.mark.parametrize("path", UNITS, ids=lambda path: path.name)
def test_a_unit_runs_a_command_that_exists(path):
    service = unit(path)["Service"]
    assert command_of(path) in COMMANDS
    assert service["Restart"] == "always"
    assert service["User"] == "nazar"
    assert service["ProtectSystem"] == "strict"
    assert service["NoNewPrivileges"] == "yes"


@pytest.mark.parametrize("path", UNITS, ids=lambda path: path.name)
def test_a_unit_gives_as_much_time_to_stop_as_the_supervisor(path):
    stop_s = float(unit(path)["Service"]["TimeoutStopSec"])
    assert stop_s >= GRACE_S.get(command_of(path), sum(GRACE_S.values()))


def test_the_recorder_depends_on_no_other_unit_of_ours():
    section = unit(DEPLOY / "nazar-recorder@.service")["Unit"]
    for key in ("After", "Wants", "Requires", "BindsTo", "PartOf"):
        assert "nazar" not in section.get(key, ""), key


def test_alerts_ask_for_figures_that_exist():
    figures = (Path(__file__).parents[3] / "web" / "status" / "metrics.py").read_text()
    for name in set(re.findall(r"nazar_\w+", (DEPLOY / "prometheus-alerts.yml").read_text())):
        assert f'"{name}"' in figures, name


def test_the_sweep_gets_its_turn_at_the_disk_after_the_recorder():
    """An idle class would starve it under constant writing, just when a full disk needs it."""
    service = unit(DEPLOY / "nazar-jobs.service")["Service"]
    assert service["IOSchedulingClass"] == "best-effort"
    assert int(service["IOSchedulingPriority"]) > 4  # 4 is everybody's; 7 the last


def test_a_server_is_installed_without_tests():
    readme = (DEPLOY / "README.md").read_text()
    assert "make install" in readme
    assert "make setup" not in readme
