"""Keeps the node's processes running on one machine."""

import asyncio
import logging
import signal
import sys
from collections.abc import Callable, Sequence
from itertools import groupby
from typing import TextIO

from vms.cli.node.child_process import ChildProcess, ChildSpec
from vms.cli.node.line_relay import LineRelay

log = logging.getLogger(__name__)


class Supervisor:
    """Starts children in the given order, restarts each on its own, stops them rank by rank.

    One child's end never touches another: they share nothing but this process, which does no work of theirs. A second
    stop signal kills what still runs.
    """

    def __init__(self, specs: Sequence[ChildSpec], stream: TextIO | None = None, *, pause_scale: float = 1.0) -> None:
        self._relay = LineRelay(stream or sys.stderr)
        self.children = [ChildProcess(spec, self._relay.put, pause_scale) for spec in specs]
        self._stop_asked = asyncio.Event()

    async def run(self, *, on_started: Callable[[], None] | None = None) -> int:
        """Run until SIGTERM, SIGINT or `ask_stop`. Returns 0 when every child ended well, else 1."""
        loop = asyncio.get_running_loop()
        for number in (signal.SIGTERM, signal.SIGINT):
            loop.add_signal_handler(number, self.ask_stop)
        tasks = [asyncio.create_task(child.run(), name=child.spec.name) for child in self.children]
        try:
            if on_started:
                on_started()
            await self._stop_asked.wait()
            log.info("stopping")
            await self._stop_in_order()
            await asyncio.wait(tasks)
        finally:
            for child in self.children:
                child.kill() if child.pid else None
            for number in (signal.SIGTERM, signal.SIGINT):
                loop.remove_signal_handler(number)
            self._relay.close()
        return 0 if all(_ended_well(child) for child in self.children) else 1

    def ask_stop(self) -> None:
        """Stop; asked again: kill."""
        if self._stop_asked.is_set():
            log.warning("asked twice to stop: killing what still runs")
            for child in self.children:
                child.kill()
        self._stop_asked.set()

    async def _stop_in_order(self) -> None:
        """Viewers first, recording last, so that no second is lost while the others say goodbye."""
        ranked = sorted(self.children, key=lambda child: child.spec.stop_rank)
        for _, group in groupby(ranked, key=lambda child: child.spec.stop_rank):
            await asyncio.gather(*(child.stop() for child in group))


def _ended_well(child: ChildProcess) -> bool:
    """Whether its last process ended by itself with 0, or by our SIGTERM before it listened for it, or never began."""
    return not child.was_killed and (not child.starts or child.last_exit in (0, -signal.SIGTERM))
