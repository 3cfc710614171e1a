import os
import resource
import threading
from contextlib import suppress
from dataclasses import replace
from uuid import UUID

import pytest

from streams.playback.playlist import playlist
from streams.playback.segment_bytes import SegmentBytes, open_segment
from vms.archive import footage_file
from vms.archive.deletion import delete_expired
from vms.archive.model import StreamKey
from vms.kernel.clock import US_PER_DAY
from vms.kernel.errors import Kind, VmsError
from vms.kernel.span import Span

SECOND_US = 1_000_000


@pytest.fixture
def recorded(camera, archive, volume, key, when_closed):
    """One closed segment of three GOPs; its file."""
    when_closed(archive, key, camera.record(3, is_new_run=True))
    (file,) = (volume.path / "segments").rglob("*.mp4")
    return file


@pytest.fixture
def refusal(archive, volume, key):
    """Why segment 0 is not given out."""

    def refusal(sequence: int = 0) -> tuple[Kind, str]:
        with pytest.raises(VmsError) as refused:
            open_segment(archive, volume.uuid, key, sequence)
        return refused.value.kind, refused.value.code

    return refusal


DAMAGED = (Kind.CORRUPT, "segment_damaged")


def test_the_bytes_are_those_of_the_file(recorded, archive, volume, key):
    content = recorded.read_bytes()
    (segment,) = archive.segments(key, Span(0, 1 << 60))
    with open_segment(archive, volume.uuid, key, 0) as opened:
        assert (opened.size_bytes, opened.is_closed) == (len(content), True)
        assert opened.etag == segment[1].sha256.hex()
        assert b"".join(opened.read(0, len(content))) == content
        assert b"".join(opened.read(100, 33)) == content[100:133]
        assert b"".join(opened.read(len(content), 0)) == b""
        for offset, length in ((0, len(content) + 1), (-1, 2), (len(content) - 1, 2)):
            with pytest.raises(ValueError, match="outside"):
                next(opened.read(offset, length))


def test_a_large_range_comes_in_pieces(recorded, archive, volume, key, monkeypatch):
    monkeypatch.setattr("streams.playback.segment_bytes.CHUNK_BYTES", 1000)
    with open_segment(archive, volume.uuid, key, 0) as opened:
        pieces = list(opened.read(0, opened.size_bytes))
    assert max(map(len, pieces)) == 1000
    assert b"".join(pieces) == recorded.read_bytes()


def test_a_deleted_segment_is_gone(recorded, volume, start_us, refusal):
    delete_expired(volume, {}, start_us + 22 * US_PER_DAY)
    assert not recorded.exists()
    assert refusal() == (Kind.GONE, "segment_gone")


def test_what_is_open_is_played_to_its_end_though_it_is_deleted(recorded, archive, volume, key, start_us):
    content = recorded.read_bytes()
    with open_segment(archive, volume.uuid, key, 0) as opened:
        delete_expired(volume, {}, start_us + 22 * US_PER_DAY)
        assert b"".join(opened.read(0, opened.size_bytes)) == content


def test_a_segment_no_index_knows(recorded, archive, volume, key, refusal):
    assert refusal(7) == (Kind.NOT_FOUND, "segment_unknown")
    for volume_uuid, stream in ((UUID(int=3), key), (volume.uuid, StreamKey(UUID(int=3), "main"))):
        with pytest.raises(VmsError, match="segment_unknown"):
            open_segment(archive, volume_uuid, stream, 0)


def test_a_volume_that_is_away_and_comes_back(recorded, archive, volume, key, refusal):
    moved = volume.path.rename(volume.path.with_name("away"))
    assert refusal() == (Kind.UNAVAILABLE, "volume_away")
    moved.rename(volume.path)
    open_segment(archive, volume.uuid, key, 0).close()


def test_a_file_that_lost_bytes_or_itself(recorded, refusal):
    recorded.write_bytes(recorded.read_bytes()[:-1])
    assert refusal() == DAMAGED
    recorded.unlink()
    assert refusal() == DAMAGED


@pytest.mark.parametrize("part", ["file", "day"])
def test_a_file_that_the_disk_refuses_is_damaged_while_its_volume_is_there(recorded, refusal, plain_owner, part):
    chosen = {"file": recorded, "day": recorded.parent}[part]
    mode = chosen.stat().st_mode
    chosen.chmod(0)
    with plain_owner():
        assert refusal() == DAMAGED
    chosen.chmod(mode)


def test_a_volume_that_the_disk_refuses_is_away(recorded, volume, refusal, plain_owner):
    (volume.path / "volume.json").chmod(0)
    recorded.chmod(0)
    with plain_owner():
        assert refusal() == (Kind.UNAVAILABLE, "volume_away")


def test_a_process_without_a_free_descriptor_calls_no_file_damaged(recorded, archive, volume, key, refusal):
    archive.streams()  # the index is open
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    taken = []
    resource.setrlimit(resource.RLIMIT_NOFILE, (min(soft, 256), hard))
    try:
        with suppress(OSError):
            while True:
                taken.append(os.open("/dev/null", os.O_RDONLY))
        os.close(taken.pop())
        assert refusal()[1] != "segment_damaged"
    finally:
        for one in taken:
            os.close(one)
        resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))


