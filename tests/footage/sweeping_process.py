"""A process that sweeps one volume when it is told to, as `vms jobs` does: for races with what others do meanwhile."""

from collections.abc import Sequence
from multiprocessing import get_context
from multiprocessing.connection import Connection
from pathlib import Path
from time import monotonic_ns
from typing import Self
from uuid import UUID

from retention.sweeper import run_once
from vms.archive.model import Lock
from vms.archive.volume import Volume
from vms.kernel.clock import ManualClock

DEADLINE_S = 60


class SweepingProcess:
    """Started anew, not forked: nobody may take open indexes along. Use as a context."""

    def __init__(self, volume: Volume, camera: UUID) -> None:
        context = get_context("spawn")
        self._pipe, its_end = context.Pipe()
        self._process = context.Process(target=_serve, args=(its_end, volume.path, volume.uuid, camera), daemon=True)
        self._process.start()
        its_end.close()

    def __enter__(self) -> Self:
        assert self._hear() == "ready"
        return self

    def __exit__(self, *_error) -> None:
        self._pipe.send(None)
        self._process.join(DEADLINE_S)

    def sweeps_after(self, delay_us: int, now_us: int) -> None:
        """Returns at once; the sweep begins so much later."""
        self._pipe.send((delay_us, now_us))

    def has_swept(self) -> tuple[str, int]:
        """Waits for its end: the outcome, how many segments went."""
        return self._hear()

    def _hear(self):
        assert self._pipe.poll(DEADLINE_S), "the sweeping process hangs"
        return self._pipe.recv()


class _Days:
    def __init__(self, camera: UUID) -> None:
        self._days = {camera: 20}

    def retention_days(self) -> dict[UUID, int]:
        return self._days

    def locks(self) -> Sequence[Lock]:
        return ()  # the race is for what the database does not have yet


def _serve(pipe: Connection, path: Path, uuid: UUID, camera: UUID) -> None:
    volume = Volume.open(path, uuid, 0)
    days = _Days(camera)
    pipe.send("ready")
    while (told := pipe.recv()) is not None:
        delay_us, now_us = told
        begin_ns = monotonic_ns() + delay_us * 1000
        while monotonic_ns() < begin_ns:
            pass  # to the microsecond: this is what makes the race one
        report = run_once(volume, days, ManualClock(now_us))
        pipe.send((report.outcome.value, report.deleted_segments))
    volume.close()
