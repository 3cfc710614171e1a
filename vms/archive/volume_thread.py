"""The one thread that writes to a volume."""

import logging
import threading
from collections import deque
from collections.abc import Callable
from contextlib import suppress
from queue import Empty, SimpleQueue

from vms.archive.hand_over import SegmentHandle
from vms.archive.journal import GapTold, Journal
from vms.archive.model import Gap, SegmentTail, StreamKey
from vms.archive.rebuild import restart_index
from vms.archive.recovery import RecoveryReport, recover_volume
from vms.archive.steps import OnStep
from vms.archive.stream_state import load_open_gaps, load_states
from vms.archive.volume import Volume
from vms.archive.volume_files import VolumeFiles
from vms.archive.volume_state import BACK_MARGIN, FAILED, FULL, MISSING, OK, has_room, reason_of, try_to_write
from vms.kernel.clock import US_PER_SECOND, Clock
from vms.kernel.errors import VmsError
from vms.media.fragment import Fragment

log = logging.getLogger(__name__)

PROBE_INTERVAL_US = 3 * US_PER_SECOND
INDEX_PATIENCE_S = 0.25  # for other writers of the index, while cameras wait
TICK_S = 0.5
MAX_WAITING_JOBS = 10_000  # a minute of 60 cameras: a disk that hangs longer than that takes nothing more
_LOST_INDEX = {"index_missing", "index_damaged"}


