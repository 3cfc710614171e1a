"""Days of footage of one camera: one real minute of a clip, for twenty-one days under 30,240 names.

Each name is a hard link, so that any minute can be played and no disk is filled. The index has a row for each, as the
recorder leaves it.
"""

import os
from collections.abc import Iterator
from pathlib import Path
from uuid import UUID

from recorder.simcam.clip import Clip
from vms.archive import chain
from vms.archive.closed_segment import ClosedSegment, init_sha256
from vms.archive.model import NO_FLAGS, SegmentTail, StreamKey
from vms.archive.segment_boxes import FileHead
from vms.archive.segment_file import SegmentFile
from vms.archive.segment_name import segment_path
from vms.archive.volume import Volume
from vms.kernel.clock import US_PER_DAY, US_PER_SECOND
from vms.media import annexb, fmp4, h264, init_segment
from vms.media.fragment import Sample
from vms.media.h264 import NalType

DAYS = 21
MINUTE_US = 60 * US_PER_SECOND
_MINUTES_A_DAY = 1440
_FRAGMENT_PICTURES = 10  # of a group of 50: 0.4 s each


class Footage:
    """The days before `end_us`, of one camera on one volume; made by `write`."""

    def __init__(self, key: StreamKey, end_us: int, days: int = DAYS) -> None:
        self.key = key
        self.start_us = end_us - days * US_PER_DAY
        self.end_us = end_us
        self._minutes = days * _MINUTES_A_DAY
        self._file: Path | None = None

    def write(self, volume: Volume, clip: Clip) -> None:
        """Write the minute, link it for every other one, fill the index."""
        closed = _minute(volume, self.key, self.start_us, clip)
        self._file = volume.path / segment_path(self.key, self.start_us, 0)
        for number in range(1, self._minutes):
            path = volume.path / segment_path(self.key, self.start_us + number * MINUTE_US, number)
            path.parent.mkdir(exist_ok=True)
            path.hardlink_to(self._file)
        _index(volume, closed, self._minutes)

    def forget_pages(self) -> None:
        """Have the kernel drop the minute from its page cache: the next read is the disk's."""
        assert self._file is not None
        descriptor = os.open(self._file, os.O_RDONLY)
        try:
            os.posix_fadvise(descriptor, 0, 0, os.POSIX_FADV_DONTNEED)
        finally:
            os.close(descriptor)


def _minute(volume: Volume, key: StreamKey, start_us: int, clip: Clip) -> ClosedSegment:
    sets = [[nal for nal in clip.parameter_sets if h264.nal_type(nal) == kind] for kind in (NalType.SPS, NalType.PPS)]
    video = h264.parse(*sets)
    init = init_segment.build(video)
    head = FileHead(
        key, 0, 0, start_us, chain.FIRST, init_sha256(init), init.codec, init.width, init.height, 0, 0,
        str(UUID(int=1)), 0,
    )  # fmt: skip
    file = SegmentFile(volume.directory, head, init)
    samples = list(_samples(clip))
    pictures = round(60 * clip.fps)
    step_90k = samples[0].duration_90k
    for first in range(0, pictures, _FRAGMENT_PICTURES):
        chosen = [samples[number % len(samples)] for number in range(first, first + _FRAGMENT_PICTURES)]
        file.append(fmp4.build(first // _FRAGMENT_PICTURES, first * step_90k, chosen))
    return file.finish(SegmentTail(start_us + MINUTE_US, NO_FLAGS))


def _samples(clip: Clip) -> Iterator[Sample]:
    duration_90k = clip.duration_90k // len(clip.units)
    for unit in clip.units:
        slices = [nal for nal in unit.nals if h264.is_vcl(h264.nal_type(nal))]
        yield Sample(annexb.to_length_prefixed(slices), duration_90k, 0, unit.is_sync)


def _index(volume: Volume, closed: ClosedSegment, minutes: int) -> None:
    """Rows as the writer leaves them; triggers are put back after it, or it would take a minute."""
    with volume.index.write() as connection:
        triggers = connection.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'").fetchall()
        for name, _ in triggers:
            connection.execute(f"DROP TRIGGER {name}")
        init, head = closed.init, closed.head
        connection.execute(
            "INSERT INTO init VALUES (1, ?, ?, ?, ?, ?)",
            (head.init_sha256, init.data, init.codec, init.width, init.height),
        )
        connection.execute(
            "INSERT INTO stream VALUES (1, ?, ?, ?, 1, ?, ?, ?)",
            (str(head.stream.camera_id), head.stream.name, minutes, closed.link, minutes, minutes * closed.size_bytes),
        )
        connection.executemany("INSERT INTO segment VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)", _rows(closed, minutes))
        connection.executemany(
            "INSERT INTO segment_gops VALUES (1, ?, ?)", ((number, closed.gops) for number in range(minutes))
        )
        for _, sql in triggers:
            connection.execute(sql)


def _rows(closed: ClosedSegment, minutes: int) -> Iterator[tuple[object, ...]]:
    for number in range(minutes):
        start_us = closed.head.start_us + number * MINUTE_US
        yield (
            1, start_us, start_us + MINUTE_US, number, 0, 1, closed.size_bytes, closed.duration_90k, closed.samples, 0,
            0, 0, 0, 0, closed.sha256, closed.link,
        )  # fmt: skip
