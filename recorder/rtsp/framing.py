"""One TCP stream taken apart into interleaved packets with RTSP messages between them (RFC 2326 §10.12)."""

import re
from collections.abc import Callable

from recorder.rtsp import message
from recorder.rtsp.message import Request, Response
from recorder.source import SourceError, SourceStats
from vms.archive.model import Cause

DOLLAR = 0x24
MAX_HEAD_BYTES = 16_384
MAX_BODY_BYTES = 65_536
MAX_SKIPPED_BYTES = 65_536  # in one search for the next frame; then a new connection is the better cure
MAX_SKIPPED_BYTES_A_MINUTE = 8 * 65_536
_MAX_FOREIGN_CHANNEL = 32  # tracks nobody asked for come on low channels, in packets of usual size;
_MAX_FOREIGN_BYTES = 16_384  # a claim beyond that is more likely junk, which must not swallow pictures

_METHODS = "OPTIONS|DESCRIBE|ANNOUNCE|SETUP|PLAY|PAUSE|TEARDOWN|GET_PARAMETER|SET_PARAMETER|REDIRECT|RECORD|PLAY_NOTIFY"
_TEXT = re.compile(rf"(?:RTSP/1\.\d |(?:{_METHODS}) )".encode())
_LONGEST_TEXT_START = len(b"GET_PARAMETER ")
_CANDIDATE = re.compile(rf"\$|RTSP/1\.\d |(?:{_METHODS}) ".encode())
_BLANK_LINE = re.compile(rb"\r?\n\r?\n")
_STARTS_SOMETHING = frozenset(b"$\r\nRODASGPT")  # first letters of what may follow a frame

_MORE = -1  # what was read so far does not decide
_FRAME, _JUNK = 0, 1


