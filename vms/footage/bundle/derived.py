"""The derived copy of a film (türetilmiş kopya): masks and watermark drawn in, encoded anew, beside the original.

It proves nothing, and is called derived wherever it is named. It is made of the same bytes as the film in the package,
which are read a second time and whose hash must be the film's; what was decoded lies nowhere but in memory.
"""

from collections.abc import Callable, Iterable, Iterator
from typing import Any
from zoneinfo import ZoneInfo

from vms.footage.bundle.container import Part
from vms.footage.bundle.manifest import span_json
from vms.footage.bundle.order import CameraOrder, Derived
from vms.footage.bundle.piece import Film
from vms.footage.bundle.rebuilt import FilmReader, box_of
from vms.footage.bundle.watermark import Watermark
from vms.kernel.errors import Kind, VmsError
from vms.kernel.span import Span
from vms.media.boxes import read_fragment
from vms.media.copy_rate import rate_for
from vms.media.export_film import without_duration
from vms.media.init_segment import TIMESCALE
from vms.media.painting import Fill, Planes
from vms.media.redraw import ENCODED_BY, Picture, Redrawing
from vms.media.sample_table import read_samples

FOLDER = "turev/"
_MOST_LATE_90K = 2 * TIMESCALE  # how long after its decoding a picture is shown, at most
_MDAT_HEAD_BYTES = 8


def derived_name(film_name: str) -> str:
    """`turev/kamera-0012-20261121T170459-1-turev.mp4`: whoever has lost the folder can still tell it from the film."""
    return FOLDER + film_name.rpartition("/")[2].removesuffix(".mp4") + "-turev.mp4"


class DerivedCopy:
    """The derived copy of `film`, which lies in the package as `original`. One thread at a time."""

    def __init__(self, camera: CameraOrder, derived: Derived, film: Film, original: Part, zone: ZoneInfo) -> None:
        self._camera, self._derived, self._film, self._original = camera, derived, film, original
        drawing = _Drawing(derived, film.span.start_us, zone)
        rate = rate_for(film.size_bytes, film.duration_90k)
        self._copy = Redrawing(film.init, film.duration_90k, rate, drawing.on)

    def chunks(self, content: Iterable[bytes], pause: Callable[[], None]) -> Iterator[bytes]:
        """The copy's bytes, none when no picture of the original can be decoded. `content`: of the original.

        `pause` is called for every picture, and may raise to stop. UNAVAILABLE `volume_away` when the disk gave
        something else than a moment ago; whatever `content` raises.
        """
        reader = FilmReader(iter(content))
        yield from self._copy.chunks(self._pictures(reader, pause))
        if reader.drain() != (self._original.size_bytes, self._original.sha256):
            raise VmsError(
                Kind.UNAVAILABLE, "volume_away", "A disk with this footage fails. Repair it, then try again."
            )

    def to_json(self, made: Part | None) -> dict[str, Any]:
        """What `manifest.py` calls a derived film, once it was written; `made` None: it could not be made."""
        copy, span = self._copy, self._film.span
        return {
            "file": None if made is None else made.name,
            "size_bytes": 0 if made is None else made.size_bytes,
            "sha256": None if made is None else made.sha256,
            "original": {"file": self._original.name, "sha256": self._original.sha256},
            "camera": str(self._camera.camera_id),
            **span_json(span),
            "duration_ms": self._film.duration_90k // 90,
            "codec": copy.codec,
            "width": copy.width,
            "height": copy.height,
            "encoder": ENCODED_BY,
            "pictures": copy.pictures,
            "masks": [[list(corner) for corner in mask] for mask in self._derived.masks],
            "watermark": self._derived.watermark,
            "undecoded": [span_json(self._wall(*place)) for place in copy.undecoded],
        }

    def _wall(self, start_90k: int, end_90k: int) -> Span:
        start_us = self._film.span.start_us
        return Span(start_us + start_90k * 100 // 9, start_us + end_90k * 100 // 9)

    def _pictures(self, reader: FilmReader, pause: Callable[[], None]) -> Iterator[Picture]:
        """The pictures of the original in decoding order."""
        head = box_of(reader, b"ftyp") + box_of(reader, b"moov")
        assert without_duration(head) == self._film.init
        box_of(reader, b"sidx")
        for _ in range(sum(piece.fragments for piece in self._film.pieces)):
            moof = box_of(reader, b"moof")
            reader.take(_MDAT_HEAD_BYTES)
            starts_with_key = read_fragment(moof).is_sync
            for number, sample in enumerate(read_samples(moof)):
                pause()
                is_sync = starts_with_key and number == 0
                late_90k = sample.show_90k - sample.decode_90k
                show_90k = sample.show_90k if abs(late_90k) <= _MOST_LATE_90K else sample.decode_90k  # a flipped bit
                yield Picture(reader.take(sample.size_bytes), show_90k, is_sync)


class _Drawing:
    """Draws what was asked; prepared for the size of the first picture."""

    def __init__(self, derived: Derived, start_us: int, zone: ZoneInfo) -> None:
        self._derived, self._start_us, self._zone = derived, start_us, zone
        self._fill: Fill | None = None
        self._watermark: Watermark | None = None

    def on(self, planes: Planes, at_90k: int) -> None:
        """Masks first, words over them."""
        if self._fill is None:
            height, width = planes.luma.shape
            self._fill = Fill(self._derived.masks, width, height)
            if self._derived.watermark:
                self._watermark = Watermark(self._derived.watermark, self._zone, width, height)
        self._fill.on(planes)
        if self._watermark is not None:
            self._watermark.on(planes, self._start_us + at_90k * 100 // 9)
