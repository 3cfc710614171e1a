"""What of a request is not given because its package was given up, as papers name it."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from uuid import UUID

from sqlalchemy.orm import Session

from vms.documents.forms.footage import Cause
from vms.documents.naming import cut
from vms.footage.exports.model import Export, PurgeWhy
from vms.footage.exports.queries import ExportPart, exports_of, parts_by_export
from vms.footage.papers.parts import Hole, Looked
from vms.kernel.span import subtract

_COUNT = frozenset({None, PurgeWhy.DELIVERED})  # no footage of a package that was replaced or withdrawn is given
# Why a package was not built, in the few words that a cell of a paper has room for.
_KEPT_BY = {
    "": "sırası gelmemiş",
    "volume_away": "kayıt diski takılı değil",
    "export_folder_away": "paket diski takılı değil",
    "still_recording": "kayıt sürüyor",
    "export_disk_full": "paket diskinde yer yok",
    "export_write_failed": "disk hatası",
    "export_stopped": "hazırlanırken durdurulmuş",
    "nothing_to_give": "kayıt kalmamış",
    "seal_missing": "kurum mührü tanımlı değil",
}
_UNFORESEEN = "beklenmeyen hata"


def given_up_holes(session: Session, request_id: UUID) -> Mapping[UUID, Sequence[Hole]]:
    """By item: the time that only packages which were given up would have held.

    Empty while no package is left to give: then it is ordered anew, or answered by what the search finds.
    """
    exports = exports_of(session, request_id)
    counting = [one for one in exports if one.purge_why in _COUNT]
    taken = defaultdict(list)
    for part in _parts(session, counting):
        taken[part.item_id].append(part.span)
    holes: defaultdict[UUID, list[Hole]] = defaultdict(list)
    for one in reversed(exports) if counting else ():  # the last word on a time counts
        for part in _parts(session, [one] if one.is_given_up else []):
            rest = subtract(part.span, taken[part.item_id])
            holes[part.item_id] += [(span, Cause.NOT_PACKED.value, _detail(one)) for span in rest]
            taken[part.item_id].append(part.span)
    return holes


def without(found: Looked, given_up: Sequence[Hole]) -> Looked:
    """An item as it was found, less what was given up; time that was missing before keeps the cause it had."""
    known = [span for span, _, _ in found.holes]
    rest = [(part, cause, detail) for span, cause, detail in given_up for part in subtract(span, known)]
    lost_us = sum(span.duration_us for span, _, _ in rest)
    holes = sorted([*found.holes, *rest], key=lambda hole: hole[0])
    return Looked(
        found.camera_id, found.span, max(0, found.covered_us - lost_us), holes, found.holes_in_all + len(rest)
    )


def _parts(session: Session, exports: Sequence[Export]) -> list[ExportPart]:
    return [part for parts in parts_by_export(session, exports).values() for part in parts]


def _detail(one: Export) -> str:
    return cut(f"{one.name}: {_KEPT_BY.get(one.failure, _UNFORESEEN)}; {one.given_up_reason}")
