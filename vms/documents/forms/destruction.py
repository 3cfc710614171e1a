"""P-28 Dışa Aktarma Kopyası İmha Kaydı (directive 10(2))."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Annotated, Any, ClassVar

from pydantic import Field

from vms.documents.forms.footage import MAX_HOLDS, Moment, Sha256, UnitHead, head_block, holds_left_out
from vms.documents.forms.form import (
    MAX_ROWS,
    Block,
    Count,
    Form,
    Letter,
    Line,
    OptionalLine,
    OptionalProse,
    Part,
    Person,
    SizeBytes,
)
from vms.documents.rules import Kind

MAX_TAKERS = 9  # that have room to sign on the paper
_BYTES_PER_MB = 1_000_000


class Copy(StrEnum):
    """What was destroyed: all that is of footage beside the archive itself (A-13)."""

    PACKAGE = "package"
    WORKING_COPY = "working_copy"
    PREVIEW = "preview"  # proxies, thumbnails


class Why(StrEnum):
    """After what the copy had to go."""

    DELIVERED = "delivered"
    WITHDRAWN = "withdrawn"  # edge-58
    REPLACED = "replaced"  # another package was built


class CopyRow(Part):
    """A file that is gone. `sha256` None: nobody had counted it, such as a half-built package."""

    what: Copy
    name: Line
    size_bytes: SizeBytes
    sha256: Sha256 | None = None


class Taken(StrEnum):
    """How far somebody came with a package before it was destroyed."""

    WHOLE = "whole"
    BEGUN = "begun"  # its download did not come to its end
    PASSPHRASE = "passphrase"  # noqa: S105 - a word for it, no password


class TakenRow(Part):
    """What somebody took of a package, when they did so last."""

    package: Line
    what: Taken
    by: Person
    at: Moment


class DestructionForm(Form):
    """Which copies were destroyed, when, by a machine or by hand; what keeps the source on.

    `record`: P-04 of the delivery. `purged_by` None: by the system. `taken`: copies of what was not delivered that had
    left before; whoever took them states that they are gone. `is_kept_by_request`: the request's own lock keeps the
    source, `is_kept_by_others`: another request's keeps some of it. `holds`: records under which it stays (A-14).
    """

    kind: ClassVar[Kind] = Kind.DESTRUCTION
    title: ClassVar[str] = "Dışa Aktarma Kopyası İmha Kaydı"
    basis: ClassVar[str] = (
        "Görüntülü İzleme Sistemleri Çalışma Usul ve Esasları Hakkında Yönerge, madde 10/2; "
        "6698 sayılı Kişisel Verilerin Korunması Kanunu, madde 7"
    )

    request: Line
    authority: Line
    letter: Letter
    record: OptionalLine = ""
    why: Why
    delivered_at: Moment | None = None
    purged_at: Moment
    purged_by: Person | None = None
    copies: Annotated[tuple[CopyRow, ...], Field(min_length=1, max_length=MAX_ROWS)]
    copies_in_all: Count = 0
    taken: Annotated[tuple[TakenRow, ...], Field(max_length=MAX_ROWS)] = ()
    taken_in_all: Count = 0
    is_kept_by_request: bool = False
    is_kept_by_others: bool = False
    lock_released_at: Moment | None = None
    holds: Annotated[tuple[Line, ...], Field(max_length=MAX_HOLDS)] = ()
    holds_in_all: Count = 0
    is_late: bool = False
    head: UnitHead | None = None
    note: OptionalProse = ""

    def subject_line(self) -> str:
        """See `Form`."""
        return f"Dışa aktarma kopyasının imhası ({self.request})"

    def sums(self) -> Mapping[str, Any]:
        """See `Form`."""
        in_all = max(self.copies_in_all, len(self.copies))
        return {
            "copies": in_all,
            "holds_left_out": holds_left_out(self.holds, self.holds_in_all),
            "copies_left_out": (in_all - len(self.copies)) or None,
            "taken_left_out": max(0, self.taken_in_all - len(self.taken)) or None,
            "mb": sum(one.size_bytes for one in self.copies) / _BYTES_PER_MB,
        }

    def blocks(self) -> list[Block]:
        """See `Form`."""
        doer = self.purged_by
        first = Block("İmhayı yapan", doer.name, doer.title) if doer else Block("İmhayı doğrulayan")
        takers = list(dict.fromkeys(one.by for one in self.taken if one.what is not Taken.PASSPHRASE))[:MAX_TAKERS]
        return [first, head_block(self.head), *(Block("Kopyayı alan", one.name, one.title) for one in takers)]
