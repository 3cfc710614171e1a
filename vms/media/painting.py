"""Painting into the planes of a picture: areas filled solid, letters burnt in."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from vms.media.outline import Polygon

Array = NDArray[np.uint8]

_BLACK, _WHITE, _GREY = 16, 235, 128  # of limited range (ITU-R BT.601); full range shows them as nearly the same
_DIMMED = 0.35  # what is left of the picture under letters
# A lens moves in the wind, an encoder draws edges a little further than they are: grown by so much of the width.
_MARGIN = 1 / 240


class Planes(NamedTuple):
    """Brightness and both colours of a 4:2:0 picture with even sides; what is written into them is seen."""

    luma: Array
    blue: Array
    red: Array


class Fill:
    """Areas of a picture that nobody will see again: every sample of them gets one value, nothing of it is mixed in."""

    def __init__(self, polygons: Sequence[Polygon], width: int, height: int) -> None:
        """`width`, `height`: of the picture, even."""
        margin = max(2, round(width * _MARGIN))
        self._parts = [_windowed(_covered(one, width, height, margin)) for one in polygons]

    def on(self, planes: Planes) -> None:
        """Fill them."""
        for (top, left), covered in self._parts:  # in samples of colour; brightness has two by two of each
            rows, columns = covered.shape
            for colour in (planes.blue, planes.red):
                np.copyto(colour[top : top + rows, left : left + columns], _GREY, where=covered)
            whole = planes.luma[2 * top : 2 * (top + rows), 2 * left : 2 * (left + columns)]
            for row in (0, 1):
                for column in (0, 1):
                    np.copyto(whole[row::2, column::2], _BLACK, where=covered)


def _windowed(covered: NDArray[np.bool_]) -> tuple[tuple[int, int], NDArray[np.bool_]]:
    """The part of it that has anything, with where it begins."""
    rows, columns = np.flatnonzero(covered.any(1)), np.flatnonzero(covered.any(0))
    top, left = int(rows[0]), int(columns[0])
    return (top, left), covered[top : int(rows[-1]) + 1, left : int(columns[-1]) + 1].copy()


def _covered(polygon: Polygon, width: int, height: int, margin: int) -> NDArray[np.bool_]:
    """Which samples of colour a mask hides: all that it touches, and `margin` pixels around them."""
    inside = _winding(polygon, width, height) != 0
    for (x, y), (next_x, next_y) in _edges(polygon):
        steps = int(2 * max(abs(next_x - x) * width, abs(next_y - y) * height)) + 2
        across = np.linspace(x * width, next_x * width, steps).astype(int).clip(0, width - 1)
        inside[np.linspace(y * height, next_y * height, steps).astype(int).clip(0, height - 1), across] = True
    grown = _grown(_grown(inside, margin).T, margin).T
    return np.asarray(grown.reshape(height // 2, 2, width // 2, 2).any(axis=(1, 3)), np.bool_)


def _winding(polygon: Polygon, width: int, height: int) -> NDArray[np.int8]:
    """How often the outline goes around each pixel: whatever a crossing outline encloses counts as inside."""
    winding = np.zeros((height, width), np.int8)
    middles_x, middles_y = np.arange(width) + 0.5, np.arange(height) + 0.5
    for (x, y), (next_x, next_y) in _edges(polygon):
        upper, lower = sorted((y * height, next_y * height))
        rows = np.flatnonzero((middles_y >= upper) & (middles_y < lower))
        if rows.size:
            share = (middles_y[rows] - y * height) / ((next_y - y) * height)
            crossing = x * width + share * (next_x - x) * width
            right_of_it = middles_x[None, :] > crossing[:, None]
            winding[rows] += np.where(right_of_it, 1 if next_y > y else -1, 0).astype(np.int8)
    return winding


def _edges(polygon: Polygon) -> Iterator[tuple[tuple[float, float], tuple[float, float]]]:
    return zip(polygon, [*polygon[1:], polygon[0]], strict=True)


def _grown(inside: NDArray[np.bool_], margin: int) -> NDArray[np.bool_]:
    """The same, downwards and upwards by so many rows."""
    grown = inside.copy()
    for step in range(1, margin + 1):
        grown[step:] |= inside[:-step]
        grown[:-step] |= inside[step:]
    return grown


def burn(planes: Planes, letters: Array, top: int, left: int) -> None:
    """Put white letters on the darkened picture. `letters`: how much of each pixel they cover, 0 to 255.

    `top`, `left` and the sides of `letters` are even; what reaches beyond the picture is cut off.
    """
    height, width = planes.luma.shape
    letters = letters[: height - top, : width - left]
    rows, columns = letters.shape
    half = slice(top // 2, (top + rows) // 2), slice(left // 2, (left + columns) // 2)
    for colour in (planes.blue, planes.red):
        colour[half] = ((colour[half].astype(np.float32) - _GREY) * _DIMMED + _GREY).astype(np.uint8)
    under = planes.luma[top : top + rows, left : left + columns]
    dark = _BLACK + np.maximum(under.astype(np.float32) - _BLACK, 0) * _DIMMED
    under[...] = (dark + (_WHITE - dark) * (letters / np.float32(255))).astype(np.uint8)
