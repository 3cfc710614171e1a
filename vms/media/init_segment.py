"""The head of every fragmented file: `ftyp` with `moov` (ISO/IEC 14496-12 §4.3, §8.2)."""

import struct

from vms.media.fmp4 import TRACK_ID, box
from vms.media.fragment import InitSegment
from vms.media.sample_entry import sample_entry
from vms.media.video_format import VideoFormat

TIMESCALE = 90_000  # RTP's own clock for video (RFC 6184 §8.2.1): nothing is rounded
_MATRIX = struct.pack(">9I", 0x10000, 0, 0, 0, 0x10000, 0, 0, 0, 0x40000000)
_UNDETERMINED_LANGUAGE = 0x55C4  # "und"


def build(video: VideoFormat) -> InitSegment:
    """Build the init segment of `video`; the same format always gives the same bytes.

    Durations are 0 with no edit list, because a player of live fragments would take either as the truth about
    the whole. Raises VmsError(INVALID, `bad_parameter_sets`) when its parameter sets cannot be read.
    """
    # iso5: addresses relative to moof; iso6: tfdt. Not avc1: it excludes both (14496-12 Annex E).
    ftyp = box(b"ftyp", b"iso5", struct.pack(">I", 0), b"iso5", b"iso6", b"mp41")
    moov = box(b"moov", _mvhd(), _trak(video), _mvex())
    return InitSegment(ftyp + moov, video.codec_string, video.width, video.height)


def _full_box(kind: bytes, flags: int, *parts: bytes) -> bytes:
    """Return one version 0 box with its flags around `parts`."""
    return box(kind, flags.to_bytes(4, "big"), *parts)


def _mvhd() -> bytes:
    # creation, modification, timescale, duration | rate 1.0, volume 1.0
    body = struct.pack(">4I IH10x", 0, 0, TIMESCALE, 0, 0x10000, 0x100)
    return _full_box(b"mvhd", 0, body, _MATRIX, bytes(24), struct.pack(">I", TRACK_ID + 1))


def _trak(video: VideoFormat) -> bytes:
    is_enabled_in_movie = 3
    # creation, modification, track, reserved, duration | reserved, layer, group, volume, reserved
    head = struct.pack(">5I 8x4H", 0, 0, TRACK_ID, 0, 0, 0, 0, 0, 0)
    size = struct.pack(">II", video.width << 16, video.height << 16)
    return box(b"trak", _full_box(b"tkhd", is_enabled_in_movie, head, _MATRIX, size), _mdia(video))


def _mdia(video: VideoFormat) -> bytes:
    mdhd = _full_box(b"mdhd", 0, struct.pack(">4IHH", 0, 0, TIMESCALE, 0, _UNDETERMINED_LANGUAGE, 0))
    hdlr = _full_box(b"hdlr", 0, struct.pack(">4x4s12x", b"vide"), b"video\x00")
    vmhd = _full_box(b"vmhd", 1, bytes(8))
    in_this_file = _full_box(b"url ", 1)
    dinf = box(b"dinf", _full_box(b"dref", 0, struct.pack(">I", 1), in_this_file))
    return box(b"mdia", mdhd, hdlr, box(b"minf", vmhd, dinf, _stbl(video)))


def _stbl(video: VideoFormat) -> bytes:
    stsd = _full_box(b"stsd", 0, struct.pack(">I", 1), sample_entry(video))
    empty = [_full_box(kind, 0, bytes(4)) for kind in (b"stts", b"stsc", b"stco")]
    return box(b"stbl", stsd, *empty, _full_box(b"stsz", 0, bytes(8)))


def _mvex() -> bytes:
    # track, sample description, default duration, size, flags: the last three are told by each sample
    return box(b"mvex", _full_box(b"trex", 0, struct.pack(">5I", TRACK_ID, 1, 0, 0, 0)))
