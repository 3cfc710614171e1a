"""What ordering a request's packages would make: how many, how large, or why not now."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy.orm import Session

from vms.archive.archive import Archive
from vms.archive.model import StreamKey
from vms.archive.timeline import WRITING_US
from vms.footage.availability import was_live_only
from vms.footage.bundle.cut import still_recording, volume_away
from vms.footage.exports.parcels import Asked, Parcel, parcels_of, pieces_of
from vms.footage.model import RequestItem
from vms.footage.queries import items_of
from vms.kernel.errors import Kind, VmsError
from vms.kernel.span import Span
from vms.media.copy_rate import most_bytes


@dataclass(frozen=True, slots=True)
class Plan:
    """The packages to be. `size_bytes`: of all of them, about."""

    parcels: Sequence[Parcel]

    @property
    def size_bytes(self) -> int:
        """How much of the disk they take."""
        return sum(one.size_bytes for one in self.parcels)


def asked_of(session: Session, request_id: UUID) -> list[Asked]:
    """What a request asks for, as far as it is of recorded cameras, in the order of `items_of`."""
    items = [one for one in items_of(session, request_id) if not _is_live_only(one)]
    return [Asked(one.id, one.camera_id, one.span) for one in items]


def plan(
    archive: Archive, asked: Sequence[Asked], now_us: int, *, takes_what_is_there: bool = False,
    derived: Collection[UUID] = (),
) -> Plan:  # fmt: skip
    """Divide it into packages. Reads indexes only: some milliseconds for a camera's day.

    `derived`: cameras of which there is a derived copy beside the films. VmsError: UNAVAILABLE `still_recording`
    (edge-53), `volume_away`, both not for who takes what is there; CONFLICT `nothing_to_give`.
    """
    archive = archive.asked_alone()
    is_running = [_is_running(archive, one) for one in asked]
    is_settled = not any(is_running) and all(now_us >= one.span.end_us + WRITING_US for one in asked)
    if not is_settled and not takes_what_is_there:
        raise still_recording()
    parcels = parcels_of(_sized(archive, asked, derived), has_derived=bool(derived))
    if archive.missing and not takes_what_is_there:
        raise volume_away()
    if not any(is_running) and not any(one.size_bytes for one in parcels):
        raise nothing_to_give()
    return Plan(parcels)


def nothing_to_give() -> VmsError:
    """Why no package is made of it."""
    return VmsError(
        Kind.CONFLICT, "nothing_to_give", "None of this footage exists. Look for it again, then answer with P-07.",
    )  # fmt: skip


def _sized(archive: Archive, asked: Sequence[Asked], derived: Collection[UUID]) -> Iterator[tuple[Asked, int]]:
    """Whole items where all of them fit one package, else days of them."""
    has_derived = bool(derived)
    whole = [(one, _size_bytes(archive, one, derived)) for one in asked]
    has_room = all(Parcel(has_derived=has_derived).has_room(*one) for one in whole)
    if has_room and len(parcels_of(whole, has_derived=has_derived)) <= 1:
        yield from whole
        return
    for one, size_bytes in whole:
        for piece in pieces_of(one):
            yield piece, _size_bytes(archive, piece, derived) if size_bytes else 0


def _size_bytes(archive: Archive, asked: Asked, derived: Collection[UUID]) -> int:
    size_bytes = archive.amount(_key(asked), asked.span).size_bytes
    if not size_bytes or asked.camera_id not in derived:
        return size_bytes
    return size_bytes + most_bytes(size_bytes, asked.span.duration_us * 9 // 100)


def _is_running(archive: Archive, asked: Asked) -> bool:
    """Whether a file that has some of it is being written."""
    files = archive.running(_key(asked))
    return any(Span(one.start_us, max(one.end_us, one.start_us + 1)).overlaps(asked.span) for one in files)


def _key(asked: Asked) -> StreamKey:
    return StreamKey(asked.camera_id, "main")


def _is_live_only(item: RequestItem) -> bool:
    """Nothing was ever recorded of it (A-19), as was found when it was looked for."""
    return item.found is not None and was_live_only(item.span, item.found)
