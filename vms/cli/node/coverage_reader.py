"""Keeps the coverage of all cameras at hand without making anybody wait for it."""

import logging
import threading
from collections.abc import Callable, Iterable, Mapping, Sequence

from vms.archive.coverage import Coverage, coverage, wanted_span
from vms.archive.model import Timeline
from vms.archive.rules import MIN_RETENTION_DAYS
from vms.cli.node.volumes import NodeVolumes
from vms.kernel.clock import US_PER_SECOND, Clock
from vms.kernel.errors import VmsError
from web.facts import RegisteredCamera

log = logging.getLogger(__name__)

# What twenty days hold does not change in minutes; 100 cameras cost about a second and a half of one core.
FRESH_US = 300 * US_PER_SECOND


class CoverageReader:
    """Reads in one thread of its own, one camera at a time, so that a page that needs the volumes waits 15 ms at most.

    Reading begins when somebody asks and what is known is older than `FRESH_US`; nobody looks, nothing is read.
    """

    def __init__(self, volumes: NodeVolumes, cameras: Callable[[], Sequence[RegisteredCamera]], clock: Clock) -> None:
        self._volumes = volumes
        self._cameras = cameras
        self._clock = clock
        self._lock = threading.Lock()
        self._asked_us: int | None = None
        self._thread: threading.Thread | None = None
        self._known: dict[str, Coverage] = {}

    def latest(self) -> Mapping[str, Coverage]:
        """What is known, at once."""
        with self._lock:
            if self._is_old() and (self._thread is None or not self._thread.is_alive()):
                self._asked_us = self._clock.boottime_us()
                self._thread = threading.Thread(target=self.refresh, name="coverage", daemon=True)
                self._thread.start()
            return self._known

    def refresh(self) -> None:
        """Read every camera that must record by its own switch; what cannot be read stays as it was."""
        try:
            cameras = [camera for camera in self._cameras() if camera.must_record and not camera.is_ordered]
        except (VmsError, OSError) as err:
            log.warning("coverage without the register: %s", _word(err))
            return
        found = dict(self._read(cameras))
        expected = {camera.camera_id for camera in cameras}
        kept = {camera_id: known for camera_id, known in self._known.items() if camera_id in expected}
        with self._lock:
            self._known = kept | found  # a new dictionary: whoever reads the old one is not disturbed

    def _read(self, cameras: Iterable[RegisteredCamera]) -> Iterable[tuple[str, Coverage]]:
        for camera in cameras:
            now_us = self._clock.now_us()
            span = wanted_span(now_us, camera.commissioned_us, MIN_RETENTION_DAYS)
            if span is None:
                continue
            try:
                footage = self._volumes.footage([camera], span, now_us)[camera.camera_id]
            except (VmsError, OSError) as err:
                log.warning("coverage cannot be read: %s", _word(err))
                return
            timeline = Timeline(span, list(footage.recordings), list(footage.gaps))
            yield camera.camera_id, coverage(timeline, now_us, camera.commissioned_us, MIN_RETENTION_DAYS)

    def _is_old(self) -> bool:
        return self._asked_us is None or self._clock.boottime_us() - self._asked_us >= FRESH_US


def _word(err: VmsError | OSError) -> str:
    return err.code if isinstance(err, VmsError) else type(err).__name__
