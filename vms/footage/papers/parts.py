"""What papers on footage are filled in with: who asked, what of it exists, who signs."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from vms.cameras.model import Camera as CameraRecord
from vms.cameras.placement_queries import standings_of
from vms.cameras.queries import effective_retention
from vms.cameras.standing import Standing, joined, parts_of, standings_in
from vms.documents.forms.footage import AskedRow, AuthorityKind, Camera, Cause, Interval, Missing, RequestNamed
from vms.documents.forms.form import MAX_ROWS, Letter
from vms.documents.forms.form import Person as Named
from vms.documents.model import Document
from vms.documents.naming import cut, named_actor
from vms.documents.reissue import STANDS
from vms.documents.rules import Kind
from vms.footage.holds.model import HoldItem
from vms.footage.letters.model import Letter as IncomingLetter
from vms.footage.model import FootageRequest, RequestItem
from vms.footage.papers.gap_words import detail_words
from vms.footage.rules import guaranteed_window, outside_window
from vms.footage.service_entry import Law
from vms.kernel.clock import to_datetime
from vms.kernel.span import Span
from vms.people.queries import accounts, roles_by_account
from vms.people.rules import Role

_NOBODY = "Birim amiri"  # a letter is signed by its office where nobody holds it in the register
_LEFT_OUT = (
    "İstenen {count} aralığın ilk {shown} satırı gösterilmiştir; toplamlar bu satırlarındır, tamamı sistemdedir."
)


def moment(at_us: int) -> datetime:
    """A time as forms keep it."""
    return to_datetime(at_us)


def interval(span: Span) -> Interval:
    """A span as forms keep it."""
    return Interval(start=to_datetime(span.start_us), end=to_datetime(span.end_us))


def letter_of(letter: IncomingLetter) -> Letter:
    """An incoming letter by number with date."""
    return Letter(number=cut(letter.no), day=letter.on)


def request_named(session: Session, request: FootageRequest) -> RequestNamed:
    """The request a paper belongs to."""
    letter = session.get_one(IncomingLetter, request.letter_id)
    kind = request.authority_kind
    olur = None if request.olur_on is None else Letter(number=cut(request.olur_no), day=request.olur_on)
    return RequestNamed(
        number=str(request.number), authority=cut(letter.sender_name),
        authority_kind=None if kind is None else AuthorityKind(kind), letter=letter_of(letter),
        served_at=moment(letter.served_us), registered_at=moment(request.registered_us), olur=olur,
        file_no=request.file_no, subject=cut(request.subject), legal_basis=cut(request.legal_basis),
    )  # fmt: skip


def laws_of(request: FootageRequest) -> tuple[str, ...]:
    """The laws that its decision quotes, as papers do."""
    return tuple(cut(Law.from_json(one).words) for one in request.laws)


def window_of(session: Session, request: FootageRequest) -> Span:
    """What article 10(1) guarantees of a request."""
    return guaranteed_window(session.get_one(IncomingLetter, request.letter_id).served_us)


Hole = tuple[Span, str, str]  # time without footage, the cause, what shows it


@dataclass(frozen=True, slots=True)
class Looked:
    """One camera in one interval with what was found of it. `holes`: those that are named."""

    camera_id: UUID
    span: Span
    covered_us: int
    holes: Sequence[Hole]
    holes_in_all: int


def looked(items: Sequence[RequestItem] | Sequence[HoldItem]) -> list[Looked]:
    """What items of a case say of themselves (`availability.found_json`)."""
    return [_looked(one) for one in items]


def asked_rows(session: Session, items: Sequence[Looked], window: Span | None = None) -> tuple[AskedRow, ...]:
    """Each camera in each interval with what existed when it was looked for; as many as a paper has room for.

    Holes are named until the paper is full of them; each row says how many it has. A camera that was moved inside of an
    interval has a row for each of its places (edge-18), as long as there is room.
    """
    room, rows = MAX_ROWS, []
    for one, stood in _by_place(session, items[:MAX_ROWS]):
        holes = [
            Missing(interval=interval(span), cause=Cause(cause), detail=cut(detail_words(cause, detail)))
            for span, cause, detail in one.holes[:room]
        ]
        room -= len(holes)
        rows.append(
            AskedRow(
                camera=camera_of(session, one.camera_id, stood), interval=interval(one.span),
                covered=timedelta(microseconds=min(one.covered_us, one.span.duration_us)), missing=tuple(holes),
                missing_in_all=one.holes_in_all,
                is_outside=window is not None and outside_window(one.span, window) is not None,
                retention_days=_retention_days(session, one.camera_id),
            )
        )  # fmt: skip
    return tuple(rows)


def left_out_note(items: Sequence[object]) -> str:
    """What a paper says where it has no room for every row; empty where it has."""
    return _LEFT_OUT.format(count=len(items), shown=MAX_ROWS) if len(items) > MAX_ROWS else ""


def camera_of(session: Session, camera_id: UUID, stood: Sequence[Standing]) -> Camera:
    """A camera as it was called while it stood like this; with its number of today, by which the register finds it."""
    camera = session.get_one(CameraRecord, camera_id)
    numbers = joined(str(one.number) for one in stood) or str(camera.number)
    return Camera(
        number=numbers if numbers == str(camera.number) else f"{numbers} (bugün {camera.number})",
        name=cut(joined(one.name for one in stood) or camera.name), place=cut(joined(one.site for one in stood)),
    )  # fmt: skip


def camera_words(number: int | str, name: str) -> str:
    """A camera in one line."""
    return cut(f"{number} {name}")


def paper_number(session: Session, kind: Kind, subject_id: UUID) -> str:
    """The number of the paper of this kind that counts; empty where there is none."""
    found = standing_paper(session, kind, subject_id)
    return found.number if found else ""


def standing_paper(session: Session, kind: Kind, subject_id: UUID) -> Document | None:
    """The newest paper of this kind about a case that counts."""
    wanted = select(Document).where(
        Document.kind == kind.value, Document.subject_id == str(subject_id),
        Document.state.in_([state.value for state in STANDS]),
    )  # fmt: skip
    return session.scalars(wanted.order_by(Document.id.desc())).first()


def unit_head(session: Session, now_us: int) -> Named:
    """Who signs letters for the surveillance unit: its manager (müdür), else its chief (şef)."""
    known = [one for one in accounts(session) if one.disabled_us is None]
    roles = roles_by_account(session, [one.id for one in known], now_us)
    for role in (Role.BRANCH_MANAGER, Role.VMS_UNIT_HEAD):
        for account in known:
            if role in roles.get(account.id, ()):
                return named_actor(session, account.id, account.display_name)
    return Named(name=_NOBODY)


def _retention_days(session: Session, camera_id: UUID) -> int | None:
    """As people set it; None where the settings file's default counts, which is no part of the register."""
    chosen = effective_retention(session, session.get_one(CameraRecord, camera_id))
    return None if chosen.scope is None else chosen.days


