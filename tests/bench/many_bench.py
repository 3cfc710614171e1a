"""Sixty cameras in one recorder: nothing lost, compared with the clip picture by picture."""

import shutil
import tempfile
import time
from collections import defaultdict
from pathlib import Path

from tests.bench import processes, sample_hashes
from tests.bench.load import SimulatedLoad, make_clip

CAMERAS = 60
SECONDS = 120.0
WARM_UP_S = 10.0


def run(cameras: int = CAMERAS, seconds: float = SECONDS) -> dict[str, object]:
    """Record, then read everything back."""
    work = Path(tempfile.mkdtemp(prefix="nazar-bench-"))
    try:
        with SimulatedLoad(cameras, work) as load:
            figures = _record(load.urls, work / "data", seconds)
        lost, pictures, streams = _compare(work / "data", make_clip(work))
    finally:
        shutil.rmtree(work, ignore_errors=True)
    return {"many": figures | {"cameras": streams, "pictures": pictures, "lost_access_units": lost}}


def _record(urls: list[str], data: Path, seconds: float) -> dict[str, object]:
    process = processes.vms("record", *urls, "--for", f"{seconds + WARM_UP_S}s", "--data", data, "--json", stdout=-1)
    time.sleep(WARM_UP_S)
    before, started = processes.cost([process.pid]), time.monotonic()
    time.sleep(seconds - 2)
    after, elapsed_s = processes.cost([process.pid]), time.monotonic() - started
    out, _ = process.communicate(timeout=60)
    del out
    cpu_s = after.cpu_s - before.cpu_s
    return {"core_percent": 100 * cpu_s / elapsed_s, "rss_bytes": after.rss_bytes}


def _compare(data: Path, clip: Path) -> tuple[int, int, int]:
    files: dict[str, list[Path]] = defaultdict(list)
    for path in sorted(data.rglob("segments/*/main/*/*.mp4")):
        files[path.parents[2].name].append(path)
    wanted = sample_hashes.of_clip(clip)
    lost = pictures = 0
    for paths in files.values():
        found = list(sample_hashes.recorded(paths))
        pictures += len(found)
        lost += sample_hashes.missing(found, wanted)
    return lost, pictures, len(files)
