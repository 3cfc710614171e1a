"""Where the file of a segment lies in its volume."""

import re
from datetime import UTC, datetime
from functools import lru_cache
from uuid import UUID

from vms.archive.model import StreamKey
from vms.kernel.clock import US_PER_DAY, US_PER_SECOND, from_datetime, to_datetime
from vms.kernel.span import Span

_NAME = re.compile(r"(\d{8}T\d{6}\.\d{6}Z)-(\d{8,})\.mp4")


def stream_directory(stream: StreamKey) -> str:
    """`segments/<camera>/<stream>`."""
    return f"segments/{stream.camera_id}/{stream.name}"


def day_directory(stream: StreamKey, start_us: int) -> str:
    """`segments/<camera>/<stream>/<UTC day>`."""
    return f"{stream_directory(stream)}/{day_name(start_us)}"


def day_name(at_us: int) -> str:
    """The UTC day as directories have it: `2026-11-21`."""
    return _day(at_us // US_PER_DAY)


def day_span(name: str) -> Span | None:
    """The 24 hours of such a name; None when it is no day's."""
    try:
        start_us = from_datetime(datetime.strptime(name, "%Y-%m-%d").replace(tzinfo=UTC))
    except ValueError:
        return None
    return Span(start_us, start_us + US_PER_DAY) if day_name(start_us) == name else None


def file_name(start_us: int, sequence: int) -> str:
    """`20261121T140500.000000Z-00000042.mp4`."""
    day, rest_us = divmod(start_us, US_PER_DAY)
    seconds, us = divmod(rest_us, US_PER_SECOND)
    minutes, second = divmod(seconds, 60)
    hour, minute = divmod(minutes, 60)
    return f"{_compact_day(day)}T{hour:02d}{minute:02d}{second:02d}.{us:06d}Z-{sequence:08d}.mp4"


def segment_path(stream: StreamKey, start_us: int, sequence: int) -> str:
    """The whole path relative to the volume."""
    return f"{day_directory(stream, start_us)}/{file_name(start_us, sequence)}"


def parse_name(name: str) -> tuple[int, int] | None:
    """`(start_us, sequence)` of a file name, None when it is no segment's."""
    match = _NAME.fullmatch(name)
    if match is None:
        return None
    try:
        at = datetime.strptime(match[1], "%Y%m%dT%H%M%S.%fZ").replace(tzinfo=UTC)
    except ValueError:
        return None
    return from_datetime(at), int(match[2])


@lru_cache(maxsize=128)  # millions of names share a few days
def _day(number: int) -> str:
    return f"{to_datetime(number * US_PER_DAY):%Y-%m-%d}"


@lru_cache(maxsize=128)
def _compact_day(number: int) -> str:
    return _day(number).replace("-", "")


def parse_stream(camera: str, name: str) -> StreamKey | None:
    """The stream of two directory names, None when they are no stream's."""
    if name not in {"main", "sub"}:
        return None
    try:
        key = StreamKey(UUID(camera), name)
    except ValueError:
        return None
    return key if str(key.camera_id) == camera else None
