"""Building a package against programs that do parts of it: ffmpeg joining files, sha256sum, 7-Zip encrypting."""

import json
import os
import resource
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from uuid import UUID

from recorder.simcam.clip import Clip
from tests.bench import processes
from tests.bench.figure import Figure
from tests.bench.footage import MINUTE_US, Footage
from tests.bench.load import CLIP_SECONDS, load_clip
from vms.archive.model import StreamKey
from vms.archive.segment_name import segment_path
from vms.archive.volume import Volume
from vms.kernel.clock import US_PER_DAY, SystemClock

MINUTES = int(os.environ.get("NAZAR_BENCH_EXPORT_MINUTES", "60"))
CAMERAS, DAY_MINUTES = 10, 1440
PASSWORD = "a passphrase of the benchmark"


def run() -> dict[str, object]:
    """Measure: one camera at 4 Mbit/s for an hour, ten small ones for a day."""
    end_us = SystemClock().now_us() // MINUTE_US * MINUTE_US - US_PER_DAY
    with tempfile.TemporaryDirectory(prefix="nazar-bench-export-") as name:
        folder = Path(name)
        (footage,) = record(folder, Clip.load(load_clip()), 1, end_us)
        ours = build(folder, end_us, MINUTES, "--verify")
        theirs = _peers(folder, footage)
    with tempfile.TemporaryDirectory(prefix="nazar-bench-export-") as name:
        folder = Path(name)
        record(folder, _small_clip(folder), CAMERAS, end_us)
        day = build(folder, end_us, DAY_MINUTES)
    return {"export": {"minutes": MINUTES, "ours": ours, "peers_cpu_s": theirs, "ten_cameras_a_day": day}}


def record(folder: Path, clip: Clip, cameras: int, end_us: int) -> list[Footage]:
    """A day of each camera, on a volume of its own."""
    made = []
    for number in range(cameras):
        volume = Volume.create(folder / f"volume-{number:02d}", SystemClock(), 0)
        footage = Footage(StreamKey(UUID(int=number + 1), "main"), end_us, days=1)
        try:
            footage.write(volume, clip)
        finally:
            volume.close()
        made.append(footage)
    return made


def _small_clip(folder: Path) -> Clip:
    path = folder / "small.mp4"
    wanted = ("--size", "320x180", "--fps", "10", "--bitrate", "64", "--seconds", str(CLIP_SECONDS))
    if processes.vms("simcam", "--make-clip", path, *wanted).wait(120):
        raise RuntimeError("the clip could not be encoded")
    return Clip.load(path)


def build(folder: Path, end_us: int, minutes: int, *more: str) -> dict[str, object]:
    """Order and build a package in a process of its own (`export_build`); what it cost."""
    told = subprocess.run(
        [sys.executable, "-m", "tests.bench.export_build", folder, "--end-us", str(end_us), "--minutes", str(minutes),
         *more],
        check=True, stdout=subprocess.PIPE,
    )  # fmt: skip
    values: dict[str, object] = json.loads(told.stdout)
    if values.get("problems"):
        raise RuntimeError(f"the package does not verify: {values['problems']}")
    return values


def _peers(folder: Path, footage: Footage) -> dict[str, float]:
    """CPU seconds of each program on the same minutes."""
    film, packed, listed = folder / "film.mp4", folder / "film.zip", folder / "list.txt"
    first = (footage.end_us - footage.start_us) // MINUTE_US - MINUTES
    numbers = range(first, first + MINUTES)
    paths = (segment_path(footage.key, footage.start_us + number * MINUTE_US, number) for number in numbers)
    listed.write_text("".join(f"file '{folder / 'volume-00' / path}'\n" for path in paths))
    seven = shutil.which("7z") or shutil.which("7zz")
    if seven is None:
        raise RuntimeError("7-Zip is not installed: see deploy/system-packages.sh")
    return {
        "ffmpeg": cpu_s("ffmpeg", "-v", "error", "-f", "concat", "-safe", "0", "-i", listed, "-c", "copy", "-an", film),
        "sha256sum": cpu_s("sha256sum", film),
        "7zip": cpu_s(seven, "a", "-tzip", "-mem=AES256", "-mx0", f"-p{PASSWORD}", packed, film),
    }


def cpu_s(*command: str | Path) -> float:
    """CPU seconds that a program took."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run([str(part) for part in command], check=True, stdout=subprocess.DEVNULL)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def figures(result: dict[str, object]) -> list[Figure]:
    """What was promised of an export."""
    found: dict[str, dict[str, float]] = result["export"]  # type: ignore[assignment]
    ours, peers, day = found["ours"], found["peers_cpu_s"], found["ten_cameras_a_day"]
    return [
        Figure(
            f"{found['minutes']} min of 4 Mbit/s exported, CPU against ffmpeg + sha256sum + 7-Zip", "x", 1.5,
            ours["cpu_s"] / sum(peers.values()),
        ),
        Figure("CPU a megabyte of the package", "ms", None, ours["cpu_s"] * 1e9 / ours["size_bytes"]),
        Figure(f"memory that {CAMERAS} cameras x 24 h take", "MB", 200, day["grown_bytes"] / 1e6),
    ]  # fmt: skip


if __name__ == "__main__":
    print(json.dumps(run(), indent=2))
