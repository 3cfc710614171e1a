"""What a template is given: everything in words, ready to be set."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date, datetime, time, timedelta, tzinfo
from enum import StrEnum
from typing import Any

from vms.documents.forms.form import Form
from vms.documents.legal_text import LegalText
from vms.documents.letterhead import Letterhead
from vms.documents.turkish import duration, number, upper, written, written_exactly


@dataclass(frozen=True, slots=True, kw_only=True)
class Imprint:
    """What the register gives a paper: its number, version, code, day.

    `is_specimen`: it counts for nothing; `is_draft`: for what its number was not given yet.
    """

    number: str
    version: int
    code: str
    issued: datetime
    is_sealed: bool = False
    is_specimen: bool = False
    is_draft: bool = False


def template_data(
    form: Form, title: str, text: LegalText | None, letterhead: Letterhead, imprint: Imprint
) -> dict[str, Any]:
    """The data of one paper. Plain JSON values; what is to stand in capitals does so already.

    Moments are told by the clocks of the zone in which the paper is issued.
    """
    zone = imprint.issued.tzinfo
    return {
        "head": letterhead.lines(),
        "institution": letterhead.institution,
        "contact": letterhead.contact,
        "query": f"{letterhead.query_url}/d",
        "running": title,
        "title": f"{imprint.number} {title}",
        "heading": upper(title),
        "subject": form.subject_line(),
        "form_kind": form.kind.value,
        "basis": form.basis,
        "number": imprint.number,
        "version": imprint.version,
        "code": imprint.code,
        "date": written(imprint.issued.date()),
        "stamp": [imprint.issued.year, imprint.issued.month, imprint.issued.day],
        "sealed": imprint.is_sealed,
        "specimen": imprint.is_specimen,
        "draft": imprint.is_draft,
        "blocks": [asdict(block) for block in form.blocks()],
        "addressee": upper(form.addressed_to()),
        "text": None if text is None else asdict(text),
        "form": _printable(form.model_dump(), zone),
        "sums": _printable(form.sums(), zone),
    }


def _printable(value: Any, zone: tzinfo | None) -> Any:
    if isinstance(value, Mapping):
        return {key: _printable(one, zone) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return [_printable(one, zone) for one in value]
    if value is None or isinstance(value, bool):
        return value
    return _words(value, zone)


def _words(value: Any, zone: tzinfo | None) -> str:
    if isinstance(value, datetime):
        return written_exactly(value.astimezone(zone))
    if isinstance(value, timedelta):
        return duration(value)
    if isinstance(value, date | time):
        return written(value)
    if isinstance(value, int | float):
        return number(value, 1 if isinstance(value, float) else 0)
    return value.value if isinstance(value, StrEnum) else str(value)
