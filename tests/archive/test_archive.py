"""The archive as its readers see it: several volumes, some of them away."""

from uuid import UUID

import pytest

from vms.archive.archive import Archive
from vms.archive.deletion import delete_expired
from vms.archive.model import Lock, StreamKey
from vms.archive.spread import Candidate, choose
from vms.archive.volume import Volume
from vms.kernel.clock import US_PER_DAY
from vms.kernel.errors import VmsError
from vms.kernel.span import Span

SECOND_US = 1_000_000


@pytest.fixture
def two(make_volume, make_writer, footage, key, record, start_us) -> tuple[Volume, Volume, int]:
    """Two segments on the first volume, two on the second, one after the other."""
    volumes = make_volume("one"), make_volume("two")
    end_us = start_us
    for volume in volumes:
        writer = make_writer(volume)
        for _ in range(2):
            end_us = record(writer.stream(key), footage, end_us)
        writer.stop()
    return *volumes, end_us


def test_volumes_are_read_as_one(two, key, start_us):
    one, other, end_us = two
    archive = Archive([other, one])
    assert archive.streams() == [key]
    span = Span(start_us, end_us)
    line = archive.timeline(key, span, end_us)
    assert (line.recordings, line.gaps) == ([span], [])
    assert [volume for volume, _ in archive.segments(key, span)] == [one, one, other, other]
    assert archive.first(key).span.start_us == start_us
    assert archive.last(key).span.end_us == end_us
    assert [len(gops) for gops in archive.gops(one, key, span).values()] == [3, 3]
    assert archive.overlaps(key, span) == []


def test_a_stream_nobody_recorded_is_empty_not_an_error(two, start_us):
    archive, nobody = Archive(two[:2]), StreamKey(UUID(int=5), "sub")
    assert archive.segments(nobody, Span(0, start_us)) == []
    assert archive.first(nobody) is archive.last(nobody) is None


def test_a_lock_holds_on_every_volume(two, key, start_us):
    one, other, end_us = two
    archive = Archive([one, other])
    lock = Lock(UUID(int=1), key.camera_id, Span(start_us, end_us), "request", "2025/3", start_us)
    assert archive.place_locks([lock]).missing == []
    assert archive.locks() == archive.locks(key.camera_id) == [lock]
    for volume in (one, other):
        assert delete_expired(volume, {}, end_us + 99 * US_PER_DAY).deleted == []
    assert archive.release_lock(lock.id, end_us) == []
    assert archive.locks() == []
    with pytest.raises(VmsError, match="lock_unknown"):
        archive.release_lock(UUID(int=2), end_us)


def test_a_volume_that_is_away_is_named_and_asked_again(two, key, start_us):
    one, other, end_us = two
    moved = other.path.rename(other.path.with_name("moved"))
    archive = Archive([one, other])
    lock = Lock(UUID(int=1), key.camera_id, Span(start_us, end_us), "hold", "x", start_us)
    assert archive.place_locks([lock]).missing == [other.uuid]
    assert archive.missing == {other.uuid: "volume_missing"}
    assert len(archive.segments(key, Span(start_us, end_us))) == 2
    moved.rename(other.path)
    assert archive.place_locks([lock]).missing == []
    assert archive.missing == {}
    assert len(archive.segments(key, Span(start_us, end_us))) == 4
    assert delete_expired(other, {}, end_us + 99 * US_PER_DAY).deleted == []


def test_an_index_begun_anew_by_another_process_is_read_at_once(two, key, start_us, clock):
    from vms.archive.rebuild import restart_index

    one, _, end_us = two
    archive = Archive([one])
    assert len(archive.segments(key, Span(start_us, end_us))) == 2
    other_process = Volume.open(one.path, one.uuid)
    restart_index(other_process, clock)
    other_process.close()
    assert len(archive.segments(key, Span(start_us, end_us))) == 1


def test_the_figures_are_those_of_the_files(two, key, segment_files, start_us):
    one, other, end_us = two
    figures = Archive([one, other]).stats(end_us)
    for volume, stats in zip((one, other), figures, strict=True):
        size_bytes = sum(path.stat().st_size for path in segment_files(volume))
        assert (stats.uuid, stats.segments, stats.size_bytes) == (volume.uuid, 2, size_bytes)
        assert stats.ingest_bytes_per_day == size_bytes * 86_400 // 6
        assert stats.to_json()["streams"][0]["camera_id"] == str(key.camera_id)
    assert figures[0].streams[0].oldest_us == start_us
    assert figures[1].streams[0].newest_us == end_us
    assert Archive([one]).stats(end_us + US_PER_DAY)[0].ingest_bytes_per_day == 0


def test_the_volume_with_most_room_left_is_chosen():
    day = 86_400
    big, small = Candidate("big", 1000 * day, 40), Candidate("small", 300 * day, 0)
    assert choose([big, small]) == "small"  # twenty days of 40 bytes a second leave 200
    assert choose([Candidate("big", 1000 * day, 30), small]) == "big"
    assert choose([]) is None
