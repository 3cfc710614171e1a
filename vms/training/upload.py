"""What may be uploaded as a training material."""

from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Protocol

from vms.documents.upload import MAX_UPLOAD_BYTES, Examiner
from vms.documents.upload import MediaType as PaperType
from vms.kernel.errors import Kind, VmsError

MAX_FILM_BYTES = 500 * 1024 * 1024  # an hour of a screen at 1 Mbit/s
MAX_FILM_MS = 4 * 3_600_000
_LOOKED_AT_BYTES = 1024  # a PDF's header lies within (ISO 32000-1, annex H.3)
_EBML = b"\x1aE\xdf\xa3"  # RFC 8794 §11.2.1; Matroska names its document type soon after


class FileType(StrEnum):
    """What browsers show by themselves."""

    PDF = "application/pdf"
    MP4 = "video/mp4"
    WEBM = "video/webm"


@dataclass(frozen=True, slots=True)
class Film:
    """What was found in a film."""

    duration_ms: int
    width: int
    height: int


class FilmExaminer(Protocol):
    """Looks into films of strangers where a bad one harms nothing."""

    def examine(self, path: Path, file_type: FileType) -> Film:
        """What it is. VmsError: INVALID `file_unreadable`, `film_unplayable`; UNAVAILABLE `examiner_unavailable`."""
        ...


@dataclass(frozen=True, slots=True)
class Examined:
    """A file that may be kept: `pages` of a PDF, `duration_ms` of a film."""

    file_type: FileType
    size_bytes: int
    pages: int | None = None
    duration_ms: int | None = None


@dataclass(frozen=True, slots=True)
class Examiners:
    """Who looks into papers, who into films."""

    papers: Examiner
    films: FilmExaminer

    def examine(self, path: Path) -> Examined:
        """What the file at `path` is; takes seconds of a core, so call it before the writer's lock is taken.

        VmsError: INVALID `training_file_type_wrong`, `training_file_too_large`, `file_unreadable`, `film_unplayable`,
        `film_too_long`; UNAVAILABLE `examiner_unavailable`.
        """
        size_bytes = path.stat().st_size
        file_type = type_of(path)
        if size_bytes > most_bytes(file_type):
            raise too_large(file_type)
        if file_type is FileType.PDF:
            return Examined(file_type, size_bytes, pages=self.papers.examine(path, PaperType.PDF).pages)
        film = self.films.examine(path, file_type)
        if film.duration_ms > MAX_FILM_MS:
            raise VmsError(
                Kind.INVALID, "film_too_long", "A training film lasts at most four hours. Cut it into parts."
            )
        return Examined(file_type, size_bytes, duration_ms=film.duration_ms)


def type_of(path: Path) -> FileType:
    """What the bytes themselves say they are. VmsError(INVALID, `training_file_type_wrong`)."""
    with path.open("rb") as file:
        head = file.read(_LOOKED_AT_BYTES)
    if b"%PDF-" in head:
        return FileType.PDF
    if head[4:8] == b"ftyp":
        return FileType.MP4
    if head.startswith(_EBML) and b"webm" in head[:64]:
        return FileType.WEBM
    raise wrong_type()


def most_bytes(file_type: FileType) -> int:
    """How long such a file may be."""
    return MAX_UPLOAD_BYTES if file_type is FileType.PDF else MAX_FILM_BYTES


def wrong_type() -> VmsError:
    """The file is nothing that browsers show."""
    return VmsError(
        Kind.INVALID, "training_file_type_wrong",
        "A training material is a PDF, or a film as MP4 or WebM. Choose another file.",
    )  # fmt: skip


def too_large(file_type: FileType) -> VmsError:
    """The file is longer than any that makes sense."""
    most = most_bytes(file_type)
    return VmsError(
        Kind.INVALID, "training_file_too_large",
        f"Such a file has at most {most // (1024 * 1024)} MB. Save it smaller.", limit_bytes=most,
    )  # fmt: skip


def unplayable() -> VmsError:
    """A film that browsers do not play."""
    return VmsError(
        Kind.INVALID, "film_unplayable",
        "Browsers do not play this film. Save it as MP4 with H.264 (yuv420p) and AAC, or as WebM with VP9 and Opus.",
    )  # fmt: skip
