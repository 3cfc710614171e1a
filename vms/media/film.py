"""A film that somebody made elsewhere: whether browsers play it, how long it is."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import av

_VIDEO: Mapping[str, frozenset[str]] = {"mp4": frozenset({"h264"}), "webm": frozenset({"vp8", "vp9", "av1"})}
_AUDIO: Mapping[str, frozenset[str]] = {"mp4": frozenset({"aac", "mp3"}), "webm": frozenset({"opus", "vorbis"})}
_PIXELS = frozenset({"yuv420p", "yuvj420p"})  # browsers' decoders know no other of H.264
_MAX_SIDE_PX = 4096
# The demuxer is named, never guessed, and may open this one file only: a text that looks like a playlist would
# otherwise have libav read other files of this machine.
_OPTIONS = {"protocol_whitelist": "file"}


@dataclass(frozen=True, slots=True)
class FilmFacts:
    """What a film is."""

    duration_ms: int
    width: int
    height: int


class FilmUnreadableError(Exception):
    """The file is damaged, or not what it is called."""


class FilmUnplayableError(Exception):
    """It is whole, but browsers do not play its pictures or its sound."""


def look_at(path: Path, container_format: str) -> FilmFacts:
    """Decode a picture of the beginning and one of the middle. `container_format`: `mp4` or `webm`.

    The file is a stranger's: call it in a process of its own.
    """
    try:
        with av.open(str(path), format=container_format, options=_OPTIONS) as container:
            return _facts(container, container_format)
    except (av.FFmpegError, IndexError, OSError, ValueError) as err:
        raise FilmUnreadableError(str(err)) from err


def _facts(container: av.container.InputContainer, container_format: str) -> FilmFacts:
    if not container.streams.video or not container.duration:
        raise FilmUnreadableError("no film")
    stream = container.streams.video[0]
    codecs = {one.codec_context.name for one in container.streams.video}
    sounds = {one.codec_context.name for one in container.streams.audio}
    known = {"libdav1d": "av1", "libvpx-vp9": "vp9", "libvpx": "vp8", "mp3float": "mp3", "libopus": "opus"}
    if not {known.get(one, one) for one in codecs} <= _VIDEO[container_format]:
        raise FilmUnplayableError("pictures")
    if not {known.get(one, one) for one in sounds} <= _AUDIO[container_format]:
        raise FilmUnplayableError("sound")
    stream.codec_context.thread_count = 1
    duration_ms = container.duration * 1000 // av.time_base
    for at in (0, container.duration // 2):
        container.seek(at)
        frame = next(container.decode(stream), None)
        if frame is None:
            raise FilmUnreadableError("no picture")
        if not 0 < max(frame.width, frame.height) <= _MAX_SIDE_PX or frame.format.name not in _PIXELS:
            raise FilmUnplayableError("pictures")
    return FilmFacts(duration_ms, stream.width, stream.height)
