"""One coded picture as it travels from a camera to disk and viewers."""

from dataclasses import dataclass

from vms.media.video_format import VideoFormat


@dataclass(slots=True)
class AccessUnit:
    """A coded picture (ITU-T H.264 §3.1, H.265 §3.1), without parameter sets, delimiters and filler.

    `data`: NAL units, each behind its length in 4 bytes big-endian (ISO/IEC 14496-15 §4.3.3).
    `pts_90k`: presentation time in 90 kHz ticks, continuous within a run, may go back for B-frames.
    `arrival_us`: CLOCK_BOOTTIME when its last byte was read.
    `is_sync`: an IDR (H.264) or IRAP (H.265) picture, told by its NAL types, never by a decoder's guess.
    `is_damaged`: something between the last key frame and this picture was lost.
    `is_leading`: an H.265 RASL/RADL picture; undecodable at the start of a run.
    """

    data: bytes
    pts_90k: int
    arrival_us: int
    is_sync: bool
    format: VideoFormat
    is_damaged: bool = False
    is_leading: bool = False
