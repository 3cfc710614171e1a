"""The minutes of a delivery (P-04): what was asked, given, missing, with the hash of every file."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import timedelta
from itertools import islice
from typing import Any

from sqlalchemy.orm import Session

from vms.audit.entry import Actor
from vms.cameras.model import Camera
from vms.documents.forms.delivery import MAX_DAMAGED, ClockRow, DamageRow, DeliveryForm, Package
from vms.documents.forms.footage import MAX_HOLDS, FileRow
from vms.documents.forms.form import MAX_ROWS
from vms.documents.model import Document
from vms.documents.naming import cut, named_actor
from vms.documents.rules import Kind
from vms.footage.delivery.handing import Handing
from vms.footage.exports.model import Export
from vms.footage.exports.summary import ExportSummary
from vms.footage.model import FootageRequest, RequestItem
from vms.footage.papers.keeping import kept_now
from vms.footage.papers.lacking import given_up_holes, without
from vms.footage.papers.parts import (
    Hole,
    Looked,
    asked_rows,
    camera_words,
    interval,
    laws_of,
    left_out_note,
    looked,
    moment,
    paper_number,
    request_named,
    window_of,
)
from vms.footage.queries import items_of
from vms.kernel.clock import US_PER_SECOND
from vms.kernel.span import Span


def delivery_form(
    session: Session, request: FootageRequest, packages: Sequence[Export], handing: Handing, by: Actor
) -> DeliveryForm:
    """P-04 of a request with these finished packages, one at least. `by`: who hands them over."""
    items = items_of(session, request.id)
    files = list(_files(packages))
    first, *more = (_package(one, handing.passphrase_route) for one in packages)
    note = " ".join(part for part in (handing.note, left_out_note(items)) if part)
    holds = kept_now(session, request.id, [(one.camera_id, one.span) for one in items]).holds
    return DeliveryForm(
        request=request_named(session, request),
        items=asked_rows(session, _given(session, items, packages), window_of(session, request)),
        clocks=tuple(_clocks(packages))[:MAX_ROWS], package=first, more_packages=tuple(more),
        files=tuple(files[:MAX_ROWS]), files_in_all=_films_in_all(packages),
        damaged=tuple(islice(_damaged(packages), MAX_DAMAGED)),
        damaged_in_all=sum(int((one.summary or {}).get("damaged_in_all", 0)) for one in packages),
        medium=handing.medium, medium_serial=handing.medium_serial, channel=handing.channel,
        deliverer=named_actor(session, by.person_id, by.name), receiver=handing.receiver,
        unreached=paper_number(session, Kind.UNREACHED, request.id), holds=tuple(holds[:MAX_HOLDS]),
        holds_in_all=len(holds), laws=laws_of(request), note=note,
    )  # fmt: skip


def packages_named(record: Document) -> set[str]:
    """The SHA-256 of every package that minutes name."""
    return {one["sha256"] for one in (record.fields["package"], *record.fields.get("more_packages", ()))}


def _package(one: Export, passphrase_route: str) -> Package:
    assert one.size_bytes is not None
    assert one.sha256 is not None
    asked = ExportSummary.from_json(one.summary).time_stamp
    return Package(
        name=f"{one.name}.zip", size_bytes=one.size_bytes, sha256=one.sha256, manifest_sha256=one.manifest_sha256,
        certificate_sha256=(one.summary or {}).get("certificate_sha256") or None, passphrase_route=passphrase_route,
        stamp_authority="" if asked is None else cut(asked.authority),
        stamped_at=None if asked is None or asked.at_us is None else moment(asked.at_us),
    )  # fmt: skip


def _summary(one: Export, name: str) -> Sequence[dict[str, Any]]:
    """A list out of what is kept of a package's manifest (`export_summary`)."""
    found: Sequence[dict[str, Any]] = (one.summary or {}).get(name, [])
    return found


def _files(packages: Sequence[Export]) -> Iterator[FileRow]:
    for one in packages:
        before = _folder_of(one, packages)
        for film in _summary(one, "films"):
            yield FileRow(
                name=cut(f"{before}{film['name']}"), camera=camera_words(film["camera_number"], film["camera_name"]),
                interval=interval(Span(film["from_us"], film["until_us"])),
                duration=timedelta(microseconds=film["duration_us"]), size_bytes=film["size_bytes"],
                sha256=film["sha256"], is_intact=film.get("is_intact", True),
            )  # fmt: skip
        yield from _copies(one, before)


def _folder_of(one: Export, packages: Sequence[Export]) -> str:
    """What stands before a file's name where there are several packages."""
    return f"{one.name}/" if len(packages) > 1 else ""


