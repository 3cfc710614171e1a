"""Entries for machines and spreadsheets."""

import json
from collections.abc import Iterable, Iterator
from typing import Any

from vms.audit.model import AuditEntry
from vms.audit.queries import Wanted
from vms.kernel.clock import iso
from vms.kernel.spreadsheet import csv_row

CSV_HEADER = (
    "number", "time", "act", "outcome", "person", "person_id", "session_id", "address", "subject", "subject_kind",
    "subject_id", "camera_id", "mode", "stream", "from", "until", "basis", "basis_id", "detail", "id", "refers_to",
    "hash",
)  # fmt: skip


def detail_of(entry: AuditEntry) -> dict[str, Any]:
    """The entry's detail, parsed; what somebody put there past the program comes back as `raw`."""
    try:
        found = json.loads(entry.detail)
    except ValueError:
        found = None
    return found if isinstance(found, dict) else {"raw": entry.detail}


def entry_facts(entry: AuditEntry) -> dict[str, Any]:
    """An entry as JSON has it."""
    return {
        "number": entry.sequence,
        "id": str(entry.id),
        "at_us": entry.at_us,
        "time": iso(entry.at_us),
        "act": entry.act,
        "outcome": entry.outcome,
        "actor": {
            "id": _text(entry.actor_id), "name": entry.actor_name, "session_id": _text(entry.session_id),
            "address": entry.address,
        },
        "subject": {"kind": entry.subject_kind, "id": entry.subject_id, "words": entry.subject_words},
        "camera_id": _text(entry.camera_id),
        "mode": entry.mode,
        "stream": entry.stream,
        "from_us": entry.from_us,
        "until_us": entry.until_us,
        "basis": {"text": entry.basis, "id": _text(entry.basis_id)},
        "refers_to": _text(entry.refers_to),
        "detail": detail_of(entry),
        "hash": entry.hash.hex(),
    }  # fmt: skip


def wanted_facts(wanted: Wanted) -> dict[str, object]:
    """What was asked for, as an entry tells it."""
    return {
        "person_id": _text(wanted.person_id),
        "camera_id": _text(wanted.camera_id),
        "acts": [act.value for act in wanted.acts],
        "basis": wanted.basis,
        "basis_id": _text(wanted.basis_id),
        "span": [wanted.span.start_us, wanted.span.end_us] if wanted.span else None,
        "text": wanted.text,
        "is_refused": wanted.is_refused,
    }


def csv_lines(entries: Iterable[AuditEntry], *, with_header: bool = True) -> Iterator[str]:
    """The header first, then a row for each of them."""
    if with_header:
        yield csv_row(CSV_HEADER)
    for entry in entries:
        yield csv_row(
            (
                entry.sequence, iso(entry.at_us), entry.act, entry.outcome, entry.actor_name, entry.actor_id,
                entry.session_id, entry.address, entry.subject_words, entry.subject_kind, entry.subject_id,
                entry.camera_id, entry.mode, entry.stream, _time(entry.from_us), _time(entry.until_us), entry.basis,
                entry.basis_id, entry.detail, entry.id, entry.refers_to, entry.hash.hex(),
            )
        )  # fmt: skip


def _text(value: object) -> str | None:
    return None if value is None else str(value)


def _time(at_us: int | None) -> str:
    return "" if at_us is None else iso(at_us)
