"""Registering a request for every camera's last 20 days where three million segments are kept."""

import tempfile
import time
from pathlib import Path

from tests.bench.figure import Figure
from tests.bench.footage_case import new_database, registered_cameras, registered_request
from tests.bench.index_bench import CAMERAS, DAY_US, MINUTE_US, SEGMENTS, START_US, build
from vms.archive.archive import Archive
from vms.archive.volume import Volume
from vms.audit.entry import Actor
from vms.footage.locks.keeping import tell
from vms.kernel.clock import ManualClock
from vms.kernel.secrets import SecretBox
from vms.kernel.span import Span

DAYS = 20
END_US = START_US + SEGMENTS * MINUTE_US
CLERK = Actor(None, "clerk of the benchmark")


def run() -> dict[str, object]:
    """Seconds from the letter's row until the volume has confirmed the last lock."""
    clock = ManualClock(END_US)
    with tempfile.TemporaryDirectory(prefix="nazar-bench-locks-") as name:
        folder = Path(name)
        volume = Volume.create(folder / "volume", clock)
        try:
            build(volume, SEGMENTS)
            archive, database = Archive([volume]), new_database(folder)
            box = SecretBox.at(folder / "keys" / "secret.key")
            with database.writing() as session:
                cameras = registered_cameras(session, archive, box, clock, START_US)
            start_s, start_cpu_s = time.perf_counter(), time.process_time()
            with database.writing() as session:
                span = Span(END_US - DAYS * DAY_US, END_US)
                request = registered_request(session, clock, cameras, span, by=CLERK)
            told = tell(database, archive, clock, request.id)
            took_s, cpu_s = time.perf_counter() - start_s, time.process_time() - start_cpu_s
            kept = len(archive.lock_ids()[volume.uuid])
        finally:
            volume.close()
    if told.pending or kept != CAMERAS:
        raise RuntimeError(f"{kept} of {CAMERAS} locks are in the volume")
    return {"locks": {"cameras": CAMERAS, "days": DAYS, "took_s": took_s, "cpu_s": cpu_s}}


def figures(result: dict[str, object]) -> list[Figure]:
    """What a clerk waits for."""
    locks: dict[str, float] = result["locks"]  # type: ignore[assignment]
    return [Figure("request for 100 cameras × 20 days registered, all its locks placed", "s", 2, locks["took_s"])]
