"""Starting programs and reading what they cost."""

import os
import resource
import signal
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

TICKS = os.sysconf("SC_CLK_TCK")
PAGE = resource.getpagesize()


@dataclass(frozen=True, slots=True)
class Cost:
    """CPU seconds (children not included) and resident memory of a set of processes."""

    cpu_s: float
    rss_bytes: int


def cost(pids: Sequence[int]) -> Cost:
    """What the living processes `pids` have used so far."""
    cpu_s, rss_bytes = 0.0, 0
    for pid in pids:
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
        cpu_s += (int(fields[11]) + int(fields[12])) / TICKS
        rss_bytes += int(Path(f"/proc/{pid}/statm").read_text().split()[1]) * PAGE
    return Cost(cpu_s, rss_bytes)


def start(*arguments: str | Path, **options: object) -> subprocess.Popen[str]:
    """A program in its own process group, output captured as text."""
    return subprocess.Popen([str(argument) for argument in arguments], text=True, start_new_session=True, **options)  # type: ignore[call-overload,no-any-return]


def stop(processes: Sequence["subprocess.Popen[str]"], signal_number: int = signal.SIGTERM) -> None:
    """End processes and wait for them; the stubborn ones are killed after ten seconds."""
    for process in processes:
        if process.poll() is None:
            process.send_signal(signal_number)
    deadline = time.monotonic() + 10
    for process in processes:
        try:
            process.wait(max(0.1, deadline - time.monotonic()))
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()


def vms(*arguments: str | Path, **options: object) -> subprocess.Popen[str]:
    """`vms …` with this interpreter."""
    return start(sys.executable, "-m", "vms", *arguments, **options)


def folder_bytes(folder: Path, suffix: str) -> int:
    """Bytes of all files below `folder` that end with `suffix`."""
    return sum(path.stat().st_size for path in folder.rglob(f"*{suffix}"))
