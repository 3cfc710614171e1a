"""The tight loop over interleaved packets, which is where a recorder spends its time."""

from functools import lru_cache
from struct import Struct

from recorder.rtp.track import VideoTrack

_INTERLEAVED_BYTES = 4  # `$`, channel, length (RFC 2326 §10.12)
_HEADER_BYTES = 12  # RFC 3550 §5.1
_MARKER = 0x00800000
_HEAD = Struct(">HHIQ")
_SMALLEST_BYTES = 20


@lru_cache(maxsize=256)
def _packet_struct(fragment_format: str, fragment_header_bytes: int, stride_bytes: int) -> Struct:
    """One whole packet: channel, length, flags with sequence, stamp with SSRC, fragment header, piece."""
    piece_bytes = stride_bytes - _INTERLEAVED_BYTES - _HEADER_BYTES - fragment_header_bytes
    return Struct(f">HHIQ{fragment_format}{piece_bytes}s")


class FastPath:
    """Takes packets in order of the one sender straight from the receive buffer.

    Nearly all packets of a camera are middle fragments of a NAL unit, equally long. They are taken as one array of
    records by a single C iterator that compares six numbers each; the first that differs in anything
    (channel, length, flags,
    marker, sequence, stamp, SSRC, fragment header) ends the array. Other packets in order go straight to the
    depacketiser. Whatever is out of order, foreign, odd or not whole yet is left to the careful path.
    """

    def __init__(self, track: VideoTrack, channel: int) -> None:
        self._track = track
        self._channel_word = 0x2400 | channel

    def __call__(self, view: memoryview, at: int, end: int) -> int:
        """Take what is understood of `view[at:end]`; returns where the rest begins."""
        track = self._track
        depacketiser, sequence = track.depacketiser, track.sequence
        flags_word, channel_word, ssrc = track.flags_word << 16, self._channel_word, track.moment & 0xFFFFFFFF
        count, start = 0, at
        while end - at > _SMALLEST_BYTES and track.moment >= 0:
            if depacketiser.open_parts is not None:
                at = self._take_fragments(view, at, end)
                if end - at <= _SMALLEST_BYTES:
                    break
            channel, size, got, when = _HEAD.unpack_from(view, at)
            next_at = at + _INTERLEAVED_BYTES + size
            is_ours = got & ~_MARKER == flags_word | (sequence.expected or 0) and when & 0xFFFFFFFF == ssrc
            if not is_ours or channel != channel_word or next_at > end or size <= _HEADER_BYTES + 3:
                break
            sequence.step()
            track.moment = when
            track.stride_bytes = next_at - at
            count += 1
            depacketiser.push(
                bytes(view[at + _INTERLEAVED_BYTES + _HEADER_BYTES : next_at]),
                when >> 32,
                is_marked=got & _MARKER != 0,
                is_after_loss=False,
            )
            at = next_at
        if at != start:
            track.took(count)
        return at

    def _take_fragments(self, view: memoryview, at: int, end: int) -> int:
        track = self._track
        depacketiser, stride = track.depacketiser, track.stride_bytes
        parts = depacketiser.open_parts
        limit = at + (end - at) // stride * stride
        if parts is None or limit == at:
            return at
        header_bytes = depacketiser.fragment_header_bytes
        channel_word, length = self._channel_word, stride - _INTERLEAVED_BYTES
        moment, open_a, open_b = track.moment, depacketiser.open_a, depacketiser.open_b
        word = first = track.flags_word << 16 | (track.sequence.expected or 0)
        append = parts.append
        packets = _packet_struct(depacketiser.fragment_format, header_bytes, stride)
        for channel, size, got, when, a, b, piece in packets.iter_unpack(view[at:limit]):
            if (
                got != word or when != moment or b != open_b
                or size != length or channel != channel_word or a != open_a
            ):  # fmt: skip
                break
            append(piece)
            word += 1
        taken = word - first
        if taken:
            track.sequence.take_run(taken)
            track.stats.packets += taken
            depacketiser.took(taken, length - _HEADER_BYTES - header_bytes)
        return at + taken * stride
