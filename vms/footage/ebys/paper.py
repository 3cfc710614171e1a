"""What EBYS is told of a paper that waits for its number."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from vms.documents.model import Document
from vms.documents.queries import signed_file
from vms.documents.rules import Kind
from vms.footage.ebys.model import EbysExchange, PaperKind
from vms.footage.letters.model import Channel, Letter
from vms.kernel.days import day_of

# Minutes and letters of a case that go out by EBYS; other records are the unit's own.
TRAVELLING = frozenset({Kind.UNWRITTEN_HOLD, Kind.INVESTIGATION_HOLD, Kind.UNREACHED, Kind.ANSWER})
_EXTENSIONS = {"application/pdf": "pdf", "image/png": "png", "image/jpeg": "jpg", "application/eyazisma": "eyp"}


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperFile:
    """The paper's file as it lies in its register's store."""

    sha256: bytes
    media_type: str
    name: str

    def to_json(self) -> dict[str, str]:
        """Without its bytes."""
        return {"name": self.name, "media_type": self.media_type, "sha256": self.sha256.hex()}


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    """`reference`: ours, the same for ever. `facts`: what the message says beside it and the file's bytes."""

    reference: UUID
    kind: PaperKind
    facts: Mapping[str, Any] = field(repr=False)
    file: PaperFile | None = None

    def to_json(self) -> dict[str, Any]:
        """The message without the file's bytes."""
        file = None if self.file is None else self.file.to_json()
        return {"reference": str(self.reference), **self.facts, "file": file}

    @property
    def told_sha256(self) -> bytes:
        """Over all that it says: another once something was corrected."""
        text = json.dumps(self.to_json(), ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        return hashlib.sha256(text.encode()).digest()


def entity_of(session: Session, row: EbysExchange) -> Letter | Document | None:
    """The row in whose register the number belongs."""
    if row.kind == PaperKind.LETTER:
        return session.get(Letter, row.paper_id)
    return session.get(Document, row.paper_id)


def paper_of(session: Session, one: Letter | Document) -> Paper:
    """What is told of it now."""
    return _letter(one) if isinstance(one, Letter) else _document(session, one)


def _letter(one: Letter) -> Paper:
    """What came through EBYS lies there already: it is found by its sender, number and date, and goes without file."""
    file = None
    if one.file_sha256 is not None and one.channel != Channel.EBYS:
        name = f"yazi-{one.number}.{_EXTENSIONS[one.file_type]}"
        file = PaperFile(sha256=one.file_sha256, media_type=one.file_type, name=name)
    return Paper(
        reference=one.id, kind=PaperKind.LETTER, file=file,
        facts={
            "kind": "letter", "direction": "incoming", "register_no": str(one.number), "no": one.no,
            "date": one.on.isoformat(), "party": one.sender_name, "subject": one.subject, "channel": one.channel,
        },
    )  # fmt: skip


def _document(session: Session, one: Document) -> Paper:
    """With its signed file where there is one, else as it was printed: many are signed in EBYS."""
    signed = signed_file(session, one.id)
    assert one.pdf_sha256 is not None
    assert one.issued_us is not None
    sha256, media_type = (signed.sha256, signed.media_type) if signed else (one.pdf_sha256, "application/pdf")
    name = f"{one.number.replace('/', '-')}.{_EXTENSIONS[media_type]}"
    return Paper(
        reference=one.id, kind=PaperKind.DOCUMENT,
        file=PaperFile(sha256=sha256, media_type=media_type, name=name),
        facts={
            "kind": one.kind, "direction": "outgoing", "register_no": one.number, "no": one.number,
            "version": one.version, "date": day_of(one.issued_us).isoformat(),
            "party": str(one.fields.get("addressee", "")), "subject": one.title,
            "replaces": None if one.previous_id is None else str(one.previous_id),
        },
    )  # fmt: skip
