"""A camera of the order in the words of the manifest, filled while its films are written."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from vms.archive.archive import Archive
from vms.archive.model import Gap
from vms.cameras.standing import Standing
from vms.footage.bundle.container import Part
from vms.footage.bundle.cut import Place
from vms.footage.bundle.film_bytes import Judged, State
from vms.footage.bundle.film_record import film_json
from vms.footage.bundle.manifest import span_json
from vms.footage.bundle.order import CameraOrder
from vms.footage.bundle.piece import Film
from vms.footage.bundle.shortfall import given_of, missing_json, missing_of
from vms.kernel.clock import iso
from vms.kernel.span import Span


class CameraRecord:
    """Asked, given, missing, films; kept as the manifest's own values, whatever objects they were told with."""

    def __init__(self, camera: CameraOrder) -> None:
        self.camera = camera
        self._spans: list[Span] = []
        self._films: list[dict[str, Any]] = []
        self._given: list[Span] = []
        self._missing: list[Gap] = []
        self._closed: dict[UUID, list[int]] = {}
        self._damaged: list[dict[str, Any]] = []

    @property
    def films(self) -> int:
        """How many there are so far."""
        return len(self._films)

    def add_film(self, film: Film, part: Part, judged: Sequence[Judged], asked: Span) -> None:
        """A film was written, as an answer to `asked`."""
        self._spans.append(film.span)
        self._films.append(film_json(film, part, judged, asked))
        for one in judged:
            source = one.piece.source
            if source.row is not None:
                self._closed.setdefault(source.volume, []).append(source.sequence)
            if one.state is State.DAMAGED:
                from_us = one.piece.span.start_us if one.damaged_from_us is None else one.damaged_from_us
                self._add_damage(source.place, part.name, Span(from_us, max(one.piece.span.end_us, from_us + 1)))

    def end_interval(self, archive: Archive, asked: Span, damaged: Mapping[Place, Span], now_us: int) -> None:
        """All films of `asked` were written. `damaged`: segments of which not everything could be given."""
        given = given_of(asked, self._spans)
        self._given += given
        self._missing += missing_of(archive, self.camera, asked, given, list(damaged.values()), now_us)
        for place, span in damaged.items():
            self._add_damage(place, None, span)

    def closed_segments(self) -> dict[UUID, list[int]]:
        """The segments to prove, by volume."""
        return self._closed

    def to_json(self) -> dict[str, Any]:
        """What `manifest.py` calls a camera."""
        camera = self.camera
        return {
            "camera": {
                "id": str(camera.camera_id),
                "number": camera.number,
                "name": camera.name,
                "place": camera.place,
                "stream": camera.stream,
                "placements": [_placement_json(one) for one in camera.placements],
            },
            "asked": [span_json(span) for span in camera.spans],
            "given": [span_json(span) for span in self._given],
            "missing": missing_json(self._missing),
            "films": self._films,
        }

    def damaged_json(self) -> list[dict[str, Any]]:
        """Footage of this camera that the disk changed or lost."""
        return self._damaged

    def _add_damage(self, place: Place, file: str | None, span: Span) -> None:
        volume, sequence = place
        self._damaged.append({
            "camera": str(self.camera.camera_id),
            "volume": str(volume),
            "sequence": sequence,
            "file": file,
            "start": iso(span.start_us),
            "end": iso(span.end_us),
        })  # fmt: skip


def _placement_json(one: Standing) -> dict[str, Any]:
    return {
        "start": iso(one.from_us),
        "end": None if one.until_us is None else iso(one.until_us),
        "number": one.number,
        "name": one.name,
        "place": one.site,
    }
