"""One child process that is kept running."""

import asyncio
import contextlib
import ctypes
import logging
import os
import random
import signal
from collections.abc import Callable, Coroutine, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

log = logging.getLogger(__name__)

FIRST_PAUSE_S = 1.0
LONGEST_PAUSE_S = 30.0
STEADY_AFTER_S = 60.0  # a child that ran this long starts again with the shortest pause
JITTER = 0.25
_READ_BYTES = 65536
_LONGEST_LINE_BYTES = 65536
_PR_SET_PDEATHSIG = 1

OnLine = Callable[[str, bytes], None]


@dataclass(frozen=True, slots=True)
class ChildSpec:
    """What to run. `stop_rank`: lower ones are stopped first. `grace_s`: time between SIGTERM and SIGKILL.

    `after`: what has to end before its first start, when it needs another child from its first moment on.
    """

    name: str
    argv: Sequence[str]
    stop_rank: int = 0
    grace_s: float = 10.0
    environment: Mapping[str, str] = field(default_factory=dict)
    after: Callable[[], Coroutine[Any, Any, None]] | None = None


def pause_s(failures: int, spread: float) -> float:
    """How long to wait after `failures` ends in a row: 1, 2, 4 … 30 s, moved by ± a quarter (`spread` in -1..1)."""
    return float(min(FIRST_PAUSE_S * 2.0 ** min(failures - 1, 10), LONGEST_PAUSE_S) * (1 + JITTER * spread))


class ChildProcess:
    """Starts a program, relays what it says, and starts it again when it ends, until it is told to stop."""

    def __init__(self, spec: ChildSpec, on_line: OnLine, first_pause_scale: float = 1.0) -> None:
        self.spec = spec
        self._on_line = on_line
        self._scale = first_pause_scale  # tests shorten the pauses
        self._process: asyncio.subprocess.Process | None = None
        self._stopping = asyncio.Event()
        self._is_over = asyncio.Event()
        self.starts = 0
        self.last_exit: int | None = None
        self.was_killed = False

    @property
    def pid(self) -> int | None:
        """Process id while it runs."""
        return self._process.pid if self._process is not None and self._process.returncode is None else None

    async def run(self) -> None:
        """Keep it running until `stop`; returns when the last process is gone."""
        try:
            if self.spec.after is not None:
                await self._wait(self.spec.after)
            await self._run_until_stopped()
        finally:
            self._is_over.set()

    async def stop(self) -> None:
        """Ask it to end, kill it when its grace is over; returns when it is gone (`run` must be under way)."""
        self._stopping.set()
        self.signal(signal.SIGTERM)
        try:
            await asyncio.wait_for(self._is_over.wait(), self.spec.grace_s)
        except TimeoutError:
            log.warning("%s did not end within %.0f s and is killed", self.spec.name, self.spec.grace_s)
            self.kill()
            await self._is_over.wait()

    def kill(self) -> None:
        """End it at once."""
        self.was_killed = True
        self.signal(signal.SIGKILL)

    def signal(self, number: signal.Signals) -> None:
        """Send a signal to the process, not to what it started: it stops those itself, in its order."""
        if self._process is not None:
            with contextlib.suppress(ProcessLookupError):
                self._process.send_signal(number)

    async def _wait(self, after: Callable[[], Coroutine[Any, Any, None]]) -> None:
        """Until `after` has ended or a stop is asked."""
        waiting = [asyncio.create_task(after()), asyncio.create_task(self._stopping.wait())]
        await asyncio.wait(waiting, return_when=asyncio.FIRST_COMPLETED)
        for task in waiting:
            task.cancel()

    async def _run_until_stopped(self) -> None:
        failures = 0
        loop = asyncio.get_running_loop()
        while not self._stopping.is_set():
            started_s = loop.time()
            await self._run_once()
            if self._stopping.is_set():
                return
            failures = 1 if loop.time() - started_s >= STEADY_AFTER_S else failures + 1
            wait_s = pause_s(failures, random.uniform(-1, 1)) * self._scale  # noqa: S311 - spreads load, hides nothing
            log.warning("%s %s; starting it again in %.1f s", self.spec.name, exit_words(self.last_exit), wait_s)
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(self._stopping.wait(), wait_s)

    async def _run_once(self) -> None:
        """One life of the process."""
        self.starts += 1
        try:
            self._process = await asyncio.create_subprocess_exec(
                *self.spec.argv,
                stdin=asyncio.subprocess.DEVNULL,
                stdout=asyncio.subprocess.PIPE,
                stderr=asyncio.subprocess.STDOUT,
                env={**os.environ, "PYTHONUNBUFFERED": "1", **self.spec.environment},
                start_new_session=True,  # Ctrl+C reaches the supervisor alone, which stops children in order
                preexec_fn=_die_with(os.getpid()),
            )
        except OSError as err:
            log.error("%s cannot be started: %s", self.spec.name, err.strerror)  # noqa: TRY400 - no trace needed
            self.last_exit = None
            return
        log.info("%s started, process %d", self.spec.name, self._process.pid)
        relay = asyncio.create_task(self._relay(self._process))
        if self._stopping.is_set():  # told to stop while it was being started
            self.signal(signal.SIGTERM)
        self.last_exit = await self._process.wait()
        # A grandchild may keep the pipe open: what it says after its parent's death is not waited for.
        await asyncio.wait({relay}, timeout=1.0)
        relay.cancel()

    async def _relay(self, process: asyncio.subprocess.Process) -> None:
        assert process.stdout is not None
        rest = b""
        while data := await process.stdout.read(_READ_BYTES):
            *lines, rest = (rest + data).split(b"\n")
            if len(rest) > _LONGEST_LINE_BYTES:
                lines, rest = [*lines, rest], b""
            for line in lines:
                self._on_line(self.spec.name, line)
        if rest:
            self._on_line(self.spec.name, rest)


def exit_words(code: int | None) -> str:
    """How a process ended, in words."""
    if code is None:
        return "could not be started"
    if code < 0:
        return f"was ended by {signal.Signals(-code).name}"
    return f"ended with exit code {code}"


def _die_with(parent: int) -> Callable[[], None]:
    """What the child runs before its program: have the kernel send SIGTERM when the supervisor dies.

    SIGTERM, not SIGKILL: a recorder whose supervisor was killed still closes its files.
    """
    libc = ctypes.CDLL(None, use_errno=True)

    def before_program() -> None:
        libc.prctl(_PR_SET_PDEATHSIG, signal.SIGTERM)
        if os.getppid() != parent:  # it died between fork and prctl: the signal will never come
            os._exit(1)

    return before_program