class VolumeThread:
    """Takes work from the event loop in order; the public methods but `recover` and `join` return at once.

    `state` is "ok" or why the volume takes no footage. When the disk fails, all its files are closed behind their
    last whole fragment, and every few seconds a probe tries to bring the volume back: attach, write, recover.
    """

    def __init__(
        self, volume: Volume, clock: Clock, sync_interval_us: int, held_gaps: deque[GapTold], on_step: OnStep
    ) -> None:
        self.volume = volume
        self.state = "not_recovered"
        self.free_bytes = 0
        self.open_gaps: dict[StreamKey, Gap] = {}
        self.errors = 0
        self._clock = clock
        self._sync_interval_us = sync_interval_us
        self._held_gaps = held_gaps
        self._index = volume.index.with_timeout(INDEX_PATIENCE_S)
        self._journal = Journal(volume, self._index, clock, self._find_dropped)
        self._files = VolumeFiles(volume, self._journal, clock, on_step)
        self._jobs: SimpleQueue[Callable[[], None] | None] = SimpleQueue()
        self._handed_bytes = 0  # by the event loop
        self._taken_bytes = 0  # by this thread
        self._next_sync_us = self._next_probe_us = 0
        self._must_recover = True
        self._thread = threading.Thread(target=self._run, name=f"volume {volume.path.name}", daemon=True)

    def recover(self) -> RecoveryReport:
        """Bring the volume up before the thread runs (or inside it); sets `state`, never raises."""
        report = RecoveryReport()
        try:
            if not self.volume.still_there():
                self.volume.attach()
            self._index.forget()
            try_to_write(self.volume)
            report = self._recover()
            self._must_recover = False
            self.free_bytes = self.volume.free_bytes()
            self._set_state(OK if has_room(self.volume, BACK_MARGIN) else FULL)
        except VmsError as err:
            self._set_state(err.code)
        except OSError as err:
            self._set_state(reason_of(err, self.volume))
        if self.state not in {OK, FULL}:
            self._let_go()
        self._next_probe_us = self._clock.boottime_us() + PROBE_INTERVAL_US
        return report

    def start(self) -> None:
        """Begin to take work."""
        self._thread.start()

    def tell_to_stop(self) -> None:
        """Do all work handed over before, close every file, end."""
        self._jobs.put(None)

    def join(self) -> None:
        """Wait until it has ended."""
        if self._thread.is_alive():
            self._thread.join()

    @property
    def waiting_bytes(self) -> int:
        """Fragments handed over that are not written yet."""
        return self._handed_bytes - self._taken_bytes

    def begin(self, handle: SegmentHandle) -> None:
        """Open a segment file. Behind a disk that hangs the segment fails at once: what waits must not grow."""
        if self._jobs.qsize() >= MAX_WAITING_JOBS:
            handle.fail(FAILED)
            return
        self._jobs.put(lambda: self._begin(handle))

    def append(self, handle: SegmentHandle, fragment: Fragment) -> None:
        """Write a fragment."""
        self._handed_bytes += fragment.size_bytes
        self._jobs.put(lambda: self._append(handle, fragment))

    def end(self, handle: SegmentHandle, tail: SegmentTail) -> None:
        """Close a segment file."""
        self._jobs.put(lambda: self._guarded(lambda: self._files.end(handle, tail)))

    def tell_gap(self, stream: StreamKey, gap: Gap) -> None:
        """Write a gap; on a volume that is away or hangs it is held until any volume takes it."""
        if self._jobs.qsize() >= MAX_WAITING_JOBS:
            self._held_gaps.append(GapTold(stream, gap))
            return
        self._jobs.put(lambda: self._tell_gap(GapTold(stream, gap)))

    def _run(self) -> None:
        while True:
            try:
                if not self.run_once():
                    break
            except Exception:  # the worker's outermost loop: other cameras' footage must go on
                self.errors += 1
                log.exception("writing to a volume failed")
                self._fail(FAILED)
        self._close()

    def run_once(self) -> bool:
        """Do what waits, then what is due; False when told to stop."""
        try:
            job = self._jobs.get(timeout=TICK_S)
            while True:
                if job is None:
                    return False
                job()
                self._sync_if_due()
                job = self._jobs.get_nowait()
        except Empty:
            pass
        self._sync_if_due()
        self._settle()
        return True

    def _begin(self, handle: SegmentHandle) -> None:
        """Open the file, or fail the handle, whatever happened: fragments of neither would vanish without a word."""
        try:
            self._guarded(lambda: self._begin_file(handle))
        finally:
            if not handle.is_failed and not self._files.is_open(handle):
                handle.fail(FAILED if self.state == OK else self.state)

    def _begin_file(self, handle: SegmentHandle) -> None:
        if self.state == OK and not self.volume.still_there():
            self._fail(MISSING)
        if self.state == OK:
            self.free_bytes = self.volume.free_bytes()
            if self.free_bytes < self.volume.reserve_bytes:
                self._set_state(FULL)  # files that are open may end in good order
        if self.state == OK:
            self._files.begin(handle)

    def _append(self, handle: SegmentHandle, fragment: Fragment) -> None:
        self._taken_bytes += fragment.size_bytes
        self._guarded(lambda: self._files.append(handle, fragment))

    def _tell_gap(self, told: GapTold) -> None:
        if self.volume.is_attached:
            self._take_held_gaps()  # the beginning of this gap may be among them
            self._journal.add(told)
        else:
            self._held_gaps.append(told)

    def _guarded(self, work: Callable[[], object]) -> None:
        try:
            work()
        except OSError as err:
            log.error("a volume failed: %s", err.strerror)  # noqa: TRY400
            self._fail(reason_of(err, self.volume))
        except VmsError as err:  # the directory was let go
            self._fail(err.code)

    def _sync_if_due(self) -> None:
        now_us = self._clock.boottime_us()
        if now_us < self._next_sync_us:
            return
        self._next_sync_us = now_us + self._sync_interval_us
        if self.state in {OK, FULL} and not self.volume.still_there():
            self._fail(MISSING)
        elif self._files.handles and not self._index.is_in_place():
            self._fail("index_missing")
        elif self._files.is_dirty:
            self._guarded(self._sync)

    def _sync(self) -> None:
        self._files.sync()
        self._journal.flush()

    def _settle(self) -> None:
        """With nothing else to do: commit rows, bring the volume back."""
        if self.state == OK:
            self._take_held_gaps()
        if self.volume.is_attached and self._journal.is_due:
            self._guarded(self._journal.flush)
            if self._journal.error_code in _LOST_INDEX and self.state == OK:
                self._fail(self._journal.error_code)
        if self.state != OK and self._clock.boottime_us() >= self._next_probe_us:
            self._probe()

    def _take_held_gaps(self) -> None:
        """Every volume's thread takes from the same queue: it may be empty a moment after it was not."""
        with suppress(IndexError):
            while True:
                self._journal.add(self._held_gaps.popleft())

    def _probe(self) -> None:
        """Bring the volume back. One that is only full, with no file cut, needs nothing but room."""
        if self.state != FULL or self._must_recover:
            self.recover()
            return
        self._next_probe_us = self._clock.boottime_us() + PROBE_INTERVAL_US
        self._guarded(self._look_for_room)

    def _look_for_room(self) -> None:
        self.free_bytes = self.volume.free_bytes()
        if has_room(self.volume, BACK_MARGIN):
            self._set_state(OK)

    def _recover(self) -> RecoveryReport:
        found = self.volume.index.identity()
        try:
            return self._recover_once()
        except VmsError as err:
            if err.code in _LOST_INDEX:
                restart_index(self.volume, self._clock, found)
            elif self.volume.index.identity() == found:
                raise
        self._index.forget()  # a new one lies there, of ours or of another shard that was quicker
        return self._recover_once()

    def _recover_once(self) -> RecoveryReport:
        self._journal.commit()
        report = recover_volume(self.volume, self._clock.now_us())
        self._journal.caught_up()
        with self._index.read() as connection:
            self._files.states = load_states(connection)
            self.open_gaps = load_open_gaps(connection)
        return report

    def _find_dropped(self) -> None:
        """Recover while recording goes on: files being written are left alone."""
        recover_volume(self.volume.with_index(self._index), self._clock.now_us())

    def _fail(self, reason: str) -> None:
        self._set_state(reason)
        self._must_recover = True
        self._files.give_up(reason)
        self._next_probe_us = self._clock.boottime_us() + (0 if reason in _LOST_INDEX else PROBE_INTERVAL_US)
        if reason == MISSING:
            self._held_gaps.extend(self._journal.take_gaps())
        if reason != FULL:
            self._let_go()

    def _let_go(self) -> None:
        """Hold nothing of a disk that takes no footage: it can be unmounted, repaired, exchanged.

        Until it is attached again its index is not opened either, for another disk may lie at the path.
        """
        self._index.close()
        self.volume.close()

    def _set_state(self, state: str) -> None:
        if state != self.state:
            log.log(logging.INFO if state == OK else logging.ERROR, "volume %s: %s", self.volume.uuid, state)
        self.state = state

    def _close(self) -> None:
        self._guarded(self._files.end_all)
        try:
            if self.volume.is_attached:
                self._journal.commit()
        except VmsError as err:
            log.warning("%d index changes are left to recovery: %s", len(self._journal), err)
        self._index.close()
