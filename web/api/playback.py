"""`/playback`: what was recorded, played from the archive's own files."""

import gzip
from collections.abc import AsyncIterator, Callable, Iterator
from typing import Annotated, Literal
from uuid import UUID

from fastapi import APIRouter, Depends, Header, Path, Request, Response
from fastapi.responses import StreamingResponse
from pydantic import BaseModel

from streams.playback.frame import frame_at, key_frames
from streams.playback.playlist import playlist
from streams.playback.segment_bytes import SegmentBytes, open_segment
from streams.playback.timeline import PlaybackTimeline, timeline
from vms.archive.model import StreamKey
from vms.authority.rules import Mode
from vms.kernel.errors import VmsError
from vms.kernel.span import Span
from web.acting import By
from web.api.asked import AtUs, CameraId, EndUs, StartUs, Stream, WidthPx, span_of
from web.authorisation import Access, ask_right, basis_of, declares
from web.backends import Backends, Here
from web.problems import refusals
from web.rows.gap import GapRow, gap_rows
from web.transfer.byte_range import byte_range
from web.watching.attempts import note_attempt
from web.watching.picture_gate import few_at_once, not_as_page

router = APIRouter(prefix="/playback/{camera_id}", tags=["playback"])

PLAYLIST = "application/vnd.apple.mpegurl"
_BINARY = {"schema": {"type": "string", "format": "binary"}}
Sequence = Annotated[int, Path(ge=0, le=2**62)]
SegmentStream = Annotated[Literal["main", "sub"], Path()]


class Recording(BaseModel):
    """Time with footage."""

    start_us: int
    end_us: int


class TimelineAnswer(BaseModel):
    """Recordings and gaps fill the span up to now without overlap."""

    start_us: int
    end_us: int
    now_us: int
    recordings: list[Recording]
    gaps: list[GapRow]
    running_until_us: int | None
    oldest_us: int | None
    newest_us: int | None
    guaranteed_from_us: int
    clock_offset_us: int | None
    away_volumes: list[UUID]


class KeyFrames(BaseModel):
    """When there are key frames, in order."""

    key_frames_us: list[int]


@router.get("/timeline", dependencies=[declares(Access.CAMERA_PLAYBACK)], responses=refusals())
async def read_timeline(
    camera_id: CameraId, start: StartUs, end: EndUs, request: Request, here: Here, stream: Stream = "main"
) -> TimelineAnswer:
    """When there is footage, when there is none, why."""
    span = span_of(start, end)
    await _ask_again(request, span)
    now_us = here.clock.now_us()

    def read() -> PlaybackTimeline:
        camera = here.observer.registered(str(camera_id))
        commissioned_us = None if camera is None else camera.commissioned_us
        return timeline(here.archive(), StreamKey(camera_id, stream), span, now_us, commissioned_us)

    found = await here.archive_workers.run(read)
    return TimelineAnswer(
        start_us=span.start_us,
        end_us=span.end_us,
        now_us=now_us,
        recordings=[Recording(start_us=one.start_us, end_us=one.end_us) for one in found.recordings],
        gaps=gap_rows(found.gaps),
        running_until_us=found.running_until_us,
        oldest_us=found.oldest_us,
        newest_us=found.newest_us,
        guaranteed_from_us=found.guaranteed_from_us,
        clock_offset_us=found.clock_offset_us,
        away_volumes=list(found.away),
    )


@router.get(
    "/index.m3u8",
    dependencies=[declares(Access.CAMERA_PLAYBACK), Depends(not_as_page)],
    response_class=Response,
    responses={200: {"content": {PLAYLIST: {"schema": {"type": "string"}}}}, **refusals(404)},
)
async def read_playlist(
    camera_id: CameraId, start: StartUs, end: EndUs, request: Request, here: Here, stream: Stream = "main"
) -> Response:
    """An HLS playlist (RFC 8216) of byte ranges; up to 26 hours. It grows while the span reaches into the future."""
    span = span_of(start, end)
    await _ask_again(request, span)
    now_us = here.clock.now_us()
    is_compressed = "gzip" in request.headers.get("accept-encoding", "")
    is_bounded = basis_of(request).footage is not None

    def write() -> bytes:
        key = StreamKey(camera_id, stream)
        text = playlist(here.archive(), key, span, _segment_url, now_us, is_bounded=is_bounded).encode()
        return gzip.compress(text, 3, mtime=0) if is_compressed else text

    content = await here.archive_workers.run(write)
    headers = {"Cache-Control": "no-store", "Vary": "Accept-Encoding"}
    if is_compressed:
        headers["Content-Encoding"] = "gzip"
    return Response(content, headers=headers, media_type=PLAYLIST)


