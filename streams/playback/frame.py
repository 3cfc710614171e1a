"""Single pictures of footage for scrubbing or stepping."""

from bisect import bisect_right
from dataclasses import dataclass

from streams.playback.pictures import key_picture, pictures_until
from streams.playback.refusals import check_length, no_footage
from vms.archive.archive import Archive
from vms.archive.footage_file import damaged
from vms.archive.model import StreamKey
from vms.archive.playable import Playable
from vms.archive.timeline import JOIN_US
from vms.kernel.clock import US_PER_SECOND
from vms.kernel.errors import Kind, VmsError
from vms.kernel.span import Span
from vms.media.init_parameters import parameter_sets_of
from vms.media.still import to_jpeg

MAX_KEY_FRAME_SPAN_US = 3600 * US_PER_SECOND


@dataclass(frozen=True, slots=True)
class Still:
    """A picture and when it was."""

    jpeg: bytes
    at_us: int


def frame_at(archive: Archive, key: StreamKey, at_us: int, width_px: int, exact: bool) -> Still:
    """The picture that was shown at `at_us` (`exact`), or the key frame at or before it, as a JPEG of `width_px`.

    Where a file begins without a key frame, its first one. Blocks for the decoder: call it on a worker thread, few
    at a time. Raises VmsError: `no_footage`, `volume_away`, `segment_gone`, `segment_damaged`,
    `footage_undecodable`, NOT_FOUND `no_key_frame` (nothing in this file can be shown), INVALID `frame_too_far`
    (`exact` only: the key frame is more than 1,500 pictures before).
    """
    playable = _file_at(archive, key, at_us)
    if not playable.gops:
        raise VmsError(
            Kind.NOT_FOUND, "no_key_frame", "This footage has no key frame and cannot be shown. Correct the encoder."
        )
    first = max(0, bisect_right(playable.gops, at_us, key=lambda gop: playable.wall_us(gop[1])) - 1)
    offset = playable.gops[first][0]
    with archive.open_footage(playable.volume, key, playable.sequence) as file:
        pictures = pictures_until(file, offset, _media_90k(playable, at_us)) if exact else [key_picture(file, offset)]
        try:
            codec, sets = parameter_sets_of(file.read(0, playable.init_bytes))
        except ValueError as err:
            raise damaged() from err
        units = [file.read(picture.offset, picture.size_bytes) for picture in pictures]
    return Still(to_jpeg(codec, sets, units, width_px), playable.wall_us(pictures[-1].show_90k))


def key_frames(archive: Archive, key: StreamKey, span: Span) -> list[int]:
    """When there are key frames in `span`, in order; empty where there are none. `span_too_long` beyond an hour."""
    check_length(span, MAX_KEY_FRAME_SPAN_US)
    moments = (playable.wall_us(at) for playable in archive.playables(key, span) for _, at in playable.gops)
    return sorted(moment for moment in moments if span.start_us <= moment < span.end_us)


def _file_at(archive: Archive, key: StreamKey, at_us: int) -> Playable:
    """The file with this moment; holes of rounding between two files belong to the first."""
    archive = archive.asked_alone()
    found = [one for one in archive.playables(key, Span(at_us - JOIN_US, at_us + 1)) if one.start_us <= at_us]
    if not found:
        raise no_footage(archive, key, Span(at_us, at_us + 1))
    return found[-1]


def _media_90k(playable: Playable, at_us: int) -> int:
    """The last tick that is not behind `at_us` (ticks are rounded down to microseconds, so one more may fit)."""
    media_90k = (at_us - playable.start_us) * 9 // 100
    return media_90k + (playable.wall_us(media_90k + 1) <= at_us)
