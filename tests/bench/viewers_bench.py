"""Fifty live viewers while twenty cameras record: what a viewer costs the web process, whether footage is lost."""

import json
import math
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

from tests.bench import many_bench, processes
from tests.bench.figure import Figure
from tests.bench.load import SimulatedLoad, load_clip
from tests.bench.node import COOKIE, Node

CAMERAS = 20
STEP_S = 12.0
FULL_S = 20.0
SETTLE_S = 2.0
STREAM_MBIT = 4.0
LEAST_SHARE = 0.8


@dataclass(frozen=True, slots=True)
class Step:
    """A while with the same viewers: the web process's share of a core, what each viewer got a second."""

    core_percent: float
    mbit_per_s: list[float]

    def cost_beyond(self, fewer: "Step") -> float:
        """Percent of a core that one viewer more costs; NaN when those that came did not get their pictures."""
        more = len(self.mbit_per_s) - len(fewer.mbit_per_s)
        more_mbit = sum(self.mbit_per_s) - sum(fewer.mbit_per_s)
        if more_mbit < LEAST_SHARE * more * STREAM_MBIT:
            return math.nan  # the machine is too busy to tell
        return STREAM_MBIT * (self.core_percent - fewer.core_percent) / more_mbit


class Watchers:
    """Processes of viewers beside the process they watch."""

    def __init__(self, node: Node, web: int) -> None:
        self._node = node
        self._web = web
        self._cookie = node.signed_in().cookies[COOKIE]
        self._running: list[subprocess.Popen[str]] = []

    def add(self, kind: str, cameras: Sequence[UUID]) -> None:
        """One viewer for each of `cameras`; returns when all have pictures."""
        names = [str(camera) for camera in cameras]
        program = (sys.executable, "-m", "tests.bench.viewers", kind, self._node.address, self._cookie, *names)
        process = processes.start(*program, stdout=subprocess.PIPE)
        self._running.append(process)
        if _line(process) != "ready\n":
            raise RuntimeError(f"{len(names)} viewers by {kind} got no pictures")

    def watch(self, seconds: float) -> Step:
        """Let them watch."""
        time.sleep(SETTLE_S)
        before, got, started = processes.cost([self._web]), self.got(), time.monotonic()
        time.sleep(seconds)
        used_s = processes.cost([self._web]).cpu_s - before.cpu_s
        elapsed_s = time.monotonic() - started
        pairs = zip(got, self.got(), strict=True)
        rates = [(later["bytes"] - first["bytes"]) * 8e-6 / elapsed_s for first, later in pairs]
        return Step(100 * used_s / elapsed_s, rates)

    def got(self) -> list[dict[str, int]]:
        """What each of them received so far. RuntimeError when the server ended one."""
        for process in self._running:
            process.send_signal(signal.SIGUSR1)
        lines = [_line(process) for process in self._running]
        if not all(lines):
            raise RuntimeError("the server ended a viewer")
        return [viewer for line in lines for viewer in json.loads(line)]

    def end(self) -> None:
        """Leave nobody behind."""
        processes.stop(self._running)


def _line(process: "subprocess.Popen[str]") -> str:
    assert process.stdout is not None
    return process.stdout.readline()


def run() -> dict[str, object]:
    """Step by step up to thirty viewers by MSE with twenty by WHEP, each on all cameras between them."""
    work = Path(tempfile.mkdtemp(prefix="nazar-bench-"))
    try:
        with SimulatedLoad(CAMERAS) as load:
            with Node(work / "data", load.urls) as node:
                found = _watch(node)
        lost, pictures, streams = many_bench.compare(work / "data", load_clip())
    finally:
        shutil.rmtree(work, ignore_errors=True)
    if streams != CAMERAS:
        raise RuntimeError(f"only {streams} cameras were recorded")
    return {"viewers": found | {"cameras": streams, "recorded_pictures": pictures, "lost_access_units": lost}}


def _watch(node: Node) -> dict[str, object]:
    recorder, web = node.start_recorder(), node.start_web()
    watchers = Watchers(node, web.pid)
    half = CAMERAS // 2
    by_mse, by_whep = node.cameras[:half], node.cameras[half:]
    steps: list[Step] = []
    try:
        for kind, cameras in (("mse", by_mse), ("mse", by_mse * 2), ("whep", by_whep)):
            watchers.add(kind, cameras)
            steps.append(watchers.watch(STEP_S))
        watchers.add("whep", by_whep)
        before = processes.cost([recorder.pid])
        steps.append(watchers.watch(FULL_S))
        recorder_s = processes.cost([recorder.pid]).cpu_s - before.cpu_s
        got = watchers.got()
    finally:
        watchers.end()
    return {
        "viewers": len(got),
        "web_core_percent": [step.core_percent for step in steps],
        "web_mbit_per_s": [sum(step.mbit_per_s) for step in steps],
        "least_mbit_per_s": min(steps[-1].mbit_per_s),
        "web_rss_bytes": processes.cost([web.pid]).rss_bytes,
        "recorder_core_percent": 100 * recorder_s / (FULL_S + SETTLE_S),
        "mse_viewer_core_percent": steps[1].cost_beyond(steps[0]),
        "whep_viewer_core_percent": steps[3].cost_beyond(steps[2]),
        "lost_packets": sum(one["lost_packets"] for one in got),
        "skips": sum(one["skips"] for one in got),
    }


def figures(result: dict[str, object]) -> list[Figure]:
    """Costs as the slope from few viewers of the same streams to many."""
    found: dict[str, float] = result["viewers"]  # type: ignore[assignment]
    many = f"{found['viewers']:.0f} viewers, {found['cameras']:.0f} cameras"
    each = "one core of the web process, each {} viewer of 4 Mbit/s"
    return [
        Figure(f"access units the recorder lost, {many}, by hash", "", 0, found["lost_access_units"]),
        Figure(each.format("WHEP"), "%", 1.5, found["whep_viewer_core_percent"]),
        Figure(each.format("MSE"), "%", 0.5, found["mse_viewer_core_percent"]),
        Figure(f"one core of the web process, {many}", "%", None, found["web_core_percent"][-1]),  # type: ignore[index]
        Figure(f"Mbit/s of 4 that the worst served viewer got, {many}", "", None, found["least_mbit_per_s"]),
    ]


if __name__ == "__main__":
    print(json.dumps(run(), indent=2))
