"""The wall clock of a node's machine, put forward from outside the product.

Every process of a node reads the time at one place, `vms/kernel/clock.py`, which asks Python. A Python that is started
with this folder on its path answers with another time, alike in every process of the node: that is a machine whose
clock was set, running on at the speed of real time. Nothing of the product knows of it, nothing of it is installed.
"""

import os
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from unittest import mock

_AHEAD = "MACHINE_AHEAD_NS"
_WHEN_PYTHON_STARTS = f"""import os, time
def ahead(real, by):
    return lambda: real() + by
by_ns = int(os.environ["{_AHEAD}"])
time.time_ns = ahead(time.time_ns, by_ns)
time.time = ahead(time.time, by_ns / 1e9)
"""


class MachineClock:
    """Real time at first."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._ahead_us = 0
        (folder / "sitecustomize.py").write_text(_WHEN_PYTHON_STARTS)

    def now_us(self) -> int:
        """What this machine's processes take for now."""
        return time.time_ns() // 1000 + self._ahead_us

    def set(self, now_us: int) -> None:
        """Set the clock, for processes that are started from now on."""
        self._ahead_us = now_us - time.time_ns() // 1000

    def environment(self) -> Mapping[str, str]:
        """For a process that starts on this machine."""
        paths = [str(self._folder), *filter(None, [os.environ.get("PYTHONPATH")])]
        return {"PYTHONPATH": os.pathsep.join(paths), _AHEAD: str(self._ahead_us * 1000)}

    @contextmanager
    def shown_here(self) -> Iterator[None]:
        """A block in which commands that run within this process see the machine's time."""
        real, ahead_ns = time.time_ns, self._ahead_us * 1000
        with mock.patch("time.time_ns", side_effect=lambda: real() + ahead_ns):
            yield
