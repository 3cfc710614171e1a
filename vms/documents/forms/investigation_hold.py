"""P-06 90 Gün Saklama Tutanağı (directive 10(2))."""

from collections.abc import Mapping
from typing import Annotated, Any, ClassVar

from pydantic import Field

from vms.documents.forms.footage import AskedRows, Interval, Moment, Sha256, UnitHead, amounts, head_block
from vms.documents.forms.form import (
    MAX_ROWS,
    Block,
    Count,
    Form,
    Line,
    OptionalLine,
    OptionalProse,
    Part,
    Person,
    Prose,
)
from vms.documents.rules import Kind


class SegmentRow(Part):
    """A locked segment by its hash."""

    camera: Line
    interval: Interval
    sha256: Sha256


class InvestigationHoldForm(Form):
    """What happened, why an investigation is expected, what is kept for it for 90 days.

    `segments_in_all`: how many are locked where `segments` does not name all; `segments_sha256` is then of the list of
    all of them. The rest as P-05.
    """

    kind: ClassVar[Kind] = Kind.INVESTIGATION_HOLD
    title: ClassVar[str] = "90 Gün Saklama Tutanağı"
    basis: ClassVar[str] = (
        "Görüntülü İzleme Sistemleri Çalışma Usul ve Esasları Hakkında Yönerge, madde 10/2; "
        "6698 sayılı Kişisel Verilerin Korunması Kanunu"
    )

    hold: Line
    incident: Prose
    place: OptionalLine = ""
    happened_at: Moment | None = None
    reason: Prose
    reporter: Person
    items: AskedRows
    kept: Interval
    extends: OptionalLine = ""
    segments: Annotated[tuple[SegmentRow, ...], Field(max_length=MAX_ROWS)] = ()
    segments_in_all: Count = 0
    segments_sha256: Sha256 | None = None
    keeper: Person
    head: UnitHead | None = None
    note: OptionalProse = ""

    def subject_line(self) -> str:
        """See `Form`."""
        return f"Soruşturma öncesi kayıt saklanması ({self.hold})"

    def sums(self) -> Mapping[str, Any]:
        """See `Form`."""
        in_all = max(self.segments_in_all, len(self.segments))
        left_out = in_all - len(self.segments)
        return amounts(self.items) | {"last": self.kept.last, "segments": in_all, "segments_left_out": left_out or None}

    def blocks(self) -> list[Block]:
        """See `Form`."""
        return [
            Block("Olayı bildiren", self.reporter.name, self.reporter.title),
            Block("Tutanağı düzenleyen", self.keeper.name, self.keeper.title),
            head_block(self.head),
        ]
