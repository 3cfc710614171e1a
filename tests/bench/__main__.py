"""The benchmark suite: `make bench` prints a table and writes results.json and RESULTS.md.

Figures are ratios within one run, because machines differ and this one may be busy. Before it measures it touches
memory once, so that no contender pays for pages a virtual machine never had.
"""

import argparse
import json
import mmap
import platform
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from rich.console import Console
from rich.table import Table

from tests.bench import index_bench, ingest_bench, many_bench

HERE = Path(__file__).parent
TOUCHED_BYTES = 4 << 30


@dataclass(frozen=True, slots=True)
class Figure:
    """One number: what it is, what it must not exceed (None: nothing promised, given for scale), what was measured."""

    name: str
    unit: str
    most: float | None
    measured: float

    @property
    def limit(self) -> str:
        """The promise in words."""
        return "–" if self.most is None else f"{self.most:g} {self.unit}".strip()

    @property
    def verdict(self) -> str:
        """Whether the promise is kept."""
        if self.most is None:
            return "for scale"
        return "kept" if self.measured <= self.most else "MISSED"


def main() -> None:
    """Measure, print, write."""
    arguments = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
    arguments.add_argument("--only", choices=("ingest", "many", "index"), action="append")
    chosen = arguments.parse_args().only or ["ingest", "many", "index"]
    touch_memory()
    parts: dict[str, tuple[Callable[[], dict[str, object]], Callable[[dict[str, object]], list[Figure]]]] = {
        "ingest": (ingest_bench.run, ingest_figures),
        "many": (many_bench.run, many_figures),
        "index": (index_bench.measure, index_figures),
    }
    raw: dict[str, object] = {}
    figures: list[Figure] = []
    for name in chosen:
        measure, judge = parts[name]
        result = measure()
        raw |= result
        figures += judge(result)
    show(figures, raw)
    if len(chosen) == len(parts):
        write(figures, raw)


def touch_memory() -> None:
    """Make the host back our memory, so that the first to write a page cache page does not pay for all."""
    with mmap.mmap(-1, TOUCHED_BYTES) as memory:
        for at in range(0, TOUCHED_BYTES, mmap.PAGESIZE):
            memory[at] = 1


def ingest_figures(result: dict[str, object]) -> list[Figure]:
    """CPU and memory beside ffmpeg and a raw copy; the best of each contender's runs counts."""
    runs: list[dict[str, float]] = result["ingest"]  # type: ignore[assignment]
    best = {run["name"]: min(r["cpu_ms_per_mb"] for r in runs if r["name"] == run["name"]) for run in runs}
    memory_mb = max(run["rss_bytes"] for run in runs if run["name"] == "Nazar") / 1e6  # type: ignore[comparison-overlap]
    cameras, floor = ingest_bench.CAMERAS, best["raw copy with SHA-256"]  # type: ignore[index]
    return [
        Figure(f"CPU per MB, {cameras} cameras, Nazar / ffmpeg", "×", 0.2, best["Nazar"] / best["ffmpeg"]),  # type: ignore[index]
        Figure(f"CPU per MB, {cameras} cameras, Nazar / raw copy", "×", 2.0, best["Nazar"] / best["raw copy"]),  # type: ignore[index]
        Figure("the same of a raw copy that also hashes / raw copy", "×", None, floor / best["raw copy"]),  # type: ignore[index]
        Figure(f"memory, {cameras} cameras", "MB", 80 + cameras, memory_mb),
    ]


def many_figures(result: dict[str, object]) -> list[Figure]:
    """Sixty cameras in one process."""
    many: dict[str, float] = result["many"]  # type: ignore[assignment]
    return [
        Figure("access units lost, 60 cameras, by hash", "", 0, many["lost_access_units"]),
        Figure("one core used, 60 cameras", "%", 20, many["core_percent"]),
        Figure("memory, 60 cameras", "MB", 80 + 60, many["rss_bytes"] / 1e6),
    ]


def index_figures(result: dict[str, object]) -> list[Figure]:
    """The index with three million segments."""
    index: dict[str, float] = result["index"]  # type: ignore[assignment]
    return [
        Figure("timeline of 21 days, 30,000 segments", "ms", 50, index["timeline_ms"]),
        Figure("sweep of the same day's footage, full / near-empty index", "×", 2.0, index["sweep_growth"]),
        Figure("segment files opened by the presence check", "", 0, index["presence_files_opened"]),
    ]


def show(figures: list[Figure], raw: dict[str, object]) -> None:
    """The table a person reads."""
    table = Table("promise", "at most", "measured", "verdict", title="Nazar benchmark")
    for figure in figures:
        table.add_row(figure.name, figure.limit, f"{figure.measured:.3g} {figure.unit}".strip(), figure.verdict)
    Console(width=110).print(table)
    Console(width=110).print_json(json.dumps(raw))


def write(figures: list[Figure], raw: dict[str, object]) -> None:
    """results.json for machines, RESULTS.md for people."""
    (HERE / "results.json").write_text(json.dumps(raw, indent=1) + "\n")
    rows = [
        f"| {figure.name} | {figure.limit} | {figure.measured:.3g} {figure.unit} | {figure.verdict} |"
        for figure in figures
    ]
    cores = platform.machine()
    lines = [
        "# Benchmark results",
        "",
        (
            f"`make bench`, {time.strftime('%Y-%m-%d', time.gmtime())}, {cores}, Linux {platform.release()}, "
            f"Python {platform.python_version()}."
        ),
        "Peers in the same run: the ffmpeg program copying to segments, one process a camera; a raw copy of the same",
        "sockets to files. CPU is user + system of the recording processes; all contenders write to the same disk.",
        "",
        "| promise | at most | measured | verdict |",
        "|---|---|---|---|",
        *rows,
        "",
        "Raw figures: [results.json](results.json).",
        "",
    ]
    (HERE / "RESULTS.md").write_text("\n".join(lines))


if __name__ == "__main__":
    main()
