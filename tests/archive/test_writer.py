import errno
import hashlib
import json
import os
import shutil
import sqlite3
import subprocess
import threading
from itertools import pairwise
from uuid import UUID

import pytest

from vms.archive import journal, volume_thread
from vms.archive.archive import Archive
from vms.archive.check import Level, check_volume
from vms.archive.model import Cause, Flag, Place, SegmentHead, SegmentTail, StreamKey
from vms.archive.segment_file import SegmentFile
from vms.archive.segment_name import parse_name
from vms.archive.writer import ArchiveWriter
from vms.kernel.errors import VmsError
from vms.kernel.span import Span

SECOND_US = 1_000_000


@pytest.mark.proves("C-5")
def test_a_closed_file_is_what_its_row_says(recorded, rows, segment_files):
    volume, end_us = recorded
    found = rows(volume, "SELECT start_us, end_us, sequence, run, size_bytes, samples, flags, sha256 FROM segment")
    assert len(found) == 5
    assert found[-1][1] == end_us
    for (start_us, _, sequence, run, size_bytes, samples, flags, sha256), path in zip(
        found, segment_files(volume), strict=True
    ):
        content = path.read_bytes()
        assert parse_name(path.name) == (start_us, sequence)
        assert (len(content), hashlib.sha256(content).digest()) == (size_bytes, sha256)
        assert (run, samples, flags) == (0, 75, 0)
    assert rows(volume, "SELECT * FROM open_file") == []
    assert rows(volume, "SELECT segments, bytes FROM stream") == [(5, sum(row[4] for row in found))]


def test_who_finds_no_footage_on_any_volume_is_the_first(volume, make_writer, footage, key, record, start_us):
    writer = make_writer(volume)
    assert writer.is_empty()
    stream = writer.stream(key)
    stream.open_gap(start_us - SECOND_US, Cause.NOT_COMMISSIONED, "first_start")
    record(stream, footage, start_us)
    writer.stop()
    assert not make_writer(volume).is_empty()


def test_a_volume_that_is_away_may_hold_footage(volume, make_writer):
    volume.close()
    volume.path.rename(volume.path.with_name("away"))
    assert not make_writer(volume).is_empty()


@pytest.mark.system
def test_players_skip_what_is_ours(recorded, segment_files):
    volume, _ = recorded
    ffprobe = shutil.which("ffprobe")
    assert ffprobe
    told = subprocess.run(
        [ffprobe, "-v", "error", "-count_packets", "-show_streams", "-of", "json", segment_files(volume)[0]],
        capture_output=True, check=True, timeout=20,
    )  # fmt: skip
    assert told.stderr == b""
    assert json.loads(told.stdout)["streams"][0]["nb_read_packets"] == "75"


def test_gops_lie_where_the_index_says(recorded, rows, segment_files):
    volume, _ = recorded
    from vms.archive.closed_segment import unpack_gops

    (packed,) = rows(volume, "SELECT gops FROM segment_gops WHERE sequence = 0")[0]
    content = segment_files(volume)[0].read_bytes()
    gops = unpack_gops(packed)
    assert [gop.start_90k for gop in gops] == [0, 90_000, 180_000]
    assert [content[gop.offset + 4 : gop.offset + 8] for gop in gops] == [b"moof"] * 3


def test_footage_that_is_being_written_is_known_to_the_index(
    volume, make_writer, footage, key, rows, wait_until, start_us
):
    stream = make_writer(volume).stream(key)
    stream.begin_segment(SegmentHead(start_us, footage.init, True))
    assert stream.append(footage.fragment(0))
    assert stream.last_end_us == start_us + SECOND_US
    wait_until(lambda: stream.durable_until_us == start_us + SECOND_US, "the sync")
    wait_until(lambda: rows(volume, "SELECT start_us, end_us FROM open_file") == [(start_us, start_us + SECOND_US)])


def test_stopping_closes_what_is_open(volume, make_writer, footage, key, rows, start_us):
    writer = make_writer(volume)
    stream = writer.stream(key)
    stream.begin_segment(SegmentHead(start_us, footage.init, True))
    assert all(stream.append(fragment) for fragment in footage.fragments(2))
    writer.stop()
    assert rows(volume, "SELECT end_us, flags FROM segment") == [(start_us + 2 * SECOND_US, 0)]


