"""The index with 100 cameras × 30,000 segments, three weeks of minutes: asking, sweeping, checking."""

import os
import random
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, TypeVar
from uuid import UUID

from tests.bench.figure import Figure
from vms.archive.archive import Archive
from vms.archive.check import Level, check_stream
from vms.archive.deletion import delete_expired
from vms.archive.model import StreamKey
from vms.archive.segment_name import day_directory, file_name
from vms.archive.stats import volume_stats
from vms.archive.volume import Volume
from vms.kernel.clock import ManualClock
from vms.kernel.span import Span

CAMERAS, SEGMENTS, FEW_SEGMENTS = 100, 30_000, 300
MINUTE_US = 60_000_000
DAY_US = 1440 * MINUTE_US
START_US = 1_763_700_000_000_000 // DAY_US * DAY_US
SWEPT = 1440

T = TypeVar("T")


def measure() -> dict[str, object]:
    """Figures of a full index beside a nearly empty one."""
    with tempfile.TemporaryDirectory(prefix="nazar-bench-") as directory:
        small = Volume.create(Path(directory) / "small", ManualClock(START_US))
        full = Volume.create(Path(directory) / "full", ManualClock(START_US))
        try:
            build(small, FEW_SEGMENTS)
            build(full, SEGMENTS)
            return {"index": ask(full) | sweep(full, small) | check(full)}
        finally:
            small.close()
            full.close()


def ask(volume: Volume) -> dict[str, float]:
    """Timelines of 21 days, of cameras drawn by chance."""
    archive, end_us = Archive([volume]), START_US + SEGMENTS * MINUTE_US
    span = Span(end_us - 21 * DAY_US, end_us)
    keys = random.Random(1).sample([key(number) for number in range(CAMERAS)], 15)
    times = sorted(timed(lambda chosen=chosen: archive.timeline(chosen, span, end_us))[0] for chosen in keys)
    stats_s, _ = timed(lambda: volume_stats(volume, end_us))
    return {
        "segments": CAMERAS * SEGMENTS,
        "index_bytes": volume.index.path.stat().st_size,
        "timeline_ms": times[len(times) // 2] * 1000,
        "timeline_worst_ms": times[-1] * 1000,
        "stats_ms": stats_s * 1000,
    }


def sweep(full: Volume, small: Volume) -> dict[str, float]:
    """The same number of segments deleted where three million are kept, and where thirty thousand are."""
    now_us = START_US + SEGMENTS * MINUTE_US + 30 * DAY_US
    from_full = min(sweep_once(full, now_us) for _ in range(3))
    from_small = min(sweep_once(small, now_us) for _ in range(3))
    idle_s, result = timed(lambda: delete_expired(full, {}, START_US + DAY_US, limit=SWEPT))
    assert not result.deleted
    return {
        "sweep_ms": from_full * 1000,
        "sweep_growth": from_full / from_small,
        "sweep_nothing_to_do_ms": idle_s * 1000,
    }


def sweep_once(volume: Volume, now_us: int) -> float:
    """Seconds to delete a camera-day."""
    seconds, result = timed(lambda: delete_expired(volume, {}, now_us, limit=SWEPT))
    assert len(result.deleted) == SWEPT
    return seconds


def check(volume: Volume) -> dict[str, float]:
    """Presence of one camera's files; the audit hook of the interpreter sees each file that is opened."""
    chosen, opened = key(CAMERAS - 1), 0

    def watch(event: str, arguments: tuple[Any, ...]) -> None:
        nonlocal opened
        opened += event == "open" and str(arguments[0]).endswith(".mp4")

    with volume.index.read() as connection:
        rows = connection.execute("SELECT start_us, sequence FROM segment WHERE stream_id = ?", (CAMERAS,)).fetchall()
    make_files(volume, chosen, rows)
    sys.addaudithook(watch)
    seconds, problems = timed(lambda: list(check_stream(volume, chosen, Level.PRESENCE, lambda _count: None)))
    assert not problems
    return {
        "presence_ms": seconds * 1000,
        "presence_files": len(rows),
        "presence_3m_files_s": seconds * CAMERAS * SEGMENTS / len(rows),
        "presence_files_opened": opened,
    }


def key(number: int) -> StreamKey:
    """The stream of a camera, counted from 0."""
    return StreamKey(UUID(int=number + 1), "main")


def build(volume: Volume, count: int) -> None:
    """Rows as the writer leaves them; one run of all triggers would take minutes, so they are put back after it."""
    with volume.index.write() as connection:
        triggers = connection.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'").fetchall()
        for name, _ in triggers:
            connection.execute(f"DROP TRIGGER {name}")
        connection.execute("INSERT INTO init VALUES (1, ?, ?, 'avc1.64001f', 1920, 1080)", (bytes(32), bytes(700)))
        for stream_id in range(1, CAMERAS + 1):
            connection.execute(
                "INSERT INTO stream VALUES (?, ?, 'main', ?, 1, ?, ?, ?)",
                (stream_id, str(UUID(int=stream_id)), count, bytes(32), count, count * 30_000_000),
            )
            connection.executemany(
                "INSERT INTO segment VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)", rows_of(stream_id, count)
            )
            connection.executemany(
                "INSERT INTO segment_gops VALUES (?, ?, ?)",
                ((stream_id, sequence, os.urandom(240)) for sequence in range(count)),
            )
        for _, sql in triggers:
            connection.execute(sql)


def rows_of(stream_id: int, count: int) -> Iterator[tuple[object, ...]]:
    """Minutes with a hole about once a day."""
    for sequence in range(count):
        start_us = START_US + sequence * MINUTE_US
        end_us = start_us + (MINUTE_US if sequence % 1300 != 1299 else MINUTE_US // 2)
        yield (
            stream_id, start_us, end_us, sequence, sequence // 1300, 1, 30_000_000, 5_400_000, 1500, 0, 0, 0, -120_000,
            0, os.urandom(32), os.urandom(32),
        )  # fmt: skip


def make_files(volume: Volume, chosen: StreamKey, rows: list[tuple[int, int]]) -> None:
    """Empty files with the right names."""
    for start_us, sequence in rows:
        directory = volume.path / day_directory(chosen, start_us)
        directory.mkdir(parents=True, exist_ok=True)
        (directory / file_name(start_us, sequence)).touch()


def timed(work: Callable[[], T]) -> tuple[float, T]:
    """Seconds `work` took, and what it gave."""
    start = time.perf_counter()
    value = work()
    return time.perf_counter() - start, value


def figures(result: dict[str, object]) -> list[Figure]:
    """The index with three million segments."""
    index: dict[str, float] = result["index"]  # type: ignore[assignment]
    return [
        Figure("timeline of 21 days, 30,000 segments", "ms", 50, index["timeline_ms"]),
        Figure("sweep of the same day's footage, full / near-empty index", "×", 2.0, index["sweep_growth"]),
        Figure("segment files opened by the presence check", "", 0, index["presence_files_opened"]),
    ]
