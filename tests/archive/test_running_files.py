"""What can be played of a file at any moment while it is written."""

import os
import shutil

import pytest

from vms.archive import fragment_walk, running_files
from vms.archive.archive import Archive
from vms.archive.model import Flag, SegmentHead
from vms.archive.running_files import RunningFiles
from vms.archive.segment_boxes import pack_seal
from vms.archive.segment_name import segment_path
from vms.media import fmp4
from vms.media.fragment import Sample

SECOND_US = 1_000_000


@pytest.fixture
def whole(recorded, start_us, key):
    """The first of the recorded files, three GOPs long, as it lies on the volume."""
    volume, _ = recorded
    return volume.path / segment_path(key, start_us, 0)


@pytest.fixture
def ask(recorded, key, start_us):
    """What one memory of running files says of the first file."""
    volume, _ = recorded
    known = RunningFiles()

    def ask(of: RunningFiles = known, files=((0, start_us),)):
        found = of.playables(volume.uuid, volume.directory, key, files)
        return found[0] if found else None

    return ask


def borders(footage) -> list[int]:
    """Where the seals of a three second file end."""
    sizes = [56 + footage.fragment(index).size_bytes for index in range(3)]
    return [sum(sizes[: index + 1]) for index in range(3)]


def test_wherever_a_file_ends_its_whole_fragments_can_be_played(whole, ask, footage, start_us):
    content = whole.read_bytes()
    last = ask(RunningFiles())
    first_offset = last.gops[0][0]
    ends = [first_offset + border for border in borders(footage)]
    assert last.end_bytes == ends[-1]
    for size in [
        *range(0, first_offset, 97),
        *range(first_offset, len(content), 61),
        *ends,
        *(end - 1 for end in ends),
    ]:
        os.truncate(whole, 0)
        whole.write_bytes(content[:size])
        found, seconds = ask(RunningFiles()), sum(end <= size for end in ends)
        if not seconds:
            assert found is None
            continue
        assert found.is_running
        assert (found.start_us, found.end_us) == (start_us, start_us + seconds * SECOND_US)
        assert found.end_bytes == ends[seconds - 1]
        assert list(found.gops) == list(last.gops)[:seconds]
        assert found.init_bytes == len(footage.init.data)


def test_as_it_grows_only_what_is_new_is_read(whole, ask, footage, monkeypatch):
    content = whole.read_bytes()
    first_offset = ask(RunningFiles()).gops[0][0]
    reads = []
    pread = os.pread

    def watched(descriptor, size, offset):
        reads.append(offset)
        return pread(descriptor, size, offset)

    monkeypatch.setattr(fragment_walk.os, "pread", watched)
    os.truncate(whole, first_offset + borders(footage)[0])
    assert ask().end_us
    for end in borders(footage)[1:]:
        before = ask().end_bytes
        whole.write_bytes(content[: first_offset + end])
        reads.clear()
        assert ask().end_bytes == first_offset + end
        assert min(reads) >= before
    reads.clear()
    ask()
    assert reads == [first_offset + borders(footage)[2]]  # nothing is there


def test_pictures_are_never_read(whole, ask, monkeypatch):
    """Of each fragment the header, one page at most, with the seal behind it."""
    read_bytes = []
    pread = os.pread

    def watched(descriptor, size, offset):
        content = pread(descriptor, size, offset)
        read_bytes.append(len(content))
        return content

    monkeypatch.setattr(fragment_walk, "_READ_BYTES", 1024)
    monkeypatch.setattr(running_files, "_BEGINNING_BYTES", 2048)
    monkeypatch.setattr(fragment_walk.os, "pread", watched)
    assert ask().duration_90k
    assert sum(read_bytes) < whole.stat().st_size / 2


def test_a_file_that_was_cut_or_exchanged_is_read_anew(whole, ask, footage, start_us):
    assert ask().end_us == start_us + 3 * SECOND_US
    os.truncate(whole, ask().gops[1][0])
    assert ask().end_us == start_us + SECOND_US
    other = whole.with_name("other")
    shutil.copy(whole, other)
    other.rename(whole)
    assert ask().end_us == start_us + SECOND_US
    whole.unlink()
    assert ask() is None


def test_a_file_of_another_stream_or_number_is_not_played(whole, ask, start_us):
    other = whole.with_name(whole.name.replace("00000000.mp4", "00000009.mp4"))
    shutil.copy(whole, other)
    assert ask(files=((9, start_us),)) is None


def test_a_file_that_begins_without_a_key_frame_says_so(volume, make_writer, footage, key, start_us, wait_until):
    samples = footage._gops[0][5:]
    stream = make_writer(volume).stream(key)
    stream.begin_segment(SegmentHead(start_us, footage.init, is_new_run=True))
    assert stream.append(fmp4.build(0, 0, samples))
    archive = Archive([volume])
    wait_until(lambda: archive.running(key), "the fragment is on disk")
    (found,) = archive.running(key)
    assert (found.flags, list(found.gops)) == (Flag.NO_SYNC, [])


def test_what_is_closed_is_forgotten(whole, ask, start_us):
    known = RunningFiles()
    ask(known)
    assert len(known._known) == 1
    ask(known, files=())
    assert not known._known


def test_a_fragment_of_many_pictures_has_a_long_header(tmp_path):
    samples = [Sample(b"\0\0\0\1x", 300, 0, is_sync=number == 0) for number in range(1000)]
    content = b"".join(fmp4.build(0, 0, samples).buffers)
    path = tmp_path / "fragment"
    path.write_bytes(content + pack_seal(bytes(32)))
    with path.open("rb") as file:
        found = fragment_walk.fragment_at(file.fileno(), 0, path.stat().st_size)
        assert fragment_walk.fragment_at(file.fileno(), 0, path.stat().st_size - 1) is None
    assert found.info.samples == 1000
    assert (found.end, found.data_offset) == (path.stat().st_size, len(content) - 5000)