@pytest.mark.parametrize("hung", ["one", "two"])
def test_stopping_closes_the_files_of_the_others_behind_a_disk_that_hangs(
    make_volume, make_writer, footage, rows, start_us, wait_until, hung
):
    healed = threading.Event()

    def on_step(step: str) -> None:
        if step == "close:synced" and threading.current_thread().name == f"volume {hung}":
            assert healed.wait(30)

    volumes = {name: make_volume(name) for name in ("one", "two")}
    writer = make_writer(*volumes.values(), on_step=on_step)
    for number in range(2):
        stream = writer.stream(StreamKey(UUID(int=number), "main"))
        stream.begin_segment(SegmentHead(start_us, footage.init, True))
        assert stream.append(footage.fragment(0))
    healthy = next(volume for name, volume in volumes.items() if name != hung)
    stopping = threading.Thread(target=writer.stop)
    stopping.start()
    try:
        wait_until(lambda: rows(healthy, "SELECT count(*) FROM segment") == [(1,)], "the healthy disk's file is closed")
        assert stopping.is_alive()
    finally:
        healed.set()
        stopping.join(30)
    assert rows(volumes[hung], "SELECT count(*) FROM segment") == [(1,)]


def test_a_segment_without_footage_leaves_nothing(volume, make_writer, footage, key, rows, segment_files, start_us):
    writer = make_writer(volume)
    stream = writer.stream(key)
    stream.begin_segment(SegmentHead(start_us, footage.init, True))
    stream.end_segment(SegmentTail(start_us + SECOND_US))
    writer.stop()
    assert rows(volume, "SELECT * FROM segment UNION ALL SELECT * FROM segment") == []
    assert rows(volume, "SELECT * FROM open_file") == []
    assert segment_files(volume) == []


def test_a_segment_never_starts_inside_older_footage(volume, make_writer, footage, key, record, start_us):
    stream = make_writer(volume).stream(key)
    end_us = record(stream, footage)
    with pytest.raises(VmsError) as refused:
        stream.begin_segment(SegmentHead(end_us - 1, footage.init, True))
    assert refused.value.code == "segment_overlaps"


def test_footage_lies_at_its_time_unless_other_footage_takes_it(
    make_volume, make_writer, footage, key, record, start_us
):
    volumes = [make_volume("one"), make_volume("two")]
    writer = make_writer(*volumes)
    stream = writer.stream(key)
    ahead_us = start_us + 100 * SECOND_US
    end_us = record(stream, footage, ahead_us)
    assert stream.last_end_us == end_us
    assert stream.place(start_us) == Place(start_us, ahead_us)
    assert stream.place(ahead_us) == stream.place(end_us - 1) == stream.place(ahead_us - 1) == Place(end_us, None)
    stream.home = None  # as if the first had failed
    with pytest.raises(VmsError, match="segment_overlaps"):
        stream.begin_segment(SegmentHead(ahead_us, footage.init, True))
    stream.begin_segment(SegmentHead(ahead_us - 2 * SECOND_US, footage.init, True))
    assert [stream.append(fragment) for fragment in footage.fragments(3)] == [True, True, False]
    stream.end_segment(SegmentTail(ahead_us + SECOND_US))
    assert stream.place(ahead_us - 2 * SECOND_US) == Place(end_us, None)
    writer.stop()
    assert Archive(volumes).overlaps(key, Span(start_us, end_us)) == []
    again = make_writer(*volumes).stream(key)  # a year later: all of it is past
    assert (again.last_end_us, again.place(end_us)) == (end_us, Place(end_us, None))


def test_what_a_failed_disk_lost_is_told_once_even_when_recording_goes_on(
    monkeypatch, volume, clock, footage, key, record, rows, start_us
):
    monkeypatch.setattr(volume_thread, "TICK_S", 0.0001)
    writer = ArchiveWriter([volume], clock)
    writer.recover()
    (thread,) = writer._threads.values()
    stream = writer.stream(key)
    end_us = record(stream, footage, start_us)
    stream.begin_segment(SegmentHead(end_us, footage.init, False))
    assert stream.append(footage.fragment(0))

    def fails(_file, _tail):
        raise OSError(errno.EIO, "broken")

    with monkeypatch.context() as patch:
        patch.setattr(SegmentFile, "finish", fails)
        thread.run_once()
    assert stream.fault == "volume_failed"
    clock.advance(5)
    thread.run_once()
    stream.open_gap(end_us + SECOND_US, Cause.CAMERA_OFFLINE, "refused")
    stream.close_gap(end_us + 9 * SECOND_US)
    stream.open_gap(end_us + 20 * SECOND_US, Cause.NETWORK, "timeout")
    thread.run_once()
    told = rows(volume, "SELECT start_us, end_us, cause, detail FROM gap ORDER BY start_us")
    thread._close()
    assert [row for row in told if row[2] != "disk_failure"] == [
        (end_us + SECOND_US, end_us + 9 * SECOND_US, "camera_offline", "refused"),
        (end_us + 20 * SECOND_US, None, "network", "timeout"),
    ]
    lost = [row for row in told if row[2] == "disk_failure"]
    assert (lost[0][0], lost[-1][1]) == (start_us, end_us + SECOND_US)
    assert all(before[1] == after[0] for before, after in pairwise(lost))


