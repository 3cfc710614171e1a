"""The engine's four jobs over all volumes."""

import logging
from collections.abc import Callable, Sequence
from itertools import islice

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from retention.alarming import tell_forecast, tell_sweep
from retention.forecast import forecast
from retention.ports import Policies, Reports
from retention.report import SweepReport
from retention.sweeper import run_once
from retention.volume_use import measure
from vms.archive.check import Level, check_volume
from vms.archive.checkpoints import write_checkpoint
from vms.archive.volume import Volume
from vms.kernel.clock import Clock
from vms.kernel.errors import VmsError
from vms.operations.alarms import AlarmCode, Severity

log = logging.getLogger(__name__)

SHOWN_PROBLEMS = 100  # a lost directory is one event, not a million


class Engine:
    """Each method is one job: it may run at any moment, twice, or never to its end, and does no harm.

    `volumes` gives the node's volumes as they are known now, also those that are away. A volume that fails never
    keeps the others from their turn.
    """

    def __init__(
        self,
        volumes: Callable[[], Sequence[Volume]],
        policies: Policies,
        reports: Reports,
        clock: Clock,
        node_key: Ed25519PrivateKey,
        is_stopping: Callable[[], bool] = lambda: False,
    ) -> None:
        self._volumes = volumes
        self._policies = policies
        self._reports = reports
        self._clock = clock
        self._node_key = node_key
        self._is_stopping = is_stopping

    def sweep(self) -> list[SweepReport]:
        """Delete what may go, on every volume."""
        done = []
        for volume in self._volumes():
            if self._is_stopping():
                break
            report = run_once(volume, self._policies, self._clock, self._is_stopping)
            log.info(
                "sweep of volume %s: %s, %d segments expired, %d under pressure",
                volume.uuid, report.outcome, report.deleted_segments, report.pressure_segments,
            )  # fmt: skip
            tell_sweep(report, self._reports)
            done.append(report)
        return done

    def forecast(self) -> None:
        """Say how long every volume will hold out. Without the policies the floor is assumed."""
        try:
            days = self._policies.retention_days()
        except VmsError as err:
            log.warning("forecast without policies: %s", err.code)
            days = {}

        def tell(volume: Volume) -> None:
            now_us = self._clock.now_us()
            use = measure(volume, days, now_us)
            expected = forecast(use)
            self._reports.forecast(volume.uuid, now_us, use, expected)
            tell_forecast(str(volume.uuid), use, expected, self._reports)

        self._each(tell)

    def checkpoint(self) -> None:
        """Sign where the chains of all streams stand."""
        self._each(lambda volume: write_checkpoint(volume, self._clock, self._node_key))

    def check_presence(self) -> None:
        """Compare rows with names of files; reads no footage."""
        self._each(self._check_volume)

    def _check_volume(self, volume: Volume) -> None:
        problems = list(islice(check_volume(volume, Level.PRESENCE), SHOWN_PROBLEMS))
        subject = str(volume.uuid)
        if not problems:
            self._reports.clear(AlarmCode.FOOTAGE_MISSING, subject)
            return
        for problem in problems:
            log.error("presence check: %s", problem)
        self._reports.alarm(
            AlarmCode.FOOTAGE_MISSING,
            subject,
            Severity.CRITICAL,
            f"Index and files differ {len(problems)} times or more ({problems[0].code}). Run `vms archive check`.",
        )

    def _each(self, do: Callable[[Volume], object]) -> None:
        """Every volume gets its turn, then the first failure is raised, so that the job is tried again."""
        failure: VmsError | OSError | None = None
        for volume in self._volumes():
            if self._is_stopping():
                return
            try:
                if not volume.still_there():
                    volume.attach()
                do(volume)
            except (VmsError, OSError) as err:
                failure = failure or err
        if failure is not None:
            raise failure
