"""Disks that fill up, go away, break or are exchanged while cameras are recorded."""

import os
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
from disks import DiskShelf
from footage_evidence import files_of, read_rows, unplayable
from live_node import Cameras, Node

from vms.archive.volume import read_uuid
from vms.cameras.status import CameraState

pytestmark = [
    pytest.mark.sockets,
    pytest.mark.system,
    pytest.mark.long,
    pytest.mark.skipif(os.geteuid() != 0, reason="mounting needs root"),
]
CAMERAS = 2
SETTINGS = """
[recorder]
sync_interval_s = 1
"""
VOLUME = """
[[volumes]]
path = "{path}"
reserve = "2 MiB"
"""
RESUMES_S = 15.0


@dataclass
class Stage:
    """What a scenario works with: a folder, a node, disks. Scenarios wait most of their time: all run side by side."""

    folder: Path
    node: Node
    shelf: DiskShelf
    eventually: Callable
    vms_once: Callable

    def use(self, *paths):
        self.node.set_up(SETTINGS + "".join(VOLUME.format(path=path) for path in paths))


@pytest.fixture(scope="module")
def outcome(tmp_path_factory, module_processes, eventually, vms_once, write_mp4):
    """Waits for a scenario; raises what it raised."""
    folder = tmp_path_factory.mktemp("volumes")
    clip = write_mp4(folder / "clip.mp4", width=320, height=240, frames=250)
    cameras = Cameras.start(module_processes, eventually, clip, CAMERAS)
    stages = {}
    for scenario in SCENARIOS:
        own = folder / scenario.__name__
        node = Node(module_processes, eventually, own / "node")
        node.register(cameras.urls)
        stages[scenario] = Stage(own, node, DiskShelf(own), eventually, vms_once)
    with ThreadPoolExecutor(len(stages)) as pool:
        running = {scenario: pool.submit(scenario, stage) for scenario, stage in stages.items()}
        yield lambda scenario: running[scenario].result()
    module_processes.stop()  # before the disks are taken apart
    for stage in stages.values():
        stage.shelf.clear()


def all_are(state, detail=None):
    def holds(status):
        found = {(camera.state, camera.detail) for camera in status.cameras}
        return len(status.cameras) == CAMERAS and all(
            (is_state, is_detail if detail else None) == (state, detail) for is_state, is_detail in found
        )

    return holds


def content_of(place):
    """Every name below a place, files with their bytes."""
    return {file.relative_to(place): file.read_bytes() if file.is_file() else b"" for file in place.rglob("*")}


def recorded_files(node, eventually, *places):
    """Until every camera has footage on one of the volumes."""

    def there():
        files = [file for place in places for file in files_of(place) if file.stat().st_size > 20_000]
        return files if len({file.parents[2].name for file in files}) == CAMERAS else None

    return eventually(there, 20, "every camera has footage on disk")


@contextmanager
def recording(node, eventually, *places):
    life = node.start_recording()
    recorded_files(node, eventually, *places)
    yield life
    assert life.end_well() == 0


def prove_sound(stage, *places, cause="disk_failure"):
    """Check is clean, nothing overlaps, each hole has its cause, one of them `cause`; everything plays."""
    node = stage.node
    code, out, err = stage.vms_once("archive", "check", "--level", "full", "--data", node.data)
    assert code == 0, out + err
    rows = read_rows(*(place / "index.sqlite" for place in places))
    assert set(rows) == {str(camera_id) for camera_id in node.camera_ids()}
    assert [stream.overlaps() for stream in rows.values()] == [[]] * CAMERAS
    assert cause in {cause for stream in rows.values() for hole in stream.holes() for cause in stream.causes_of(hole)}
    assert unplayable([file for place in places for file in files_of(place)]) == []
    return rows


def full(stage):
    node, shelf, eventually = stage.node, stage.shelf, stage.eventually
    place = stage.folder / "mnt"
    shelf.tmpfs(place, 32)
    stage.use(place)
    with recording(node, eventually, place):
        pass
    before = {file: file.read_bytes() for file in files_of(place)}
    with recording(node, eventually, place):
        state = os.statvfs(place)
        ballast = place / "ballast"
        ballast.write_bytes(bytes(state.f_bavail * state.f_frsize - 100_000))
        uuid = str(read_uuid(place))
        node.wait_for_status(all_are(CameraState.NO_STORAGE, "volume_full"), what="no storage is shown")
        assert node.status().volumes == {uuid: "volume_full"}
        stage.vms_once("retention", "sweep", "--data", node.data)
        assert {file: file.read_bytes() for file in before} == before
        ballast.unlink()
        node.wait_for_status(all_are(CameraState.RECORDING), RESUMES_S, "recording again")
        assert node.status().volumes == {uuid: "ok"}
    prove_sound(stage, place)


def pulled(stage):
    node, shelf, eventually = stage.node, stage.shelf, stage.eventually
    place = stage.folder / "mnt"
    disk = shelf.plugged_in(place)
    stage.use(place)
    with recording(node, eventually, place):
        uuid = str(read_uuid(place))
        disk.pull_out()
        node.wait_for_status(all_are(CameraState.NO_STORAGE, "volume_missing"), what="the missing disk is shown")
        assert node.status().volumes == {uuid: "volume_missing"}
        eventually(disk.is_let_go, 10, "the recorder lets go of the disk")
        assert list(place.iterdir()) == []
        disk.plug_in(place)
        node.wait_for_status(all_are(CameraState.RECORDING), RESUMES_S, "recording again")
    prove_sound(stage, place)
    disk.pull_out()
    assert list(place.iterdir()) == []


