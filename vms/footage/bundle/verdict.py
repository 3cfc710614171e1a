"""What a verification found, in sentences for whoever holds the package."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any

from vms.footage.bundle.signature import Signer


class Code(StrEnum):
    """What is wrong (first part), or must be known (second)."""

    CHANGED = "file_changed"
    MISSING = "file_missing"
    UNKNOWN = "file_unknown"
    SIGNATURE = "signature_invalid"
    CERTIFICATE = "certificate_unknown"
    STAMP = "time_stamp_invalid"
    CHAIN = "chain_broken"
    PACKAGE = "package_changed"

    STAMP_MISSING = "time_stamp_missing"
    DERIVED = "derived_copy"
    DAMAGED = "damaged_in_archive"
    LOST = "lost_in_archive"
    NOT_SIGNED_YET = "not_signed_yet"
    BROKEN_THEN = "chain_broken_in_archive"


class StampState(StrEnum):
    """What there is of a time stamp. `UNKNOWN`: whether one belongs here was not found out."""

    PROVEN = "proven"
    MISSING = "missing"
    NOT_ASKED = "not_asked"
    UNKNOWN = "unknown"


_SENTENCES: Mapping[Code, str] = {
    Code.CHANGED: "{file} is not the file that was delivered.",
    Code.MISSING: "{file} was delivered, but is not here.",
    Code.UNKNOWN: "{file} was not delivered with this package.",
    Code.SIGNATURE: "The signature in {file} does not fit manifest.json: {detail}.",
    Code.CERTIFICATE: "The package was signed with another certificate than the one in the minutes.",
    Code.STAMP: "The time stamp in {file} does not fit: {detail}.",
    Code.CHAIN: "What manifest.json tells of the archive's chain does not hold: {detail}.",
    Code.PACKAGE: "{file} is not, to the bit, the package in the minutes.",
    Code.STAMP_MISSING: (
        "A time stamp of {detail} was asked for, and none is here; the minutes say whether it was obtained."
    ),
    Code.DERIVED: "{file} is a derived copy (türetilmiş kopya) of {detail}. It proves nothing; the original does.",
    Code.DAMAGED: "{file} holds footage that was already damaged on the recorder's disk when it was given: {detail}.",
    Code.LOST: "A part of the recording of {detail} could not be read from the recorder's disk, and was not given.",
    Code.NOT_SIGNED_YET: "Footage of {detail} was not yet covered by a signature of the recorder when it was given.",
    Code.BROKEN_THEN: "The archive's chain of {detail} did not hold either when the footage was given.",
}


@dataclass(frozen=True, slots=True)
class Finding:
    """One sentence about one file; `file` empty where it is about none."""

    code: Code
    file: str = ""
    detail: str = ""

    def __str__(self) -> str:
        return _SENTENCES[self.code].format(file=self.file, detail=self.detail)

    def to_json(self) -> dict[str, str]:
        """Plain values, with the sentence."""
        return {**asdict(self), "sentence": str(self)}


@dataclass(slots=True)
class Report:
    """`problems`: the package is not what was delivered. `notes`: what must be known of it besides.

    Without problems its files agree with one another and with whoever signed them. That this is the institution, only
    what is printed in the minutes shows; `is_compared`: by it this is the certificate, or the package to the bit.
    `stamper`: who made the time stamp; as with the signer, no root is asked.
    """

    problems: list[Finding] = field(default_factory=list)
    notes: list[Finding] = field(default_factory=list)
    files: int = 0
    rebuilt: int = 0  # segments made out of the films again, to the byte the recorder wrote
    signer: Signer | None = None
    is_compared: bool = False
    stamp: StampState = StampState.UNKNOWN
    stamped_at: datetime | None = None
    stamper: Signer | None = None
    manifest: dict[str, Any] | None = None

    @property
    def is_sound(self) -> bool:
        """Whether nothing in it speaks against it."""
        return not self.problems

    @property
    def is_delivered(self) -> bool:
        """Whether every file is what was delivered: by the minutes, not only by itself."""
        return self.is_sound and self.is_compared

    def blame(self, code: Code, file: str = "", detail: str = "") -> None:
        """Note a problem, once for each file."""
        if not file or all(problem.file != file for problem in self.problems):
            self.problems.append(Finding(code, file, detail))

    def to_json(self) -> dict[str, Any]:
        """For machines."""
        signer = self.signer
        return {
            "is_sound": self.is_sound,
            "is_compared_with_minutes": self.is_compared,
            "package": (self.manifest or {}).get("package"),
            "files": self.files,
            "rebuilt_segments": self.rebuilt,
            "signer": None if signer is None else signer.name,
            "certificate_sha256": None if signer is None else signer.fingerprint,
            "signed_at": None if signer is None or signer.at is None else signer.at.isoformat(),
            "time_stamp": self.stamp,
            "stamper": None if self.stamper is None else self.stamper.name,
            "stamper_certificate_sha256": None if self.stamper is None else self.stamper.fingerprint,
            "stamped_at": None if self.stamped_at is None else self.stamped_at.isoformat(),
            "problems": [finding.to_json() for finding in self.problems],
            "notes": [finding.to_json() for finding in self.notes],
        }
