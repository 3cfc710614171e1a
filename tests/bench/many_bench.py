"""Sixty cameras in one recorder: nothing lost, compared with the clip picture by picture."""

import shutil
import tempfile
import time
from collections import defaultdict
from pathlib import Path

from tests.bench import processes, sample_hashes
from tests.bench.figure import Figure
from tests.bench.load import SimulatedLoad, load_clip

CAMERAS = 60
SECONDS = 120.0
WARM_UP_S = 10.0


def run(cameras: int = CAMERAS, seconds: float = SECONDS) -> dict[str, object]:
    """Record, then read everything back."""
    work = Path(tempfile.mkdtemp(prefix="nazar-bench-"))
    try:
        with SimulatedLoad(cameras) as load:
            figures = _record(load.urls, work / "data", seconds)
        lost, pictures, streams = compare(work / "data", load_clip())
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


def compare(data: Path, clip: Path) -> tuple[int, int, int]:
    """(access units lost, pictures found, streams) of all main streams below `data`; their files are closed."""
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


def figures(result: dict[str, object]) -> list[Figure]:
    """Sixty cameras in one process."""
    many: dict[str, float] = result["many"]  # type: ignore[assignment]
    return [
        Figure("access units lost, 60 cameras, by hash", "", 0, many["lost_access_units"]),
        Figure("one core used, 60 cameras", "%", 20, many["core_percent"]),
        Figure("memory, 60 cameras", "MB", 80 + 60, many["rss_bytes"] / 1e6),
    ]
