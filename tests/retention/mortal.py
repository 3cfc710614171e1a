"""A process that dies at any call it makes to the disk: a fork that does acts, one after the other."""

import ctypes
import gc
import os
import signal
import sqlite3
import traceback
from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum, auto
from errno import EIO
from multiprocessing import Pipe
from typing import Any, NamedTuple

from vms.kernel.clock import US_PER_SECOND
from vms.kernel.errors import VmsError

CALLS = ("unlink", "rename", "rmdir", "mkdir", "writev", "ftruncate", "fsync", "fdatasync")
DEADLINE_S = 60
_KILLED = 9
_PR_SET_PDEATHSIG = 1  # prctl(2)


class How(Enum):
    """What happens at the call."""

    DIES_BEFORE = auto()
    DIES_AFTER = auto()
    DIES_WITHIN = auto()  # half of the bytes are written; a call without bytes: after it
    REFUSED = auto()  # the disk says EIO, once; the process goes on


@dataclass(frozen=True)
class Fault:
    """`call`: at which of the calls an act makes, from 0. An act that makes fewer comes to its end."""

    how: How
    call: int


class Told(NamedTuple):
    """What the clocks of the machine show."""

    now_us: int
    boottime_us: int
    boot: str


class ToldClock:
    """Shows what it was told with the act; a `Clock`."""

    def __init__(self) -> None:
        self.told = Told(0, 0, "")

    def now_us(self) -> int:
        return self.told.now_us

    def boottime_us(self) -> int:
        return self.told.boottime_us

    def boot_id(self) -> str:
        return self.told.boot

    def passes(self, seconds: int) -> None:
        us = seconds * US_PER_SECOND
        self.told = Told(self.told.now_us + us, self.told.boottime_us + us, self.told.boot)


class Refused(NamedTuple):
    """The act ended with an error of ours or of the disk."""

    why: str


class Died(NamedTuple):
    """The process is gone."""


Say = Callable[..., None]
MakeActs = Callable[[ToldClock, Say], Any]


class Mortal:
    """One life of a process; `ask` it until it dies."""

    def __init__(self, make: MakeActs) -> None:
        self._pipe, its_end = Pipe()
        self._pid = os.fork()
        if self._pid == 0:
            try:
                gc.disable()  # a collection would copy every page of its parent
                ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)  # nobody is left behind
                _serve(its_end, make)
            finally:
                os._exit(1)
        its_end.close()

    def ask(self, act: str, *given: Any, told: Told, fault: Fault | None = None) -> tuple[Any, list[Any]]:
        """What came of the act, and what it said before its end. Fails when the process falls over by itself."""
        said = []
        self._pipe.send((act, given, told, fault))
        try:
            while self._pipe.poll(DEADLINE_S):
                kind, what = self._pipe.recv()
                if kind == "done":
                    return what, said
                assert kind == "said", f"it fell over in `{act}`:\n{what}"
                said.append(what)
        except EOFError:
            assert self.end() == _KILLED, f"it ended by itself in `{act}`"
            return Died(), said
        raise AssertionError(f"`{act}` hangs")

    def kill(self) -> None:
        """As by `kill -9`, or by a power cut that spares the disk's cache."""
        os.kill(self._pid, signal.SIGKILL)
        self.end()

    def end(self) -> int:
        self._pipe.close()
        _, status = os.waitpid(self._pid, 0)
        return os.waitstatus_to_exitcode(status)


def _serve(pipe: Any, make: MakeActs) -> None:
    disk, clock, acts = _Disk(), ToldClock(), None
    disk.install()
    while True:
        act, given, clock.told, disk.fault = pipe.recv()
        disk.calls = 0
        try:
            acts = acts or make(clock, lambda *what: pipe.send(("said", what)))
            outcome = getattr(acts, act)(*given)
        except (VmsError, OSError) as err:
            outcome = Refused(str(err))
        except BaseException:  # noqa: BLE001 - the one who asked tells it
            pipe.send(("fell", traceback.format_exc()))
            return
        disk.fault = None
        pipe.send(("done", outcome))


class _Disk:
    """Stands between this process and what it changes on the disk."""

    def __init__(self) -> None:
        self.fault: Fault | None = None
        self.calls = 0

    def install(self) -> None:
        for name in CALLS:
            setattr(os, name, self._between(name, getattr(os, name)))
        disk, connect = self, sqlite3.connect

        class Connection(sqlite3.Connection):
            def execute(self, sql, *given):
                run = super().execute
                return disk.reach("commit", lambda: run(sql, *given)) if sql == "COMMIT" else run(sql, *given)

            def commit(self):
                run = super().commit
                return disk.reach("commit", run) if self.in_transaction else run()

        sqlite3.connect = lambda *given, **more: connect(*given, factory=Connection, **more)  # type: ignore[assignment]

    def _between(self, name: str, call: Callable[..., Any]) -> Callable[..., Any]:
        return lambda *given, **more: self.reach(name, lambda: call(*given, **more), given)

    def reach(self, name: str, call: Callable[[], Any], given: tuple[Any, ...] = ()) -> Any:
        at, self.calls = self.calls, self.calls + 1
        if self.fault is None or self.fault.call != at:
            return call()
        how = self.fault.how
        if how is How.REFUSED:
            raise sqlite3.OperationalError("disk I/O error") if name == "commit" else OSError(EIO, os.strerror(EIO))
        if how is How.DIES_WITHIN and name == "writev":
            whole = b"".join(given[1])
            os.write(given[0], whole[: len(whole) // 2])
        elif how is not How.DIES_BEFORE:
            call()
        os._exit(_KILLED)
