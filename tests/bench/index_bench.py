"""Times of the index with 100 cameras x 30,000 segments: `python tests/bench/index_bench.py [--json]`."""

import argparse
import json
import os
import random
import sys
import tempfile
import time
from pathlib import Path
from uuid import UUID

from vms.archive.archive import Archive
from vms.archive.check import Level, check_stream
from vms.archive.deletion import delete_expired
from vms.archive.model import StreamKey
from vms.archive.segment_name import day_directory, file_name
from vms.archive.stats import volume_stats
from vms.archive.volume import Volume
from vms.kernel.clock import ManualClock
from vms.kernel.span import Span

CAMERAS, SEGMENTS = 100, 30_000
MINUTE_US = 60_000_000
DAY_US = 1440 * MINUTE_US
START_US = 1_763_700_000_000_000 // DAY_US * DAY_US
END_US = START_US + SEGMENTS * MINUTE_US


def main() -> int:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--json", action="store_true")
    options = arguments.parse_args()
    with tempfile.TemporaryDirectory(prefix="nazar-bench-") as directory:
        volume = Volume.create(Path(directory) / "volume", ManualClock(START_US))
        result = run(volume)
        volume.close()
    if options.json:
        sys.stdout.write(json.dumps(result, indent=1) + "\n")
    else:
        sys.stdout.writelines(f"{name:32} {value}\n" for name, value in result.items())
    return 0 if result["timeline_21_days_ms"] <= 50 else 1


def run(volume: Volume) -> dict[str, float]:
    result: dict[str, float] = {"segments": CAMERAS * SEGMENTS}
    result["build_s"] = round(timed(lambda: build(volume))[0], 1)
    result["index_mb"] = round(volume.index.path.stat().st_size / 1e6)
    archive = Archive([volume])
    keys = [StreamKey(UUID(int=number + 1), "main") for number in range(CAMERAS)]
    rng = random.Random(1)
    span = Span(END_US - 21 * DAY_US, END_US)
    times = [timed(lambda key=key: archive.timeline(key, span, END_US))[0] * 1000 for key in rng.sample(keys, 15)]
    result["timeline_21_days_ms"] = round(sorted(times)[len(times) // 2], 1)
    result["timeline_21_days_worst_ms"] = round(max(times), 1)
    result["stats_ms"] = round(timed(lambda: volume_stats(volume, END_US))[0] * 1000, 1)
    make_files(volume, keys[0])
    result["presence_30k_files_ms"] = round(presence_of(volume, keys[0]) * 1000)
    result["presence_3m_files_s"] = round(result["presence_30k_files_ms"] * CAMERAS / 1000, 1)
    # The oldest camera-days go: 1440 segments of 30,000 kept each; files exist for one camera only.
    seconds, deleted = timed(lambda: delete_expired(volume, {}, END_US + DAY_US, limit=1440))
    result["sweep_1440_segments_ms"] = round(seconds * 1000)
    assert len(deleted.deleted) == 1440
    seconds, deleted = timed(lambda: delete_expired(volume, {}, START_US + DAY_US, limit=1440))
    result["sweep_nothing_to_do_ms"] = round(seconds * 1000, 1)
    assert not deleted.deleted
    return result


def build(volume: Volume) -> None:
    """Rows as the writer leaves them; one run of all triggers would take minutes, so they are put back after it."""
    with volume.index.write() as connection:
        triggers = connection.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'").fetchall()
        for name, _ in triggers:
            connection.execute(f"DROP TRIGGER {name}")
        connection.execute("INSERT INTO init VALUES (1, ?, ?, 'avc1.64001f', 1920, 1080)", (bytes(32), bytes(700)))
        for number in range(CAMERAS):
            stream_id = number + 1
            connection.execute(
                "INSERT INTO stream VALUES (?, ?, 'main', ?, 1, ?, ?, ?)",
                (stream_id, str(UUID(int=stream_id)), SEGMENTS, bytes(32), SEGMENTS, SEGMENTS * 30_000_000),
            )
            connection.executemany("INSERT INTO segment VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)", segments(stream_id))
            connection.executemany(
                "INSERT INTO segment_gops VALUES (?, ?, ?)",
                ((stream_id, sequence, os.urandom(240)) for sequence in range(SEGMENTS)),
            )
        for _, sql in triggers:
            connection.execute(sql)


def segments(stream_id: int):
    """A month with a hole about once a day."""
    for sequence in range(SEGMENTS):
        start_us = START_US + sequence * MINUTE_US
        end_us = start_us + (MINUTE_US if sequence % 1300 != 1299 else MINUTE_US // 2)
        run = sequence // 1300
        yield (
            stream_id, start_us, end_us, sequence, run, 1, 30_000_000, 5_400_000, 1500, 0, 0, 0, -120_000, 0,
            os.urandom(32), os.urandom(32),
        )  # fmt: skip


def make_files(volume: Volume, key: StreamKey) -> None:
    for sequence in range(SEGMENTS):
        start_us = START_US + sequence * MINUTE_US
        directory = volume.path / day_directory(key, start_us)
        if not sequence % 1440 or not directory.exists():
            directory.mkdir(parents=True, exist_ok=True)
        (directory / file_name(start_us, sequence)).touch()


def presence_of(volume: Volume, key: StreamKey) -> float:
    seconds, problems = timed(lambda: list(check_stream(volume, key, Level.PRESENCE, lambda _count: None)))
    assert not problems
    return seconds


def timed(work):
    start = time.perf_counter()
    value = work()
    return time.perf_counter() - start, value


if __name__ == "__main__":
    sys.exit(main())
