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

from tests.bench import (
    console_bench,
    derived_bench,
    export_bench,
    index_bench,
    ingest_bench,
    live_bench,
    lock_bench,
    many_bench,
    playback_bench,
    viewers_bench,
)
from tests.bench.figure import Figure

HERE = Path(__file__).parent
TOUCHED_BYTES = 4 << 30


@dataclass(frozen=True, slots=True)
class Part:
    """What can be measured alone."""

    measure: Callable[[], dict[str, object]]
    judge: Callable[[dict[str, object]], list[Figure]]


PARTS = {
    "ingest": Part(ingest_bench.run, ingest_bench.figures),
    "many": Part(many_bench.run, many_bench.figures),
    "index": Part(index_bench.measure, index_bench.figures),
    "live": Part(live_bench.run, live_bench.figures),
    "playback": Part(playback_bench.run, playback_bench.figures),
    "console": Part(console_bench.run, console_bench.figures),
    "viewers": Part(viewers_bench.run, viewers_bench.figures),
    "locks": Part(lock_bench.run, lock_bench.figures),
    "export": Part(export_bench.run, export_bench.figures),
    "derived": Part(derived_bench.run, derived_bench.figures),
}


def main() -> None:
    """Measure, print, write."""
    arguments = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
    arguments.add_argument("--only", choices=PARTS, action="append")
    chosen = arguments.parse_args().only or list(PARTS)
    touch_memory()
    raw: dict[str, object] = {}
    figures: list[Figure] = []
    for name in chosen:
        result = PARTS[name].measure()
        raw |= result
        figures += PARTS[name].judge(result)
    show(figures, raw)
    if len(chosen) == len(PARTS):
        write(figures, raw)


def touch_memory() -> None:
    """Make the host back our memory, so that the first to write a page cache page does not pay for all."""
    with mmap.mmap(-1, TOUCHED_BYTES) as memory:
        for at in range(0, TOUCHED_BYTES, mmap.PAGESIZE):
            memory[at] = 1


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
