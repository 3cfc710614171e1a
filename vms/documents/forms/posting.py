"""P-32 Güvenlik Personeli Görevlendirme Listesi (directive 7(3), 11(1))."""

from datetime import date
from typing import Annotated, ClassVar

from pydantic import Field

from vms.documents.forms.form import MAX_ROWS, Block, Form, Letter, Line, OptionalLine, OptionalProse, Part, Person
from vms.documents.rules import Kind


class PostingRow(Part):
    """One guard at one post. `cameras`: which ones the post watches, in words."""

    guard: Person
    post: Line
    cameras: Line
    shift: OptionalLine = ""
    first_day: date
    last_day: date


class PostingForm(Form):
    """Who watches which cameras live, from which post, for how long."""

    kind: ClassVar[Kind] = Kind.POSTING
    title: ClassVar[str] = "Güvenlik Personeli Görevlendirme Listesi"
    basis: ClassVar[str] = "Görüntülü İzleme Sistemleri Çalışma Usul ve Esasları Hakkında Yönerge, madde 7/3 ve 11/1"

    letter: Letter
    site: Line
    supervisor: Person
    note: OptionalProse = ""
    postings: Annotated[tuple[PostingRow, ...], Field(min_length=1, max_length=MAX_ROWS)]

    def subject_line(self) -> str:
        """See `Form`."""
        return f"Anlık izleme görevlendirmesi ({self.site})"

    def blocks(self) -> list[Block]:
        """See `Form`."""
        return [Block("Görevlendiren", self.supervisor.name, self.supervisor.title), Block("Birim amiri")]
