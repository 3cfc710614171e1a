"""A derived copy against the ffmpeg program that decodes, fills the same box, encodes with the same settings."""

import json
import subprocess
import tempfile
from pathlib import Path

from recorder.simcam.clip import Clip
from tests.bench.export_bench import build, cpu_s, record
from tests.bench.figure import Figure
from tests.bench.footage import MINUTE_US
from tests.bench.load import load_clip
from vms.archive.segment_name import segment_path
from vms.kernel.clock import US_PER_DAY, SystemClock
from vms.media.copy_rate import PEAK, rate_for
from vms.media.init_segment import TIMESCALE

MINUTES = 1  # of 1080p25 at 4 Mbit/s
SECONDS = MINUTES * 60


def run() -> dict[str, object]:
    """Measure a package with the copy less the same package without; verified, which is not counted."""
    end_us = SystemClock().now_us() // MINUTE_US * MINUTE_US - US_PER_DAY
    with tempfile.TemporaryDirectory(prefix="nazar-bench-derived-") as name:
        plain, masked = Path(name) / "plain", Path(name) / "masked"
        clip = Clip.load(load_clip())
        for folder in (plain, masked):
            folder.mkdir()
            (footage,) = record(folder, clip, 1, end_us)
        without = build(plain, end_us, MINUTES)
        with_copy = build(masked, end_us, MINUTES, "--masked", "--verify")
        number = (footage.end_us - footage.start_us) // MINUTE_US - MINUTES
        segment = masked / "volume-00" / segment_path(footage.key, footage.end_us - MINUTES * MINUTE_US, number)
        peer_cpu_s = _peer(segment, Path(name))
    ours = {name: float(str(with_copy[name])) - float(str(without[name])) for name in ("cpu_s", "size_bytes")}
    return {"derived": {"seconds": SECONDS, "ours": ours, "ffmpeg": peer_cpu_s}}


def _peer(segment: Path, folder: Path) -> dict[str, float]:
    """The same with the program; its film, without what only the archive needs, is made before."""
    film, copy = folder / "film.mp4", folder / "copy.mp4"
    subprocess.run(["ffmpeg", "-v", "error", "-i", segment, "-c", "copy", "-an", film], check=True)
    rate = rate_for(film.stat().st_size, SECONDS * TIMESCALE)
    peak = str(round(rate * PEAK))
    took_s = cpu_s(
        "ffmpeg", "-v", "error", "-threads", "1", "-i", film, "-an",
        "-vf", "drawbox=x=iw/2:y=0:w=iw/2:h=ih/2:color=black:t=fill",
        "-c:v", "libx264", "-preset", "superfast", "-bf", "0", "-b:v", str(rate), "-maxrate", peak, "-bufsize", peak,
        "-x264-params", "scenecut=0:keyint=100:force-cfr=0:rc-lookahead=0:threads=2", copy,
    )  # fmt: skip
    return {"cpu_s": took_s, "size_bytes": float(copy.stat().st_size)}


def figures(result: dict[str, object]) -> list[Figure]:
    """What a copy costs."""
    found: dict[str, dict[str, float]] = result["derived"]  # type: ignore[assignment]
    ours, peer = found["ours"], found["ffmpeg"]
    return [
        Figure(
            "derived copy of 60 s of 1080p25, CPU against ffmpeg decoding, drawing, encoding it", "x", 1.2,
            ours["cpu_s"] / peer["cpu_s"],
        ),
        Figure("CPU a second of 1080p25 that is copied", "s", None, ours["cpu_s"] / SECONDS),
    ]  # fmt: skip


if __name__ == "__main__":
    print(json.dumps(run(), indent=2))
