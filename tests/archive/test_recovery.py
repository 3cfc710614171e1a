import os
import shutil
import struct
from itertools import pairwise

import pytest

from vms.archive.adoption import adopt_file
from vms.archive.check import Level, check_volume
from vms.archive.model import Flag, SegmentHead
from vms.archive.recovery import recover_volume
from vms.archive.segment_name import file_name
from vms.archive.segment_scan import read_head, scan_file
from vms.archive.verify import verify_volume

SECOND_US = 1_000_000
FRAGMENTS = 3


@pytest.fixture
def whole(volume, make_writer, footage, key, record, segment_files) -> bytes:
    """The bytes of a closed file with three fragments of one second."""
    writer = make_writer(volume)
    record(writer.stream(key), footage, seconds=FRAGMENTS)
    writer.stop()
    return segment_files(volume)[0].read_bytes()


def borders(content: bytes) -> list[tuple[bytes, int]]:
    """Kind of each box, with the offset behind it."""
    found, at = [], 0
    while at < len(content):
        size, kind = struct.unpack_from(">I4s", content, at)
        at += size
        found.append((kind, at))
    assert at == len(content)
    return found


def test_a_head_is_read_by_itself(whole, tmp_path, key, start_us):
    path = tmp_path / "some.mp4"
    ends = [end for _, end in borders(whole)]
    for size, is_whole in ((ends[2], True), (ends[2] - 1, False), (ends[0], False), (0, False)):
        path.write_bytes(whole[:size])
        with path.open("rb") as file:
            head = read_head(file.fileno())
        assert (head is not None) == is_whole
    path.write_bytes(whole)
    with path.open("rb") as file:
        head = read_head(file.fileno())
    assert (head.stream, head.start_us, head.sequence) == (key, start_us, 0)


def adopt(tmp_path, content: bytes, *, may_cut_damaged: bool = True):
    path = tmp_path / "torn.mp4"
    path.write_bytes(content)
    directory = os.open(tmp_path, os.O_RDONLY)
    try:
        return adopt_file(directory, path.name, may_cut_damaged=may_cut_damaged), path
    finally:
        os.close(directory)


def fragments_before(content: bytes, cut: int) -> int:
    """Golden: a fragment is there when its moof, its mdat and its seal are."""
    kinds = [kind for kind, end in borders(content) if end <= cut]
    return sum(triple == (b"moof", b"mdat", b"uuid") for triple in zip(kinds, kinds[1:], kinds[2:], strict=False))


