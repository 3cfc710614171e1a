"""P-16 Eğitim Katılım Formu (directive 17)."""

from datetime import date, time
from enum import StrEnum
from typing import Annotated, ClassVar

from pydantic import Field

from vms.documents.forms.form import MAX_ROWS, Block, Form, OptionalLine, OptionalProse, Person
from vms.documents.rules import Kind


class Topic(StrEnum):
    """What article 17 wants told."""

    SIGNING_IN = "signing_in"
    VIEWING = "viewing"
    FAULTS = "faults"
    CONTACTS = "contacts"


class TrainingForm(Form):
    """Who was told what, when, by whom. `video`: empty where none was shown; then the form says nothing of one."""

    kind: ClassVar[Kind] = Kind.TRAINING
    title: ClassVar[str] = "Eğitim Katılım Formu"
    basis: ClassVar[str] = "Görüntülü İzleme Sistemleri Çalışma Usul ve Esasları Hakkında Yönerge, madde 5, 6/11 ve 17"

    day: date
    begins: time | None = None
    ends: time | None = None
    place: OptionalLine = ""
    trainer: Person
    topics: Annotated[tuple[Topic, ...], Field(min_length=1, max_length=len(Topic))] = tuple(Topic)
    video: OptionalLine = ""
    note: OptionalProse = ""
    attendees: Annotated[tuple[Person, ...], Field(min_length=1, max_length=MAX_ROWS)]

    def subject_line(self) -> str:
        """See `Form`."""
        return "Kamera sisteminin izlenmesi hakkında eğitim"

    def blocks(self) -> list[Block]:
        """See `Form`."""
        return [Block("Eğitimi veren", self.trainer.name, self.trainer.title), Block("Birim amiri")]
