"""All volumes as one archive, for whoever reads it."""

import errno
import logging
import os
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from copy import copy
from dataclasses import dataclass
from heapq import merge
from typing import TypeVar
from uuid import UUID

from vms.archive.closed_segment import Gop
from vms.archive.footage_file import FootageFile, damaged, open_segment_file
from vms.archive.locks import list_locks, lock_ids, place_locks, release_lock
from vms.archive.model import Lock, Segment, StreamKey, Timeline
from vms.archive.playable import (
    Playable,
    neighbours,
    open_files,
    playable_numbered,
    playables_in,
    was_deleted,
)
from vms.archive.problem import Problem
from vms.archive.queries import Amount, amount_in, edge_segment, gops_of, known_streams, segments_in
from vms.archive.running_files import RunningFiles
from vms.archive.stats import VolumeStats, volume_stats
from vms.archive.timeline import build_timeline, read_known
from vms.archive.volume import Volume
from vms.kernel.errors import Kind, VmsError
from vms.kernel.span import Span

log = logging.getLogger(__name__)

T = TypeVar("T")

_OURS = {errno.EMFILE, errno.ENFILE, errno.ENOMEM}  # this process or machine has no room: no fault of the file


@dataclass(frozen=True, slots=True)
class Placed:
    """`missing`: volumes that could not take locks; call again when they are back.

    `let_go`: locks that a volume let go before, where they keep nothing any more (`vms.archive.locks.place_locks`).
    """

    missing: Sequence[UUID]
    let_go: frozenset[UUID]