def kill_points(content: bytes) -> list[int]:
    """Every box border, and inside each box: in its header, behind it, in the middle, before its end."""
    points = {0}
    for before, after in pairwise([0, *(end for _, end in borders(content))]):
        points |= {before + 1, before + 4, before + 8, before + 12, (before + after) // 2, after - 1, after}
    return sorted(point for point in points if point <= len(content))


@pytest.mark.proves("edge-28")
@pytest.mark.parametrize("tail", [b"", bytes(5000), b"\xa5garbage" * 700], ids=["cut", "zeros", "garbage"])
def test_every_kill_point_keeps_the_fragments_before_it(whole, tmp_path, tail):
    layout = [kind for kind, _ in borders(whole)]
    assert layout == [b"ftyp", b"moov", b"uuid", *[b"moof", b"mdat", b"uuid"] * FRAGMENTS, b"uuid", b"uuid"]
    seen = set()
    for cut in kill_points(whole):
        content = whole[:cut] + tail
        while cut < min(len(content), len(whole)) and content[cut] == whole[cut]:
            cut += 1  # noqa: PLW2901 - garbage may happen to be the right byte
        kept = fragments_before(whole, cut)
        seen.add(kept)
        verdict, path = adopt(tmp_path, content)
        if not kept:
            assert verdict.is_empty, cut
            assert not path.exists()
            continue
        segment = verdict.segment
        assert segment, cut
        assert (segment.samples, segment.duration_90k) == (25 * kept, 90_000 * kept)
        is_whole = cut == len(whole)
        assert segment.span.duration_us == kept * SECOND_US
        assert bool(segment.tail.flags & Flag.RECOVERED) is not is_whole
        content = path.read_bytes()
        good_end = len(whole) if is_whole else borders(whole)[2 + 3 * kept][1]
        assert content[:good_end] == whole[:good_end]
        assert len(content) == segment.size_bytes
        with path.open("rb") as file:
            scan = scan_file(file.fileno())
        assert scan.is_complete
        assert scan.closed() == segment
    assert seen == {0, 1, 2, 3}


@pytest.mark.proves("edge-28")
def test_zeros_inside_the_last_fragment_are_not_footage(whole, tmp_path):
    """A length check is not enough: ext4 may keep the size of a file and lose its pages."""
    end = borders(whole)[2 + 3 * 2][1]  # behind the second seal
    third = borders(whole)[2 + 3 * 3][1]
    verdict, _ = adopt(tmp_path, whole[: end + 200] + bytes(third - end - 200))
    assert verdict.segment
    assert verdict.segment.samples == 50


def test_a_file_that_is_not_torn_but_changed_is_left_alone(whole, tmp_path):
    changed = bytearray(whole)
    changed[len(whole) // 2] ^= 1
    verdict, path = adopt(tmp_path, bytes(changed), may_cut_damaged=False)
    assert "seal does not match" in verdict.problem
    assert path.read_bytes() == changed


def test_a_file_another_process_writes_is_left_alone(
    volume, make_writer, footage, key, rows, wait_until, start_us, clock
):
    stream = make_writer(volume).stream(key)
    stream.begin_segment(SegmentHead(start_us, footage.init, True))
    assert stream.append(footage.fragment(0))
    wait_until(lambda: stream.durable_until_us)
    report = recover_volume(volume, clock.now_us())
    assert (report.adopted, report.removed, report.problems) == ([], [], [])
    assert rows(volume, "SELECT count(*) FROM open_file") == [(1,)]
    assert list(check_volume(volume, Level.FULL, second_look_s=0)) == []


@pytest.mark.proves("edge-28", "C-5")
def test_a_file_without_any_row_is_found_the_other_way(recorded, rows, segment_files, key, clock, forget_newest):
    """The index took no rows while the newest two files were written, then the process died."""
    volume, end_us = recorded
    forget_newest(volume, 2)
    assert [problem.code for problem in check_volume(volume, Level.PRESENCE, second_look_s=0)] == [
        "file_without_row"
    ] * 2
    report = recover_volume(volume, clock.now_us())
    assert [segment.head.sequence for segment in report.adopted] == [3, 4]
    assert rows(volume, "SELECT max(end_us), count(*) FROM segment") == [(end_us, 5)]
    assert list(check_volume(volume, Level.FULL, second_look_s=0)) == []


@pytest.mark.proves("edge-29", "C-5")
def test_a_closed_file_that_was_changed_is_not_cut_after_the_index_was_lost(
    recorded, make_writer, footage, key, record, segment_files, rows
):
    """The newest file may be closed for days: what lies behind one bad byte is evidence."""
    volume, end_us = recorded
    newest = segment_files(volume)[-1]
    changed = bytearray(newest.read_bytes())
    changed[len(changed) // 2] ^= 1
    newest.write_bytes(changed)
    volume.index.close()
    volume.index.path.unlink()
    writer = make_writer(volume)
    record(writer.stream(key), footage, end_us)
    writer.stop()
    assert newest.read_bytes() == changed
    assert [problem.code for problem in recover_volume(volume, end_us).problems] == []
    assert rows(volume, "SELECT start_us FROM segment ORDER BY start_us")[-1] == (end_us,)


@pytest.mark.proves("edge-28")
def test_a_file_the_index_knows_as_open_is_cut_where_its_pages_never_reached_the_disk(
    recorded, segment_files, rows, clock, forget_newest
):
    volume, end_us = recorded
    newest = segment_files(volume)[-1]
    forget_newest(volume, 1)
    with volume.index.write() as connection:
        connection.execute("INSERT INTO open_file VALUES (1, 4, ?, ?)", (end_us - 3 * SECOND_US, end_us))
    content = bytearray(newest.read_bytes())
    middle = len(content) // 2
    content[middle : middle + 100] = bytes(100)
    newest.write_bytes(content)
    (segment,) = recover_volume(volume, clock.now_us()).adopted
    assert (segment.head.sequence, segment.samples) == (4, 25)
    assert rows(volume, "SELECT max(end_us) FROM segment") == [(end_us - 2 * SECOND_US,)]


def test_a_row_of_a_file_that_was_never_made_is_forgotten(recorded, rows, clock):
    volume, end_us = recorded
    with volume.index.write() as connection:
        connection.execute("INSERT INTO open_file VALUES (1, 5, ?, ?)", (end_us, end_us))
    assert [problem.code for problem in check_volume(volume, Level.PRESENCE, second_look_s=0)] == ["unfinished_file"]
    recover_volume(volume, clock.now_us())
    assert rows(volume, "SELECT * FROM open_file") == []


def test_recovery_can_be_repeated(recorded, rows, clock):
    volume, _ = recorded
    before = rows(volume, "SELECT * FROM segment")
    for _ in range(2):
        report = recover_volume(volume, clock.now_us())
        assert (report.adopted, report.removed) == ([], [])
    assert rows(volume, "SELECT * FROM segment") == before


def test_a_problem_is_named_in_the_log(recorded, segment_files, caplog, clock):
    volume, end_us = recorded
    newest = segment_files(volume)[-1]
    copy = newest.with_name(file_name(end_us, 9))
    shutil.copyfile(newest, copy)
    with caplog.at_level("ERROR", "vms.archive.recovery"):
        (problem,) = recover_volume(volume, clock.now_us()).problems
    (record,) = caplog.records
    assert problem.code == "head_differs"
    assert str(problem) in record.getMessage()
    assert len(record.getMessage()) < 400


def test_the_chain_goes_on_over_a_recovered_file(
    volume, make_writer, footage, key, record, segment_files, tmp_path, forget_newest
):
    writer = make_writer(volume)
    end_us = record(writer.stream(key), footage)
    writer.stop()
    path = segment_files(volume)[0]
    torn = path.read_bytes()[:-300]
    forget_newest(volume, 1)
    path.write_bytes(torn)
    again = make_writer(volume)
    stream = again.stream(key)
    assert stream.last_end_us == end_us - SECOND_US
    record(stream, footage, end_us)
    again.stop()
    assert list(verify_volume(volume)) == []
    assert list(check_volume(volume, Level.FULL, second_look_s=0)) == []


def test_a_gap_nobody_closed_ends_where_footage_begins(recorded, rows, start_us, clock):
    volume, _ = recorded
    with volume.index.write() as connection:
        connection.execute("INSERT INTO gap VALUES (1, ?, NULL, 'network', '')", (start_us - 10,))
    recover_volume(volume, clock.now_us())
    assert rows(volume, "SELECT start_us, end_us FROM gap") == [(start_us - 10, start_us)]
