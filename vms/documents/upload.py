"""What may be handed back as the signed file of a document."""

import struct
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import Protocol

from vms.documents.eyp import EypFacts
from vms.documents.signature import Signature
from vms.kernel.errors import Kind, VmsError

MAX_UPLOAD_BYTES = 20 * 1024 * 1024
MAX_PICTURE_PIXELS = 80_000_000  # A4 at 800 dots per inch; decoded it takes a quarter of a gigabyte
_PDF_WITHIN = 1024  # where readers look for the header (ISO 32000-1, annex H.3)
_START_OF_FRAME = frozenset({*range(0xC0, 0xD0)} - {0xC4, 0xC8, 0xCC})
_STANDALONE = frozenset({0x01, *range(0xD0, 0xD9)})


class MediaType(StrEnum):
    """What a file may be. A package (EYP) is only taken for a letter that came in."""

    PDF = "application/pdf"
    PNG = "image/png"
    JPEG = "image/jpeg"
    EYP = "application/eyazisma"


@dataclass(frozen=True, slots=True)
class Examined:
    """What was found in a file. `codes`: all verification codes on its pages, from text and from QR codes.

    `letter`: what a package (EYP) says of the letter inside, whose pages are counted; None of any other file.
    """

    pages: int
    codes: frozenset[str] = frozenset()
    signatures: tuple[Signature, ...] = field(default=())
    letter: EypFacts | None = None


class Examiner(Protocol):
    """Looks into files of strangers; an implementation does it where a bad file harms nothing."""

    def examine(self, path: Path, media_type: MediaType) -> Examined:
        """What the file holds.

        VmsError(INVALID, `file_unreadable`); of a package what `Eyp` and `signatures_of` refuse; (UNAVAILABLE,
        `examiner_unavailable`).
        """
        ...


def media_type_of(content: bytes) -> MediaType:
    """What the bytes themselves say they are. VmsError(INVALID): `file_type_wrong`, `picture_too_large`."""
    if b"%PDF-" in content[:_PDF_WITHIN]:
        return MediaType.PDF
    if content.startswith(b"\x89PNG\r\n\x1a\n"):
        _check_size(_png_size(content))
        return MediaType.PNG
    if content.startswith(b"\xff\xd8\xff"):
        _check_size(_jpeg_size(content))
        return MediaType.JPEG
    raise VmsError(
        Kind.INVALID, "file_type_wrong", "A signed file is a PDF, or a scan as PDF, PNG or JPEG. Choose another file."
    )


def too_large() -> VmsError:
    """The file is longer than any that makes sense."""
    return VmsError(
        Kind.INVALID, "file_too_large",
        f"A signed file has at most {MAX_UPLOAD_BYTES // (1024 * 1024)} MB. Scan it with fewer dots.",
        limit_bytes=MAX_UPLOAD_BYTES,
    )  # fmt: skip


def unreadable() -> VmsError:
    """The file is not what it says it is."""
    return VmsError(
        Kind.INVALID, "file_unreadable", "This file cannot be opened: it is damaged or locked. Scan or save it again."
    )


def _check_size(size: tuple[int, int] | None) -> None:
    if size is None:
        raise unreadable()
    width, height = size
    if not 0 < width * height <= MAX_PICTURE_PIXELS:
        raise VmsError(
            Kind.INVALID, "picture_too_large",
            f"This picture has {width} × {height} dots. Scan it with 300 dots per inch.", width=width, height=height,
        )  # fmt: skip


def _png_size(content: bytes) -> tuple[int, int] | None:
    """Of the IHDR chunk, which comes first (PNG specification, 11.2.2)."""
    if len(content) < 24 or content[12:16] != b"IHDR":
        return None
    width, height = struct.unpack(">II", content[16:24])
    return width, height


def _jpeg_size(content: bytes) -> tuple[int, int] | None:
    """Of the first start-of-frame segment (ITU-T T.81, B.2.2)."""
    at = 2
    while at + 9 < len(content):
        if content[at] != 0xFF:
            return None
        marker = content[at + 1]
        if marker == 0xFF:  # fill byte
            at += 1
            continue
        if marker in _STANDALONE:
            at += 2
            continue
        (length,) = struct.unpack(">H", content[at + 2 : at + 4])
        if marker in _START_OF_FRAME:
            height, width = struct.unpack(">HH", content[at + 5 : at + 9])
            return width, height
        at += 2 + length
    return None
