"""What is burnt into a derived copy: whose it is, and when its pictures were."""

from zoneinfo import ZoneInfo

import numpy as np

from vms.documents.lettering import lettering
from vms.kernel.clock import US_PER_SECOND, to_datetime
from vms.media.painting import Array, Planes, burn
from vms.media.still import brightness_of

_SIGNS = "0123456789.:+- "  # all that a local time is written with
_LEAST_PX = 10
_LINES_A_PICTURE = 45  # how many lines of this size a picture would hold


class Watermark:
    """The words with the local time under them, in the lower left corner of pictures of one size."""

    def __init__(self, words: str, zone: ZoneInfo, width: int, height: int) -> None:
        size_px = max(_LEAST_PX, height // _LINES_A_PICTURE)
        self._zone = zone
        self._edge = max(2, size_px // 2 // 2 * 2)
        self._words = brightness_of(lettering(words, size_px, max(size_px, width - 4 * self._edge)))
        drawn = brightness_of(lettering(f"{_SIGNS}|", size_px))  # the last sign keeps the blank before it
        columns = np.rint(np.linspace(0, drawn.shape[1], len(_SIGNS) + 2)).astype(int)
        self._signs = {sign: drawn[:, columns[at] : columns[at + 1]] for at, sign in enumerate(_SIGNS)}
        self._second = -1
        self._letters: Array = self._words

    def on(self, planes: Planes, at_us: int) -> None:
        """Burn it into a picture of this moment."""
        second = at_us // US_PER_SECOND
        if second != self._second:
            self._second, self._letters = second, self._lettered(second)
        height = planes.luma.shape[0]
        top = max(0, height - self._edge - self._letters.shape[0]) // 2 * 2
        burn(planes, self._letters, top, self._edge)

    def _lettered(self, second: int) -> Array:
        local = to_datetime(second * US_PER_SECOND).astimezone(self._zone)
        offset = f"{local:%z}"
        time = np.hstack([self._signs[sign] for sign in f"{local:%d.%m.%Y %H:%M:%S} {offset[:3]}:{offset[3:5]}"])
        edge, words = self._edge, self._words
        rows, columns = words.shape[0] + time.shape[0], max(words.shape[1], time.shape[1])
        letters = np.zeros(((rows + edge + 1) // 2 * 2, (columns + 2 * edge + 1) // 2 * 2), np.uint8)
        letters[edge // 2 :, edge:][: words.shape[0], : words.shape[1]] = words
        letters[edge // 2 + words.shape[0] :, edge:][: time.shape[0], : time.shape[1]] = time
        return letters
