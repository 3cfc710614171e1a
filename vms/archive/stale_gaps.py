"""Ending gaps that one volume was told the beginning of, another the end."""

import logging
import sqlite3
from collections.abc import Sequence

from vms.archive.gap_end import end_gap, next_footage_us
from vms.archive.model import Gap, StreamKey
from vms.archive.recorded_volume import RecordedVolume
from vms.archive.rows import find_stream
from vms.kernel.errors import VmsError

log = logging.getLogger(__name__)


def end_stale_gaps(threads: Sequence[RecordedVolume], now_us: int) -> None:
    """End, in its index and in `open_gaps`, every open gap that footage or a closed gap elsewhere shows as over.

    One that starts after `now_us` was told by a clock that ran ahead: it goes. Before the threads run; blocks.
    """
    for thread in threads:
        for stream, gap in list(thread.open_gaps.items()):
            end_us = gap.start_us if gap.start_us > now_us else _end_us(threads, stream, gap, now_us)
            if end_us is None:
                continue
            del thread.open_gaps[stream]
            try:
                _end_row(thread, stream, gap, end_us)
            except VmsError as err:
                log.warning("a gap that is over stays open in an index: %s", err)


def _end_us(threads: Sequence[RecordedVolume], stream: StreamKey, gap: Gap, now_us: int) -> int | None:
    """Where the gap ended: as told, else where the next footage begins; None while it goes on."""
    told: list[int] = []
    footage: list[int] = []
    for thread in threads:
        if not thread.volume.is_attached:
            continue
        try:
            with thread.volume.index.read() as connection:
                told += _told_end(connection, stream, gap)
                next_us = next_footage_us(connection, stream, gap.start_us, now_us)
                footage += [] if next_us is None else [next_us]
        except VmsError as err:
            log.warning("a volume is not asked how a gap ended: %s", err)
    return min(told, default=None) or min(footage, default=None)


def _told_end(connection: sqlite3.Connection, stream: StreamKey, gap: Gap) -> list[int]:
    rows = connection.execute(
        "SELECT end_us FROM gap WHERE stream_id = ? AND start_us = ? AND end_us IS NOT NULL",
        (find_stream(connection, stream), gap.start_us),
    )
    return [end_us for (end_us,) in rows]


def _end_row(thread: RecordedVolume, stream: StreamKey, gap: Gap, end_us: int) -> None:
    with thread.volume.index.write() as connection:
        end_gap(thread.volume, connection, stream, gap.start_us, end_us)
