"""P-07 Kayıt Bulunamadı / Ulaşılamayan Kayıt Tutanağı (directive 10(2))."""

from collections.abc import Mapping
from typing import Annotated, Any, ClassVar

from pydantic import Field, ValidationInfo, field_validator

from vms.documents.forms.breach import MAX_EVIDENCE, Evidence
from vms.documents.forms.footage import AskedRows, Cause, Moment, RequestNamed, UnitHead, amounts, head_block
from vms.documents.forms.form import Block, Form, OptionalLine, OptionalProse, Person
from vms.documents.rules import Kind

# What article 10(2) calls "reasons arising from the system"; that time ran out, or nothing was recorded, is none.
_OF_THE_SYSTEM = frozenset({
    Cause.CAMERA_OFFLINE, Cause.RECORDER_DOWN, Cause.DISK_FAILURE, Cause.NETWORK, Cause.MASK_FAILURE,
})  # fmt: skip


class UnreachedForm(Form):
    """What of a request, or of a hold that came too late (edge-61), is not there, and why.

    `is_late`: guaranteed footage ran out between service and registration (A-03, edge-36). `earlier`: the record of a
    former delivery, after which nothing was archived (edge-51).
    """

    kind: ClassVar[Kind] = Kind.UNREACHED
    title: ClassVar[str] = "Kayıt Bulunamadı / Ulaşılamayan Kayıt Tutanağı"
    basis: ClassVar[str] = "Görüntülü İzleme Sistemleri Çalışma Usul ve Esasları Hakkında Yönerge, madde 9 ve 10"

    request: RequestNamed | None = None
    hold: Annotated[OptionalLine, Field(validate_default=True)] = ""
    items: AskedRows
    searched_at: Moment
    is_late: bool = False
    earlier: OptionalLine = ""
    evidence: Annotated[tuple[Evidence, ...], Field(max_length=MAX_EVIDENCE)] = ()
    keeper: Person
    head: UnitHead | None = None
    note: OptionalProse = ""

    @field_validator("hold")
    @classmethod
    def _belongs_to_something(cls, hold: str, info: ValidationInfo) -> str:
        if not hold and info.data.get("request") is None:
            raise ValueError("form_field_empty: Name the request or the hold that nothing was found for.")
        return hold

    def subject_line(self) -> str:
        """See `Form`."""
        return f"Ulaşılamayan görüntü kaydı ({self.request.number if self.request else self.hold})"

    def sums(self) -> Mapping[str, Any]:
        """See `Form`."""
        causes = {hole.cause for row in self.items for hole in row.missing}
        return amounts(self.items) | {
            "is_of_the_system": bool(causes & _OF_THE_SYSTEM),
            "is_live_only": Cause.LIVE_ONLY in causes,
            "has_outside": any(row.is_outside for row in self.items),
        }

    def blocks(self) -> list[Block]:
        """See `Form`."""
        return [Block("Tutanağı düzenleyen", self.keeper.name, self.keeper.title), head_block(self.head)]
