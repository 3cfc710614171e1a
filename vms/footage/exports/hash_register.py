"""Which delivery a file belongs to, by its hash, years after the file is gone from here (edge-57)."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from sqlalchemy import String, cast, or_, select
from sqlalchemy.orm import Session

from vms.documents.queries import need_document
from vms.footage.exports.model import Delivery, Export
from vms.footage.model import FootageRequest
from vms.footage.papers.delivery import packages_named
from vms.kernel.errors import Kind, VmsError

_SHA256 = re.compile(r"[0-9a-f]{64}")


class Given(StrEnum):
    """What a file was."""

    PACKAGE = "package"
    MANIFEST = "manifest"
    FILM = "film"
    DERIVED = "derived"  # a copy with masks or words drawn in: no original


@dataclass(frozen=True, slots=True)
class Known:
    """A file that was given. `record`: its minutes (P-04). `delivered_us` None: not handed over (yet)."""

    what: Given
    name: str
    size_bytes: int | None
    request: FootageRequest
    export: Export
    record: str
    delivered_us: int | None


def find_hash(session: Session, sha256: str) -> list[Known]:
    """Every package, manifest, film or derived copy with this hash.

    VmsError: INVALID `hash_invalid` (64 hexadecimal digits, in groups or not); NOT_FOUND `hash_unknown`.
    """
    digest = "".join(sha256.split()).lower()
    if not _SHA256.fullmatch(digest):
        raise VmsError(Kind.INVALID, "hash_invalid", "A SHA-256 has 64 digits of 0-9 and a-f. Enter all of them.")
    wanted = select(Export).where(
        or_(Export.sha256 == digest, Export.manifest_sha256 == digest, cast(Export.summary, String).contains(digest))
    )
    found = [known for one in session.scalars(wanted.order_by(Export.id)) for known in _known(session, one, digest)]
    if not found:
        raise VmsError(
            Kind.NOT_FOUND, "hash_unknown",
            "No file with this hash was given by this institution, as far as this register goes back.",
        )  # fmt: skip
    return found


def _known(session: Session, one: Export, digest: str) -> Iterator[Known]:
    request = session.get_one(FootageRequest, one.request_id)
    record, delivered_us = _given_by(session, one)
    for what, name, size_bytes in _files(one, digest):
        yield Known(what, name, size_bytes, request, one, record, delivered_us)


def _given_by(session: Session, one: Export) -> tuple[str, int | None]:
    """The minutes that name the package, when it was handed over by them; a replaced one stands in no minutes."""
    delivery = session.scalar(select(Delivery).where(Delivery.request_id == one.request_id))
    record = need_document(session, delivery.record_id) if delivery else None
    if delivery is None or record is None or one.sha256 not in packages_named(record):
        return "", None
    return record.number or "", delivery.delivered_us


def _files(one: Export, digest: str) -> Iterator[tuple[Given, str, int | None]]:
    if one.sha256 == digest:
        yield Given.PACKAGE, f"{one.name}.zip", one.size_bytes
    if one.manifest_sha256 == digest:
        yield Given.MANIFEST, "manifest.json", None
    films: list[dict[str, Any]] = (one.summary or {}).get("films", [])
    yield from ((Given.FILM, film["name"], film["size_bytes"]) for film in films if film["sha256"] == digest)
    copies: list[dict[str, Any]] = (one.summary or {}).get("derived", [])
    yield from ((Given.DERIVED, copy["name"], copy["size_bytes"]) for copy in copies if copy["sha256"] == digest)
