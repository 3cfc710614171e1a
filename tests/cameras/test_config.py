import logging
import sqlite3
from uuid import UUID

import pytest
from sqlalchemy import text

from vms.cameras.config import CameraConfig, ConfigCache
from vms.cameras.hand_over import load_cameras
from vms.cameras.model import Camera
from vms.cameras.rules import CameraKind
from vms.cameras.service import CameraChange, NewCamera, change, register, retire
from vms.kernel.database import Database
from vms.kernel.logging import Redactor
from vms.kernel.migration import upgrade
from vms.kernel.repeat_log import RepeatLog
from vms.kernel.secrets import SecretBox

PARTS = ("viewer-name", "s3cret%20word", "s3cret word", "cam-host.example", "/live/main", "/live/sub")
MAIN = "rtsp://viewer-name:s3cret%20word@cam-host.example:8554/live/main"
SUB = "rtsp://viewer-name:s3cret%20word@cam-host.example:8554/live/sub"


@pytest.fixture
def cache_path(tmp_path):
    return tmp_path / "recorder" / "cameras.sealed"


@pytest.fixture
def two_cameras(database, clock, box):
    with database.writing() as session:
        gate = NewCamera(name="Gate", main_address=MAIN, sub_address=SUB)
        square = NewCamera(name="Square", main_address=MAIN, kind=CameraKind.CITY_VIEW)
        return [register(session, new, box, clock) for new in (gate, square)]


def test_the_recorder_gets_enabled_cameras_by_number(database, box, cache_path, two_cameras, clock):
    gate, square = two_cameras
    configs, is_fresh = load_cameras(database, ConfigCache(cache_path, box), box, clock)
    assert is_fresh
    assert configs[0] == CameraConfig(gate.id, 1, "Gate", "security", MAIN, SUB, "auto", True, clock.now_us())
    assert (configs[1].camera_id, configs[1].records, configs[1].sub_url) == (square.id, False, None)
    with database.writing() as session:
        change(session, session.get_one(Camera, gate.id), CameraChange(is_enabled=False), box, clock)
        retire(session, session.get_one(Camera, square.id), clock)
    assert load_cameras(database, ConfigCache(cache_path, box), box, clock) == ([], True)


@pytest.mark.proves("D-9.1c", "edge-29")
def test_a_missing_database_gives_the_last_good_copy(database, clock, box, cache_path, two_cameras, tmp_path):
    fresh, _ = load_cameras(database, ConfigCache(cache_path, box), box, clock)
    database.close()
    for path in tmp_path.glob("nazar.db*"):
        path.unlink()
    assert load_cameras(database, ConfigCache(cache_path, box), box, clock) == (fresh, False)
    assert not (tmp_path / "nazar.db").exists()


def test_a_locked_database_gives_the_last_good_copy(database, clock, box, cache_path, two_cameras, tmp_path):
    fresh, _ = load_cameras(database, ConfigCache(cache_path, box), box, clock)
    database.close()
    other = sqlite3.connect(tmp_path / "nazar.db", isolation_level=None)
    other.execute("PRAGMA locking_mode = EXCLUSIVE")
    other.execute("BEGIN EXCLUSIVE")
    other.execute("DELETE FROM camera")
    assert load_cameras(database, ConfigCache(cache_path, box), box, clock) == (fresh, False)
    other.execute("ROLLBACK")
    other.close()
    assert load_cameras(database, ConfigCache(cache_path, box), box, clock) == (fresh, True)


@pytest.mark.parametrize("damage", ["garbage", "no tables"])
def test_a_damaged_database_gives_the_last_good_copy(database, clock, box, cache_path, two_cameras, tmp_path, damage):
    fresh, _ = load_cameras(database, ConfigCache(cache_path, box), box, clock)
    database.close()
    for path in tmp_path.glob("nazar.db*"):
        path.unlink()
    (tmp_path / "nazar.db").write_bytes(b"garbage!" * 1000 if damage == "garbage" else b"")
    assert load_cameras(database, ConfigCache(cache_path, box), box, clock) == (fresh, False)


@pytest.mark.proves("edge-29")
def test_a_new_empty_database_does_not_stop_recording(database, clock, box, cache_path, two_cameras, tmp_path):
    """`vms serve` makes a new database when the old one is lost; that must not look like `no cameras`."""
    fresh, _ = load_cameras(database, ConfigCache(cache_path, box), box, clock)
    database.close()
    for path in tmp_path.glob("nazar.db*"):
        path.unlink()
    upgrade(database.engine)
    assert load_cameras(database, ConfigCache(cache_path, box), box, clock) == (fresh, False)


@pytest.mark.proves("edge-29")
def test_a_new_database_with_one_camera_does_not_stop_the_others(
    database, clock, box, cache_path, two_cameras, tmp_path
):
    before, _ = load_cameras(database, ConfigCache(cache_path, box), box, clock)
    database.close()
    for path in tmp_path.glob("nazar.db*"):
        path.unlink()
    upgrade(database.engine)
    with database.writing() as session:
        register(session, NewCamera(name="New", main_address=SUB), box, clock)
    configs, is_fresh = load_cameras(database, ConfigCache(cache_path, box), box, clock)
    assert is_fresh
    assert configs[0].name == "New"
    assert configs[1:] == before


