"""A time of day painted into a picture so that a program can read it back.

Two rows of 36 blocks fill the lowest 1/22.5 of the picture, full width. In each row the outer two blocks on
either side are white, black … black, white (they give the reader its threshold); the 32 between carry bits,
white for 1. Upper row: bits 51–20 of the time; lower row: bits 19–0, then a 12-bit checksum of all 52.
Blocks are placed by proportion, so scaling the picture keeps the code readable (at 320×180 a block is 9×4).
"""

import numpy as np
from numpy.typing import NDArray

_COLUMNS = 36
_ROWS_PER_PICTURE = 45
_TIME_BITS, _CHECK_BITS = 52, 12
_WHITE, _BLACK = 235, 16
_LEAST_CONTRAST = 40
_POLYNOMIAL = 0x80F  # CRC-12


def paint(picture: NDArray[np.uint8], at_us: int) -> None:
    """Write `at_us` (UTC microseconds, below 2**52) into luma rows (H×W) or a colour picture (H×W×3)."""
    height, width = picture.shape[:2]
    word = (at_us << _CHECK_BITS) | _checksum(at_us)
    columns = np.arange(width) * _COLUMNS // width
    row_height = height // _ROWS_PER_PICTURE
    for row in range(2):
        half = (word >> (32 * (1 - row))) & 0xFFFFFFFF
        blocks = np.array([1, 0, *((half >> (31 - bit)) & 1 for bit in range(32)), 0, 1])
        line = np.where(blocks[columns] == 1, _WHITE, _BLACK).astype(np.uint8)
        top = height - (2 - row) * row_height
        picture[top : top + row_height] = line if picture.ndim == 2 else line[:, None]


def read(picture: NDArray[np.uint8]) -> int | None:
    """The time in a luma (H×W) or colour (H×W×3) picture; None when there is none or it is damaged."""
    height, width = picture.shape[:2]
    row_height = height / _ROWS_PER_PICTURE
    word = 0
    for row in range(2):
        top = height - (2 - row) * row_height
        strip = picture[int(top + row_height * 0.3) : int(top + row_height * 0.7) + 1]
        levels = _levels(strip.mean(axis=2) if strip.ndim == 3 else strip, width)
        whites, blacks = levels[[0, -1]].mean(), levels[[1, -2]].mean()
        if whites - blacks < _LEAST_CONTRAST:
            return None
        for level in levels[2:-2]:
            word = (word << 1) | int(level > (whites + blacks) / 2)
    at_us = word >> _CHECK_BITS
    return at_us if word & ((1 << _CHECK_BITS) - 1) == _checksum(at_us) else None


def _levels(strip: NDArray[np.floating] | NDArray[np.uint8], width: int) -> NDArray[np.float64]:
    """Mean brightness of the middle half of each block."""
    line = strip.mean(axis=0)
    size = width / _COLUMNS
    inside = ((int((n + 0.25) * size), int((n + 0.75) * size) + 1) for n in range(_COLUMNS))
    return np.array([line[start:end].mean() for start, end in inside])


def _checksum(at_us: int) -> int:
    """CRC-12 of the 52 bits, begun with ones so that an all-black code is refused."""
    register = 0xFFF
    for bit in range(_TIME_BITS - 1, -1, -1):
        top = (register >> (_CHECK_BITS - 1)) ^ ((at_us >> bit) & 1)
        register = (register << 1) & 0xFFF
        if top:
            register ^= _POLYNOMIAL
    return register
