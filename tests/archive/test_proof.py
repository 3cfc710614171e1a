"""check, verify, rebuild, checkpoints: what an auditor relies on."""

import json
import os
import sqlite3
import stat
import tracemalloc

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from vms.archive import verify
from vms.archive.check import Level, check_volume
from vms.archive.checkpoints import node_key, public_bytes, read_checkpoints, write_checkpoint
from vms.archive.deletion import delete_expired
from vms.archive.locks import confirm_locks, list_locks, place_lock
from vms.archive.model import Lock
from vms.archive.queries import segments_in
from vms.archive.rebuild import is_usable, rebuild_index, restart_index
from vms.archive.verify import verify_volume
from vms.kernel.clock import US_PER_DAY
from vms.kernel.errors import VmsError
from vms.kernel.span import Span

ALL = (
    "SELECT camera_id, name, start_us, end_us, sequence, run, init.sha256, init.bytes, codec, width, height, size_bytes"
    ", duration_90k, samples, flags, lost_packets, mask_version, clock_offset_us, clock_error_us, segment.sha256, link"
    ", gops FROM segment JOIN stream ON stream.id = stream_id JOIN init ON init.id = init_id"
    " JOIN segment_gops USING (stream_id, sequence) ORDER BY camera_id, name, start_us"
)
HEADS = "SELECT camera_id, name, next_sequence, next_run, head_link, segments FROM stream"


def codes(problems) -> list[str]:
    return [problem.code for problem in problems]


def flip(path, offset: int) -> None:
    with path.open("r+b") as file:
        file.seek(offset)
        byte = file.read(1)[0]
        file.seek(offset)
        file.write(bytes([byte ^ 1]))


@pytest.mark.proves("C-5")
@pytest.mark.parametrize("where", [0.0, 0.02, 0.3, 0.5, 0.9, 0.999])
def test_one_flipped_bit_anywhere_names_file_and_camera(recorded, key, segment_files, where):
    volume, _ = recorded
    path = segment_files(volume)[2]
    flip(path, int(path.stat().st_size * where))
    problems = list(verify_volume(volume))
    assert {"seal_differs", "hash_differs"} == set(codes(problems))
    for problem in problems:
        assert (problem.camera_id, problem.stream) == (key.camera_id, "main")
        assert problem.path == str(path.relative_to(volume.path))
    assert codes(check_volume(volume, Level.SIZES, second_look_s=0)) == []


def test_a_span_is_verified_alone(recorded, key, start_us, segment_files):
    volume, _ = recorded
    flip(segment_files(volume)[4], 5000)
    assert list(verify_volume(volume, [key], Span(start_us, start_us + 1))) == []
    assert list(verify_volume(volume, [key])) != []


def test_segments_are_read_in_pages(monkeypatch, recorded, key, start_us, segment_files):
    volume, end_us = recorded
    monkeypatch.setattr(verify, "PAGE", 2)
    flip(segment_files(volume)[2], 5000)
    flip(segment_files(volume)[4], 5000)
    for span, expected in ((None, 5), (Span(start_us, end_us), 5), (Span(start_us + 4_000_000, end_us), 4)):
        looked_at = []
        problems = list(verify_volume(volume, [key], span, progress=looked_at.append))
        assert codes(problems).count("hash_differs") == 2
        assert sum(looked_at) == expected


def test_memory_stays_flat_however_many_checkpoints_there_are(recorded):
    volume, _ = recorded
    body_bytes, count = 50_000, 200
    with volume.index.write() as connection:
        for number in range(count):
            body = f"{number:0{body_bytes}}"
            connection.execute("INSERT INTO checkpoint VALUES (?, ?, ?)", (number, body, bytes(64)))
    tracemalloc.start()
    try:
        found = sum(1 for _ in verify_volume(volume, []))
        _, most_bytes = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert found == count
    assert most_bytes < 20 * body_bytes


def test_check_names_what_is_missing_or_strange(recorded, segment_files):
    volume, _ = recorded
    first, second, third, *_ = segment_files(volume)
    first.unlink()
    with second.open("ab") as file:
        file.write(b"x")
    third.with_name("notes.txt").write_text("?")
    assert codes(check_volume(volume, Level.PRESENCE, second_look_s=0)) == ["row_without_file", "file_without_row"]
    assert codes(check_volume(volume, Level.SIZES, second_look_s=0)) == [
        "row_without_file",
        "size_differs",
        "file_without_row",
    ]
    assert {"row_without_file", "size_differs", "hash_differs"} <= set(
        codes(check_volume(volume, Level.FULL, second_look_s=0))
    )


def without_triggers(volume, *statements: str) -> None:
    """What somebody with the disk in his hands can do."""
    connection = sqlite3.connect(volume.index.path, isolation_level=None)
    for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
        connection.execute(f"DROP TRIGGER {name}")
    for statement in statements:
        connection.execute(statement)
    connection.close()


