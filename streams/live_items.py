"""What travels from a live stream to its viewers."""

from dataclasses import dataclass
from typing import Literal

from vms.media.fragment import InitSegment
from vms.media.video_format import VideoFormat

NoticeKind = Literal["skipped", "discontinuity", "waiting"]


@dataclass(frozen=True, slots=True, eq=False, weakref_slot=True)
class Picture:
    """One access unit as the recorder's tap gave it; `data` is length-prefixed, shared by all viewers.

    `wall_us` is the server's time of its decoding; `pts_90k` is continuous until a `discontinuity`. Compared by
    identity, so that what is made of a picture can be kept for as long as the picture is.
    """

    format: VideoFormat
    data: bytes
    pts_90k: int
    wall_us: int
    is_sync: bool
    is_damaged: bool = False


@dataclass(frozen=True, slots=True)
class Piece:
    """One fragment for Media Source Extensions, built once for all viewers; `start_90k` is Unix time × 90,000.

    Pieces with the same `init` object follow each other without hole or overlap.
    """

    init: InitSegment
    data: bytes
    start_90k: int
    duration_90k: int
    is_sync: bool


@dataclass(frozen=True, slots=True)
class Notice:
    """Something a viewer must know beside pictures.

    `skipped`: pictures up to the next key frame are missing, because this viewer or the server was too slow.
    `discontinuity`: what follows has nothing to do with what came before; its times may even lie before.
    `waiting`: no picture now, `code` says why; pictures follow by themselves.
    """

    kind: NoticeKind
    code: str = ""
    detail: str = ""
