"""Why footage is missing is known again after the index was lost."""

import shutil
from uuid import UUID

import pytest

from vms.archive.archive import Archive
from vms.archive.deletion import delete_expired
from vms.archive.gap_log import TOLD, note_gaps
from vms.archive.locks import confirm_locks
from vms.archive.model import Cause, Gap, StreamKey
from vms.archive.rebuild import rebuild_index, restart_index
from vms.archive.recovery import recover_volume
from vms.kernel.clock import US_PER_DAY, US_PER_SECOND
from vms.kernel.errors import VmsError
from vms.kernel.span import Span

HOUR_US = 3600 * US_PER_SECOND
GAPS = "SELECT camera_id, name, start_us, end_us, cause, detail FROM gap JOIN stream ON id = stream_id ORDER BY 3"


@pytest.fixture
def lived(volume, make_writer, footage, key, record, start_us):
    """Footage, an hour without the camera, footage, ten seconds without the line, footage, a gap that goes on."""
    writer = make_writer(volume)
    stream = writer.stream(key)
    end_us = record(stream, footage, start_us)
    for length_us, cause, detail in (
        (HOUR_US, Cause.CAMERA_OFFLINE, "timeout"),
        (10 * US_PER_SECOND, Cause.NETWORK, ""),
    ):
        stream.open_gap(end_us, cause, detail)
        stream.close_gap(end_us + length_us)
        end_us = record(stream, footage, end_us + length_us)
    stream.open_gap(end_us, Cause.CAMERA_OFFLINE, "Işık kesildi")
    writer.stop()
    return volume, end_us


def lose_index(volume) -> None:
    volume.index.close()
    for path in volume.path.glob("index.sqlite*"):
        path.unlink()


def timeline(volume, key, start_us, end_us):
    return Archive([volume]).timeline(key, Span(start_us - HOUR_US, end_us + HOUR_US), end_us + HOUR_US, start_us)


@pytest.mark.proves("D-10.2c", "edge-29")
def test_causes_come_back_with_the_index(lived, clock, rows, key, start_us):
    volume, end_us = lived
    before = rows(volume, GAPS), timeline(volume, key, start_us, end_us)
    assert [row[4:] for row in before[0]] == [
        ("camera_offline", "timeout"), ("network", ""), ("camera_offline", "Işık kesildi"),
    ]  # fmt: skip
    lose_index(volume)
    rebuild_index(volume, clock)
    assert (rows(volume, GAPS), timeline(volume, key, start_us, end_us)) == before
    rebuild_index(volume, clock)
    assert rows(volume, GAPS) == before[0]


def test_recording_on_with_a_new_index_knows_them_before_a_rebuild(lived, clock, rows):
    volume, _ = lived
    before = rows(volume, GAPS)
    lose_index(volume)
    restart_index(volume, clock)
    assert rows(volume, GAPS) == before


def test_an_end_found_by_recovery_is_written_down_too(lived, clock, rows, make_writer, footage, key, record):
    volume, end_us = lived
    writer = make_writer(volume)
    record(writer.stream(key), footage, end_us + HOUR_US)  # by a recorder that never told the end
    writer.stop()
    clock.advance(3 * 3600)
    with volume.index.write() as connection:
        connection.execute("UPDATE gap SET end_us = NULL WHERE start_us = ?", (end_us,))
    recover_volume(volume, clock.now_us())
    before = rows(volume, GAPS)
    assert before[-1][3] == end_us + HOUR_US
    lose_index(volume)
    rebuild_index(volume, clock)
    assert rows(volume, GAPS) == before


def test_a_gap_that_never_was_does_not_come_back(volume, make_writer, clock, rows, key, footage, record, start_us):
    writer = make_writer(volume)
    stream = writer.stream(key)
    end_us = record(stream, footage, start_us)
    stream.open_gap(end_us, Cause.NETWORK)
    stream.close_gap(end_us)
    writer.stop()
    lose_index(volume)
    rebuild_index(volume, clock)
    assert rows(volume, GAPS) == []


@pytest.mark.proves("D-10.2c", "C-2")
@pytest.mark.parametrize("limit", [2, 500])
def test_deleted_times_are_known_as_deleted(recorded, clock, key, start_us, rows, limit):
    volume, end_us = recorded
    now_us = end_us - 3 * US_PER_SECOND + 20 * US_PER_DAY  # four of five may go
    while len(delete_expired(volume, {key.camera_id: 20}, now_us, limit=limit).deleted) == limit:
        pass
    before = timeline(volume, key, start_us, end_us)
    assert [gap.cause for gap in before.gaps[:2]] == [Cause.NOT_COMMISSIONED, Cause.RETENTION_EXPIRED]
    lose_index(volume)
    rebuild_index(volume, clock)
    assert timeline(volume, key, start_us, end_us) == before
    assert rows(volume, "SELECT count(*) FROM gap") == [(1,)]  # runs that touch are one
    confirm_locks(volume)
    assert len(delete_expired(volume, {key.camera_id: 20}, now_us + US_PER_DAY).deleted) == 1
    lose_index(volume)
    rebuild_index(volume, clock)
    assert rows(volume, "SELECT start_us, end_us FROM gap") == [(start_us, end_us)]


def test_a_rebuild_beside_a_deletion_log_adds_nothing(recorded, clock, key, rows):
    volume, end_us = recorded
    delete_expired(volume, {key.camera_id: 20}, end_us + 30 * US_PER_DAY)
    rebuild_index(volume, clock)
    assert rows(volume, GAPS) == []


def test_torn_and_damaged_lines_cost_only_themselves(lived, clock, rows, caplog):
    volume, _ = lived
    before = rows(volume, GAPS)
    (path,) = (volume.path / "gaps").glob("told-*.jsonl")
    with path.open("ab") as file:
        file.write(b'{"camera": "x"}\n[1]\n\xff\xfe{\n{"camera": "0198')  # no newline: the machine died here
    stream, gap = as_told(before[0])
    note_gaps(volume, TOLD, [(stream, Gap(gap.start_us + 1, gap.end_us, gap.cause, "after"))])
    lose_index(volume)
    rebuild_index(volume, clock)
    after = rows(volume, GAPS)
    assert [row for row in after if row[5] != "after"] == before
    assert len(after) == len(before) + 1
    assert "4 written reasons of gaps are unreadable" in caplog.text


def as_told(row):
    return StreamKey(UUID(row[0]), row[1]), Gap(row[2], row[3], Cause(row[4]), row[5])


def test_nothing_is_written_where_the_disk_is_not(lived, rows):
    volume, _ = lived
    told = as_told(rows(volume, GAPS)[0])
    volume.detach()
    shutil.rmtree(volume.path / "gaps")
    with pytest.raises(VmsError, match="volume_missing"):
        note_gaps(volume, TOLD, [told])
    assert not (volume.path / "gaps").exists()


def test_a_disk_that_takes_no_log_still_lets_footage_go(recorded, key, caplog):
    volume, end_us = recorded
    directory = volume.path / "gaps"
    for path in directory.glob("*"):
        path.unlink()
    directory.rmdir()
    directory.write_text("a file where the folder belongs", "ascii")
    assert len(delete_expired(volume, {key.camera_id: 20}, end_us + 30 * US_PER_DAY).deleted) == 5
    assert "could not be written down" in caplog.text
