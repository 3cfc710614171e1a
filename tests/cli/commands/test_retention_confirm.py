"""What a person confirms on the command line, on nodes with several volumes."""

import json
from uuid import UUID

import pytest
from sqlalchemy import select
from typer.testing import CliRunner

from vms.archive.known_volumes import KnownVolumes
from vms.archive.locks import are_locks_confirmed, place_locks, restore_locks
from vms.archive.model import Lock
from vms.cameras.model import Camera
from vms.cli.app import app
from vms.cli.settings.node import DataPaths
from vms.footage.locks.model import LockOrder
from vms.kernel.clock import SystemClock
from vms.kernel.database import Database
from vms.kernel.span import Span

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


@pytest.mark.proves("D-1.3f", "edge-29")
def test_what_differs_from_the_control_database_is_said_before_anybody_is_asked(node, run, tmp_path, confirmed):
    """One volume lacks a lock, one keeps what was released and what nobody knows, one has just what it should."""
    run("camera", "add", "rtsp://127.0.0.1:9/none", "--number", "7")
    database = Database.at(DataPaths(tmp_path).database)
    with database.writing() as session:
        camera_id = session.scalars(select(Camera.id)).one()
        for number, release_us in ((1, None), (2, 9)):
            owner, words = UUID(int=70), f"Muhafaza {number}"
            session.add(LockOrder(UUID(int=number), camera_id, 10, 20, "hold", owner, words, 5, release_us))
    database.close()
    locks = [Lock(UUID(int=number), camera_id, Span(10, 20), "hold", f"Muhafaza {number}", 5) for number in (1, 2, 3)]
    for name, chosen in (("one", []), ("two", locks), ("three", locks[:1])):
        volume = KnownVolumes(DataPaths(tmp_path).known_volumes).open(tmp_path / name, SystemClock(), 0)
        place_locks(volume, chosen)
        volume.close()
    said = run("retention", "confirm-locks", typed="n\n", exit_code=1)
    assert f"volume {node['one']}: lacks a lock that the control database has" in said
    assert "Muhafaza 1" in said
    assert not confirmed("one")
    lines = run("retention", "confirm-locks", "--yes").splitlines()
    of_two = [line for line in lines if node["two"] in line]
    assert [("may go" in line, "does not know" in line) for line in of_two[:2]] == [(True, False), (False, True)]
    assert ("Muhafaza 2" in of_two[0], "Muhafaza 3" in of_two[1]) == (True, True)
    assert f"volume {node['three']}: its locks are those of the control database" in lines
    assert all(confirmed(name) for name in NAMES)


def test_a_clock_is_asked_about_once_and_not_for_volumes_that_are_away(node, run, told, tmp_path):
    said = run("retention", "confirm-clock", typed="n\n", exit_code=1)
    assert said.count("may go") == len(NAMES)
    assert told("clock_confirmed") == []
    for name in NAMES:
        (tmp_path / name).rename(tmp_path / f"{name} away")
    assert "Is the clock right" not in run("retention", "confirm-clock", exit_code=1)
    assert told("clock_confirmed") == []