def missing(stage):
    node, shelf, eventually = stage.node, stage.shelf, stage.eventually
    place = stage.folder / "mnt"
    disk = shelf.plugged_in(place)
    stage.use(place)
    with recording(node, eventually, place):
        uuid = str(read_uuid(place))
    disk.pull_out()
    life = node.start_recording()
    node.wait_for_status(all_are(CameraState.NO_STORAGE, "volume_missing"), what="the missing disk is shown")
    assert node.status().volumes == {uuid: "volume_missing"}
    assert list(place.iterdir()) == []
    disk.plug_in(place)
    node.wait_for_status(all_are(CameraState.RECORDING), RESUMES_S, "recording")
    assert life.end_well() == 0
    prove_sound(stage, place, cause="recorder_down")


def read_only(stage):
    node, shelf, eventually = stage.node, stage.shelf, stage.eventually
    place = stage.folder / "mnt"
    disk = shelf.plugged_in(place)
    stage.use(place)
    with recording(node, eventually, place):
        uuid = str(read_uuid(place))
        disk.break_down()
        node.wait_for_status(all_are(CameraState.NO_STORAGE, "volume_read_only"), what="read-only is shown")
        assert node.status().volumes == {uuid: "volume_read_only"}
        disk.pull_out()
        eventually(disk.is_let_go, 15, "the recorder lets go of the disk")
        disk.repair()
        disk.plug_in(place)
        node.wait_for_status(all_are(CameraState.RECORDING), RESUMES_S, "recording again")
    prove_sound(stage, place)


def exchanged(stage):
    node, shelf, eventually = stage.node, stage.shelf, stage.eventually
    place, elsewhere = stage.folder / "mnt", stage.folder / "elsewhere"
    disk, other = shelf.plugged_in(place), shelf.plugged_in(elsewhere)
    stage.use(elsewhere)
    with recording(node, eventually, elsewhere):
        pass
    other.pull_out()
    other.plug_in(elsewhere)
    content = content_of(elsewhere)
    other.pull_out()
    stage.use(place)
    with recording(node, eventually, place):
        uuid = str(read_uuid(place))
        disk.pull_out()
        other.plug_in(place)
        node.wait_for_status(lambda status: status.volumes == {uuid: "wrong_volume"}, what="the wrong disk is shown")
        seen_us = node.wait_for_status(all_are(CameraState.NO_STORAGE), what="no storage is shown").now_us
        node.wait_for_status(lambda status: status.now_us > seen_us + 4_000_000, what="another try at the disk")
        assert content_of(place) == content
        other.pull_out()
        disk.plug_in(place)
        node.wait_for_status(all_are(CameraState.RECORDING), RESUMES_S, "recording again")
    prove_sound(stage, place)
    other.plug_in(elsewhere)
    assert content_of(elsewhere) == content


def spare(stage):
    node, shelf, eventually = stage.node, stage.shelf, stage.eventually
    places = [stage.folder / "a", stage.folder / "b"]
    by_place = {place: shelf.plugged_in(place) for place in places}
    stage.use(*places)
    with recording(node, eventually, *places):
        used = max(places, key=lambda place: len(files_of(place)))
        spare = next(place for place in places if place != used)
        uuid, spare_uuid = str(read_uuid(used)), str(read_uuid(spare))
        by_place[used].pull_out()
        node.wait_for_status(
            lambda status: status.volumes == {uuid: "volume_missing", spare_uuid: "ok"},
            what="the missing disk is shown",
        )
        recorded_files(node, eventually, spare)
        node.wait_for_status(all_are(CameraState.RECORDING), RESUMES_S, "the spare disk takes over")
        assert list(used.iterdir()) == []
        by_place[used].plug_in(used)
        node.wait_for_status(lambda status: set(status.volumes.values()) == {"ok"}, what="the disk is back")
    rows = prove_sound(stage, *places)
    assert max(end - start for stream in rows.values() for start, end in stream.holes()) < 6_000_000


SCENARIOS = (full, pulled, missing, read_only, exchanged, spare)


@pytest.mark.proves("D-9.1c", "D-10.2c", "edge-25")
def test_a_full_disk_is_shown_keeps_all_and_records_on_when_there_is_room(outcome):
    outcome(full)


@pytest.mark.proves("D-10.2c")
def test_a_disk_pulled_while_recording_leaves_its_mount_point_empty(outcome):
    outcome(pulled)


@pytest.mark.proves("D-10.2c")
def test_a_disk_missing_at_start_is_waited_for(outcome):
    outcome(missing)


@pytest.mark.proves("D-10.2c")
def test_a_disk_that_turns_read_only_is_shown_and_taken_up_after_its_repair(outcome):
    outcome(read_only)


@pytest.mark.proves("D-10.2c")
def test_another_disk_in_its_place_is_never_written(outcome):
    outcome(exchanged)


@pytest.mark.proves("D-10.2c")
def test_the_second_disk_takes_over_when_the_first_is_pulled(outcome):
    outcome(spare)
