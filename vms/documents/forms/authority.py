"""P-09 İzleme Yetkisi Tanımlama Formu (directive 11(2), 12(11))."""

from datetime import date
from typing import Annotated, ClassVar

from pydantic import Field

from vms.documents.forms.form import MAX_ROWS, Block, Form, Letter, Line, OptionalLine, Part, Person, Prose
from vms.documents.rules import Kind


class CameraRow(Part):
    """One camera or group with the ways it may be watched."""

    number: OptionalLine = ""
    name: Line
    place: OptionalLine = ""
    is_live: bool
    is_playback: bool


class AuthorityForm(Form):
    """What was switched on for whom, on which Olur, until when. `last_day` is inside."""

    kind: ClassVar[Kind] = Kind.AUTHORITY
    title: ClassVar[str] = "İzleme Yetkisi Tanımlama Formu"
    basis: ClassVar[str] = "Görüntülü İzleme Sistemleri Çalışma Usul ve Esasları Hakkında Yönerge, madde 11 ve 12/11"

    person: Person
    account_name: Line
    olur: Letter
    purpose: Prose
    first_day: date
    last_day: date
    agreement: OptionalLine = ""
    training: OptionalLine = ""
    activated_by: Person
    supervisor: Person | None = None
    cameras: Annotated[tuple[CameraRow, ...], Field(min_length=1, max_length=MAX_ROWS)]

    def subject_line(self) -> str:
        """See `Form`."""
        return f"İzleme yetkisi tanımlanması ({self.person.name})"

    def blocks(self) -> list[Block]:
        """See `Form`."""
        head = self.supervisor
        return [
            Block("Yetkilendirilen", self.person.name, self.person.title),
            Block("Yetkiyi tanımlayan", self.activated_by.name, self.activated_by.title),
            Block("Birim amiri", head.name if head else "", head.title if head else ""),
        ]
