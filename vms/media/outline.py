"""An area of a picture, of whatever size."""

from collections.abc import Sequence

Polygon = Sequence[tuple[float, float]]  # corners as parts of width and height, 0 … 1 from the upper left
