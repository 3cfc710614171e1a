"""P-29 Gizlilik İhlali Olay Kaydı (directive 11(4), 7(4))."""

from datetime import date, time
from typing import Annotated, ClassVar

from pydantic import Field

from vms.documents.forms.form import (
    Block,
    Form,
    Line,
    OptionalLine,
    OptionalProse,
    Part,
    Person,
    Prose,
)
from vms.documents.rules import Kind

MAX_EVIDENCE = 200


class Evidence(Part):
    """Something that shows what happened: an audit entry, a photo, a statement."""

    what: Line
    reference: OptionalLine = ""


class BreachForm(Form):
    """What happened, who is involved, what was done about it."""

    kind: ClassVar[Kind] = Kind.BREACH
    title: ClassVar[str] = "Gizlilik İhlali Olay Kaydı"
    basis: ClassVar[str] = (
        "Görüntülü İzleme Sistemleri Çalışma Usul ve Esasları Hakkında Yönerge, madde 7/4 ve 11/4; "
        "6698 sayılı Kişisel Verilerin Korunması Kanunu, madde 12"
    )

    day: date
    at: time | None = None
    noticed_day: date
    person: Person | None = None
    account_name: OptionalLine = ""
    camera: OptionalLine = ""
    place: OptionalLine = ""
    what: Prose
    affected: OptionalProse = ""
    action: Prose
    notified: OptionalProse = ""
    reporter: Person
    evidence: Annotated[tuple[Evidence, ...], Field(max_length=MAX_EVIDENCE)] = ()

    def subject_line(self) -> str:
        """See `Form`: the kind alone, for this line is read in lists."""
        return self.title

    def blocks(self) -> list[Block]:
        """See `Form`."""
        return [Block("Kaydı tutan", self.reporter.name, self.reporter.title), Block("Birim amiri")]
