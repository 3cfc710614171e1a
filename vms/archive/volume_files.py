"""The files being written on one volume."""

import hashlib
import logging
from dataclasses import replace

from vms.archive.hand_over import SegmentHandle
from vms.archive.journal import FileClosed, FileDropped, FileDurable, FileOpened, Journal
from vms.archive.model import SegmentTail, StreamKey
from vms.archive.segment_boxes import FileHead
from vms.archive.segment_file import SegmentFile
from vms.archive.steps import OnStep
from vms.archive.stream_state import StreamState
from vms.archive.volume import Volume
from vms.archive.volume_state import FULL
from vms.kernel.clock import Clock
from vms.media.fragment import Fragment

log = logging.getLogger(__name__)


class VolumeFiles:
    """Steps 1 to 4 of creating a segment, for all streams of a volume; belongs to the volume's thread.

    Methods raise OSError when the disk fails; then `give_up` keeps what is whole and lets go of every file.
    """

    def __init__(self, volume: Volume, journal: Journal, clock: Clock, on_step: OnStep) -> None:
        self.states: dict[StreamKey, StreamState] = {}
        self._volume = volume
        self._journal = journal
        self._clock = clock
        self._on_step = on_step
        self._open: dict[SegmentHandle, SegmentFile] = {}
        self._broken_runs: set[StreamKey] = set()

    @property
    def is_dirty(self) -> bool:
        """Whether written bytes wait for their sync."""
        return any(file.is_dirty for file in self._open.values())

    @property
    def handles(self) -> list[SegmentHandle]:
        """Segments being written."""
        return list(self._open)

    def is_open(self, handle: SegmentHandle) -> bool:
        """Whether its file is being written."""
        return handle in self._open

    def begin(self, handle: SegmentHandle) -> None:
        """Row first, then the file. While the index takes no rows the file alone must do: recovery finds it."""
        state = self.states.setdefault(handle.stream, StreamState())
        if handle.starts_run or not state.next_run or handle.stream in self._broken_runs:
            state.next_run += 1
            self._broken_runs.discard(handle.stream)
        head = self._head(handle, state)
        state.next_sequence += 1
        self._journal.add(FileOpened(head))
        self._journal.flush()
        self._on_step("create:row")
        self._open[handle] = SegmentFile(self._volume.directory, head, handle.head.init)
        self._on_step("create:file")
        handle.report.fault = None

    def append(self, handle: SegmentHandle, fragment: Fragment) -> None:
        """Write a fragment of a file that is still open; one of a failed file is dropped."""
        file = self._open.get(handle)
        if file is not None:
            file.append(fragment)
            self._on_step("create:fragment")

    def end(self, handle: SegmentHandle, tail: SegmentTail) -> None:
        """Sync, close, hand the row to the journal. A file without footage is removed."""
        file = self._open.get(handle)
        if file is None:
            return
        if not file.samples:
            file.discard()
            del self._open[handle]
            self._journal.add(FileDropped(handle.stream, file.head.sequence))
            handle.end_us = 0
            return
        if tail.end_us <= file.head.start_us:
            tail = replace(tail, end_us=max(file.end_us, file.head.start_us + 1))
        segment = file.finish(tail)
        del self._open[handle]
        self._on_step("close:synced")
        self.states[handle.stream].head_link = segment.link
        self._journal.add(FileClosed(segment))
        handle.report.durable_until_us = segment.span.end_us

    def end_all(self) -> None:
        """Close every file in good order, without a word from the recorder."""
        for handle, file in list(self._open.items()):
            self.end(handle, SegmentTail(file.end_us))

    def sync(self) -> None:
        """Make everything written so far durable; tell the index how far each file got."""
        for handle, file in self._open.items():
            if file.is_dirty:
                file.sync()
                handle.report.durable_until_us = file.end_us
                self._journal.add(FileDurable(handle.stream, file.head.sequence, file.end_us))

    def give_up(self, reason: str) -> None:
        """The disk failed: keep what is whole, close everything; recovery indexes it when the disk is back."""
        for handle, file in self._open.items():
            file.cut()  # without a word of durability to the index: what the last sync said holds
            kept_us = file.end_us if file.samples else 0
            is_sure = reason == FULL or not file.is_dirty
            handle.fail(reason, kept_us, kept_us if is_sure else min(kept_us, handle.report.durable_until_us or 0))
            self._broken_runs.add(handle.stream)
        self._open.clear()

    def _head(self, handle: SegmentHandle, state: StreamState) -> FileHead:
        head = handle.head
        return FileHead(
            handle.stream, state.next_sequence, state.next_run - 1, head.start_us, state.head_link,
            hashlib.sha256(head.init.data).digest(), head.init.codec, head.init.width, head.init.height,
            head.mask_version, head.clock_error_us, self._clock.boot_id(), self._clock.boottime_us(),
        )  # fmt: skip
