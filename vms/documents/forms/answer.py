"""P-31 Talep Cevap Yazısı (directive 6(14)): the letter that answers a request or an application."""

from datetime import date
from enum import StrEnum
from typing import Annotated, Any, ClassVar

from pydantic import Field, ValidationInfo, field_validator

from vms.documents.forms.form import (
    MAX_LAWS,
    Block,
    Count,
    Form,
    Letter,
    Line,
    OptionalLine,
    OptionalProse,
    Part,
    Person,
)
from vms.documents.rules import Kind

MAX_LETTERS, MAX_PAPERS, MAX_ATTACHMENTS = 20, 50, 50


class Result(StrEnum):
    """What is answered."""

    DELIVERED = "delivered"  # the letter that goes with the footage
    UNAVAILABLE = "unavailable"
    INCOMPLETE = "incomplete"  # papers are missing
    REFUSED = "refused"
    REFERRED = "referred"  # a citizen's application: only authorities are given footage


class Closing(StrEnum):
    """How official letters end: to those above and beside, to those below and to citizens."""

    ARZ = "arz"
    RICA = "rica"


class Attachment(Part):
    """What goes with the letter. `number`: of a record of this register."""

    number: OptionalLine = ""
    title: Line
    pages: Count | None = None


_NEEDS = {
    Result.DELIVERED: "attachments",
    Result.UNAVAILABLE: "attachments",
    Result.INCOMPLETE: "missing_papers",
    Result.REFUSED: "reason",
}


class AnswerForm(Form):
    """The letter; `result` chooses its words.

    `addressee`: in the dative, as letters are addressed. `until`: the last day for missing papers. `is_released`: what
    was locked for the request is so no more. `reason` adds to what `result` says; a refusal needs one.
    `laws`: those the decision quotes.
    """

    kind: ClassVar[Kind] = Kind.ANSWER
    title: ClassVar[str] = "Talep Cevap Yazısı"
    basis: ClassVar[str] = (
        "Görüntülü İzleme Sistemleri Çalışma Usul ve Esasları Hakkında Yönerge, madde 4/4, 4/5, 6/14 ve 10"
    )

    result: Result
    addressee: Line
    letters: Annotated[tuple[Letter, ...], Field(min_length=1, max_length=MAX_LETTERS)]
    request: OptionalLine = ""
    file_no: OptionalLine = ""
    reason: Annotated[OptionalProse, Field(validate_default=True)] = ""
    missing_papers: Annotated[tuple[Line, ...], Field(max_length=MAX_PAPERS, validate_default=True)] = ()
    until: date | None = None
    attachments: Annotated[tuple[Attachment, ...], Field(max_length=MAX_ATTACHMENTS, validate_default=True)] = ()
    is_released: bool = False
    laws: Annotated[tuple[Line, ...], Field(max_length=MAX_LAWS)] = ()
    closing: Closing = Closing.ARZ
    signer: Person

    @field_validator("reason", "missing_papers", "attachments")
    @classmethod
    def _is_needed(cls, value: Any, info: ValidationInfo) -> Any:
        result = info.data.get("result")
        if not value and result is not None and _NEEDS.get(result) == info.field_name:
            raise ValueError(f"form_field_empty: A letter that says {result} needs this. Fill it in.")
        return value

    def subject_line(self) -> str:
        """See `Form`."""
        words = self.file_no or self.request
        return f"Görüntü kaydı talebi ({words})" if words else "Görüntü kaydı talebi"

    def addressed_to(self) -> str:
        """See `Form`."""
        return self.addressee

    def blocks(self) -> list[Block]:
        """See `Form`."""
        return [Block("Birim amiri", self.signer.name, self.signer.title)]
