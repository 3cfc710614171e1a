"""What the index refuses whoever asks: plain SQL, no code of ours in between."""

import sqlite3

import pytest

from vms.kernel.clock import US_PER_DAY

MINUTE_US = 60_000_000
NOW_US = 100 * US_PER_DAY


@pytest.fixture
def db(volume):
    connection = sqlite3.connect(volume.index.path, isolation_level=None)
    connection.execute("INSERT INTO stream (id, camera_id, name, head_link) VALUES (1, 'c1', 'main', x'00')")
    connection.execute("INSERT INTO init VALUES (1, x'01', x'02', 'avc1', 1920, 1080)")
    yield connection
    connection.close()


def insert(db, start_us: int, sequence: int, *, minutes: int = 1, verb: str = "INSERT") -> None:
    db.execute(
        f"{verb} INTO segment VALUES (1, ?, ?, ?, 0, 1, 100, 1, 1, 0, 0, 0, NULL, 0, ?, ?)",
        (start_us, start_us + minutes * MINUTE_US, sequence, bytes(32), bytes(32)),
    )


def decide(db, sequence: int, at_us: int = NOW_US, days: int = 20) -> None:
    db.execute(
        "INSERT INTO deletion SELECT stream_id, sequence, start_us, end_us, size_bytes, sha256, link, ?, 'retention', ?"
        " FROM segment WHERE sequence = ?",
        (at_us, days, sequence),
    )


def lock(db, start_us: int, end_us: int, camera: str = "c1") -> None:
    db.execute("INSERT INTO lock VALUES ('l1', ?, ?, ?, 'hold', 'r', 0, NULL)", (camera, start_us, end_us))


def refused(name: str):
    return pytest.raises(sqlite3.IntegrityError, match=name)


def test_segments_of_a_stream_never_overlap(db):
    insert(db, 10 * MINUTE_US, 0, minutes=10)
    for start in (1, 10, 15, 19):
        with refused("segments_never_overlap"):
            insert(db, start * MINUTE_US, 1, minutes=10)
    with refused("segments_never_overlap"):
        insert(db, 5 * MINUTE_US, 1, minutes=100)
    insert(db, 20 * MINUTE_US, 1)
    insert(db, 9 * MINUTE_US, 2)


def test_nothing_goes_without_a_decision(db):
    insert(db, 0, 0)
    with refused("segment_deleted_without_decision"):
        db.execute("DELETE FROM segment")


@pytest.mark.proves("D-9.1a", "edge-22")
def test_nothing_younger_than_twenty_days_goes(db):
    insert(db, NOW_US - 20 * US_PER_DAY - MINUTE_US + 1, 0)  # ended 20 days minus a microsecond ago
    insert(db, NOW_US - 20 * US_PER_DAY - 2 * MINUTE_US, 1)
    decide(db, 0)
    decide(db, 1)
    with refused("segment_younger_than_minimum"):
        db.execute("DELETE FROM segment WHERE sequence = 0")
    db.execute("DELETE FROM segment WHERE sequence = 1")


@pytest.mark.proves("edge-24")
def test_a_longer_policy_is_held_by_the_index_too(db):
    insert(db, NOW_US - 25 * US_PER_DAY, 0)
    decide(db, 0, days=30)
    with refused("segment_younger_than_minimum"):
        db.execute("DELETE FROM segment")


@pytest.mark.proves("edge-21")
def test_a_policy_below_the_floor_cannot_be_written_down(db):
    insert(db, 0, 0)
    with refused("deletion_retention_below_minimum"):
        decide(db, 0, days=19)


def test_locked_footage_stays_until_the_lock_is_released(db):
    insert(db, MINUTE_US, 0)
    decide(db, 0)
    lock(db, 0, MINUTE_US + 1)
    with refused("segment_locked"):
        db.execute("DELETE FROM segment")
    db.execute("UPDATE lock SET released_us = 1")
    db.execute("DELETE FROM segment")


def test_a_lock_of_another_time_or_camera_keeps_nothing(db):
    insert(db, MINUTE_US, 0)
    decide(db, 0)
    lock(db, 0, MINUTE_US)  # half-open: ends where the segment starts
    db.execute("INSERT INTO lock VALUES ('l2', 'c2', 0, 9000000000, 'hold', 'r', 0, NULL)")
    db.execute("DELETE FROM segment")


@pytest.mark.parametrize(
    ("sql", "name"),
    [
        ("UPDATE segment SET sha256 = zeroblob(32)", "segment_is_immutable"),
        ("UPDATE lock SET end_us = end_us - 1", "lock_is_immutable"),
        ("UPDATE lock SET released_us = NULL", "lock_released_once"),
        ("DELETE FROM lock", "lock_never_deleted"),
        ("INSERT OR REPLACE INTO lock VALUES ('l1', 'c9', 0, 1, 'hold', 'r', 0, 1)", "lock_placed_once"),
        ("UPDATE stream SET camera_id = 'c2'", "stream_is_immutable"),
        ("DELETE FROM stream", "stream_never_deleted"),
        ("INSERT OR REPLACE INTO stream (id, camera_id, name, head_link) VALUES (1, 'c2', 'sub', x'')", "stream_once"),
        ("UPDATE deletion SET decided_us = 9e18", "deletion_is_immutable"),
        ("DELETE FROM deletion", "deletion_never_deleted"),
        ("INSERT OR REPLACE INTO deletion SELECT * FROM deletion", "deletion_once"),
        ("UPDATE checkpoint SET body = ''", "checkpoint_is_immutable"),
        ("DELETE FROM checkpoint", "checkpoint_never_deleted"),
    ],
)
def test_what_was_written_stays_written(db, sql, name):
    insert(db, NOW_US, 0)
    decide(db, 0)
    lock(db, 0, 1)
    db.execute("UPDATE lock SET released_us = 5")
    db.execute("INSERT INTO checkpoint VALUES (1, '{}', x'00')")
    with refused(name):
        db.execute(sql)


def test_replacing_is_no_way_to_delete(db):
    insert(db, NOW_US, 0)
    with refused("segments_never_overlap"):
        insert(db, NOW_US, 7, verb="INSERT OR REPLACE")
    with refused("segment_sequence_once"):
        insert(db, NOW_US + MINUTE_US, 0, verb="INSERT OR REPLACE")
    assert db.execute("SELECT start_us, sequence FROM segment").fetchall() == [(NOW_US, 0)]


def test_a_deleted_sequence_never_comes_back(db):
    insert(db, 0, 0)
    decide(db, 0)
    db.execute("DELETE FROM segment")
    with refused("segment_sequence_once"):
        insert(db, 0, 0)
    assert db.execute("SELECT segments, bytes FROM stream").fetchall() == [(0, 0)]