def test_a_gap_that_would_end_before_it_starts_is_dropped(volume, make_writer, footage, key, record, rows, start_us):
    writer = make_writer(volume)
    stream = writer.stream(key)
    end_us = record(stream, footage, start_us + 100 * SECOND_US)
    stream.open_gap(end_us, Cause.UNKNOWN, "clock_step")
    stream.close_gap(start_us)
    stream.open_gap(end_us, Cause.UNKNOWN, "clock_step")
    stream.open_gap(start_us + SECOND_US, Cause.NETWORK, "timeout")  # the clock was set back meanwhile
    stream.close_gap(start_us + 5 * SECOND_US)
    writer.stop()
    assert rows(volume, "SELECT start_us, end_us, cause FROM gap") == [
        (start_us + SECOND_US, start_us + 5 * SECOND_US, "network")
    ]


@pytest.mark.proves("edge-27")
def test_time_goes_on_after_a_restart_from_the_end_of_older_footage(recorded, make_writer, key):
    volume, end_us = recorded
    assert make_writer(volume).stream(key).last_end_us == end_us


def test_facts_of_the_tail_reach_the_row(volume, make_writer, footage, key, record, rows):
    writer = make_writer(volume)
    record(writer.stream(key), footage, flags=Flag.DAMAGED, lost_packets=7, clock_offset_us=-3_600_000_000)
    writer.stop()
    assert rows(volume, "SELECT flags, lost_packets, clock_offset_us FROM segment") == [(2, 7, -3_600_000_000)]


