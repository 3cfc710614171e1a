"""Real footage in real volumes."""

import os
import shutil
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from uuid import UUID

import pytest

from vms.archive.model import SegmentHead, SegmentTail, StreamKey
from vms.archive.volume import Volume
from vms.archive.writer import ArchiveWriter
from vms.kernel.clock import ManualClock, SystemClock
from vms.media import annexb, fmp4, h264, init_segment
from vms.media.fragment import Fragment, InitSegment, Sample

CAMERA = UUID("01980000-0000-7000-8000-000000000001")
START_US = 1_763_733_900_000_000  # 2025-11-21T14:05:00Z
FRAME_90K = 3600
DEADLINE_S = 10.0
MEMORY_BYTES = 64 << 20


class Footage:
    """A real clip as init segment and one fragment for each key frame; repeats for as long as wanted."""

    def __init__(self, init: InitSegment, gops: list[list[Sample]]) -> None:
        self.init = init
        self._gops = gops

    def fragment(self, index: int) -> Fragment:
        """The fragment with this number in its file: one second long."""
        return fmp4.build(index, index * 25 * FRAME_90K, self._gops[index % len(self._gops)])

    def fragments(self, count: int) -> list[Fragment]:
        return [self.fragment(index) for index in range(count)]


@pytest.fixture(scope="session")
def footage(encode_clip) -> Footage:
    pictures = encode_clip(frames=50, gop=25)
    first = annexb.split(pictures[0].annexb)
    video = h264.parse(
        [nal for nal in first if h264.nal_type(nal) == h264.NalType.SPS],
        [nal for nal in first if h264.nal_type(nal) == h264.NalType.PPS],
    )
    gops: list[list[Sample]] = []
    for picture in pictures:
        nals = [nal for nal in annexb.split(picture.annexb) if h264.is_vcl(h264.nal_type(nal))]
        if picture.is_key:
            gops.append([])
        gops[-1].append(Sample(annexb.to_length_prefixed(nals), FRAME_90K, 0, picture.is_key))
    return Footage(init_segment.build(video), gops)


@pytest.fixture
def clock() -> ManualClock:
    return ManualClock(START_US)


@pytest.fixture
def disk_path(tmp_path) -> Iterator[Path]:
    """Memory where the machine has some: every test syncs dozens of times, and what a sync does is the kernel's."""
    memory = Path("/dev/shm")
    if not memory.is_dir() or shutil.disk_usage(memory).free < MEMORY_BYTES:
        yield tmp_path
        return
    path = Path(tempfile.mkdtemp(prefix="nazar-test-", dir=memory))
    yield path
    shutil.rmtree(path)


@pytest.fixture
def make_volume(disk_path, clock) -> Iterator[Callable[..., Volume]]:
    made = []

    def make(name: str = "volume", reserve_bytes: int = 0) -> Volume:
        volume = Volume.create(disk_path / name, clock, reserve_bytes)
        made.append(volume)
        return volume

    yield make
    for volume in made:
        volume.close()


@pytest.fixture
def volume(make_volume) -> Volume:
    return make_volume()


@pytest.fixture
def key() -> StreamKey:
    return StreamKey(CAMERA, "main")


@pytest.fixture
def start_us() -> int:
    return START_US


@pytest.fixture(name="wait_until")
def wait_until_fixture():
    return wait_until


@pytest.fixture(name="record")
def record_fixture():
    return record


@pytest.fixture(name="die_in_child")
def die_in_child_fixture():
    return die_in_child


@pytest.fixture(name="segment_files")
def segment_files_fixture():
    return segment_files


@pytest.fixture(name="forget_newest")
def forget_newest_fixture():
    return forget_newest


@pytest.fixture(name="rows")
def rows_fixture():
    return rows


def wait_until(condition: Callable[[], object], what: str = "it happens") -> None:
    """Wait for something a thread does, with a deadline."""
    deadline = time.monotonic() + DEADLINE_S
    while not condition():
        if time.monotonic() > deadline:
            raise AssertionError(f"waited too long until {what}")
        time.sleep(0.002)


@pytest.fixture
def make_writer() -> Iterator[Callable[..., ArchiveWriter]]:
    writers = []

    def make(*volumes: Volume, **options) -> ArchiveWriter:
        options.setdefault("sync_interval_us", 50_000)
        writer = ArchiveWriter(volumes, SystemClock(), **options)
        writer.recover()
        writer.start()
        writers.append(writer)
        return writer

    yield make
    for writer in writers:
        writer.stop()


def record(stream, footage: Footage, start_us: int = START_US, seconds: int = 3, **facts) -> int:
    """Write one whole segment of `seconds` fragments; returns its end."""
    stream.begin_segment(SegmentHead(start_us, footage.init, facts.pop("is_new_run", True)))
    for fragment in footage.fragments(seconds):
        assert stream.append(fragment)
    tail = SegmentTail(start_us + seconds * 1_000_000)
    stream.end_segment(replace(tail, **facts))
    return tail.end_us


@pytest.fixture
def recorded(volume, make_writer, footage, key) -> tuple[Volume, int]:
    """A volume with five segments of three seconds, one after the other, and the writer gone."""
    writer = make_writer(volume)
    stream = writer.stream(key)
    end_us = START_US
    for number in range(5):
        end_us = record(stream, footage, end_us, is_new_run=number == 0)
    writer.stop()
    return volume, end_us


def segment_files(volume: Volume) -> list[Path]:
    return sorted((volume.path / "segments").rglob("*.mp4"))


def rows(volume: Volume, sql: str, *values):
    with volume.index.read() as connection:
        return connection.execute(sql, values).fetchall()


def forget_newest(volume, count: int) -> None:
    """Take rows out as if they had never been committed."""
    with volume.index.write() as connection:
        triggers = connection.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'").fetchall()
        for name, _ in triggers:
            connection.execute(f"DROP TRIGGER {name}")
        newest = connection.execute("SELECT sequence FROM segment ORDER BY sequence DESC LIMIT ?", (count,)).fetchall()
        for (sequence,) in newest:
            connection.execute("DELETE FROM segment WHERE sequence = ?", (sequence,))
            connection.execute("DELETE FROM segment_gops WHERE sequence = ?", (sequence,))
        link = connection.execute("SELECT link FROM segment ORDER BY sequence DESC LIMIT 1").fetchone()
        left = connection.execute("SELECT count(*), coalesce(sum(size_bytes), 0) FROM segment").fetchone()
        connection.execute(
            "UPDATE stream SET head_link = ?, next_sequence = ?, segments = ?, bytes = ?",
            (link[0] if link else bytes(32), newest[-1][0], *left),
        )
        for _, sql in triggers:
            connection.execute(sql)


def die_in_child(work) -> int:
    """Run `work(report)` in a forked process; returns how often it reported before it ended."""
    reader, writer = os.pipe()
    pid = os.fork()
    if pid == 0:
        try:
            os.close(reader)
            work(lambda: os.write(writer, b"."))
        finally:
            os._exit(1)  # whatever happens, the tests go on in one process only
    os.close(writer)
    with os.fdopen(reader, "rb") as pipe:
        reports = len(pipe.read())
    _, status = os.waitpid(pid, 0)
    assert os.waitstatus_to_exitcode(status) == 9, "it did not come to the step"
    return reports