@router.get(
    "/segments/{volume}/{stream}/{sequence}.mp4",
    status_code=206,
    dependencies=[declares(Access.CAMERA_PLAYBACK), Depends(not_as_page)],
    response_class=Response,
    responses={206: {"content": {"video/mp4": _BINARY}}, **refusals(404, 410, 416, 500)},
)
async def read_segment(
    camera_id: CameraId,
    volume: UUID,
    stream: SegmentStream,
    sequence: Sequence,
    request: Request,
    by: By,
    here: Here,
    wanted: Annotated[str, Header(alias="Range", max_length=200)] = "",
) -> Response:
    """A range of a segment's bytes, as its playlist names them."""
    key = StreamKey(camera_id, stream)

    def begin() -> tuple[SegmentBytes, int, int]:
        segment = open_segment(here.archive(), volume, key, sequence)
        try:
            offset, length = byte_range(wanted, segment.size_bytes)
            segment.check(offset, length)
        except BaseException:
            segment.close()
            raise
        return segment, offset, length

    try:
        segment, offset, length = await here.archive_workers.run(begin)
    except VmsError as err:
        if err.code == "range_needed":
            await note_attempt(here, by, "whole_segment", camera_id)
        raise
    span = segment.shows(offset, length)
    try:
        if span is not None:
            await _ask_again(request, span)  # the address names no time: only now is it known
            await here.watches.footage(by, camera_id, basis_of(request), stream, span)
    except BaseException:
        segment.close()
        raise
    headers = {
        "Accept-Ranges": "bytes",
        "Cache-Control": "no-store",
        "Content-Length": str(length),
        "Content-Range": f"bytes {offset}-{offset + length - 1}/{segment.size_bytes}",
        "ETag": f'"{segment.etag}"',
    }
    return StreamingResponse(_pieces(here, segment, offset, length), 206, headers, "video/mp4")


@router.get(
    "/frame.jpg",
    dependencies=[Depends(few_at_once), declares(Access.CAMERA_PLAYBACK), Depends(not_as_page)],
    response_class=Response,
    responses={
        200: {
            "content": {"image/jpeg": _BINARY},
            "headers": {"Nazar-Frame-Time-Us": {"schema": {"type": "integer"}, "description": "When the picture was."}},
        },
        **refusals(404, 410, 500),
    },
)
async def read_frame(
    camera_id: CameraId,
    at: AtUs,
    request: Request,
    by: By,
    here: Here,
    width: WidthPx = 320,
    exact: bool = False,
    stream: Stream = "main",
) -> Response:
    """The picture shown at a moment (`exact`), or the key frame at or before it, which is quicker."""
    await _ask_again(request, Span(at, at + 1))
    key = StreamKey(camera_id, stream)
    exact = exact or basis_of(request).footage is not None  # the key frame may lie before what may be seen
    still = await here.picture_workers.run(lambda: frame_at(here.archive(), key, at, width, exact))
    await here.watches.still(by, camera_id, Mode.PLAYBACK, basis_of(request), still.at_us)
    headers = {"Cache-Control": "no-store", "Nazar-Frame-Time-Us": str(still.at_us)}
    return Response(still.jpeg, headers=headers, media_type="image/jpeg")


@router.get("/keyframes", dependencies=[declares(Access.CAMERA_PLAYBACK)], responses=refusals())
async def list_key_frames(
    camera_id: CameraId, start: StartUs, end: EndUs, request: Request, here: Here, stream: Stream = "main"
) -> KeyFrames:
    """When there are key frames; up to an hour at a time."""
    span = span_of(start, end)
    await _ask_again(request, span)
    found = await here.archive_workers.run(lambda: key_frames(here.archive(), StreamKey(camera_id, stream), span))
    return KeyFrames(key_frames_us=found)


async def _ask_again(request: Request, span: Span) -> None:
    """Whether a right to an interval covers what will be shown: an address can be read in more ways than one, and the
    check before the route need not have read it as the route does.
    """  # noqa: D205
    if basis_of(request).footage is not None:
        await ask_right(request, Mode.PLAYBACK, span)


def _segment_url(volume: UUID, key: StreamKey, sequence: int) -> str:
    """Beside the playlist, so that a day's list stays small."""
    return f"segments/{volume}/{key.name}/{sequence}.mp4"


async def _pieces(here: Backends, segment: SegmentBytes, offset: int, length: int) -> AsyncIterator[bytes]:
    """The bytes, read as the caller takes them; a thread is busy only while the disk is."""
    pieces = segment.read(offset, length)
    try:
        while piece := await here.archive_workers.run(_next_of(pieces)):
            yield piece
    finally:
        segment.close()


def _next_of(pieces: Iterator[bytes]) -> Callable[[], bytes]:
    return lambda: next(pieces, b"")