def _by_place(session: Session, items: Sequence[Looked]) -> list[tuple[Looked, Sequence[Standing]]]:
    """Each item cut where its camera was moved; whole where not all holes are named, or rows are too many."""
    known = {one.camera_id: standings_of(session, one.camera_id) for one in items}
    whole: list[tuple[Looked, Sequence[Standing]]] = [
        (one, standings_in(known[one.camera_id], [one.span])) for one in items
    ]
    parts = [
        part
        for one, stood in whole
        for part in (_cut(one, stood) if len(one.holes) == one.holes_in_all else [(one, stood)])
    ]
    return parts if len(parts) <= MAX_ROWS else whole


def _cut(one: Looked, stood: Sequence[Standing]) -> list[tuple[Looked, Sequence[Standing]]]:
    parts: list[tuple[Looked, Sequence[Standing]]] = []
    left_us = one.covered_us  # what is being written this moment is neither there nor missing: the last part lacks it
    for span, standing in parts_of(stood, one.span):
        holes = [(part, cause, detail) for hole, cause, detail in one.holes if (part := hole.clip(span))]
        covered_us = min(left_us, span.duration_us - sum(hole.duration_us for hole, _, _ in holes))
        left_us -= covered_us
        parts.append((Looked(one.camera_id, span, covered_us, holes, len(holes)), [standing]))
    return parts or [(one, stood)]


def _looked(one: RequestItem | HoldItem) -> Looked:
    found = one.found or {"covered_us": 0, "missing": [], "missing_in_all": 0}
    holes = [(Span(start_us, end_us), cause, detail) for start_us, end_us, cause, detail in found["missing"]]
    return Looked(one.camera_id, one.span, found["covered_us"], holes, found["missing_in_all"])
