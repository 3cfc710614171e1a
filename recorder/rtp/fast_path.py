"""The tight loop over interleaved packets, which is where a recorder spends its time."""

from functools import lru_cache
from struct import Struct

from recorder.rtp.track import VideoTrack

_INTERLEAVED_BYTES = 4  # `$`, channel, length (RFC 2326 §10.12)
_BEFORE_PAYLOAD_BYTES = _INTERLEAVED_BYTES + 12  # with the RTP header (RFC 3550 §5.1)
_MARKER = 0x00800000
_NO_MARKER = 0xFF7FFFFF
_HEAD = Struct(">IIQ")
_SMALLEST_BYTES = 20


@lru_cache(maxsize=256)
def _fragments(fragment_format: str, piece_bytes: int) -> Struct:
    """One whole packet: channel with length, flags with sequence, stamp with SSRC, fragment header, piece."""
    return Struct(f">IIQ{fragment_format}{piece_bytes}s")


class FastPath:
    """Takes packets in order of the one sender straight from the receive buffer.

    Nearly all packets of a camera are middle fragments of a NAL unit, equally long. They are taken as one array of
    records by a single C iterator that compares four numbers each; the first that differs in anything (channel,
    length, flags, marker, sequence, stamp, SSRC, fragment header) ends the array. Other packets in order go straight
    to the depacketiser. Whatever is out of order, foreign, odd or not whole yet is left to the careful path.
    """

    def __init__(self, track: VideoTrack, channel: int) -> None:
        self._track = track
        self._channel_word = (0x2400 | channel) << 16

    def __call__(self, view: memoryview, at: int, end: int) -> int:
        """Take what is understood of `view[at:end]`; returns where the rest begins."""
        track = self._track
        if track.moment < 0:
            return at
        depacketiser, sequence = track.depacketiser, track.sequence
        flags_word, channel_word, ssrc = track.flags_word << 16, self._channel_word, track.moment & 0xFFFFFFFF
        push, unpack_head = depacketiser.push, _HEAD.unpack_from
        count, start = 0, at
        while True:
            if depacketiser.open_parts is not None:
                at = self._take_fragments(view, at, end)
            if end - at <= _SMALLEST_BYTES:
                break
            head, got, when = unpack_head(view, at)
            size = head ^ channel_word
            next_at = at + _INTERLEAVED_BYTES + size
            if (
                size > 0xFFFF or next_at > end or size <= _SMALLEST_BYTES
                or got & _NO_MARKER != flags_word | (sequence.expected or 0) or when & 0xFFFFFFFF != ssrc
            ):  # fmt: skip
                break
            sequence.take_run(1)
            track.moment = when
            track.stride_bytes = next_at - at
            count += 1
            push(bytes(view[at + _BEFORE_PAYLOAD_BYTES : next_at]), when >> 32, got & _MARKER != 0)
            at = next_at
        if at != start:
            track.took(count)
        return at

    def _take_fragments(self, view: memoryview, at: int, end: int) -> int:
        track = self._track
        depacketiser, stride = track.depacketiser, track.stride_bytes
        parts = depacketiser.open_parts
        piece_bytes = stride - _BEFORE_PAYLOAD_BYTES - depacketiser.fragment_header_bytes
        if parts is None or piece_bytes <= 0 or end - at < stride:
            return at
        head, moment, fragment = (
            self._channel_word | stride - _INTERLEAVED_BYTES,
            track.moment,
            depacketiser.open_header,
        )
        word = first = track.flags_word << 16 | (track.sequence.expected or 0)
        append = parts.append
        limit = at + (end - at) // stride * stride
        packets = _fragments(depacketiser.fragment_format, piece_bytes)
        for got_head, got, when, got_fragment, piece in packets.iter_unpack(view[at:limit]):
            if got != word or got_fragment != fragment or when != moment or got_head != head:
                break
            append(piece)
            word += 1
        taken = word - first
        if taken:
            track.sequence.take_run(taken)
            track.stats.packets += taken
            depacketiser.took(taken, piece_bytes)
        return at + taken * stride
