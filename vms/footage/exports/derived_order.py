"""What may be asked of a derived copy, checked before anything is ordered (türetilmiş kopya)."""

import math
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from vms.kernel.errors import Kind, VmsError
from vms.media.outline import Polygon

MIN_CORNERS, MAX_CORNERS = 3, 32
MAX_MASKS = 32  # of one camera
_LEAST_AREA = 1e-5  # of the picture: five pixels by four of full HD
_DIGITS = 5  # of a corner; a hundredth of a pixel


@dataclass(frozen=True, slots=True)
class DerivedWish:
    """Which cameras of a request get a copy, with their masks; `is_marked`: with the watermark."""

    cameras: Mapping[UUID, Sequence[Polygon]]
    is_marked: bool

    def to_json(self) -> dict[str, Any]:
        """As `Export.derived` keeps it."""
        return {
            "is_marked": self.is_marked,
            "cameras": [
                {"camera": str(camera_id), "masks": [[list(corner) for corner in mask] for mask in masks]}
                for camera_id, masks in self.cameras.items()
            ],
        }

    @classmethod
    def from_json(cls, values: Mapping[str, Any]) -> "DerivedWish":
        """Back from there."""
        cameras = {UUID(one["camera"]): [_corners(mask) for mask in one["masks"]] for one in values["cameras"]}
        return cls(cameras, values["is_marked"])


def checked(
    cameras: Sequence[tuple[UUID, Sequence[Sequence[Sequence[float]]]]], known: Collection[UUID], *, is_marked: bool
) -> DerivedWish:
    """The wish, if it can be fulfilled. `known`: the request's recorded cameras.

    VmsError(INVALID): `derived_empty` (no camera, or one that would be copied as it is), `derived_camera`,
    `masks_too_many`, `mask_corners`, `mask_outside`, `mask_without_area`.
    """
    if not cameras:
        raise _empty()
    if len({camera_id for camera_id, _ in cameras}) < len(cameras) or not {one for one, _ in cameras} <= set(known):
        raise _invalid("derived_camera", "A derived copy is of a recorded camera of the request, each once. Reload.")
    for _, masks in cameras:
        if not masks and not is_marked:
            raise _empty()
        if len(masks) > MAX_MASKS:
            raise _invalid("masks_too_many", f"A camera has at most {MAX_MASKS} masks. Join some.")
        for mask in masks:
            _check_mask(mask)
    return DerivedWish({camera_id: [_corners(mask) for mask in masks] for camera_id, masks in cameras}, is_marked)


def _check_mask(mask: Sequence[Sequence[float]]) -> None:
    if not MIN_CORNERS <= len(mask) <= MAX_CORNERS or any(len(corner) != 2 for corner in mask):
        raise _invalid(
            "mask_corners", f"A mask has {MIN_CORNERS} to {MAX_CORNERS} corners, each of two numbers. Correct it."
        )
    if not all(math.isfinite(part) and 0 <= part <= 1 for corner in mask for part in corner):
        raise _invalid("mask_outside", "A corner lies outside of the picture. Both numbers are 0 to 1.")
    ends = [*mask[1:], mask[0]]
    area = sum(x * next_y - next_x * y for (x, y), (next_x, next_y) in zip(mask, ends, strict=True)) / 2
    if abs(area) < _LEAST_AREA:
        raise _invalid("mask_without_area", "This mask hides nothing. Put its corners around what it is to hide.")


def _corners(mask: Sequence[Sequence[float]]) -> Polygon:
    return [(round(x, _DIGITS), round(y, _DIGITS)) for x, y in mask]


def _empty() -> VmsError:
    return _invalid(
        "derived_empty", "A derived copy shows something otherwise. Choose cameras, with a mask or the watermark."
    )


def _invalid(code: str, sentence: str) -> VmsError:
    return VmsError(Kind.INVALID, code, sentence)
