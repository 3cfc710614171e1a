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
from apscheduler.triggers.base import BaseTrigger

from retention.engine import Engine
from vms.kernel.clock import US_PER_SECOND, Clock, to_datetime
from vms.kernel.errors import VmsError

log = logging.getLogger(__name__)

RETRY_S = 60
LOOK_S = 1.0  # how soon a step of the machine's clock is noticed
STEP_US = US_PER_SECOND  # a job that is late or early by less is neither


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


class _Every(BaseTrigger):  # type: ignore[misc]  # the library has no types
    """Every so many seconds; what is late counts from now.

    The library lists each run that was missed, and only then leaves all but one out: a machine that starts in 2000 and
    is set right would need all its memory for that.
    """

    def __init__(self, seconds: int) -> None:
        self._interval = timedelta(seconds=seconds)

    def get_next_fire_time(self, previous_fire_time: datetime | None, now: datetime) -> datetime:
        """See `BaseTrigger.get_next_fire_time`."""
        due = (previous_fire_time or now) + self._interval
        return due if due > now else now + self._interval


class Schedule:
    """Runs jobs in threads until stopped.

    One that was late runs once, not many times. One that fails is logged with its count and tried again after a
    minute; it never ends the process, and the others go on. A clock that is set, forward or back, costs none its turn.
    """

    def __init__(self, jobs: list[Job], clock: Clock, retry_s: float = RETRY_S, look_s: float = LOOK_S) -> None:
        self._clock = clock
        self._retry_s = retry_s
        self._look_s = look_s
        self._every_s = {job.name: job.every_s for job in jobs}
        self._wall_minus_boot_us = self._offset_us()
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
                _Every(job.every_s),
                args=(job,),
                id=job.name,
                executor=job.lane,
                next_run_time=self._in(job.first_s),
            )

    def run(self, stop: threading.Event) -> None:
        """Run until `stop` is set; a job that is running then is waited for."""
        self._scheduler.start()
        try:
            while not stop.wait(self._look_s):
                self._follow_clock()
        finally:
            self._scheduler.shutdown(wait=True)

    def _follow_clock(self) -> None:
        """The library waits for a wall time: when the clock is set, all jobs are due as much earlier or later.

        None later than its period from now: it may have been timed by the new clock already.
        """
        step_us = self._offset_us() - self._wall_minus_boot_us
        if abs(step_us) <= STEP_US:
            return
        self._wall_minus_boot_us += step_us
        seconds = step_us / US_PER_SECOND
        log.warning("the machine's clock was set by %+.0f s; all jobs are timed anew", seconds)
        for waiting in self._scheduler.get_jobs():
            due = waiting.next_run_time + timedelta(seconds=seconds)
            waiting.modify(next_run_time=min(due, self._in(self._every_s[waiting.id])))

    def _offset_us(self) -> int:
        return self._clock.now_us() - self._clock.boottime_us()

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
