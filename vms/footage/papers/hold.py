"""The forms of a hold: P-05 without a written request, P-06 before an investigation."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy.orm import Session

from vms.archive.archive import Archive
from vms.archive.model import StreamKey
from vms.cameras.model import Camera
from vms.cameras.placement_queries import standings_of
from vms.cameras.standing import joined, standings_in
from vms.documents.forms.footage import Interval
from vms.documents.forms.form import MAX_ROWS
from vms.documents.forms.form import Person as Named
from vms.documents.forms.investigation_hold import InvestigationHoldForm, SegmentRow
from vms.documents.forms.unwritten_hold import UnwrittenHoldForm
from vms.documents.naming import cut, named_actor
from vms.documents.rules import Kind
from vms.footage.holds.model import Basis, Hold, HoldAsk, HoldItem
from vms.footage.papers.parts import asked_rows, camera_words, interval, left_out_note, looked, moment, paper_number
from vms.footage.queries import hold_items_of
from vms.kernel.clock import iso
from vms.kernel.span import Span


@dataclass(frozen=True, slots=True)
class KeptSegment:
    """A segment that a hold's lock keeps."""

    camera_id: UUID
    span: Span
    sha256: str


def kept_segments(archive: Archive, items: Sequence[HoldItem]) -> list[KeptSegment]:
    """The segments of what a hold keeps, by camera and time. Reads indexes: outside of any transaction."""
    found = {
        (one.camera_id, segment.sequence, volume.uuid): KeptSegment(one.camera_id, segment.span, segment.sha256.hex())
        for one in items
        if one.lock_id is not None
        for volume, segment in archive.segments(StreamKey(one.camera_id, "main"), one.span)
    }
    return sorted(found.values(), key=lambda one: (str(one.camera_id), one.span.start_us))


def hold_form(
    session: Session, hold: Hold, segments: Sequence[KeptSegment]
) -> UnwrittenHoldForm | InvestigationHoldForm:
    """P-05 or P-06 of a hold, with what is covered and what is not. `segments`: what P-06 lists by their hashes."""
    items = hold_items_of(session, hold.id)
    kept = Interval(start=moment(hold.starts_us), end=moment(hold.ends_us))
    keeper = named_actor(session, hold.placed_by, hold.placed_by_name)
    if hold.basis == Basis.UNWRITTEN_REQUEST:
        return UnwrittenHoldForm(
            hold=str(hold.number), institution=cut(hold.institution), contact=cut(hold.contact),
            asked_how=cut(hold.asked_how), asked_at=moment(hold.starts_us), reason=hold.reason,
            items=asked_rows(session, looked(items)), kept=kept, extends=_former(session, hold), keeper=keeper,
            note=left_out_note(items),
        )  # fmt: skip
    return InvestigationHoldForm(
        hold=str(hold.number), incident=hold.incident, place=cut(hold.place),
        happened_at=None if hold.incident_us is None else moment(hold.incident_us), reason=hold.reason,
        reporter=_reporter(session, hold) or keeper, items=asked_rows(session, looked(items)), kept=kept,
        extends=_former(session, hold), segments=tuple(_row(session, one) for one in segments[:MAX_ROWS]),
        segments_in_all=len(segments), segments_sha256=_sha256(segments) if len(segments) > MAX_ROWS else None,
        keeper=keeper, note=left_out_note(items),
    )  # fmt: skip


def _sha256(segments: Sequence[KeptSegment]) -> str:
    """Of the list of all: a line `camera start end sha256` for each, ended by a line feed."""
    lines = (f"{one.camera_id} {iso(one.span.start_us)} {iso(one.span.end_us)} {one.sha256}\n" for one in segments)
    return hashlib.sha256("".join(lines).encode()).hexdigest()


def _row(session: Session, one: KeptSegment) -> SegmentRow:
    camera = session.get_one(Camera, one.camera_id)
    then = joined(each.name for each in standings_in(standings_of(session, one.camera_id), [one.span]))
    words = camera_words(camera.number, then or camera.name)
    return SegmentRow(camera=words, interval=interval(one.span), sha256=one.sha256)


def _former(session: Session, hold: Hold) -> str:
    """The record that this one carries on; its hold's number where none was printed."""
    former = None if hold.extends_id is None else session.get(Hold, hold.extends_id)
    if former is None:
        return ""
    numbers = [paper_number(session, kind, former.id) for kind in (Kind.UNWRITTEN_HOLD, Kind.INVESTIGATION_HOLD)]
    return next((number for number in numbers if number), str(former.number))


def _reporter(session: Session, hold: Hold) -> Named | None:
    """The guard who wished that it be kept."""
    ask = None if hold.ask_id is None else session.get(HoldAsk, hold.ask_id)
    return None if ask is None else named_actor(session, ask.account_id, ask.account_name)
