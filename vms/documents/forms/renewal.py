"""P-10 Yetki Yenileme / Görev Değişikliği Başvurusu (directive 11(5)): draft of the unit's letter."""

from datetime import date
from enum import StrEnum
from typing import Annotated, ClassVar

from pydantic import Field

from vms.documents.forms.form import MAX_ROWS, Block, Form, Letter, Line, OptionalLine, OptionalProse, Part, Person
from vms.documents.rules import Kind


class Wish(StrEnum):
    """What the unit asks for one of its people."""

    RENEW = "renew"  # the same person, cameras, purpose
    END = "end"
    REPLACE = "replace"  # needs an Olur for the new person


class RenewalRow(Part):
    """One person whose authority is to be renewed, ended, or given to somebody else."""

    person: Person
    account_name: OptionalLine = ""
    ends: date | None = None
    wish: Wish
    successor: Person | None = None
    olur: Letter | None = None


class RenewalForm(Form):
    """The letter by which a unit's supervisor applies. `addressee`: in the dative, as letters are addressed."""

    kind: ClassVar[Kind] = Kind.RENEWAL
    title: ClassVar[str] = "Yetki Yenileme ve Görev Değişikliği Başvurusu"
    basis: ClassVar[str] = "Görüntülü İzleme Sistemleri Çalışma Usul ve Esasları Hakkında Yönerge, madde 11/3 ve 11/5"

    unit: Line
    addressee: Line
    supervisor: Person
    note: OptionalProse = ""
    people: Annotated[tuple[RenewalRow, ...], Field(min_length=1, max_length=MAX_ROWS)]

    def subject_line(self) -> str:
        """See `Form`."""
        return "Kamera izleme yetkilerinin yenilenmesi ve görev değişiklikleri"

    def addressed_to(self) -> str:
        """See `Form`."""
        return self.addressee

    def blocks(self) -> list[Block]:
        """See `Form`."""
        return [Block("Birim amiri", self.supervisor.name, self.supervisor.title or self.unit)]