def _damaged(packages: Sequence[Export]) -> Iterator[DamageRow]:
    """What the disk had changed or lost of the footage, whether it is given or not."""
    for one in packages:
        for part in _summary(one, "damaged"):
            file = f"{_folder_of(one, packages)}{part['name']}" if part["name"] else ""
            span = Span(part["from_us"], part["until_us"])
            yield DamageRow(camera=str(part["camera_number"]), interval=interval(span), file=cut(file))


def _copies(one: Export, before: str) -> Iterator[FileRow]:
    """Derived copies, called that: whoever compares hashes must take none for an original."""
    for copy in _summary(one, "derived"):
        if copy["name"]:
            camera = camera_words(copy["camera_number"], copy["camera_name"])
            span = Span(copy["from_us"], copy["until_us"])
            yield FileRow(
                name=cut(f"{before}{copy['name']}"), camera=cut(f"{camera} (türetilmiş kopya, kanıt değildir)"),
                interval=interval(span), duration=timedelta(microseconds=span.duration_us),
                size_bytes=copy["size_bytes"], sha256=copy["sha256"],
            )  # fmt: skip


def _films_in_all(packages: Sequence[Export]) -> int:
    films = sum(int((one.summary or {}).get("films_in_all", len(_summary(one, "films")))) for one in packages)
    return films + sum(len(list(_copies(one, ""))) for one in packages)


def _clocks(packages: Sequence[Export]) -> Iterator[ClockRow]:
    """Each camera once, from its least to its most, as far as it said so."""
    told: dict[int, list[dict[str, Any]]] = {}
    for one in packages:
        clocks = _summary(one, "clocks")
        silent = {film["camera_number"] for film in _summary(one, "films")} - {row["camera_number"] for row in clocks}
        for row in (*clocks, *({"camera_number": number, "least_us": None, "most_us": None} for number in silent)):
            told.setdefault(row["camera_number"], []).append(row)
    for number, rows in sorted(told.items()):
        yield ClockRow(
            camera=str(number), least_s=_seconds(min, rows, "least_us"), most_s=_seconds(max, rows, "most_us"),
            is_whole=all(row["least_us"] is not None and row.get("is_whole", True) for row in rows),
        )  # fmt: skip


def _seconds(end: Callable[[list[int]], int], rows: Sequence[dict[str, Any]], name: str) -> float | None:
    known = [row[name] for row in rows if row[name] is not None]
    return end(known) / US_PER_SECOND if known else None


def _given(session: Session, items: Sequence[RequestItem], packages: Sequence[Export]) -> list[Looked]:
    """What of each item lies in the packages, less what was given up (`lacking`).

    Where a package does not name all its holes, and for what a package that was given up would have held, the search's
    words count.
    """
    holes = [hole for one in packages for hole in _summary(one, "missing")]
    told, given_up = _told_whole(packages), given_up_holes(session, items[0].request_id)
    found = []
    for item, searched in zip(items, looked(items), strict=True):
        gone = given_up.get(item.id, ())
        one = _packed(session, item, holes, _inside(searched, gone)) if str(item.id) in told else searched
        found.append(without(one, gone))
    return found


def _told_whole(packages: Sequence[Export]) -> set[str]:
    """The items of which every package that holds some names all its holes."""
    held, cut_short = set[str](), set[str]()
    for one in packages:
        inside = {part["item"] for part in one.items}
        held |= inside
        cut_short |= set() if _names_all(one) else inside
    return held - cut_short


def _names_all(one: Export) -> bool:
    return bool((one.summary or {}).get("missing_in_all", 0) <= len(_summary(one, "missing")))


def _packed(session: Session, item: RequestItem, holes: Iterable[dict[str, Any]], searched: Sequence[Hole]) -> Looked:
    camera = session.get_one(Camera, item.camera_id)
    packed = _clipped(item.span, [hole for hole in holes if _is_of(hole, camera)])
    inside = sorted([*packed, *searched], key=lambda hole: hole[0])
    covered_us = item.span.duration_us - sum(span.duration_us for span, _, _ in inside)
    return Looked(item.camera_id, item.span, max(0, covered_us), inside, len(inside))


def _is_of(hole: dict[str, Any], camera: Camera) -> bool:
    """Whether a hole is this camera's; its number may be another by now, only rows of older versions tell no more."""
    told = hole.get("camera_id")
    return bool(told == str(camera.id) if told else hole["camera_number"] == camera.number)


def _inside(searched: Looked, given_up: Sequence[Hole]) -> list[Hole]:
    """What the search had found missing of the time that was given up."""
    shared = ((hole[0].clip(gone), hole) for gone, _, _ in given_up for hole in searched.holes)
    return [(part, cause, detail) for part, (_, cause, detail) in shared if part is not None]


def _clipped(span: Span, holes: Iterable[dict[str, Any]]) -> Iterator[Hole]:
    for hole in holes:
        part = Span(hole["from_us"], hole["until_us"]).clip(span)
        if part is not None:
            yield part, str(hole["cause"]), str(hole.get("detail", ""))
