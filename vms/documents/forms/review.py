"""P-17 Ortak Hesap Gözden Geçirme Tutanağı (directive 11(6))."""

from datetime import date
from enum import StrEnum
from typing import Annotated, ClassVar

from pydantic import Field

from vms.documents.forms.authority import CameraRow
from vms.documents.forms.form import MAX_ROWS, Block, Count, Form, Line, OptionalLine, Part, Person, Prose
from vms.documents.rules import Kind


class Decision(StrEnum):
    """What becomes of an account that belongs to no person."""

    KEEP = "keep"
    REDUCE = "reduce"
    CLOSE = "close"


class Use(Part):
    """How much the account was used in the time under review."""

    first_day: date
    last_day: date
    sessions: Count
    viewing_hours: Annotated[float, Field(ge=0, le=10_000_000, allow_inf_nan=False)]
    last_used: date | None = None


class ReviewForm(Form):
    """What the account may, how it was used, what was decided."""

    kind: ClassVar[Kind] = Kind.REVIEW
    title: ClassVar[str] = "Ortak Hesap Gözden Geçirme Tutanağı"
    basis: ClassVar[str] = "Görüntülü İzleme Sistemleri Çalışma Usul ve Esasları Hakkında Yönerge, madde 11/6"

    account_name: Line
    place: OptionalLine = ""
    responsible: Person
    last_review: date | None = None
    day: date
    use: Use
    decision: Decision
    reason: Prose
    next_due: date | None = None
    reviewer: Person
    cameras: Annotated[tuple[CameraRow, ...], Field(max_length=MAX_ROWS)] = ()

    def subject_line(self) -> str:
        """See `Form`."""
        return f"Ortak hesabın gözden geçirilmesi ({self.account_name})"

    def blocks(self) -> list[Block]:
        """See `Form`."""
        return [
            Block("Hesap sorumlusu", self.responsible.name, self.responsible.title),
            Block("Gözden geçiren", self.reviewer.name, self.reviewer.title),
            Block("Birim amiri"),
        ]
