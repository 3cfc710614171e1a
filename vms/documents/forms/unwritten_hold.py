"""P-05 Yazılı Talep Olmadan Kayıt Saklama Tutanağı (directive 10(1))."""

from collections.abc import Mapping
from typing import Any, ClassVar

from vms.documents.forms.footage import AskedRows, Interval, Moment, UnitHead, amounts, head_block
from vms.documents.forms.form import Block, Form, Line, OptionalLine, OptionalProse, Person, Prose
from vms.documents.rules import Kind


class UnwrittenHoldForm(Form):
    """Who asked without a letter, and why; what is kept for them, until when. It lets nothing out (edge-69).

    `asked_how`: `phone`, `in_person`, or words. `kept`: from when to when; what was `asked` is in `items`. `extends`:
    the record that this one carries on (A-12).
    """

    kind: ClassVar[Kind] = Kind.UNWRITTEN_HOLD
    title: ClassVar[str] = "Yazılı Talep Olmadan Kayıt Saklama Tutanağı"
    basis: ClassVar[str] = (
        "Görüntülü İzleme Sistemleri Çalışma Usul ve Esasları Hakkında Yönerge, madde 10/1; "
        "6698 sayılı Kişisel Verilerin Korunması Kanunu"
    )

    hold: Line
    institution: Line
    contact: OptionalLine = ""
    asked_how: OptionalLine = ""
    asked_at: Moment
    reason: Prose
    items: AskedRows
    kept: Interval
    extends: OptionalLine = ""
    keeper: Person
    head: UnitHead | None = None
    note: OptionalProse = ""

    def subject_line(self) -> str:
        """See `Form`."""
        return f"Yazılı talep olmadan kayıt saklanması ({self.hold})"

    def sums(self) -> Mapping[str, Any]:
        """See `Form`."""
        return amounts(self.items) | {"last": self.kept.last}

    def blocks(self) -> list[Block]:
        """See `Form`."""
        return [Block("Tutanağı düzenleyen", self.keeper.name, self.keeper.title), head_block(self.head)]