@pytest.mark.parametrize("part", ["file", "day", "stream"])
def test_no_symlink_is_followed_wherever_it_leads(recorded, volume, refusal, part):
    """Not even to the very same bytes: nothing outside the volume is ever opened."""
    chosen = {"file": recorded, "day": recorded.parent, "stream": recorded.parent.parent}[part]
    elsewhere = volume.path.parent / "elsewhere"
    chosen.rename(elsewhere)
    chosen.symlink_to(elsewhere)
    assert recorded.read_bytes()
    assert refusal() == DAMAGED


def test_a_pipe_in_its_place_hangs_nobody(recorded, refusal):
    recorded.unlink()
    os.mkfifo(recorded)
    assert refusal() == DAMAGED


def test_broken_headers_in_a_range_are_told_before_it_is_sent(recorded, archive, volume, key):
    with archive.open_footage(volume.uuid, key, 0) as file:
        gops = [*file.playable.gops, (file.playable.end_bytes, 0)]
    content = bytearray(recorded.read_bytes())
    content[gops[1][0] + 4] ^= 1
    recorded.write_bytes(content)
    with open_segment(archive, volume.uuid, key, 0) as opened:
        opened.check(gops[0][0], gops[1][0] - gops[0][0])
        opened.check(gops[2][0], gops[3][0] - gops[2][0])
        opened.check(0, gops[0][0])  # no GOP begins there
        for end, _ in gops[2:]:
            with pytest.raises(VmsError, match="segment_damaged"):
                opened.check(gops[1][0], end - gops[1][0])
        with pytest.raises(VmsError, match="segment_damaged"):
            opened.check(gops[0][0], gops[3][0] - gops[0][0])


def test_bytes_before_the_first_group_show_what_was_before_it(recorded, archive, volume, key):
    """Whose right begins with that group fetches none of them."""
    with archive.open_footage(volume.uuid, key, 0) as file:
        whole = file.playable
        (first_at, _), (second_at, second_us), _ = whole.gops
        file.playable = replace(whole, gops=whole.gops[1:])
        before = SegmentBytes(file).shows(first_at, second_at - first_at)
        assert before == Span(whole.start_us, whole.wall_us(second_us))


def test_a_file_being_written_is_given_out_as_far_as_it_is_whole(camera, archive, volume, key, when_held, when_closed):
    camera.record(2, is_new_run=True, is_left_open=True)
    when_held(archive, key, camera.at_us)
    with open_segment(archive, volume.uuid, key, 0) as opened:
        assert not opened.is_closed
        first = b"".join(opened.read(0, opened.size_bytes))
        etag = opened.etag
    camera.go_on(1)
    when_held(archive, key, camera.at_us)
    with open_segment(archive, volume.uuid, key, 0) as opened:
        assert opened.etag != etag
        assert b"".join(opened.read(0, opened.size_bytes)).startswith(first)
        assert opened.size_bytes > len(first)
    camera.end()
    when_closed(archive, key, camera.at_us)
    with open_segment(archive, volume.uuid, key, 0) as opened:
        assert opened.is_closed
        assert b"".join(opened.read(0, len(first))) == first


def test_deleted_between_playlist_and_fetch(recorded, archive, volume, key, start_us, names, refusal):
    assert "/0.mp4" in playlist(archive, key, Span(start_us, start_us + SECOND_US), names)
    delete_expired(volume, {}, start_us + 22 * US_PER_DAY)
    assert refusal() == (Kind.GONE, "segment_gone")
    with pytest.raises(VmsError, match="no_footage"):
        playlist(archive, key, Span(start_us, start_us + SECOND_US), names)


def test_closed_while_a_thread_reads_the_descriptor_goes_when_the_read_is_over(
    recorded, archive, volume, key, monkeypatch
):
    """Else the number could belong to another camera's file before the read begins."""
    reading, go_on = threading.Event(), threading.Event()
    pread = os.pread

    def slow(descriptor: int, size: int, offset: int) -> bytes:
        reading.set()
        assert go_on.wait(10)
        return pread(descriptor, size, offset)

    file = archive.open_footage(volume.uuid, key, 0)
    descriptor = file.descriptor
    monkeypatch.setattr(footage_file.os, "pread", slow)
    found = []
    thread = threading.Thread(target=lambda: found.append(file.read(0, 100)))
    thread.start()
    assert reading.wait(10)
    file.close()
    os.fstat(descriptor)
    go_on.set()
    thread.join(10)
    assert found == [recorded.read_bytes()[:100]]
    assert file.descriptor == -1
    with pytest.raises(OSError, match="Bad file descriptor"):
        os.fstat(descriptor)
    with pytest.raises(VmsError, match="segment_damaged"):
        file.read(0, 100)
