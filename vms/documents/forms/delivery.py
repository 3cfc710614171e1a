"""P-04 Görüntü Kaydı Teslim Tutanağı (directive 10(1), 4(5), 12(2))."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Annotated, Any, ClassVar

from pydantic import Field

from vms.documents.forms.footage import (
    MAX_HOLDS,
    AskedRows,
    FileRow,
    Interval,
    Moment,
    RequestNamed,
    Sha256,
    UnitHead,
    amounts,
    head_block,
    holds_left_out,
)
from vms.documents.forms.form import (
    MAX_LAWS,
    MAX_ROWS,
    Block,
    Count,
    Form,
    Line,
    OptionalLine,
    OptionalProse,
    Part,
    Person,
    SizeBytes,
)
from vms.documents.rules import Kind

MAX_MORE_PACKAGES = 450  # of the most a request may ask for: 4,200 days of cameras, ten a package
MAX_DAMAGED = 100  # parts of footage; the manifest names all
_BYTES_PER_MB = 1_000_000
_LEAST_PRINTED_S = 0.1


class Medium(StrEnum):
    """What footage is given on."""

    DVD = "dvd"
    USB = "usb"
    DISK = "disk"
    SECURE_LINK = "secure_link"
    KEP = "kep"  # registered e-mail


class Channel(StrEnum):
    """How it reaches the receiver."""

    BY_HAND = "by_hand"
    POST = "post"
    KEP = "kep"
    SECURE_LINK = "secure_link"


class Receiver(Part):
    """Who takes it, with the number of what was shown: nobody unknown is given footage (edge-49)."""

    name: Line
    title: OptionalLine = ""
    institution: OptionalLine = ""
    identity_no: Line
    identity_seen: OptionalLine = ""


class Package(Part):
    """The file that everything lies in. `passphrase_route`: by which other way its passphrase went.

    `certificate_sha256`: of the institution's certificate, by which the manifest is proved. `stamp_authority`: of whom
    a time stamp was asked; `stamped_at` None: it was not obtained.
    """

    name: Line
    size_bytes: SizeBytes
    sha256: Sha256
    manifest_sha256: Sha256 | None = None
    certificate_sha256: Sha256 | None = None
    stamp_authority: OptionalLine = ""
    stamped_at: Moment | None = None
    is_encrypted: bool = True
    encryption: OptionalLine = "AES-256"
    passphrase_route: OptionalLine = ""


_Offset = Annotated[float, Field(ge=-1e10, le=1e10, allow_inf_nan=False)]


class ClockRow(Part):
    """What a camera's own clock showed minus server time, by which footage is kept: least and most in the interval.

    None: the camera did not say. `is_whole` False: it did not say of all the footage.
    """

    camera: Line
    least_s: _Offset | None = None
    most_s: _Offset | None = None
    is_whole: bool = True

    @property
    def is_right(self) -> bool:
        """Whether it was measured all the time and never differed by what the paper can print."""
        told = (self.least_s, self.most_s)
        return self.is_whole and all(one is not None and abs(one) < _LEAST_PRINTED_S / 2 for one in told)


class DamageRow(Part):
    """Footage that the disk had changed or lost. `file`: that shows it as it is; empty: it is not given."""

    camera: Line
    interval: Interval
    file: OptionalLine = ""


class DeliveryForm(Form):
    """What was asked, given, missing, with each file's hash; who gave it to whom on what.

    `more_packages`: those beside the first, where it took several; `files` names the package of each then.
    `files_in_all`: how many there are where `files` does not name all; the manifest does. `receiver`, `delivered_at`,
    `head` None: for a pen. `unreached`: P-07 of what is missing. `holds`: records under which the source stays (A-14).
    `clocks`: of each camera that is given. `damaged_in_all`: as `files_in_all`. `laws`: those the
    decision quotes.
    """

    kind: ClassVar[Kind] = Kind.DELIVERY
    title: ClassVar[str] = "Görüntü Kaydı Teslim Tutanağı"
    basis: ClassVar[str] = (
        "Görüntülü İzleme Sistemleri Çalışma Usul ve Esasları Hakkında Yönerge, madde 4/4, 4/5, 10 ve 12/2; "
        "6698 sayılı Kişisel Verilerin Korunması Kanunu"
    )

    request: RequestNamed
    items: AskedRows
    clocks: Annotated[tuple[ClockRow, ...], Field(max_length=MAX_ROWS)] = ()
    package: Package
    more_packages: Annotated[tuple[Package, ...], Field(max_length=MAX_MORE_PACKAGES)] = ()
    files: Annotated[tuple[FileRow, ...], Field(min_length=1, max_length=MAX_ROWS)]
    files_in_all: Count = 0
    damaged: Annotated[tuple[DamageRow, ...], Field(max_length=MAX_DAMAGED)] = ()
    damaged_in_all: Count = 0
    medium: Medium
    medium_serial: OptionalLine = ""
    channel: Channel | None = None
    deliverer: Person
    receiver: Receiver | None = None
    delivered_at: Moment | None = None
    head: UnitHead | None = None
    unreached: OptionalLine = ""
    holds: Annotated[tuple[Line, ...], Field(max_length=MAX_HOLDS)] = ()
    holds_in_all: Count = 0
    laws: Annotated[tuple[Line, ...], Field(max_length=MAX_LAWS)] = ()
    note: OptionalProse = ""

    def subject_line(self) -> str:
        """See `Form`."""
        return f"Görüntü kaydı teslimi ({self.request.number})"

    def sums(self) -> Mapping[str, Any]:
        """See `Form`."""
        files_in_all = max(self.files_in_all, len(self.files))
        return amounts(self.items) | {
            "files": files_in_all,
            "files_left_out": (files_in_all - len(self.files)) or None,
            "damaged_left_out": max(0, self.damaged_in_all - len(self.damaged)) or None,
            "clocks_are_right": bool(self.clocks) and all(one.is_right for one in self.clocks),
            "holds_left_out": holds_left_out(self.holds, self.holds_in_all),
            "package_mb": self.package.size_bytes / _BYTES_PER_MB,
            "more_packages_mb": [one.size_bytes / _BYTES_PER_MB for one in self.more_packages],
        }

    def blocks(self) -> list[Block]:
        """See `Form`."""
        taker = self.receiver
        return [
            Block("Teslim eden", self.deliverer.name, self.deliverer.title),
            Block("Teslim alan", taker.name if taker else "", taker.title if taker else ""),
            head_block(self.head),
        ]
