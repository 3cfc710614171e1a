"""Choosing what of the archive answers an interval: films, by the headers of files alone."""

import hashlib
from collections.abc import Collection, Iterator
from dataclasses import replace
from uuid import UUID

from vms.archive.archive import Archive
from vms.archive.footage_file import damaged
from vms.archive.model import Segment, StreamKey
from vms.archive.playable import Playable
from vms.archive.timeline import JOIN_US, WRITING_US
from vms.footage.bundle.piece import Film, Piece, Source
from vms.footage.bundle.runs import Beginning, Run, read_beginning, runs_in
from vms.kernel.clock import US_PER_DAY, US_PER_SECOND
from vms.kernel.errors import Kind, VmsError
from vms.kernel.span import Span
from vms.media.export_film import with_duration
from vms.media.init_parameters import video_format_of

MAX_FILM_US = US_PER_DAY  # longer runs are given as several films: what is known of one fills some megabytes
_WINDOW_US = 3600 * US_PER_SECOND  # so much of the index is held at a time

Place = tuple[UUID, int]  # volume and sequence of a segment


class Cut:
    """Cuts one interval of one stream.

    `without`: segments that are left out, because their disk failed under a reader. `damaged`: those, and all of
    which not everything could be given, with their whole time; complete when `films` has ended.
    """

    def __init__(
        self, archive: Archive, key: StreamKey, span: Span, *, without: Collection[Place] = (),
        takes_what_is_there: bool = False,
    ) -> None:  # fmt: skip
        self._archive = archive.asked_alone()
        self._key = key
        self._span = span
        self._without = set(without)
        self._takes_what_is_there = takes_what_is_there
        self._film: Film | None = None
        self.damaged: dict[Place, Span] = {}

    def films(self, now_us: int) -> Iterator[Film]:
        """The films by time, each planned to its end. Blocks on the disk; reads no picture.

        VmsError(UNAVAILABLE): `volume_away`, `still_recording`; see `Order.takes_what_is_there`.
        """
        # What was sent in the last moment may lie in no file yet: an end that is not half a minute old is not settled.
        if now_us < self._span.end_us + WRITING_US and not self._takes_what_is_there:
            raise still_recording()
        for file, row in self._files():
            yield from self._add_file(file, row)
        yield from self._end_film()

    def _files(self) -> Iterator[tuple[Playable, Segment | None]]:
        """Every file that touches the interval once, by start, an hour of the index at a time."""
        at_us, given = self._span.start_us, set[Place]()
        while at_us < self._span.end_us:
            window = Span(at_us, min(at_us + _WINDOW_US, self._span.end_us))
            # Rows first: a file that is closed in between is then taken for one that is being written, not for less.
            rows = {(volume.uuid, row.sequence): row for volume, row in self._archive.segments(self._key, window)}
            files = self._archive.playables(self._key, window)
            if self._archive.missing and not self._takes_what_is_there:
                raise volume_away()
            before, given = given, {(file.volume, file.sequence) for file in files}
            for file in files:
                place = (file.volume, file.sequence)
                if place in before:
                    continue
                if place not in rows and not self._takes_what_is_there:
                    raise still_recording()
                yield file, rows.get(place)
            at_us = window.end_us

    def _add_file(self, file: Playable, row: Segment | None) -> Iterator[Film]:
        source = Source.of(file, row)
        try:
            if source.place in self._without:
                raise damaged()
            with self._archive.open_footage(file.volume, self._key, file.sequence) as footage:
                beginning = read_beginning(footage)
                source, init = replace(source, head=beginning.head), self._init_of(beginning)
                for run in runs_in(footage, beginning, self._span):
                    if run.is_broken:
                        self.damaged[source.place] = Span(file.start_us, file.end_us)
                    is_whole = run.is_last and run.offset == beginning.first_offset and row is not None
                    yield from self._add_run(source, init, file, run, is_whole=is_whole)
        except VmsError as err:
            if not err.code.startswith("segment_"):
                raise
            self.damaged[source.place] = Span(file.start_us, file.end_us)
            yield from self._end_film()

    def _add_run(self, source: Source, init: bytes, file: Playable, run: Run, *, is_whole: bool) -> Iterator[Film]:
        if not run.fragments:
            return
        start_us = file.wall_us(run.start_90k)
        span = Span(start_us, max(file.wall_us(run.end_90k), start_us + 1))
        if self._film is not None and not _follows(self._film, init, span):
            yield from self._end_film()
        if self._film is None:
            self._film = Film(init)
        film, start_90k = self._film, 0
        if film.pieces:
            start_90k = max(film.duration_90k, (start_us - film.span.start_us) * 9 // 100)
        piece = Piece(source, run.offset, run.end, start_90k, run.start_90k, span, run.fragments, is_whole)
        film.add(piece, run.stretches)

    def _init_of(self, beginning: Beginning) -> bytes:
        """The parameters of the file; those of the film so far where it names the same, but its own were damaged."""
        candidates = [beginning.init] if self._film is None else [beginning.init, self._film.init]
        for init in candidates:
            is_named = beginning.head is None or hashlib.sha256(init).digest() == beginning.head.init_sha256
            if is_named and _is_readable(init):
                return init
        raise damaged()

    def _end_film(self) -> Iterator[Film]:
        film, self._film = self._film, None
        if film is not None:
            yield film


def _follows(film: Film, init: bytes, span: Span) -> bool:
    """Whether footage goes on where the film ends, with its parameters, before it becomes too long."""
    hole_us = span.start_us - film.span.end_us
    is_short = span.end_us - film.span.start_us <= MAX_FILM_US
    return init == film.init and -JOIN_US <= hole_us <= JOIN_US and is_short


def _is_readable(init: bytes) -> bool:
    try:
        with_duration(init, 0)
        video_format_of(init)
    except ValueError:
        return False
    return True


def still_recording() -> VmsError:
    """Why there is no package yet: waiting gives more."""
    return VmsError(
        Kind.UNAVAILABLE, "still_recording", "The end of this interval is still being recorded. Try again in a minute.",
    )  # fmt: skip


def volume_away() -> VmsError:
    """Why there is no package yet: the disk gives more."""
    return VmsError(
        Kind.UNAVAILABLE, "volume_away", "A disk that may hold this footage is away. Mount it, then try again.",
    )  # fmt: skip
