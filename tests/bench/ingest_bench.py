"""What recording costs, beside the ffmpeg program and beside a raw copy of the same sockets."""

import json
import shutil
import tempfile
import time
from dataclasses import asdict, dataclass
from pathlib import Path

from tests.bench import processes
from tests.bench.figure import Figure
from tests.bench.load import SimulatedLoad

CAMERAS = 20
SECONDS = 20.0
WARM_UP_S = 6.0


@dataclass(frozen=True, slots=True)
class Measured:
    """One way of recording."""

    name: str
    recorded_bytes: int
    cpu_s: float
    rss_bytes: int

    @property
    def cpu_ms_per_mb(self) -> float:
        """CPU milliseconds for each megabyte on disk."""
        return self.cpu_s * 1e9 / self.recorded_bytes


def nazar(urls: list[str], folder: Path, seconds: float = SECONDS) -> Measured:
    """`vms record`, one process for all; start-up is measured apart and taken off."""
    process = processes.vms("record", *urls, "--for", f"{seconds + WARM_UP_S}s", "--data", folder, "--json", stdout=-1)
    return _between(process, [process.pid], folder, ".mp4", "Nazar", seconds)


def ffmpeg(urls: list[str], folder: Path, seconds: float = SECONDS) -> Measured:
    """One ffmpeg process for each camera copying to 10 s segments, as Frigate does."""
    folder.mkdir(parents=True)
    programs = [
        processes.start(
            "ffmpeg", "-v", "error", "-nostdin", "-rtsp_transport", "tcp", "-i", url, "-c", "copy", "-f", "segment",
            "-segment_time", "10", "-segment_format", "mp4", "-reset_timestamps", "1", folder / f"{number}-%05d.mp4",
        )
        for number, url in enumerate(urls)
    ]  # fmt: skip
    try:
        return _between(None, [program.pid for program in programs], folder, ".mp4", "ffmpeg", seconds)
    finally:
        processes.stop(programs)


def raw_copy(urls: list[str], folder: Path, seconds: float = SECONDS, *, hashing: bool = False) -> Measured:
    """The sockets copied to files without looking: the limit."""
    folder.mkdir(parents=True)
    script = [processes.sys.executable, Path(__file__).with_name("raw_copy.py"), *(["--hash"] if hashing else [])]
    process = processes.start(*script, str(seconds + WARM_UP_S), folder, *urls, stdout=-1)
    name = "raw copy with SHA-256" if hashing else "raw copy"
    return _between(process, [process.pid], folder, ".raw", name, seconds)


def hashing_copy(urls: list[str], folder: Path) -> Measured:
    """The same with SHA-256 of every byte: what a recorder that proves its footage cannot go below."""
    return raw_copy(urls, folder, hashing=True)


def _between(
    process: "processes.subprocess.Popen[str] | None", pids: list[int], folder: Path, suffix: str, name: str,
    seconds: float,
) -> Measured:  # fmt: skip
    """Cost and bytes between warm-up and end, so that nobody pays for starting."""
    time.sleep(WARM_UP_S)
    before, bytes_before = processes.cost(pids), processes.folder_bytes(folder, suffix)
    time.sleep(seconds - 1)
    after, bytes_after = processes.cost(pids), processes.folder_bytes(folder, suffix)
    if process is not None:
        process.communicate(timeout=60)
    return Measured(name, bytes_after - bytes_before, after.cpu_s - before.cpu_s, after.rss_bytes)


def run() -> dict[str, object]:
    """Measure all against the same load, one after the other."""
    work = Path(tempfile.mkdtemp(prefix="nazar-bench-"))
    try:
        with SimulatedLoad(CAMERAS) as load:
            order = (raw_copy, hashing_copy, nazar, ffmpeg, nazar, hashing_copy, raw_copy)
            results = [way(load.urls, work / f"{number}") for number, way in enumerate(order)]
    finally:
        shutil.rmtree(work, ignore_errors=True)
    return {"ingest": [asdict(result) | {"cpu_ms_per_mb": result.cpu_ms_per_mb} for result in results]}


def figures(result: dict[str, object]) -> list[Figure]:
    """CPU and memory beside ffmpeg and a raw copy; the best of each contender's runs counts."""
    runs: list[dict[str, float]] = result["ingest"]  # type: ignore[assignment]
    best = {run["name"]: min(r["cpu_ms_per_mb"] for r in runs if r["name"] == run["name"]) for run in runs}
    memory_mb = max(run["rss_bytes"] for run in runs if run["name"] == "Nazar") / 1e6  # type: ignore[comparison-overlap]
    cameras, floor = CAMERAS, best["raw copy with SHA-256"]  # type: ignore[index]
    return [
        Figure(f"CPU per MB, {cameras} cameras, Nazar / ffmpeg", "×", 0.2, best["Nazar"] / best["ffmpeg"]),  # type: ignore[index]
        Figure(f"CPU per MB, {cameras} cameras, Nazar / raw copy", "×", 2.0, best["Nazar"] / best["raw copy"]),  # type: ignore[index]
        Figure("the same of a raw copy that also hashes / raw copy", "×", None, floor / best["raw copy"]),  # type: ignore[index]
        Figure(f"memory, {cameras} cameras", "MB", 80 + cameras, memory_mb),
    ]


if __name__ == "__main__":
    print(json.dumps(run(), indent=2))