class Splitter:
    """Finds frames of mapped channels with RTSP messages, skips junk between them, counts what it skips.

    `map_channel` tells where packets of a channel go. `fast`, when set, is asked after each packet of `fast_channel` to
    take as many bytes as it understands (view, start, end) -> new start; it must take whole frames.
    """

    def __init__(self, on_message: Callable[[Response | Request], None], stats: SourceStats) -> None:
        self._on_message = on_message
        self._stats = stats
        self._handlers: dict[int, Callable[[bytes], None]] = {}
        self._payload_types: dict[int, int] = {}
        self._is_synced = True
        self._skipped_bytes = 0
        self._minute_bytes = 0
        self.fast_channel = -1
        self.fast: Callable[[memoryview, int, int], int] | None = None

    def map_channel(self, channel: int, handler: Callable[[bytes], None], payload_type: int | None) -> None:
        """Send packets of `channel` to `handler`. `payload_type`: what RTP packets on it carry, None for RTCP."""
        self._handlers[channel] = handler
        if payload_type is not None:
            self._payload_types[channel] = payload_type

    def start_minute(self) -> None:
        """Forget the junk of the last minute."""
        self._minute_bytes = 0

    def feed(self, view: memoryview, end: int) -> int:
        """Take `view[:end]`, which begins where the last call stopped; returns how much of it is done with.

        Raises SourceError (`framing`) when junk goes on beyond all patience.
        """
        at = 0
        if self.fast is not None:
            at = self.fast(view, 0, end)
            if at:
                self._found()
        while at < end:
            first = view[at]
            if first == DOLLAR:
                step = self._take_frame(view, at, end)
            elif first in (10, 13) and self._is_synced:  # some cameras put an empty line before frames
                step = at + 1
            else:
                step = self._take_text(view, at, end)
            if step == _MORE:
                break
            at = step
        return at

    def _take_frame(self, view: memoryview, at: int, end: int) -> int:
        if end - at < 6:
            return self._short_frame(view, at, end)
        channel = view[at + 1]
        next_at = at + 4 + (view[at + 2] << 8 | view[at + 3])
        verdict = self._judge(view, at, end, next_at)
        if verdict != _FRAME:
            return _MORE if verdict == _MORE else self._skip(view, at, end)
        self._found()
        handler = self._handlers.get(channel)
        if handler is None:
            self._stats.unexpected_packets += 1
            return next_at
        handler(bytes(view[at + 4 : next_at]))
        if channel == self.fast_channel and self.fast is not None:
            return self.fast(view, next_at, end)
        return next_at

    def _judge(self, view: memoryview, at: int, end: int, next_at: int) -> int:
        """Whether a frame begins here: its header is right, or else possible with something sensible behind it."""
        channel = view[at + 1]
        wanted_type = self._payload_types.get(channel)
        is_sure = (
            channel in self._handlers
            and next_at - at >= 16
            and view[at + 4] >> 6 == 2
            and (wanted_type is None or view[at + 5] & 0x7F == wanted_type)
        )
        if is_sure and self._is_synced:
            return _FRAME if next_at <= end else _MORE
        if not is_sure and not (self._is_synced and self._is_possible(channel, next_at - at, view[at + 4])):
            return _JUNK
        if next_at >= end:
            return _MORE
        is_followed = view[next_at] in _STARTS_SOMETHING if is_sure else self._is_followed_well(view, next_at, end)
        return _FRAME if is_followed else _JUNK

    def _short_frame(self, view: memoryview, at: int, end: int) -> int:
        """A `$` with too little behind it to judge; only an empty packet can be complete."""
        is_empty = end - at == 5 and view[at + 2] == view[at + 3] == 0 and self._is_synced
        return at + 4 if is_empty and view[at + 4] in _STARTS_SOMETHING else _MORE

    def _is_possible(self, channel: int, size: int, first: int) -> bool:
        """Whether an odd frame is worth waiting for: an empty one, another payload type, a track nobody asked for."""
        if channel in self._handlers:
            return size < 16 or (first >> 6 == 2 and size <= _MAX_FOREIGN_BYTES)
        return channel < _MAX_FOREIGN_CHANNEL and size <= _MAX_FOREIGN_BYTES

    def _is_followed_well(self, view: memoryview, at: int, end: int) -> bool:
        """Whether a frame, an empty line or text begins at `at`: one byte alone is right by chance too often."""
        first = view[at]
        if first == DOLLAR:
            return end - at < 2 or view[at + 1] in self._handlers or view[at + 1] < _MAX_FOREIGN_CHANNEL
        if first in (10, 13):
            return True
        start = bytes(view[at : min(end, at + _LONGEST_TEXT_START)])
        return _TEXT.match(start) is not None or (len(start) < _LONGEST_TEXT_START and _may_become_text(start))

    def _take_text(self, view: memoryview, at: int, end: int) -> int:
        start = bytes(view[at : at + _LONGEST_TEXT_START])
        if _TEXT.match(start) is None:
            is_cut = len(start) < _LONGEST_TEXT_START and _may_become_text(start)
            return _MORE if is_cut else self._skip(view, at, end)
        blank = _BLANK_LINE.search(view, at, min(end, at + MAX_HEAD_BYTES))
        if blank is None:
            return _MORE if end - at < MAX_HEAD_BYTES else self._skip(view, at, end)
        head = bytes(view[at : blank.start()])
        size_bytes = message.body_length(head)
        parsed = message.parse(head) if size_bytes <= MAX_BODY_BYTES else None
        if parsed is None:
            return self._skip(view, at, end)
        if end - blank.end() < size_bytes:
            return _MORE
        body = bytes(view[blank.end() : blank.end() + size_bytes])
        self._found()
        complete = message.parse(head, body)
        if complete is not None:
            self._on_message(complete)
        return blank.end() + size_bytes

    def _found(self) -> None:
        self._is_synced = True
        self._skipped_bytes = 0

    def _skip(self, view: memoryview, at: int, end: int) -> int:
        """Go to the next place where something could start."""
        if self._is_synced:
            self._is_synced = False
            self._stats.resyncs += 1
        candidate = _CANDIDATE.search(view, at + 1, end)
        # A word that is cut by the end of what was read must not be skipped.
        next_at = candidate.start() if candidate else max(at + 1, end - _LONGEST_TEXT_START + 1)
        self._skipped_bytes += next_at - at
        self._minute_bytes += next_at - at
        if self._skipped_bytes > MAX_SKIPPED_BYTES or self._minute_bytes > MAX_SKIPPED_BYTES_A_MINUTE:
            raise SourceError(Cause.NETWORK, "framing", "The camera sent too much that is neither picture nor answer.")
        return next_at


def _may_become_text(start: bytes) -> bool:
    words = (b"RTSP/1.0 ", b"RTSP/1.1 ", *(f"{method} ".encode() for method in _METHODS.split("|")))
    return any(word.startswith(start) for word in words)
