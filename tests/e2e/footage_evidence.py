"""What lies on disk after a fault, read without the product's readers: rows, holes, files that play."""

import sqlite3
import subprocess
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path

_DECODED_AT_ONCE = 16


@dataclass
class StreamRows:
    """The index rows of one stream: (start, end) of segments and (start, end or None, cause, detail) of gaps."""

    segments: list[tuple[int, int]] = field(default_factory=list)
    gaps: list[tuple[int, int | None, str, str]] = field(default_factory=list)

    def end_before(self, moment_us: int) -> int:
        """End of the newest footage that began before a moment; 0 without any."""
        return max((end for start, end in self.segments if start < moment_us), default=0)

    def overlaps(self) -> list[tuple[int, int]]:
        """Starts of segments that begin before the one before them ended."""
        pairs = zip(self.segments, self.segments[1:], strict=False)
        return [(before[0], after[0]) for before, after in pairs if after[0] < before[1]]

    def holes(self) -> list[tuple[int, int]]:
        """Times between two segments without footage."""
        pairs = zip(self.segments, self.segments[1:], strict=False)
        return [(before[1], after[0]) for before, after in pairs if after[0] > before[1]]

    def causes_of(self, hole: tuple[int, int]) -> list[str]:
        """Causes of the gap rows that fill a hole, by time; raises AssertionError when a part of it has none.

        A gap that was never closed ends where footage or the next gap begins; volumes may tell one gap twice.
        """
        at_us, causes = hole[0], []
        borders = sorted({start for start, *_ in [*self.segments, *self.gaps]})
        for start_us, end_us, cause, _ in self.gaps:
            if end_us is None:
                end_us = next((border for border in borders if border > start_us), hole[1])  # noqa: PLW2901
            if start_us <= at_us < end_us:
                causes.append(cause)
                at_us = end_us
            if at_us >= hole[1]:
                return causes
        raise AssertionError(f"no cause from {at_us} to {hole[1]}: {self.gaps}")


def read_rows(*indexes: Path) -> dict[str, StreamRows]:
    """Rows of all indexes together, by camera id."""
    found: dict[str, StreamRows] = {}
    for index in indexes:
        connection = sqlite3.connect(f"file:{index}?mode=ro", uri=True)
        for camera, start_us, end_us in connection.execute(
            "SELECT camera_id, start_us, end_us FROM segment JOIN stream ON id = stream_id"
        ):
            found.setdefault(camera, StreamRows()).segments.append((start_us, end_us))
        for camera, *gap in connection.execute(
            "SELECT camera_id, start_us, end_us, cause, detail FROM gap JOIN stream ON id = stream_id"
        ):
            found.setdefault(camera, StreamRows()).gaps.append(tuple(gap))
        connection.close()
    for rows in found.values():
        rows.segments.sort()
        rows.gaps.sort(key=lambda gap: gap[0])
    return found


def files_of(volume: Path) -> list[Path]:
    """All footage files of a volume."""
    return sorted((volume / "segments").rglob("*.mp4"))


def unplayable(files: list[Path]) -> list[str]:
    """What ffprobe and ffmpeg say against any of the files; both must end well without a word."""
    batches = [files[at : at + _DECODED_AT_ONCE] for at in range(0, len(files), _DECODED_AT_ONCE)]
    with ThreadPoolExecutor(2) as pool:
        return [fault for fault in [*pool.map(_probe, files), *pool.map(_decode, batches)] if fault]


def _probe(path: Path) -> str:
    said = _run("ffprobe", "-v", "error", "-count_packets", "-show_streams", path)
    if said.returncode or said.stderr:
        return f"ffprobe on {path.name}: {said.returncode} {said.stderr[-300:]}"
    return "" if "codec_type=video" in said.stdout else f"{path.name} has no video"


def _decode(batch: list[Path]) -> str:
    inputs = [word for path in batch for word in ("-i", path)]
    maps = [word for number in range(len(batch)) for word in ("-map", f"{number}:v")]
    said = _run("ffmpeg", "-v", "error", "-nostdin", "-threads", "1", *inputs, *maps, "-f", "null", "-")
    return (
        f"ffmpeg on {batch[0].name} …: {said.returncode} {said.stderr[-600:]}" if said.returncode or said.stderr else ""
    )


def _run(*words) -> subprocess.CompletedProcess[str]:
    return subprocess.run([str(word) for word in words], capture_output=True, text=True, timeout=120, check=False)
