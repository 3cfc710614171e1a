"""The process dies between every two steps of creating and deleting; what is found afterwards must be right."""

import os
from collections import Counter
from itertools import pairwise

import pytest

from vms.archive.check import Level, check_volume
from vms.archive.deletion import delete_expired
from vms.archive.model import StreamKey
from vms.archive.recovery import recover_volume
from vms.archive.volume import Volume
from vms.archive.writer import ArchiveWriter
from vms.kernel.clock import US_PER_DAY, SystemClock

SECOND_US = 1_000_000


def dies_at(step: str, occurrence: int, report=lambda: None):
    seen = Counter()

    def on_step(name: str) -> None:
        seen[name] += 1
        if name == "create:fragment":
            report()
        if name == step and seen[name] == occurrence:
            os._exit(9)

    return on_step


@pytest.mark.proves("edge-28")
@pytest.mark.parametrize("occurrence", [1, 2, 3])
@pytest.mark.parametrize("step", ["create:row", "create:file", "create:fragment", "close:synced"])
def test_dying_while_recording_loses_nothing_that_was_written(
    make_volume, footage, key: StreamKey, record, rows, start_us, step, occurrence, clock, die_in_child
):
    volume = make_volume()
    volume.close()

    def work(report) -> None:
        mine = Volume.open(volume.path, volume.uuid, 0)
        writer = ArchiveWriter([mine], SystemClock(), sync_interval_us=0, on_step=dies_at(step, occurrence, report))
        writer.recover()
        writer.start()
        stream, end_us = writer.stream(key), start_us
        for _ in range(4):
            end_us = record(stream, footage, end_us)
        writer.stop()

    written = die_in_child(work)
    volume.attach()
    recover_volume(volume, clock.now_us())
    found = rows(volume, "SELECT start_us, end_us, samples FROM segment ORDER BY start_us")
    assert sum(row[2] for row in found) == 25 * written
    assert all(before[1] == after[0] for before, after in pairwise(found))
    assert rows(volume, "SELECT count(*) FROM open_file") == [(0,)]
    assert list(check_volume(volume, Level.FULL, second_look_s=0)) == []

    again = ArchiveWriter([volume], SystemClock())  # and recording goes on
    again.recover()
    again.start()
    stream = again.stream(key)
    record(stream, footage, stream.last_end_us or start_us)
    again.stop()
    assert list(check_volume(volume, Level.FULL, second_look_s=0)) == []


@pytest.mark.proves("C-2")
@pytest.mark.parametrize("step", ["delete:rows", "delete:committed", "delete:unlinked", "delete:done"])
def test_dying_while_deleting_leaves_no_row_without_file_and_no_file_without_row(
    recorded, rows, segment_files, step, clock, die_in_child
):
    volume, end_us = recorded
    volume.close()

    def work(_report) -> None:
        mine = Volume.open(volume.path, volume.uuid, 0)
        delete_expired(mine, {}, end_us + 30 * US_PER_DAY, limit=3, on_step=dies_at(step, 1))

    die_in_child(work)
    volume.attach()
    left = 5 if step == "delete:rows" else 2
    assert rows(volume, "SELECT count(*) FROM segment") == [(left,)]
    codes = {problem.code for problem in check_volume(volume, Level.PRESENCE, second_look_s=0)}
    assert codes == ({"garbage_left"} if step == "delete:committed" else set())
    recover_volume(volume, clock.now_us())
    assert list(check_volume(volume, Level.FULL, second_look_s=0)) == []
    assert len(segment_files(volume)) == left
    assert rows(volume, "SELECT count(*) FROM deletion") == [(5 - left,)]