def test_a_full_buffer_drops_the_rest_of_the_segment_and_nothing_before(
    volume, make_writer, footage, key, rows, start_us
):
    writer = make_writer(volume, buffer_bytes=footage.fragment(0).size_bytes // 2)
    stream = writer.stream(key)
    stream.begin_segment(SegmentHead(start_us, footage.init, True))
    assert not stream.append(footage.fragment(0))
    assert not stream.append(footage.fragment(1))
    stream.end_segment(SegmentTail(start_us + SECOND_US))
    writer.stop()
    assert rows(volume, "SELECT count(*) FROM segment") == [(0,)]
    assert stream.fault is None


@pytest.mark.proves("D-10.2c")
def test_gaps_are_told_once_they_are_known(volume, make_writer, key, rows, start_us):
    writer = make_writer(volume)
    stream = writer.stream(key)
    stream.open_gap(start_us, Cause.CAMERA_OFFLINE, "refused")
    stream.open_gap(start_us, Cause.UNKNOWN, "the first reason explains it")
    stream.open_gap(start_us + 10, Cause.NETWORK, "timeout")
    stream.open_gap(start_us + 15, Cause.NETWORK, "timeout")
    stream.close_gap(start_us + 20)
    stream.close_gap(start_us + 30)
    stream.open_gap(start_us + 40, Cause.MAINTENANCE, "")
    writer.stop()
    assert rows(volume, "SELECT start_us, end_us, cause, detail FROM gap") == [
        (start_us, start_us + 10, "camera_offline", "refused"),
        (start_us + 10, start_us + 20, "network", "timeout"),
        (start_us + 40, None, "maintenance", ""),
    ]
    again = make_writer(volume)
    again.stream(key).close_gap(start_us + 50)
    again.stop()
    assert rows(volume, "SELECT end_us FROM gap WHERE cause = 'maintenance'") == [(start_us + 50,)]


@pytest.mark.proves("C-5")
def test_a_locked_index_does_not_stop_recording(
    volume, make_writer, footage, key, record, rows, segment_files, wait_until
):
    writer = make_writer(volume)
    stream = writer.stream(key)
    end_us = record(stream, footage)
    wait_until(lambda: rows(volume, "SELECT count(*) FROM segment") == [(1,)])
    other = sqlite3.connect(volume.index.path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    for _ in range(3):
        end_us = record(stream, footage, end_us)
    wait_until(lambda: stream.durable_until_us == end_us, "four files on disk")
    assert (stream.fault, set(writer.volume_states().values())) == (None, {"ok"})
    assert len(segment_files(volume)) == 4
    other.execute("ROLLBACK")
    other.close()
    wait_until(lambda: rows(volume, "SELECT count(*), max(end_us) FROM segment") == [(4, end_us)], "rows follow")


@pytest.mark.proves("C-5")
def test_files_of_changes_nobody_kept_are_found_when_the_index_takes_rows_again(
    volume, make_writer, footage, key, record, rows, segment_files, wait_until, monkeypatch
):
    monkeypatch.setattr(journal, "MAX_WAITING", 3)
    writer = make_writer(volume)
    stream = writer.stream(key)
    end_us = record(stream, footage)
    wait_until(lambda: rows(volume, "SELECT count(*) FROM segment") == [(1,)])
    other = sqlite3.connect(volume.index.path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    for _ in range(6):
        end_us = record(stream, footage, end_us, is_new_run=False)
    stream.begin_segment(SegmentHead(end_us, footage.init, False))
    assert stream.append(footage.fragment(0))
    wait_until(lambda: stream.durable_until_us == end_us + SECOND_US, "seven files on disk, one of them open")
    other.execute("ROLLBACK")
    other.close()
    wait_until(lambda: rows(volume, "SELECT count(*), max(end_us) FROM segment") == [(7, end_us)], "they are found")
    stream.end_segment(SegmentTail(end_us + SECOND_US))
    record(stream, footage, end_us + SECOND_US, is_new_run=False)
    writer.stop()
    assert rows(volume, "SELECT sequence FROM segment ORDER BY sequence") == [(number,) for number in range(9)]
    assert len(segment_files(volume)) == 9
    assert list(check_volume(volume, Level.FULL, second_look_s=0)) == []


def test_an_index_that_disappears_is_begun_anew_while_recording(
    volume, make_writer, footage, key, record, rows, wait_until
):
    writer = make_writer(volume)
    stream = writer.stream(key)
    end_us = record(stream, footage)
    wait_until(lambda: rows(volume, "SELECT count(*) FROM segment") == [(1,)])
    stream.begin_segment(SegmentHead(end_us, footage.init, False))
    assert stream.append(footage.fragment(0))
    for path in volume.path.glob("index.sqlite*"):
        path.unlink()
    wait_until(lambda: stream.fault, "it is noticed")
    wait_until(lambda: writer.volume_states()[str(volume.uuid)] == "ok", "a new index")
    last_end_us = stream.last_end_us
    assert last_end_us == end_us + SECOND_US
    record(stream, footage, last_end_us)
    writer.stop()
    found = rows(volume, "SELECT sequence, start_us, end_us FROM segment ORDER BY sequence")
    assert [row[0] for row in found] == [1, 2]  # the older one comes back with a rebuild
    assert all(before[2] <= after[1] for before, after in pairwise(found))


def test_streams_are_spread_and_stay(make_volume, make_writer, footage, key, record, rows):
    volumes = [make_volume("one"), make_volume("two")]
    writer = make_writer(*volumes)
    keys = [StreamKey(UUID(int=number), "main") for number in range(6)]
    for stream in map(writer.stream, keys):
        end_us = record(stream, footage)
        record(stream, footage, end_us)
    writer.stop()
    counts = [rows(volume, "SELECT count(*), min(segments) FROM stream")[0] for volume in volumes]
    assert counts == [(3, 2), (3, 2)]


def test_partial_writes_and_many_buffers(tmp_path):
    from vms.archive.segment_file import write_all

    buffers = [bytes([index % 256]) * (index % 7) for index in range(5000)]
    reader, writer = os.pipe()  # takes 64 KiB at a time
    everything = [*buffers, bytes(300_000)]
    thread = threading.Thread(target=lambda: (write_all(writer, everything), os.close(writer)))
    thread.start()
    content = b""
    while chunk := os.read(reader, 7919):
        content += chunk
    thread.join()
    os.close(reader)
    assert content == b"".join(everything)
