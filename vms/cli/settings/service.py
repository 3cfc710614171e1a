"""`[service]`: the municipality's entry in its service catalogue (S-1a, S-1h)."""

import re
from typing import Annotated

from pydantic import AfterValidator, BaseModel, ConfigDict, Field

from vms.documents.forms.form import MAX_LAWS
from vms.footage.service_entry import SERVICE, Law, ServiceEntry

MAX_DOCUMENTS = 20
_MAX_LINE = 200
_LAW = re.compile(r"\s*([1-9]\d{0,4})\s*\|\s*([^|]*?)\s*\|\s*([^|]*?)\s*")


def _lines(told: tuple[str, ...]) -> tuple[str, ...]:
    """Lines of a list as they are read. ValueError as settings' models say it."""
    told = tuple(one.strip() for one in told if one.strip())
    if len(told) > MAX_DOCUMENTS:
        raise ValueError(f"settings_invalid: At most {MAX_DOCUMENTS} documents are listed. Leave some out.")
    if any(len(one) > _MAX_LINE or not one.isprintable() for one in told):
        raise ValueError(f"settings_invalid: A document is 1 to {_MAX_LINE} printable characters. Shorten it.")
    return told


def _laws(told: tuple[str, ...]) -> tuple[str, ...]:
    told = tuple(one.strip() for one in told if one.strip())
    if len(told) > MAX_LAWS:
        raise ValueError(f"settings_invalid: At most {MAX_LAWS} laws are listed. Leave some out.")
    numbers = [_law(line).no for line in told]
    for number in numbers:
        if numbers.count(number) > 1:
            raise ValueError(f"settings_invalid: Law {number} stands there twice. Name it once.")
    return told


def _law(line: str) -> Law:
    found = _LAW.fullmatch(line)
    if found is None or not (found[2] and found[3]) or len(line) > _MAX_LINE or not line.isprintable():
        raise ValueError(
            "settings_invalid: Write a law as number | Turkish name | English name: 5393 | Belediye Kanunu | "
            "Municipality Law."
        )
    return Law(found[1], found[2], found[3])


Name = Annotated[str, Field(min_length=1, max_length=120)]
Prose = Annotated[str, Field(max_length=2000)]
Lines = Annotated[tuple[str, ...], AfterValidator(_lines)]


class ServiceSettings(BaseModel):
    """`[service]`: what the service is, who may apply, with which documents, on which laws; Turkish and English.

    `laws`: a line each, `5393 | Belediye Kanunu | Municipality Law`. A change counts for decisions after it; what was
    decided keeps the laws that it quoted. How long it takes is `[footage]`: target_hours, limit_hours.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    name_tr: Name = SERVICE.name_tr
    name_en: Name = SERVICE.name_en
    about_tr: Prose = SERVICE.about_tr
    about_en: Prose = SERVICE.about_en
    applicants_tr: Prose = SERVICE.applicants_tr
    applicants_en: Prose = SERVICE.applicants_en
    documents_tr: Lines = tuple(SERVICE.documents_tr)
    documents_en: Lines = tuple(SERVICE.documents_en)
    laws: Annotated[tuple[str, ...], AfterValidator(_laws)] = tuple(
        f"{law.no} | {law.name_tr} | {law.name_en}" for law in SERVICE.laws
    )

    def entry(self) -> ServiceEntry:
        """The same for the use cases."""
        return ServiceEntry(**self.model_dump() | {"laws": tuple(_law(line) for line in self.laws)})
