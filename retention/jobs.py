"""When the engine's jobs run."""

import logging
import threading
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta

from apscheduler.executors.pool import ThreadPoolExecutor
from apscheduler.jobstores.base import JobLookupError
from apscheduler.schedulers.background import BackgroundScheduler
from apscheduler.triggers.interval import IntervalTrigger

from retention.engine import Engine
from vms.kernel.clock import Clock, to_datetime
from vms.kernel.errors import VmsError

log = logging.getLogger(__name__)

RETRY_S = 60


@dataclass(frozen=True, slots=True)
class Job:
    """`run` every `every_s`, for the first time `first_s` after the start; jobs of one `lane` take turns.

    The first seconds are left to the recorder, which brings the volumes up.
    """

    name: str
    run: Callable[[], object]
    every_s: int
    first_s: int
    lane: str


def jobs_of(engine: Engine) -> list[Job]:
    """The schedule. A long sweep holds up neither forecasts nor checkpoints."""
    return [
        Job("sweep", engine.sweep, 600, 10, "sweep"),
        Job("forecast", engine.forecast, 60, 1, "watch"),
        Job("checkpoint", engine.checkpoint, 3600, 5, "watch"),
        Job("presence", engine.check_presence, 86_400, 300, "check"),  # not while everything else starts
    ]


class Schedule:
    """Runs jobs in threads until stopped.

    One that was late runs once, not many times. One that fails is logged with its count and tried again after a
    minute; it never ends the process, and the others go on.
    """

    def __init__(self, jobs: list[Job], clock: Clock, retry_s: float = RETRY_S) -> None:
        self._clock = clock
        self._retry_s = retry_s
        self.failures = {job.name: 0 for job in jobs}
        lanes = {job.lane for job in jobs}
        self._scheduler = BackgroundScheduler(
            executors={lane: ThreadPoolExecutor(1) for lane in lanes},
            job_defaults={"coalesce": True, "max_instances": 1, "misfire_grace_time": None},
            timezone="UTC",
        )
        for job in jobs:
            self._scheduler.add_job(
                self._run,
                IntervalTrigger(seconds=job.every_s, timezone="UTC"),
                args=(job,),
                id=job.name,
                executor=job.lane,
                next_run_time=self._in(job.first_s),
            )

    def run(self, stop: threading.Event) -> None:
        """Run until `stop` is set; a job that is running then is waited for."""
        self._scheduler.start()
        try:
            stop.wait()
        finally:
            self._scheduler.shutdown(wait=True)

    def _run(self, job: Job) -> None:
        try:
            job.run()
        except (VmsError, OSError) as err:
            log.error("job %s: %s", job.name, err)  # noqa: TRY400 - foreseen: the sentence says what to do
            self._try_again(job)
        except Exception:
            log.exception("job %s failed in a way nobody foresaw", job.name)
            self._try_again(job)

    def _try_again(self, job: Job) -> None:
        self.failures[job.name] += 1
        log.info("job %s failed %d times; next try soon", job.name, self.failures[job.name])
        with suppress(JobLookupError):  # stopping
            self._scheduler.modify_job(job.name, next_run_time=self._in(min(self._retry_s, job.every_s)))

    def _in(self, seconds: float) -> datetime:
        return to_datetime(self._clock.now_us()) + timedelta(seconds=seconds)
