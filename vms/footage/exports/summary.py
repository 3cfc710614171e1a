"""What register and minutes need of a manifest once its package is gone."""

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field
from datetime import datetime
from typing import Any

from vms.cameras.standing import Standing, joined, standings_in
from vms.footage.bundle.manifest import stamp_authority
from vms.kernel.clock import from_datetime
from vms.kernel.span import Span

MAX_ROWS = 2_000  # of a kind; the manifest names all of them, minutes print fewer


@dataclass(frozen=True, slots=True)
class FilmSummary:
    """A film of the package. `sha256`: as its minutes print it."""

    camera_number: int
    camera_name: str
    name: str
    from_us: int
    until_us: int
    size_bytes: int
    duration_us: int
    sha256: str
    is_intact: bool = True


@dataclass(frozen=True, slots=True)
class GivenSummary:
    """What of the asked time the package shows."""

    camera_number: int
    from_us: int
    until_us: int


@dataclass(frozen=True, slots=True)
class MissingSummary:
    """What of it is not there, with the cause (directive 10(2)). `detail`: see `bundle.shortfall`.

    `camera_id`: a number is given anew once its camera is retired; empty in rows of older versions.
    """

    camera_number: int
    from_us: int
    until_us: int
    cause: str
    detail: str
    camera_id: str = ""


@dataclass(frozen=True, slots=True)
class ClockSummary:
    """What a camera's own clock showed minus server time, in all films of the camera; None: it never said.

    `is_whole` False: of some films it did not say. Rows of older versions lack the cameras that never did.
    """

    camera_number: int
    least_us: int | None
    most_us: int | None
    is_whole: bool = True


@dataclass(frozen=True, slots=True)
class DamageSummary:
    """Footage that the disk changed or lost. `name`: of the film that shows it as it is; empty: it is not given."""

    camera_number: int
    name: str
    from_us: int
    until_us: int


@dataclass(frozen=True, slots=True)
class DerivedSummary:
    """A derived copy of the film `original`; `name` and `sha256` empty: no picture of that could be decoded.

    `undecoded`: how many places of it could not be, or only with damage.
    """

    camera_number: int
    camera_name: str
    name: str
    original: str
    from_us: int
    until_us: int
    size_bytes: int
    sha256: str
    masks: int
    has_watermark: bool
    undecoded: int


@dataclass(frozen=True, slots=True)
class StampSummary:
    """A time stamp that was asked for. `at_us`: when its authority saw the signature; None: it was not obtained."""

    authority: str
    at_us: int | None


@dataclass(frozen=True, slots=True)
class ExportSummary:
    """As `Export.summary` keeps it. `*_in_all`: how many there are where not all are named.

    `certificate_sha256`: of the institution's certificate, with which the manifest is proved. `time_stamp`: None where
    none was asked for.
    """

    films: list[FilmSummary] = field(default_factory=list)
    given: list[GivenSummary] = field(default_factory=list)
    missing: list[MissingSummary] = field(default_factory=list)
    clocks: list[ClockSummary] = field(default_factory=list)
    damaged: list[DamageSummary] = field(default_factory=list)
    films_in_all: int = 0
    missing_in_all: int = 0
    damaged_in_all: int = 0
    certificate_sha256: str = ""
    derived: list[DerivedSummary] = field(default_factory=list)
    derived_in_all: int = 0
    time_stamp: StampSummary | None = None

    def to_json(self) -> dict[str, Any]:
        """Plain values."""
        return asdict(self)

    @classmethod
    def from_json(cls, values: Mapping[str, Any] | None) -> "ExportSummary":
        """The summary of a row; an empty one for a package that was never ready."""
        told = dict(values or {})
        rows: dict[str, Any] = {
            "films": [FilmSummary(**one) for one in told.pop("films", ())],
            "given": [GivenSummary(**one) for one in told.pop("given", ())],
            "missing": [MissingSummary(**one) for one in told.pop("missing", ())],
            "clocks": [ClockSummary(**one) for one in told.pop("clocks", ())],
            "damaged": [DamageSummary(**one) for one in told.pop("damaged", ())],
            "derived": [DerivedSummary(**one) for one in told.pop("derived", ())],
        }
        stamped = told.pop("time_stamp", None)
        return cls(**rows, **told, time_stamp=None if stamped is None else StampSummary(**stamped))


