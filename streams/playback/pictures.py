"""Finding the pictures of a GOP in a segment file."""

from collections.abc import Callable
from dataclasses import dataclass

from vms.archive.footage_file import FootageFile, damaged
from vms.archive.fragment_walk import SealedFragment, fragment_at
from vms.kernel.errors import Kind, VmsError
from vms.media.sample_table import read_samples

MAX_PICTURES = 1500  # a minute of 25 pictures a second: some five seconds of decoding
MAX_BYTES = 64 << 20
_LATE_90K = 90_000  # no picture is shown so much before the moment it is decoded


@dataclass(frozen=True, slots=True)
class Picture:
    """Where a picture's bytes lie in its file; `show_90k` is when it is shown, in ticks of the file."""

    offset: int
    size_bytes: int
    show_90k: int


def key_picture(file: FootageFile, offset: int) -> Picture:
    """The key frame that begins the fragment at `offset`; CORRUPT `segment_damaged` when there is none."""
    return _pictures(_need(file, offset))[0]


def pictures_until(file: FootageFile, offset: int, until_90k: int) -> list[Picture]:
    """What a decoder needs to show the moment `until_90k`, from the key frame at `offset` on, in decoding order.

    The last one is the picture shown then: the latest that is shown at or before it (at least the key frame).
    CORRUPT `segment_damaged`; INVALID `frame_too_far` beyond 1,500 pictures or 64 MiB.
    """
    found = _need(file, offset)
    pictures = _pictures(found)
    while following := _following(file, found):
        found = following
        if found.info.is_sync or found.info.start_90k > until_90k + _LATE_90K:
            break
        pictures += _pictures(found)
        if len(pictures) > 2 * MAX_PICTURES:
            break
    del pictures[1 + _latest(pictures, lambda picture: picture.show_90k <= until_90k) :]
    if len(pictures) > MAX_PICTURES or sum(picture.size_bytes for picture in pictures) > MAX_BYTES:
        raise VmsError(
            Kind.INVALID, "frame_too_far", "The key frame is too far before this picture. Ask for the key frame.",
        )  # fmt: skip
    return pictures


def _latest(pictures: list[Picture], is_shown: Callable[[Picture], bool]) -> int:
    shown = [index for index, picture in enumerate(pictures) if is_shown(picture)]
    return max(shown, key=lambda index: pictures[index].show_90k, default=0)


def _need(file: FootageFile, offset: int) -> SealedFragment:
    found = _fragment(file, offset)
    if found is None or not found.info.is_sync:
        raise damaged()
    return found


def _following(file: FootageFile, fragment: SealedFragment) -> SealedFragment | None:
    return _fragment(file, fragment.end)


def _fragment(file: FootageFile, offset: int) -> SealedFragment | None:
    try:
        return fragment_at(file.descriptor, offset, file.size_bytes)
    except OSError as err:
        raise damaged() from err


def _pictures(fragment: SealedFragment) -> list[Picture]:
    return [
        Picture(fragment.data_offset + sample.offset, sample.size_bytes, sample.show_90k)
        for sample in read_samples(fragment.moof)
    ]
