import json
import os
import shutil
import sqlite3
import threading
from pathlib import Path
from uuid import UUID, uuid4

import pytest

from vms.archive.known_volumes import KnownVolumes
from vms.archive.volume import Volume
from vms.kernel.errors import VmsError


def refused(code: str):
    return pytest.raises(VmsError, match=rf"\[{code}\]")


def test_a_volume_is_known_by_its_uuid(volume):
    again = Volume.open(volume.path, volume.uuid)
    assert again.still_there()
    assert 0 < again.free_bytes() <= again.total_bytes()
    assert again.reserve_bytes >= again.total_bytes() * 0.019
    again.close()
    with refused("wrong_volume"):
        Volume.open(volume.path, uuid4())


def test_a_directory_without_volume_is_refused(tmp_path):
    for path in (tmp_path, tmp_path / "nothing"):
        with refused("volume_missing"):
            Volume.open(path, uuid4())
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("content", ["", "{}", "[]", '{"uuid": 5, "format": 1}', '{"uuid": "x", "format": 1}', "null"])
def test_an_unreadable_volume_is_neither_missing_nor_new(volume, content):
    (volume.path / "volume.json").write_text(content)
    with refused("volume_damaged"):
        Volume.open(volume.path, volume.uuid)


def test_a_volume_of_a_later_format_is_left_alone(volume):
    (volume.path / "volume.json").write_text(json.dumps({"uuid": str(volume.uuid), "format": 2}))
    with refused("volume_damaged"):
        Volume.open(volume.path, volume.uuid)


def test_other_peoples_directories_are_not_taken(tmp_path, clock):
    (tmp_path / "holiday.jpg").touch()
    with refused("volume_not_empty"):
        Volume.create(tmp_path, clock)


def test_a_creation_that_was_interrupted_is_done_again(make_volume, tmp_path):
    volume = make_volume()
    (volume.path / "volume.json").unlink()
    again = make_volume()
    assert again.uuid != volume.uuid
    with again.index.read() as connection:
        assert connection.execute("SELECT value FROM meta").fetchall() == [(str(again.uuid),)]


def test_an_exchanged_directory_is_noticed(volume):
    assert volume.still_there()
    moved = volume.path.rename(volume.path.with_name("moved"))
    assert not volume.still_there()
    shutil.copytree(moved, volume.path)
    assert not volume.still_there()  # another inode
    volume.attach()
    assert volume.still_there()


def test_an_index_of_another_volume_is_refused(make_volume):
    one, two = make_volume("one"), make_volume("two")
    two.index.close()
    shutil.copy(one.index.path, two.index.path)
    read = two.index.read()
    with refused("wrong_volume"):
        read.__enter__()


def test_an_index_of_another_version_is_refused(volume):
    volume.index.close()
    connection = sqlite3.connect(volume.index.path)
    connection.execute("PRAGMA user_version = 99")
    connection.close()
    read = volume.index.read()
    with refused("index_version"):
        read.__enter__()


def test_a_transaction_is_all_or_nothing(volume):
    def fail() -> None:
        with volume.index.write() as connection:
            connection.execute("INSERT INTO meta VALUES ('a', 'b')")
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()
    with volume.index.read() as connection:
        assert connection.execute("SELECT count(*) FROM meta").fetchone() == (1,)


def test_the_index_is_set_to_survive(volume):
    with volume.index.read() as connection:
        settings = {
            name: connection.execute(f"PRAGMA {name}").fetchone()[0]
            for name in ("journal_mode", "synchronous", "foreign_keys")
        }
    assert settings == {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1}


def test_an_index_that_others_hold_is_locked_not_broken(volume):
    patient = volume.index.with_timeout(0.01)
    other = sqlite3.connect(volume.index.path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    write = patient.write()
    with refused("index_locked"):
        write.__enter__()
    other.close()
    patient.close()


def test_connections_of_threads_that_ended_are_closed(volume):
    def read() -> None:
        with volume.index.read() as connection:
            connection.execute("SELECT count(*) FROM segment").fetchone()

    def opened() -> int:
        return [path.resolve() for path in Path("/proc/self/fd").iterdir()].count(volume.index.path.resolve())

    read()
    for _ in range(20):
        thread = threading.Thread(target=read)
        thread.start()
        thread.join()
    assert opened() <= 3  # this thread's, the last one's, one that SQLite closes when no lock is held
    read()


class TestKnownVolumes:
    @pytest.fixture
    def known(self, tmp_path):
        return lambda: KnownVolumes(tmp_path / "data" / "volumes.json")

    def test_the_first_time_makes_the_second_time_must_find(self, known, tmp_path, clock):
        path = tmp_path / "disk"
        first = known().open(path, clock)
        first.close()
        again = known().open(path, clock)
        assert again.uuid == first.uuid
        again.close()

    def test_an_unmounted_disk_is_never_filled(self, known, tmp_path, clock):
        path = tmp_path / "disk"
        known().open(path, clock).close()
        shutil.rmtree(path)
        path.mkdir()  # the empty mount point
        with refused("volume_missing"):
            known().open(path, clock)
        assert list(path.iterdir()) == []

    def test_another_disk_is_refused(self, known, tmp_path, clock):
        path = tmp_path / "disk"
        known().open(path, clock).close()
        shutil.rmtree(path)
        Volume.create(path, clock).close()
        with refused("wrong_volume"):
            known().open(path, clock)

    def test_a_disk_of_another_node_is_adopted(self, known, tmp_path, clock, volume):
        adopted = known().open(volume.path, clock)
        assert adopted.uuid == volume.uuid
        adopted.close()

    def test_a_disk_may_move_but_not_be_in_two_places(self, known, tmp_path, clock):
        first = known().open(tmp_path / "disk", clock)
        first.close()
        shutil.copytree(tmp_path / "disk", tmp_path / "copy")
        with refused("wrong_volume"):
            known().open(tmp_path / "copy", clock)
        shutil.rmtree(tmp_path / "disk")
        moved = known().open(tmp_path / "copy", clock)
        assert moved.uuid == first.uuid
        moved.close()
        assert list(json.loads((tmp_path / "data" / "volumes.json").read_bytes())) == [str(tmp_path / "copy")]

    def test_a_missing_disk_does_not_stop_the_others(self, known, tmp_path, clock):
        paths = [tmp_path / "one", tmp_path / "two"]
        for path in paths:
            known().open_or_wait(path, clock).close()
        shutil.rmtree(paths[0])
        volumes = [known().open_or_wait(path, clock) for path in paths]
        assert [volume.is_attached for volume in volumes] == [False, True]
        volumes[1].close()

    def test_an_unreadable_memory_stops_everything(self, known, tmp_path, clock):
        (tmp_path / "data").mkdir()
        (tmp_path / "data" / "volumes.json").write_text("{")
        with refused("known_volumes_damaged"):
            known()

    def test_a_disk_that_is_given_up_is_forgotten(self, known, tmp_path, clock):
        known().open(tmp_path / "disk", clock).close()
        memory = known()
        memory.forget(tmp_path / "disk")
        shutil.rmtree(tmp_path / "disk")
        fresh = memory.open(tmp_path / "disk", clock)
        assert isinstance(fresh.uuid, UUID)
        fresh.close()
        assert os.listdir(tmp_path / "disk")  # noqa: PTH208
