"""What papers on footage are built from: who asked, which cameras and times, what of them exists."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from typing import Annotated, Any, Self

from pydantic import AfterValidator, AwareDatetime, Field, StringConstraints, model_validator

from vms.documents.forms.form import MAX_ROWS, Block, Count, Letter, Line, OptionalLine, Part, Person, SizeBytes

MAX_HOLDS = 50  # that a paper names, in one sentence
_EARLIEST, _LATEST = datetime(1970, 1, 2, tzinfo=UTC), datetime(9000, 1, 1, tzinfo=UTC)


def _in_utc(moment: datetime) -> datetime:
    return moment.astimezone(UTC)


# A moment of any zone; it is kept as UTC and printed, to the second, as the municipality's clocks showed it.
Moment = Annotated[AwareDatetime, Field(ge=_EARLIEST, le=_LATEST), AfterValidator(_in_utc)]
Length = Annotated[timedelta, Field(ge=timedelta(0), le=timedelta(days=36_500))]  # a number is seconds
Sha256 = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]


class AuthorityKind(StrEnum):
    """The four of article 10(1), and other officials of 4(4), whose basis legal staff look at (A-04)."""

    CIVIL_ADMINISTRATOR = "civil_administrator"  # mülki amir
    PROSECUTOR = "prosecutor"  # savcılık
    LAW_ENFORCEMENT = "law_enforcement"  # kolluk
    COURT = "court"  # mahkeme
    OTHER_OFFICIAL = "other_official"  # diğer resmî makam


class Cause(StrEnum):
    """Why there is no footage: the archive's causes (D-10.2c), that nothing is recorded of a city view (A-19), or that
    the package it was to be given in could not be built, so that it was given up.
    """  # noqa: D205

    RETENTION_EXPIRED = "retention_expired"
    CAMERA_OFFLINE = "camera_offline"
    RECORDER_DOWN = "recorder_down"
    DISK_FAILURE = "disk_failure"
    NETWORK = "network"
    MAINTENANCE = "maintenance"
    MASK_FAILURE = "mask_failure"
    NOT_COMMISSIONED = "not_commissioned"
    UNKNOWN = "unknown"
    LIVE_ONLY = "live_only"
    NOT_PACKED = "not_packed"


class Camera(Part):
    """A camera as it was called then. One that was moved is a row for each of its places (edge-18)."""

    number: OptionalLine = ""
    name: Line
    place: OptionalLine = ""


class Interval(Part):
    """From `start` (inside) to `end` (outside)."""

    start: Moment
    end: Moment

    @model_validator(mode="after")
    def _ends_later(self) -> Self:
        if self.end <= self.start:
            raise ValueError("interval_empty: An interval ends after it begins. Correct its times.")
        return self

    @property
    def length(self) -> timedelta:
        """How long it is."""
        return self.end - self.start

    @property
    def last(self) -> datetime:
        """The last moment inside."""
        return self.end - timedelta(microseconds=1)


class Missing(Part):
    """Time without footage. `detail`: in words, what shows it, such as a fault's number or a disk's event."""

    interval: Interval
    cause: Cause
    detail: OptionalLine = ""


class AskedRow(Part):
    """One camera in one interval, with what of it exists.

    `covered`: how much there is. `missing_in_all`: how many holes there are where `missing` does not name all.
    `is_outside`: it begins before the 20 days that are guaranteed at service (A-01). `retention_days`: how long this
    camera's footage was kept then.
    """

    camera: Camera
    interval: Interval
    covered: Length
    missing: Annotated[tuple[Missing, ...], Field(max_length=MAX_ROWS)] = ()
    missing_in_all: Count = 0
    is_outside: bool = False
    retention_days: Annotated[int, Field(ge=0, le=36_500)] | None = None

    @model_validator(mode="after")
    def _covers_no_more(self) -> Self:
        if self.covered > self.interval.length:
            raise ValueError("covered_too_long: There is no more footage than was asked for. Correct it.")
        return self

    @property
    def lack(self) -> timedelta:
        """How much there is not."""
        return self.interval.length - self.covered


def _not_too_many_holes(rows: tuple[AskedRow, ...]) -> tuple[AskedRow, ...]:
    if sum(len(row.missing) for row in rows) > MAX_ROWS:
        raise ValueError(f"form_rows_too_many: A paper names at most {MAX_ROWS} holes. Count the rest.")
    return rows


AskedRows = Annotated[
    tuple[AskedRow, ...], Field(min_length=1, max_length=MAX_ROWS), AfterValidator(_not_too_many_holes)
]


class FileRow(Part):
    """A file of a package. `interval`: when its pictures were; it may begin before what was asked for (key frame).

    `is_intact` False: some of it was found damaged on the disk, and is given as it is.
    """

    name: Line
    camera: OptionalLine = ""
    interval: Interval | None = None
    duration: Length | None = None
    size_bytes: SizeBytes
    sha256: Sha256
    is_intact: bool = True


class RequestNamed(Part):
    """The request a paper belongs to. `authority_kind` None: a unit of the institution, which needs an Olur (D-4.5a).

    `served_at`: the moment of service (tebliğ), from which the 20 days are counted back. `file_no`: the authority's own
    file (soruşturma / dosya no).
    """

    number: Line
    authority: Line
    authority_kind: AuthorityKind | None
    letter: Letter
    served_at: Moment
    registered_at: Moment | None = None
    olur: Letter | None = None
    file_no: OptionalLine = ""
    subject: OptionalLine = ""
    legal_basis: OptionalLine = ""

    @model_validator(mode="after")
    def _has_its_olur(self) -> Self:
        if self.authority_kind is None and self.olur is None:
            raise ValueError("olur_missing: A unit's request stands on an Olur. Give its number with its date.")
        return self


class HeadPost(StrEnum):
    """Either of the two signs (article 10(1), A-06)."""

    CHIEF = "chief"  # şef
    MANAGER = "manager"  # müdür


class UnitHead(Part):
    """Who signs for the surveillance unit."""

    person: Person
    post: HeadPost


_POSTS = {HeadPost.CHIEF: "Şef", HeadPost.MANAGER: "Müdür"}


def head_block(head: UnitHead | None) -> Block:
    """Room for the signature without which footage is neither given nor kept (D-10.1e); None: for a pen."""
    if head is None:
        return Block("Birim amiri (şef / müdür)")
    post = _POSTS[head.post]
    return Block(f"Birim amiri ({post})", head.person.name, head.person.title or post)


def amounts(rows: Sequence[AskedRow]) -> dict[str, Any]:
    """Totals, and for each row what its fields do not say: `verdict`, `lack`, lengths of `holes`, holes `left_out`."""
    return {
        "asked": sum((row.interval.length for row in rows), timedelta()),
        "covered": sum((row.covered for row in rows), timedelta()),
        "lack": sum((row.lack for row in rows), timedelta()),
        "rows": [_reckoned(row) for row in rows],
    }


def _reckoned(row: AskedRow) -> dict[str, Any]:
    left_out = max(0, row.missing_in_all - len(row.missing))
    return {
        "verdict": "none" if not row.covered else "some" if row.lack else "all",
        "lack": row.lack,
        "holes": [hole.interval.length for hole in row.missing],
        "left_out": left_out or None,
    }


def holds_left_out(holds: Sequence[str], in_all: int) -> int | None:
    """How many records of holds a paper has no room to name; None where it names all."""
    return max(0, in_all - len(holds)) or None