class Archive:
    """Merges the volumes; safe to use from several threads. One that is away is left out and named in `missing`."""

    def __init__(self, volumes: Sequence[Volume]) -> None:
        self.volumes = list(volumes)
        self.missing: dict[UUID, str] = {}
        self._logged = self.missing  # what was said already, by whoever asked
        self._attaching = threading.Lock()
        self._running = RunningFiles()

    def asked_alone(self) -> "Archive":
        """A copy for one question; its `missing` names every volume that could not answer it.

        `missing` of an archive that several threads ask says what the last of them saw: no answer may stand on that.
        """
        alone = copy(self)
        alone.missing = {}
        return alone

    def streams(self) -> list[StreamKey]:
        """Every stream with footage, now or before."""
        found = {stream for _, streams in self.each(_streams) for stream in streams}
        return sorted(found, key=lambda stream: (str(stream.camera_id), stream.name))

    def timeline(self, stream: StreamKey, span: Span, now_us: int, commissioned_us: int | None = None) -> Timeline:
        """Recordings, and gaps with causes that fill all the rest of `span` up to now."""

        def read(volume: Volume):  # type: ignore[no-untyped-def]  # noqa: ANN202
            with volume.index.read() as connection:
                return read_known(connection, stream, span)

        return build_timeline([known for _, known in self.each(read)], span, now_us, commissioned_us)

    def segments(self, stream: StreamKey, span: Span) -> list[tuple[Volume, Segment]]:
        """Closed segments that touch `span`, by start, each with the volume it lies on."""

        def read(volume: Volume) -> list[Segment]:
            with volume.index.read() as connection:
                return segments_in(connection, stream, span)

        lists = [[(volume, segment) for segment in segments] for volume, segments in self.each(read)]
        return list(merge(*lists, key=lambda item: item[1].span.start_us))

    def amount(self, stream: StreamKey, span: Span) -> Amount:
        """How much closed footage touches `span`; nothing of it is read but its rows."""

        def read(volume: Volume) -> Amount:
            with volume.index.read() as connection:
                return amount_in(connection, stream, span)

        found = [amount for _, amount in self.each(read)]
        return Amount(sum(one.segments for one in found), sum(one.size_bytes for one in found))

    def gops(self, volume: Volume, stream: StreamKey, span: Span) -> dict[int, list[Gop]]:
        """Where key frames lie in the segments of one volume that touch `span`, by sequence."""
        with volume.index.read() as connection:
            return gops_of(connection, stream, span)

    def first(self, stream: StreamKey) -> Segment | None:
        """The oldest segment."""
        return min(self._edges(stream, newest=False), key=lambda segment: segment.span, default=None)

    def last(self, stream: StreamKey) -> Segment | None:
        """The newest closed segment."""
        return max(self._edges(stream, newest=True), key=lambda segment: segment.span, default=None)

    def playables(self, stream: StreamKey, span: Span) -> list[Playable]:
        """Files that touch `span`, by start, those being written included: what can be played of them right now."""

        def read(volume: Volume) -> list[Playable]:
            with volume.index.read() as connection:  # one view: a file is either open or closed
                closed = playables_in(connection, volume.uuid, stream, span)
                unclosed = open_files(connection, stream)
            running = [one for one in self._running_on(volume, stream, unclosed) if _touches(one, span)]
            return sorted([*closed, *running], key=lambda one: one.start_us) if running else closed

        return list(merge(*(found for _, found in self.each(read)), key=lambda one: one.start_us))

    def running(self, stream: StreamKey) -> list[Playable]:
        """Files of the stream that are being written, as far as they can be played."""

        def read(volume: Volume) -> list[Playable]:
            with volume.index.read() as connection:
                unclosed = open_files(connection, stream)
            return self._running_on(volume, stream, unclosed)

        found = [one for _, files in self.each(read) for one in files]
        return sorted(found, key=lambda one: one.start_us)

    def neighbours(self, stream: StreamKey, span: Span) -> tuple[int | None, int | None]:
        """The last moment with footage before `span`, the first one behind it; None where there is none."""

        def read(volume: Volume) -> tuple[int | None, int | None]:
            with volume.index.read() as connection:
                return neighbours(connection, stream, span)

        pairs = [pair for _, pair in self.each(read)]
        running = self.running(stream)
        before = [moment for moment, _ in pairs if moment is not None]
        before += [min(one.end_us, span.start_us) - 1 for one in running if one.start_us < span.start_us]
        behind = [moment for _, moment in pairs if moment is not None]
        behind += [one.start_us for one in running if one.start_us >= span.end_us]
        return max(before, default=None), min(behind, default=None)

    def open_footage(self, volume_uuid: UUID, stream: StreamKey, sequence: int) -> FootageFile:
        """The bytes of one segment, also of one being written (up to its last whole seal). Close it.

        GONE `segment_gone` when it was deleted, NOT_FOUND `segment_unknown` when no index knows it, UNAVAILABLE
        `volume_away` when its disk is not there, CORRUPT `segment_damaged` when its file is not what was written, or
        its disk gives everything but this file.
        """
        volume = next((volume for volume in self.volumes if volume.uuid == volume_uuid), None)
        if volume is None:
            raise _unknown()
        try:
            return self._open_footage(volume, stream, sequence)
        except OSError as err:
            raise _away(volume) from err
        except VmsError as err:
            if err.code.startswith("segment_"):
                raise
            raise _away(volume) from err

    def place_locks(self, locks: Sequence[Lock]) -> Placed:
        """Keep spans on every volume: on each all of them or none."""
        taken = {volume.uuid: let_go for volume, let_go in self.each(lambda volume: place_locks(volume, locks))}
        missing = [volume.uuid for volume in self.volumes if volume.uuid not in taken]
        return Placed(missing, frozenset(lock_id for let_go in taken.values() for lock_id in let_go))

    def release_lock(self, lock_id: UUID, now_us: int) -> list[UUID]:
        """Let a span go on every volume; the volumes that could not: call again when they are back.

        NOT_FOUND `lock_unknown` when no volume knows it.
        """
        missing, known = [], 0
        for volume in self.volumes:
            try:
                release_lock(volume, lock_id, now_us)
                known += 1
            except (VmsError, OSError) as err:
                if not isinstance(err, VmsError) or err.kind is not Kind.NOT_FOUND:
                    missing.append(volume.uuid)
        if not known and not missing:
            raise VmsError(Kind.NOT_FOUND, "lock_unknown", "There is no such lock.", id=str(lock_id))
        return missing

    def locks(self, camera_id: UUID | None = None) -> list[Lock]:
        """Locks in force on any volume, each once."""
        found = {
            lock.id: lock for _, locks in self.each(lambda volume: list_locks(volume, camera_id)) for lock in locks
        }
        return sorted(found.values(), key=lambda lock: (lock.span, str(lock.id)))

    def lock_ids(self) -> dict[UUID, frozenset[UUID]]:
        """Which locks are in force on each volume that could be asked."""
        return {volume.uuid: ids for volume, ids in self.each(lock_ids)}

    def stats(self, now_us: int) -> list[VolumeStats]:
        """Figures of every volume that is there."""
        return [stats for _, stats in self.each(lambda volume: volume_stats(volume, now_us))]

    def overlaps(self, stream: StreamKey, span: Span) -> list[Problem]:
        """Segments of different volumes that claim the same time (one volume's index refuses them itself)."""
        problems, until_us = [], 0
        for volume, segment in self.segments(stream, span):
            if segment.span.start_us < until_us:
                message = "overlaps footage on another volume"
                problems.append(Problem.of(volume.uuid, stream, "overlap", segment.path, message))
            until_us = max(until_us, segment.span.end_us)
        return problems

    def _open_footage(self, volume: Volume, stream: StreamKey, sequence: int) -> FootageFile:
        with self._reached(volume) as directory:
            playable = self._find(volume, directory, stream, sequence)
            try:
                return _opened(directory, stream, playable)
            except FileNotFoundError:
                self._find(volume, directory, stream, sequence)  # its row goes before it: deleted this very moment?
                raise damaged() from None
            except OSError as err:
                if err.errno in _OURS or not volume.answers():
                    raise
                raise damaged() from err

    def _find(self, volume: Volume, directory: int, stream: StreamKey, sequence: int) -> Playable:
        with volume.index.read() as connection:
            playable = playable_numbered(connection, volume.uuid, stream, sequence)
            if playable is not None:
                return playable
            if was_deleted(connection, stream, sequence):
                raise VmsError(Kind.GONE, "segment_gone", "This footage was deleted when its time was over.")
            unclosed = open_files(connection, stream)
        running = self._running.playables(volume.uuid, directory, stream, unclosed)
        found = next((one for one in running if one.sequence == sequence), None)
        if found is None:
            raise _unknown()
        return found

    def _running_on(self, volume: Volume, stream: StreamKey, files: Sequence[tuple[int, int]]) -> list[Playable]:
        with self._reached(volume) as directory:
            return self._running.playables(volume.uuid, directory, stream, files)

    @contextmanager
    def _reached(self, volume: Volume) -> Iterator[int]:
        """A descriptor of its directory that stays good while another thread attaches the volume anew."""
        with self._attaching:
            if not volume.still_there():
                volume.attach()
            directory = os.dup(volume.directory)
        try:
            yield directory
        finally:
            os.close(directory)

    def _edges(self, stream: StreamKey, *, newest: bool) -> list[Segment]:
        def read(volume: Volume) -> Segment | None:
            with volume.index.read() as connection:
                return edge_segment(connection, stream, newest=newest)

        return [segment for _, segment in self.each(read) if segment is not None]

    def each(self, read: Callable[[Volume], T]) -> list[tuple[Volume, T]]:
        """What each volume says; one that is away, or for which `read` fails, is left out and named in `missing`."""
        results = []
        for volume in self.volumes:
            try:
                with self._attaching:
                    if not volume.still_there():
                        volume.attach()
                results.append((volume, read(volume)))
                self._logged.pop(volume.uuid, None)
            except (VmsError, OSError) as err:
                code = err.code if isinstance(err, VmsError) else "volume_unreadable"
                if self._logged.get(volume.uuid) != code:
                    log.warning("a volume is left out: %s", code)
                self._logged[volume.uuid] = self.missing[volume.uuid] = code
        return results


def _opened(directory: int, stream: StreamKey, playable: Playable) -> FootageFile:
    descriptor = open_segment_file(directory, stream, playable.start_us, playable.sequence)
    file = FootageFile(descriptor, playable)
    try:
        if os.fstat(descriptor).st_size < playable.end_bytes:
            raise damaged()
    except (OSError, VmsError):
        file.close()
        raise
    return file


def _streams(volume: Volume) -> list[StreamKey]:
    with volume.index.read() as connection:
        return known_streams(connection)


def _touches(playable: Playable, span: Span) -> bool:
    return playable.start_us < span.end_us and playable.end_us > span.start_us


def _unknown() -> VmsError:
    return VmsError(Kind.NOT_FOUND, "segment_unknown", "There is no such footage. Ask for the playlist again.")


def _away(volume: Volume) -> VmsError:
    return VmsError(
        Kind.UNAVAILABLE, "volume_away", "The disk with this footage is away. Mount it, then try again.",
        volume=str(volume.uuid),
    )  # fmt: skip