@pytest.mark.parametrize(
    "statement",
    [
        "DELETE FROM segment WHERE sequence = 2",
        "UPDATE segment SET start_us = start_us - 1 WHERE sequence = 2",
        "UPDATE segment SET sha256 = zeroblob(32) WHERE sequence = 2",
        "DELETE FROM segment WHERE sequence = 4",
    ],
)
def test_a_changed_index_breaks_the_chain(recorded, statement):
    volume, _ = recorded
    assert codes(verify_volume(volume)) == []
    without_triggers(volume, statement)
    assert "chain_broken" in codes(verify_volume(volume))


@pytest.mark.proves("edge-29")
def test_a_rebuilt_index_is_the_same(recorded, rows, clock, key, start_us, tmp_path):
    volume, end_us = recorded
    lock = Lock(key.camera_id, key.camera_id, Span(start_us, end_us), "hold", "x", 1)
    place_lock(volume, lock)
    write_checkpoint(volume, clock, node_key(tmp_path / "node.key"))
    write_checkpoint(volume, clock, node_key(tmp_path / "node.key"))
    tables = (ALL, HEADS, "SELECT * FROM checkpoint", "SELECT * FROM lock")
    before = [rows(volume, sql) for sql in tables]
    volume.index.close()
    for path in volume.path.glob("index.sqlite*"):
        path.unlink()
    with pytest.raises(VmsError, match="index_missing"):
        rows(volume, HEADS)
    report = rebuild_index(volume, clock)
    assert (report.removed, report.problems) == ([], [])
    assert [rows(volume, sql) for sql in tables] == before
    assert len(before[0]) == 5
    assert list(check_volume(volume, Level.FULL, second_look_s=0)) == []
    assert list_locks(volume) == [lock]
    assert (report.segments, report.segments_in_all) == (4, 5)  # the newest was indexed to record on
    again = rebuild_index(volume, clock)
    assert (again.segments, again.segments_in_all) == (0, 5)  # nothing to do


@pytest.fixture
def holed(recorded, rows, clock, key, start_us):
    """Rebuilt after a lock kept the oldest of five, two behind it were deleted, and the index was lost."""
    volume, end_us = recorded
    place_lock(volume, Lock(key.camera_id, key.camera_id, Span(start_us, start_us + 1), "hold", "x", 1))
    assert len(delete_expired(volume, {}, end_us + 30 * US_PER_DAY, limit=2).deleted) == 2
    volume.index.close()
    volume.index.path.unlink()
    assert rebuild_index(volume, clock).problems == []
    assert rows(volume, "SELECT sequence FROM segment ORDER BY sequence") == [(0,), (3,), (4,)]
    return volume, end_us


@pytest.mark.proves("edge-29")
def test_what_was_deleted_before_the_index_was_lost_breaks_no_chain(
    holed, key, make_writer, footage, record, segment_files
):
    volume, end_us = holed
    assert list(check_volume(volume, Level.FULL, second_look_s=0)) == []
    writer = make_writer(volume)
    for number in range(3):
        record(writer.stream(key), footage, end_us + number * 3_000_000)
    writer.stop()
    confirm_locks(volume)
    assert len(delete_expired(volume, {}, end_us + 30 * US_PER_DAY, limit=1).deleted) == 1  # right behind the hole
    assert list(check_volume(volume, Level.FULL, second_look_s=0)) == []


@pytest.mark.parametrize(
    ("statement", "is_found"),
    [
        ("UPDATE segment SET link = zeroblob(32) WHERE sequence = 3", True),
        ("UPDATE segment SET sha256 = zeroblob(32) WHERE sequence = 3", True),
        ("DELETE FROM segment WHERE sequence = 4", True),
        ("DELETE FROM meta WHERE key = 'begun_with'", True),
        ("SELECT 1", False),
    ],
)
def test_behind_a_hole_a_row_follows_its_own_file(holed, statement, is_found):
    volume, _ = holed
    without_triggers(volume, statement)
    assert ("chain_broken" in codes(verify_volume(volume))) is is_found


def test_a_row_taken_out_after_the_index_was_lost_breaks_the_chain(holed, key, make_writer, footage, record):
    volume, end_us = holed
    writer = make_writer(volume)
    for number in range(3):
        record(writer.stream(key), footage, end_us + number * 3_000_000)
    writer.stop()
    without_triggers(volume, "DELETE FROM segment WHERE sequence = 6")
    assert "chain_broken" in codes(verify_volume(volume))


def test_a_damaged_index_is_put_aside_and_rebuilt(recorded, rows, clock):
    volume, _ = recorded
    before = rows(volume, ALL)
    volume.index.close()
    volume.index.path.write_bytes(b"no database" * 1000)
    assert not is_usable(volume)
    rebuild_index(volume, clock)
    assert rows(volume, ALL) == before
    assert len(list(volume.path.glob("index.sqlite.2*"))) == 1


