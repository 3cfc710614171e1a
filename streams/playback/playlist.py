"""HLS playlists over the archive's own files."""

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Sequence
from itertools import pairwise
from uuid import UUID

from streams.playback.refusals import check_length, no_footage
from vms.archive.archive import Archive
from vms.archive.model import StreamKey
from vms.archive.playable import Playable
from vms.kernel.clock import US_PER_SECOND, to_datetime
from vms.kernel.span import Span

MAX_SPAN_US = 26 * 3600 * US_PER_SECOND  # the longest day has 25 hours
TICKS_PER_SECOND = 90_000

UrlFor = Callable[[UUID, StreamKey, int], str]


def playlist(
    archive: Archive,
    key: StreamKey,
    span: Span,
    url_for: UrlFor,
    now_us: int | None = None,
    *,
    is_bounded: bool = False,
) -> str:
    """A media playlist (RFC 8216) of byte ranges, each one whole GOP, from the key frame at or before the span's start.

    `url_for(volume, key, sequence)` names a segment. Holes contract: each file begins with EXT-X-DISCONTINUITY and
    its own EXT-X-PROGRAM-DATE-TIME. Without `now_us`, or for a span that ended before it, the list is complete (VOD)
    and reaches to the last whole fragment on disk; for one that goes on it is of type EVENT, holds complete GOPs only
    and grows at its end when asked for again. EXT-X-START points at the span's start. Footage without key frames
    cannot be shown by browsers and is left out. `is_bounded`: nothing outside the span may be seen, so only GOPs that
    lie inside as a whole are listed.

    Raises VmsError: `no_footage` or `volume_away` (see `refusals`), `span_too_long` beyond 26 hours.
    """
    check_length(span, MAX_SPAN_US)
    archive = archive.asked_alone()
    is_growing = now_us is not None and span.end_us > now_us
    lines: list[str] = []
    durations, first_us = _Durations(), 0
    for file in archive.playables(key, span):
        chosen = _inside(file, span) if is_bounded else _chosen(file, span, is_growing=is_growing)
        if not chosen:
            continue
        begin_us = file.wall_us(chosen[0][1])
        if lines:
            lines.append("#EXT-X-DISCONTINUITY")
        else:
            first_us = begin_us
        url = url_for(file.volume, key, file.sequence)
        lines.append(f"#EXT-X-PROGRAM-DATE-TIME:{_date_time(begin_us)}")
        lines.append(f'#EXT-X-MAP:URI="{url}",BYTERANGE="{file.init_bytes}@0"')
        lines += _ranges(chosen, url, durations)
    if not lines:
        raise no_footage(archive, key, span)
    target_s = max(1, (2 * max(durations) + TICKS_PER_SECOND) // (2 * TICKS_PER_SECOND))
    offset_s = max(0, span.start_us - first_us) / US_PER_SECOND
    head = [
        "#EXTM3U",
        "#EXT-X-VERSION:6",
        f"#EXT-X-TARGETDURATION:{target_s}",
        "#EXT-X-MEDIA-SEQUENCE:0",
        f"#EXT-X-PLAYLIST-TYPE:{'EVENT' if is_growing else 'VOD'}",
        "#EXT-X-INDEPENDENT-SEGMENTS",
        f"#EXT-X-START:TIME-OFFSET={offset_s:.3f},PRECISE=YES",
    ]
    if not is_growing:
        lines.append("#EXT-X-ENDLIST")
    return "\n".join([*head, *lines, ""])


def _chosen(file: Playable, span: Span, *, is_growing: bool) -> Sequence[tuple[int, int]]:
    """(offset, start_90k) of the GOPs to list, with a last pair where they end; empty when there are none."""
    gops = file.gops
    if not gops:
        return ()
    first = 0
    if file.start_us < span.start_us:
        first = max(0, bisect_right(gops, span.start_us, key=lambda gop: file.wall_us(gop[1])) - 1)
    behind = len(gops)
    if file.end_us > span.end_us:
        behind = bisect_left(gops, span.end_us, key=lambda gop: file.wall_us(gop[1]))
    if file.is_running and is_growing:
        behind = min(behind, len(gops) - 1)  # the last one is not whole yet: its range would change
    if first >= behind:
        return ()
    end = gops[behind] if behind < len(gops) else (file.end_bytes, file.duration_90k)
    return [*gops[first:behind], end]


def _inside(file: Playable, span: Span) -> Sequence[tuple[int, int]]:
    """The same of the GOPs that lie inside the span as a whole."""
    inside = [gop for gop in file.gops if span.start_us <= file.wall_us(gop[1]) <= span.end_us]
    if file.gops and span.start_us <= file.end_us <= span.end_us:
        inside.append((file.end_bytes, file.duration_90k))
    return inside if len(inside) > 1 else ()


class _Durations(dict[int, str]):
    """What stands before the numbers of a range, by its ticks: cameras repeat the same few GOP lengths."""

    def __missing__(self, ticks: int) -> str:
        text = self[ticks] = f"#EXTINF:{ticks / TICKS_PER_SECOND:.5f},\n#EXT-X-BYTERANGE:"
        return text


def _ranges(chosen: Sequence[tuple[int, int]], url: str, durations: _Durations) -> list[str]:
    """The GOPs as lines. Little is done for each: a day has 43,200 of them."""
    return [
        f"{durations[(end_90k - start_90k) or 1]}{end - offset}@{offset}\n{url}"
        for (offset, start_90k), (end, end_90k) in pairwise(chosen)
    ]


def _date_time(at_us: int) -> str:
    """With a zone and milliseconds: players read a time without a zone each in its own way."""
    return f"{to_datetime(at_us):%Y-%m-%dT%H:%M:%S}.{at_us // 1000 % 1000:03d}Z"
