"""Printing a form: template, data, QR code become a PDF."""

import io
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

import segno
import typst

from vms.documents.codes import query_address
from vms.documents.forms.form import Form
from vms.documents.letterhead import Letterhead
from vms.documents.printing import Imprint, template_data
from vms.documents.rules import MAX_PAGES, Kind
from vms.documents.templates import Templates
from vms.kernel.clock import to_datetime
from vms.kernel.errors import Kind as Refused
from vms.kernel.errors import VmsError

if TYPE_CHECKING:
    from vms.documents.seal import Seal

SPECIMEN_CODE = "0000-0000-0000-0000"
DRAFT = "TASLAK"  # what stands in a number's place
_BLANK = (
    b'<svg xmlns="http://www.w3.org/2000/svg" width="1" height="1"/>'  # a template of a municipality may ask for it
)
_STANDARDS = ["a-2a", "ua-1"]  # what archives keep and screen readers read (ISO 19005-2, ISO 14289-1)


@dataclass(frozen=True, slots=True)
class Printed:
    """A paper with what the register keeps of it."""

    pdf: bytes
    pages: int
    text_version: str
    is_sealed: bool


class Across(Enum):
    """The word that stands across each page."""

    NOTHING = "nothing"
    SPECIMEN = "specimen"
    DRAFT = "draft"


@dataclass(frozen=True, slots=True)
class Imprinted:
    """What the register gives a paper; nothing of it to one that it does not know. `code` empty: no QR code."""

    number: str
    version: int
    code: str
    across: Across = Across.NOTHING


@dataclass(frozen=True, slots=True, kw_only=True)
class Press:
    """Prints in the municipality's name. May be shared by threads; a page takes some sixty milliseconds of a core.

    `zone`: where the municipality's days begin. `seal`: its electronic seal, where it has one. `chains`: by form the
    titles of those who initial it before it is signed, in their order.
    """

    letterhead: Letterhead
    zone: ZoneInfo
    templates: Templates = field(default_factory=Templates)
    seal: "Seal | None" = None
    chains: Mapping[Kind, tuple[str, ...]] = field(default_factory=dict)

    def chain_of(self, kind: Kind) -> tuple[str, ...]:
        """The titles of those who initial a paper of this form from now on; usually nobody."""
        return self.chains.get(kind, ())

    def print(self, form: Form, *, number: str, version: int, code: str, at_us: int) -> Printed:
        """The paper of a numbered record. VmsError: `template_invalid`, `logo_unreadable`, `seal_failed`."""
        pdf, pages, text_version = self._set(form, Imprinted(number, version, code), at_us)
        if self.seal is not None:
            pdf = self.seal.on(pdf, self.letterhead.institution, to_datetime(at_us))
        return Printed(pdf, pages, text_version, self.seal is not None)

    def specimen(self, form: Form, at_us: int) -> bytes:
        """How the form looks: without number, code, seal, and with a word across it that says so."""
        return self._set(form, Imprinted(f"{form.kind}/ÖRNEK", 1, SPECIMEN_CODE, Across.SPECIMEN), at_us)[0]

    def draft(self, form: Form, at_us: int) -> bytes:
        """What would be printed now, to be read before: no number, code, QR code, seal; TASLAK across each page."""
        return self._set(form, Imprinted(DRAFT, 1, "", Across.DRAFT), at_us)[0]

    def _set(self, form: Form, given: Imprinted, at_us: int) -> tuple[bytes, int, str]:
        head = self.letterhead
        text = self.templates.text(form.kind, {"institution": head.institution}) if form.has_text else None
        imprint = Imprint(
            number=given.number, version=given.version, code=given.code,
            issued=to_datetime(at_us).astimezone(self.zone),
            is_sealed=self.seal is not None and given.across is Across.NOTHING,
            is_specimen=given.across is not Across.NOTHING, is_draft=given.across is Across.DRAFT,
        )  # fmt: skip
        data = template_data(form, self.templates.title(form.kind, form.title), text, head, imprint)
        data["initials"] = list(self.chain_of(form.kind))
        sources = self.templates.sources(form.kind) | _pictures(data, head, given.code)
        pdf = _compile(sources, data, at_us)
        return pdf, _pages(pdf), text.version if text else ""


def _pictures(data: dict[str, Any], head: Letterhead, code: str) -> dict[str, bytes]:
    """The files that the paper shows; `data` is told their names. Without a code the QR code's file is blank."""
    files = {"qr.svg": _qr(query_address(head.query_url, code)) if code else _BLANK}
    logo = head.logo_file()
    if logo is not None:
        files[f"logo.{logo[0]}"] = logo[1]
    data["logo"] = None if logo is None else f"logo.{logo[0]}"
    return files


def _qr(address: str) -> bytes:
    """Level M: it survives a stamp on a seventh of it."""
    drawn = io.BytesIO()
    segno.make(address, error="m", micro=False).save(drawn, kind="svg", border=0, xmldecl=False)
    return drawn.getvalue()


def _compile(sources: dict[str, bytes], data: dict[str, Any], at_us: int) -> bytes:
    """Embedded fonts only, so that every machine prints alike; the same data give the same bytes."""
    try:
        pdf = typst.compile(  # type: ignore[call-overload]  # its stubs know neither files in memory nor this list
            sources,
            sys_inputs={"data": json.dumps(data, ensure_ascii=False)},
            ignore_system_fonts=True,
            format="pdf",
            pdf_standards=_STANDARDS,
            timestamp=at_us // 1_000_000,
        )
    except typst.TypstError as err:
        raise VmsError(
            Refused.INVALID, "template_invalid",
            "The form's template cannot be set. Correct or remove it in the folder of templates.",
            file=f"{data['form_kind']}.typ",
        ) from err  # fmt: skip
    assert isinstance(pdf, bytes)
    return pdf


def _pages(pdf: bytes) -> int:
    from pyhanko.pdf_utils.reader import PdfFileReader  # noqa: PLC0415 - a fifth of a second of every start of the web

    pages = int(PdfFileReader(io.BytesIO(pdf)).root["/Pages"]["/Count"])
    if pages > MAX_PAGES:
        raise VmsError(
            Refused.INVALID, "document_too_long", f"A document has at most {MAX_PAGES} pages. Divide it.", pages=pages
        )
    return pages
