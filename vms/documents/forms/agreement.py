"""P-08 Gizlilik Sözleşmesi (directive 11(2)): what who may view has signed before."""

from datetime import date
from typing import ClassVar

from vms.documents.forms.form import Block, Form, OptionalLine, Person
from vms.documents.rules import Kind


class AgreementForm(Form):
    """Who binds themselves, on which day. The text itself is a versioned setting."""

    kind: ClassVar[Kind] = Kind.AGREEMENT
    title: ClassVar[str] = "Gizlilik Sözleşmesi"
    basis: ClassVar[str] = (
        "Görüntülü İzleme Sistemleri Çalışma Usul ve Esasları Hakkında Yönerge, madde 11/2 ve 11/4; "
        "6698 sayılı Kişisel Verilerin Korunması Kanunu"
    )
    has_text: ClassVar[bool] = True

    person: Person
    account_name: OptionalLine = ""
    day: date

    def subject_line(self) -> str:
        """See `Form`."""
        return f"Gizlilik Sözleşmesi ({self.person.name})"

    def blocks(self) -> list[Block]:
        """See `Form`."""
        return [
            Block("Taahhüt eden", self.person.name, self.person.title),
            Block("Teslim alan"),
        ]
