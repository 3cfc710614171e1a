"""Privacy masks as the camera keeps them."""

from dataclasses import dataclass, replace
from typing import Literal

from recorder.simcam.onvif.profiles import SOURCE_CONFIGURATION
from recorder.simcam.onvif.soap import SoapFaultError, bad_argument

Point = tuple[float, float]
"""x and y from −1 to 1, y upward (tt:Vector, ONVIF's normalized coordinates)."""
MaskType = Literal["Color", "Pixelated", "Blurred"]
Adjustment = Literal["exact", "rectangle", "shrunk"]
"""What the camera does to a polygon without a word: nothing, its bounding box, or nine tenths of it."""

MAX_MASKS = 8
MAX_POINTS = 16
TYPES: tuple[MaskType, ...] = ("Color", "Pixelated", "Blurred")


@dataclass(frozen=True, slots=True)
class Mask:
    """One covered area; `color` is X, Y, Z in YCbCr, used by `Color` only."""

    token: str
    polygon: tuple[Point, ...]
    type: MaskType
    color: tuple[float, float, float] | None
    is_enabled: bool
    configuration: str = SOURCE_CONFIGURATION


class Masks:
    """All masks; `adjustment` makes it the kind of camera that silently keeps something else than asked."""

    def __init__(self) -> None:
        self.adjustment: Adjustment = "exact"
        self._masks: dict[str, Mask] = {}
        self._made = 0

    def all(self) -> tuple[Mask, ...]:
        """What is in force, in the order of creation."""
        return tuple(self._masks.values())

    def create(self, mask: Mask) -> str:
        """Keep a new mask under a new token; a fault when the camera is full or the mask impossible."""
        if len(self._masks) >= MAX_MASKS:
            raise SoapFaultError("Receiver", ("ter:Action", "ter:MaxMasks"), "The camera has no room for more masks.")
        adjusted = self._adjusted(mask)
        self._made += 1
        token = f"mask{self._made}"
        self._masks[token] = replace(adjusted, token=token)
        return token

    def change(self, mask: Mask) -> None:
        """Replace the mask with the same token."""
        self._require(mask.token)
        self._masks[mask.token] = self._adjusted(mask)

    def delete(self, token: str) -> None:
        """Uncover its area."""
        self._require(token)
        del self._masks[token]

    def _require(self, token: str) -> None:
        if token not in self._masks:
            raise bad_argument("ter:NoConfig", "There is no such mask.")

    def _adjusted(self, mask: Mask) -> Mask:
        if not 3 <= len(mask.polygon) <= MAX_POINTS:
            raise bad_argument("ter:InvalidPolygon", f"A mask has 3 to {MAX_POINTS} points.")
        if any(not -1.0 <= value <= 1.0 for point in mask.polygon for value in point):
            raise bad_argument("ter:InvalidPolygon", "A point lies outside the picture.")
        xs, ys = [x for x, _ in mask.polygon], [y for _, y in mask.polygon]
        if self.adjustment == "rectangle":
            left, right, low, high = min(xs), max(xs), min(ys), max(ys)
            return replace(mask, polygon=((left, low), (left, high), (right, high), (right, low)))
        if self.adjustment == "shrunk":
            cx, cy = sum(xs) / len(xs), sum(ys) / len(ys)
            return replace(mask, polygon=tuple((cx + 0.9 * (x - cx), cy + 0.9 * (y - cy)) for x, y in mask.polygon))
        return mask
