"""A film in the words of the manifest."""

from collections.abc import Sequence
from typing import Any

from vms.archive.model import Flag, Segment
from vms.archive.segment_boxes import FileHead
from vms.footage.bundle.container import Part
from vms.footage.bundle.film_bytes import Judged, State
from vms.footage.bundle.manifest import span_json
from vms.footage.bundle.piece import Film
from vms.kernel.clock import iso
from vms.kernel.span import Span
from vms.media.init_parameters import video_format_of

_US_PER_MS = 1000


def film_json(film: Film, part: Part, judged: Sequence[Judged], asked: Span) -> dict[str, Any]:
    """What `manifest.py` calls a film; `asked` is the interval it answers."""
    video, span = video_format_of(film.init), film.span
    return {
        **part.to_json(),
        "codec": video.codec_string,
        "width": video.width,
        "height": video.height,
        **span_json(span),
        "duration_ms": film.duration_90k // 90,
        "starts_with_key_frame": film.stretches[0].starts_with_key,
        "before_asked_ms": max(0, asked.start_us - span.start_us) // _US_PER_MS,
        "after_asked_ms": max(0, span.end_us - asked.end_us) // _US_PER_MS,
        "clock_offset_us": _offsets(judged),
        "is_intact": all(one.state is not State.DAMAGED for one in judged),
        "segments": [_segment_json(one) for one in judged],
    }


def _offsets(judged: Sequence[Judged]) -> dict[str, int] | None:
    rows = (one.piece.source.row for one in judged)
    told = [row.clock_offset_us for row in rows if row is not None and row.clock_offset_us is not None]
    return {"least": min(told), "most": max(told)} if told else None


def _segment_json(judged: Judged) -> dict[str, Any]:
    piece, row = judged.piece, judged.piece.source.row
    facts: dict[str, Any] = {
        "volume": str(piece.source.volume),
        "sequence": piece.source.sequence,
        "start": iso(row.span.start_us if row else piece.source.start_us),
        "end": iso(row.span.end_us) if row else None,
        "sha256": row.sha256.hex() if row else None,
        "link": row.link.hex() if row else None,
        "mask_version": row.mask_version if row else None,
        "clock_offset_us": row.clock_offset_us if row else None,
        "clock_error_us": row.clock_error_us if row else None,
        "lost_packets": row.lost_packets if row else None,
        "flags": [flag.name.lower() for flag in Flag if flag in piece.source.flags and flag.name],
        "from": iso(piece.span.start_us),
        "to": iso(piece.span.end_us),
        "fragments": piece.fragments,
        "state": judged.state,
        "rebuild": _rebuild_json(judged),
    }
    if judged.state is State.DAMAGED:
        facts["sha256_found"] = judged.sha256.hex()
        facts["damaged_from"] = None if judged.damaged_from_us is None else iso(judged.damaged_from_us)
    return facts


def _rebuild_json(judged: Judged) -> dict[str, Any] | None:
    """What makes the segment's file out of the film again, beside what the manifest tells anyway (`rebuilt.py`)."""
    piece, head, row = judged.piece, judged.piece.source.head, judged.piece.source.row
    if not piece.is_whole or judged.first_number is None or judged.state is not State.INTACT:
        return None
    if head is None or row is None or not _is_of(head, row):
        return None
    return {
        "previous": head.previous_link.hex(),
        "run": head.run,
        "boot_id": head.boot_id,
        "boottime_us": head.boottime_us,
        "first_number": judged.first_number,
        "first_90k": piece.media_90k,
    }


def _is_of(head: FileHead, row: Segment) -> bool:
    """Whether the file says of itself what the index says of it: only then is it made again from the index's words."""
    told = (head.stream, head.sequence, head.run, head.start_us, head.mask_version, head.clock_error_us)
    return told == (row.stream, row.sequence, row.run, row.span.start_us, row.mask_version, row.clock_error_us)
