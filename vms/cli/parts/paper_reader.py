"""Reads one file of a stranger, as a process of its own: pages, verification codes, signatures as JSON.

`python -m vms.cli.parts.paper_reader FILE MEDIA_TYPE FOLDER_OF_ROOTS`; exit code 3 for a file that cannot be read, 4
for one that is refused with the code and sentence that are written instead.
"""

import json
import os
import resource
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import pypdfium2 as pdfium

from vms.documents.codes import codes_in
from vms.documents.eyp import Eyp
from vms.documents.rules import MAX_PAGES
from vms.documents.upload import MediaType
from vms.kernel.errors import VmsError

# Of address space; the libraries alone map 510 MB and hold 90. So the child holds less than half a gigabyte, which fits
# beside the web process into its unit's gigabyte.
MEMORY_BYTES = 900 * 1024**2
CORE_S = 90
UNREADABLE, REFUSED = 3, 4  # this process's exit codes
MAX_LOOKED_AT = 40  # pages whose picture is searched; text is searched on all
PATIENT_PAGES = 3  # searched in every way there is, some six seconds each without a code; later ones in the best way
_LONG_SIDES_PX = (2400, 1600)  # A4 at some 200 and 140 dots per inch
_NICER = 10

Picture = np.ndarray[Any, Any]


def main(path: Path, media_type: MediaType, roots: Path | None) -> dict[str, Any]:
    """What the file holds. ValueError, pdfium.PdfiumError, cv2.error, MemoryError for one that cannot be read.

    VmsError: what `Eyp` and `signatures_of` refuse.
    """
    if media_type is MediaType.EYP:
        return _package(path.read_bytes(), roots)
    if media_type is not MediaType.PDF:
        picture = cv2.imdecode(np.fromfile(path, np.uint8), cv2.IMREAD_GRAYSCALE)
        if picture is None:
            raise ValueError("no picture")
        return {"pages": 1, "codes": sorted(_codes_on(picture)), "signatures": []}
    with pdfium.PdfDocument(path) as document:
        pages = _pages_of(document)
        codes = _codes_of(document)
    return {"pages": pages, "codes": sorted(codes), "signatures": _signatures_of(path, roots)}


def _package(content: bytes, roots: Path | None) -> dict[str, Any]:
    """The letter inside a package counts: its pages, what is said of it, the signatures that cover it."""
    from vms.documents.eyp_signature import signatures_of  # noqa: PLC0415 - see below
    from vms.documents.signatures import roots_in  # noqa: PLC0415

    package = Eyp(content)
    with pdfium.PdfDocument(package.letter()) as document:
        pages = _pages_of(document)
    found = signatures_of(package, roots_in(roots) if roots else ())
    signatures = [one.to_json() for one in found]
    return {"pages": pages, "codes": [], "signatures": signatures, "letter": package.facts().to_json()}


def _pages_of(document: pdfium.PdfDocument) -> int:
    pages = len(document)
    if not 0 < pages <= 2 * MAX_PAGES:
        raise ValueError("too many pages")
    return pages


def _signatures_of(path: Path, roots: Path | None) -> list[dict[str, Any]]:
    from vms.documents.signatures import roots_in, signatures_in  # noqa: PLC0415 - a third of a start; pictures have none

    return [one.to_json() for one in signatures_in(path.read_bytes(), roots_in(roots) if roots else ())]


def _codes_of(document: pdfium.PdfDocument) -> set[str]:
    """From the text of all pages; where that has none, from their pictures: a scan has no text."""
    found: set[str] = set()
    for page in document:
        found |= codes_in(page.get_textpage().get_text_bounded())
    if not found:
        for number, picture in enumerate(_pictures(document)):
            found |= _codes_on(picture, is_patient=number < PATIENT_PAGES)
    return found


def _pictures(document: pdfium.PdfDocument) -> Iterator[Picture]:
    for index in range(min(len(document), MAX_LOOKED_AT)):
        page = document[index]
        scale = max(_LONG_SIDES_PX) / max(*page.get_size(), 1)
        yield page.render(scale=scale, grayscale=True).to_numpy().squeeze().copy()


def _codes_on(picture: Picture, *, is_patient: bool = True) -> frozenset[str]:
    """From the QR codes on a page. A scanner's noise hides from one way of looking what another sees."""
    for shown in _views(picture):
        for detector in (cv2.QRCodeDetectorAruco(), cv2.QRCodeDetector()):
            is_found, texts, _, _ = detector.detectAndDecodeMulti(shown)
            codes = codes_in("\n".join(texts)) if is_found else frozenset()
            if codes or not is_patient:
                return codes
    return frozenset()


def _views(picture: Picture) -> Iterator[Picture]:
    for long_side in _LONG_SIDES_PX:
        smaller = _sized(picture, long_side)
        yield smaller
        yield cv2.medianBlur(smaller, 3)


def _sized(picture: Picture, long_side: int) -> Picture:
    scale = long_side / max(picture.shape[:2])
    if scale >= 1:
        return picture
    size = (max(1, round(picture.shape[1] * scale)), max(1, round(picture.shape[0] * scale)))
    return cv2.resize(picture, size, interpolation=cv2.INTER_AREA)


def _bound() -> None:
    """Recording comes first; a file that wants more than this is none of ours."""
    os.nice(_NICER)
    Path("/proc/self/oom_score_adj").write_text("1000")  # if memory runs out, this process goes, not the recorder
    cv2.setNumThreads(1)
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
    resource.setrlimit(resource.RLIMIT_CPU, (CORE_S, CORE_S))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


if __name__ == "__main__":
    _bound()
    name, kind, folder = sys.argv[1:4]
    try:
        told = main(Path(name), MediaType(kind), Path(folder) if folder else None)
    except (ValueError, pdfium.PdfiumError, cv2.error, MemoryError, RecursionError):
        sys.exit(UNREADABLE)
    except VmsError as err:
        sys.stdout.write(json.dumps({"code": err.code, "message": err.message}))
        sys.exit(REFUSED)
    sys.stdout.write(json.dumps(told))