def summary_of(
    manifest: Mapping[str, Any], certificate_sha256: str = "", stamped_at: datetime | None = None
) -> ExportSummary:
    """What a manifest says, in its order, cameras by their call-up numbers. `stamped_at`: what it cannot say."""
    cameras = manifest["cameras"]
    numbers = {one["camera"]["id"]: one["camera"]["number"] for one in cameras}
    by_id = {one["camera"]["id"]: one["camera"] for one in cameras}
    films = [_film(one["camera"], film) for one in cameras for film in one["films"]]
    given = [GivenSummary(one["camera"]["number"], *_span(span)) for one in cameras for span in one["given"]]
    missing = [
        MissingSummary(one["camera"]["number"], *_span(hole), hole["cause"], hole["detail"], one["camera"]["id"])
        for one in cameras
        for hole in one["missing"]
    ]
    damaged = [
        DamageSummary(numbers[one["camera"]], one["file"] or "", *_span(one)) for one in manifest.get("damaged", ())
    ]
    derived = [_derived(by_id[one["camera"]], one) for one in manifest.get("derived", ())]
    authority, at_us = stamp_authority(manifest), None if stamped_at is None else from_datetime(stamped_at)
    return ExportSummary(
        films[:MAX_ROWS], given[:MAX_ROWS], missing[:MAX_ROWS], list(_clocks(cameras)), damaged[:MAX_ROWS],
        len(films), len(missing), len(damaged), certificate_sha256, derived[:MAX_ROWS], len(derived),
        None if authority is None else StampSummary(authority, at_us),
    )  # fmt: skip


def _film(camera: Mapping[str, Any], film: Mapping[str, Any]) -> FilmSummary:
    return FilmSummary(
        camera["number"], _name_of(camera, film), film["file"], *_span(film), size_bytes=film["size_bytes"],
        duration_us=film["duration_ms"] * 1000, sha256=film["sha256"], is_intact=film["is_intact"],
    )  # fmt: skip


def _derived(camera: Mapping[str, Any], copy: Mapping[str, Any]) -> DerivedSummary:
    return DerivedSummary(
        camera["number"], _name_of(camera, copy), copy["file"] or "", copy["original"]["file"], *_span(copy),
        size_bytes=copy["size_bytes"], sha256=copy["sha256"] or "", masks=len(copy["masks"]),
        has_watermark=bool(copy["watermark"]), undecoded=len(copy["undecoded"]),
    )  # fmt: skip


def _name_of(camera: Mapping[str, Any], film: Mapping[str, Any]) -> str:
    """What the camera was called while the film was recorded."""
    stood = [_standing(one) for one in camera.get("placements", ())]
    return joined(one.name for one in standings_in(stood, [Span(*_span(film))])) or str(camera["name"])


def _standing(one: Mapping[str, Any]) -> Standing:
    until_us = None if one["end"] is None else _us(one["end"])
    return Standing(_us(one["start"]), until_us, one["number"], one["name"], one["place"])


def _clocks(cameras: Iterable[Mapping[str, Any]]) -> Iterable[ClockSummary]:
    for one in cameras:
        told = [film["clock_offset_us"] for film in one["films"] if film["clock_offset_us"] is not None]
        if one["films"]:
            least_us = min((clock["least"] for clock in told), default=None)
            most_us = max((clock["most"] for clock in told), default=None)
            yield ClockSummary(one["camera"]["number"], least_us, most_us, is_whole=len(told) == len(one["films"]))


def _span(values: Mapping[str, str]) -> tuple[int, int]:
    return _us(values["start"]), _us(values["end"])


def _us(told: str) -> int:
    return from_datetime(datetime.fromisoformat(told))
