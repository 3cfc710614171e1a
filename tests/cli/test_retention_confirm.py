"""What a person confirms on the command line, on nodes with several volumes."""

import json

import pytest
from typer.testing import CliRunner

from vms.archive.known_volumes import KnownVolumes
from vms.archive.locks import are_locks_confirmed, restore_locks
from vms.cli.app import app
from vms.cli.settings import DataPaths
from vms.kernel.clock import SystemClock

NAMES = ("one", "two", "three")


@pytest.fixture
def node(tmp_path):
    """Three volumes whose locks nobody confirmed since their index was lost; names to ids."""
    paths = DataPaths(tmp_path)
    paths.settings.write_text("".join(f"[[volumes]]\npath = '{name}'\n" for name in NAMES))
    uuids = {}
    for name in NAMES:
        volume = KnownVolumes(paths.known_volumes).open(tmp_path / name, SystemClock(), 0)
        restore_locks(volume)
        uuids[name] = str(volume.uuid)
        volume.close()
    return uuids


@pytest.fixture
def run(tmp_path):
    def run(*arguments, typed="", exit_code=0):
        result = CliRunner().invoke(app, [*arguments, "--data", str(tmp_path)], input=typed)
        assert result.exit_code == exit_code, (result.output, result.exception)
        return result.stdout

    return run


@pytest.fixture
def told(run):
    """Volumes of which the audit log says so, in order."""

    def told(act):
        found = json.loads(run("audit", "list", "--json", "--act", act))[::-1]
        return [entry["detail"]["volume"] for entry in found]

    return told


@pytest.fixture
def confirmed(tmp_path):
    def confirmed(name):
        volume = KnownVolumes(DataPaths(tmp_path).known_volumes).open(tmp_path / name, SystemClock(), 0)
        try:
            with volume.index.read() as connection:
                return are_locks_confirmed(connection)
        finally:
            volume.close()

    return confirmed


@pytest.mark.parametrize(
    ("command", "act"), [("confirm-clock", "clock_confirmed"), ("confirm-locks", "locks_confirmed")]
)
@pytest.mark.parametrize("away", NAMES)
def test_a_volume_that_is_away_is_named_and_blocks_no_other(node, run, told, tmp_path, command, act, away):
    (tmp_path / away).rename(tmp_path / "elsewhere")
    here = [uuid for name, uuid in node.items() if name != away]
    said = run("retention", command, "--yes", exit_code=1)
    assert f"volume {node[away]}: left out" in said
    assert all(f"volume {uuid}: {act.replace('_', ' ')}" in said for uuid in here)
    assert told(act) == here
    (tmp_path / "elsewhere").rename(tmp_path / away)
    assert "left out" not in run("retention", command, "--yes")
    assert told(act) == [*here, *node.values()]


@pytest.mark.proves("D-1.3f")
def test_what_was_confirmed_before_a_no_is_told(node, run, told, confirmed):
    run("retention", "confirm-locks", typed="y\nn\n", exit_code=1)
    assert told("locks_confirmed") == [node["one"]]
    assert [confirmed(name) for name in NAMES] == [True, False, False]


def test_a_clock_is_asked_about_once_and_not_for_volumes_that_are_away(node, run, told, tmp_path):
    said = run("retention", "confirm-clock", typed="n\n", exit_code=1)
    assert said.count("may go") == len(NAMES)
    assert told("clock_confirmed") == []
    for name in NAMES:
        (tmp_path / name).rename(tmp_path / f"{name} away")
    assert "Is the clock right" not in run("retention", "confirm-clock", exit_code=1)
    assert told("clock_confirmed") == []