def test_a_rebuild_refuses_changed_files_and_names_them(recorded, clock, segment_files, rows, key):
    volume, _ = recorded
    path = segment_files(volume)[1]
    flip(path, 9000)
    content = path.read_bytes()
    volume.index.close()
    volume.index.path.unlink()
    report = rebuild_index(volume, clock)
    assert [(problem.code, problem.camera_id) for problem in report.problems] == [("segment_damaged", key.camera_id)]
    assert report.problems[0].path == str(path.relative_to(volume.path))
    assert path.read_bytes() == content
    assert rows(volume, "SELECT sequence FROM segment ORDER BY sequence") == [(0,), (2,), (3,), (4,)]


def test_a_rebuild_refuses_what_overlaps(
    recorded, clock, segment_files, rows, make_writer, footage, key, record, start_us
):
    volume, _ = recorded
    volume.index.close()
    volume.index.path.unlink()
    aside = {path: path.read_bytes() for path in segment_files(volume)}
    for path in aside:
        path.unlink()
    writer = make_writer(volume)  # an empty volume to its eyes: the same time is recorded once more
    record(writer.stream(key), footage, start_us + 1_000_000, seconds=4)
    writer.stop()
    for path, content in aside.items():
        path.write_bytes(content)
    problems = rebuild_index(volume, clock).problems
    assert codes(problems)[0] in {"overlap", "index_refused"}  # the same number as well: either trigger may be first
    assert codes(problems)[1:] == ["overlap"]
    assert [problem.path for problem in problems] == [str(path.relative_to(volume.path)) for path in sorted(aside)[:2]]
    assert rows(volume, "SELECT sequence FROM segment ORDER BY sequence") == [(0,), (2,), (3,), (4,)]
    assert codes(check_volume(volume, Level.PRESENCE, second_look_s=0)) == ["file_without_row"] * 2


def test_a_restarted_index_reads_one_file_a_stream(recorded, rows, clock):
    volume, end_us = recorded
    heads = rows(volume, HEADS)
    restart_index(volume, clock)
    assert rows(volume, "SELECT sequence, end_us FROM segment") == [(4, end_us)]
    assert [row[:5] for row in rows(volume, HEADS)] == [row[:5] for row in heads]


def test_the_node_key_is_private_and_stays(tmp_path):
    path = tmp_path / "keys" / "node.key"
    first = node_key(path)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert public_bytes(node_key(path)) == public_bytes(first)
    assert [entry.name for entry in path.parent.iterdir()] == ["node.key"]
    path.write_text("nothing")
    with pytest.raises(VmsError, match="node_key_unreadable"):
        node_key(path)


def test_checkpoints_are_signed_chained_and_compared(recorded, clock, tmp_path):
    volume, end_us = recorded
    key = node_key(tmp_path / "node.key")
    written = [write_checkpoint(volume, clock, key) for _ in range(3)]  # the clock stands still: times still differ
    assert list(read_checkpoints(volume)) == written
    files = sorted((volume.path / "checkpoints").iterdir())
    assert [json.loads(path.read_bytes())["body"] for path in files] == [one.body for one in written]
    assert written[0].values()["heads"][0]["sequence"] == 4
    trusted = [public_bytes(key)]
    assert list(verify_volume(volume, trusted_keys=trusted)) == []
    delete_expired(volume, {}, end_us + 30 * US_PER_DAY)  # proven over deleted footage too
    assert list(verify_volume(volume, trusted_keys=trusted)) == []
    other = [public_bytes(Ed25519PrivateKey.generate())]
    assert codes(verify_volume(volume, trusted_keys=other)) == ["checkpoint_invalid"] * 3


@pytest.mark.parametrize(
    ("statement", "found"),
    [
        ("UPDATE checkpoint SET body = replace(body, '\"sequence\":4', '\"sequence\":3')", 2),
        ("DELETE FROM checkpoint WHERE at_us = (SELECT min(at_us) + 1 FROM checkpoint)", 1),
        ("DELETE FROM segment WHERE sequence = 4", 3),
    ],
)
def test_a_changed_statement_is_found(recorded, clock, tmp_path, statement, found):
    volume, _ = recorded
    key = node_key(tmp_path / "node.key")
    for _ in range(3):
        write_checkpoint(volume, clock, key)
    without_triggers(volume, statement)
    assert codes(verify_volume(volume, [])).count("checkpoint_invalid") >= found


def test_rows_read_back_what_was_written(recorded, key, start_us, segment_files):
    volume, end_us = recorded
    with volume.index.read() as connection:
        segments = segments_in(connection, key, Span(start_us + 4_000_000, end_us - 4_000_000))
    assert [segment.sequence for segment in segments] == [1, 2, 3]
    assert [os.fspath(volume.path / segment.path) for segment in segments] == [
        os.fspath(path) for path in segment_files(volume)[1:4]
    ]
    assert (segments[0].codec[:5], segments[0].width, segments[0].height) == ("avc1.", 160, 120)