def test_without_database_and_copy_there_are_no_cameras(clock, box, cache_path, tmp_path):
    assert load_cameras(Database.at(tmp_path / "none.db"), ConfigCache(cache_path, box), box, clock) == ([], False)


@pytest.mark.parametrize("damage", ["flip", "cut", "empty", "other key"])
def test_a_damaged_copy_is_no_copy(database, clock, box, cache_path, two_cameras, tmp_path, damage, caplog):
    load_cameras(database, ConfigCache(cache_path, box), box, clock)
    content = cache_path.read_bytes()
    if damage == "flip":
        cache_path.write_bytes(content[:40] + bytes([content[40] ^ 1]) + content[41:])
    elif damage in {"cut", "empty"}:
        cache_path.write_bytes(content[: len(content) // 2] if damage == "cut" else b"")
    else:
        box = SecretBox.at(tmp_path / "other.key")
    with caplog.at_level(logging.ERROR):
        assert ConfigCache(cache_path, box).load() is None
    assert "cannot be read" in caplog.text


@pytest.mark.proves("C-4")
def test_nothing_of_an_address_is_readable_in_the_copy_or_the_configuration_shown(
    database, clock, box, cache_path, two_cameras
):
    configs, _ = load_cameras(database, ConfigCache(cache_path, box), box, clock)
    stored = b"".join(path.read_bytes() for path in cache_path.parent.iterdir())
    for part in (*PARTS, "Gate"):
        assert part.encode() not in stored
    for part in PARTS:
        assert part not in repr(configs)
    assert cache_path.stat().st_mode & 0o077 == 0


@pytest.mark.proves("C-4")
def test_loaded_addresses_are_hidden_from_logs(database, clock, box, cache_path, two_cameras, monkeypatch):
    redactor = Redactor()
    monkeypatch.setattr("vms.cameras.config.redactor", redactor)
    load_cameras(database, ConfigCache(cache_path, box), box, clock)
    line = redactor.redact("cannot connect to cam-host.example as viewer-name with s3cret word or s3cret%20word")
    assert line == "cannot connect to *** as *** with *** or ***"


def test_an_address_that_cannot_be_unsealed_keeps_its_last_good_copy(database, clock, box, cache_path, two_cameras):
    fresh, _ = load_cameras(database, ConfigCache(cache_path, box), box, clock)
    with database.writing() as session:
        session.execute(text("UPDATE camera SET sealed_main_address = x'00' WHERE number = 1"))
    assert load_cameras(database, ConfigCache(cache_path, box), box, clock) == (fresh, True)
    cache_path.unlink()
    assert load_cameras(database, ConfigCache(cache_path, box), box, clock) == (fresh[1:], True)


def test_an_unchanged_configuration_is_not_written_again(database, clock, box, cache_path, two_cameras):
    cache = ConfigCache(cache_path, box)
    load_cameras(database, cache, box, clock)
    before = cache_path.stat().st_ino
    load_cameras(database, cache, box, clock)
    load_cameras(database, ConfigCache(cache_path, box), box, clock)
    assert cache_path.stat().st_ino == before


def test_a_copy_that_cannot_be_written_does_not_stop_anything(database, clock, box, two_cameras, tmp_path, caplog):
    (tmp_path / "recorder").write_text("a file where a folder should be")
    configs, is_fresh = load_cameras(database, ConfigCache(tmp_path / "recorder" / "cameras.sealed", box), box, clock)
    assert (len(configs), is_fresh) == (2, True)
    assert "cannot be written" in caplog.text


def test_a_reader_sees_a_replaced_file_and_survives_a_damaged_one(tmp_path):
    box = SecretBox.at(tmp_path / "key")
    writer, reader = ConfigCache(tmp_path / "cameras", box), ConfigCache(tmp_path / "cameras", box)
    assert reader.refresh() is None
    one = CameraConfig(UUID(int=1), 1, "Gate", "security", "rtsp://a/", None, "auto", True, 0)
    writer.store([one])
    assert reader.refresh() == [one]
    writer.store([])
    assert reader.refresh() == []
    writer.store([one])
    assert reader.refresh() == [one]
    (tmp_path / "new").write_bytes(b"damaged")
    (tmp_path / "new").rename(tmp_path / "cameras")
    assert reader.refresh() == [one]


def test_what_lasts_is_not_logged_every_three_seconds(database, clock, box, cache_path, two_cameras, tmp_path, caplog):
    fresh, _ = load_cameras(database, ConfigCache(cache_path, box), box, clock)
    with database.writing() as session:
        session.execute(text("UPDATE camera SET sealed_main_address = x'00' WHERE number = 1"))
        session.execute(text("DELETE FROM camera_placement"))
        session.execute(text("DELETE FROM camera WHERE number = 2"))
    words = RepeatLog(logging.getLogger("vms.cameras.hand_over"))
    for _ in range(9):
        configs, _ = load_cameras(database, ConfigCache(cache_path, box), box, clock, words)
        assert configs == fresh
    assert sorted(record.getMessage()[:9] for record in caplog.records) == ["camera 1:", "camera 2 "]
    database.close()
    for path in tmp_path.glob("nazar.db*"):
        path.unlink()
    caplog.clear()
    for _ in range(9):
        load_cameras(database, ConfigCache(cache_path, box), box, clock, words)
    assert [record.levelname for record in caplog.records] == ["WARNING"]
