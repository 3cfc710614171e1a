"""One coded picture on its way from an encoder or a clip to everybody who watches."""

import hashlib
from functools import cached_property

from recorder.simcam.nal import SYNTAX
from recorder.simcam.packet import FrameTemplate
from recorder.simcam.payload import payloads_of
from vms.media.video_format import Codec


class CodedUnit:
    """NAL units as they are sent (parameter sets before each key picture) with their times in 90 kHz ticks.

    Payloads and template are made once, at the first viewer.
    """

    def __init__(self, codec: Codec, nals: tuple[bytes, ...], pts_90k: int, dts_90k: int) -> None:
        self.codec = codec
        self.nals = nals
        self.pts_90k = pts_90k
        self.dts_90k = dts_90k
        self.is_sync = SYNTAX[codec].is_sync(nals)

    @cached_property
    def payloads(self) -> list[bytes]:
        """RTP payloads; the marker belongs to the last."""
        return payloads_of(self.nals, self.codec)

    @cached_property
    def template(self) -> FrameTemplate:
        """All packets, ready to be stamped."""
        return FrameTemplate(self.payloads)

    @cached_property
    def payload_bytes(self) -> int:
        """Sum of the payloads."""
        return sum(map(len, self.payloads))

    @cached_property
    def digest(self) -> str:
        """SHA-256 (hex) of what an archive should hold of it: see `NalSyntax.stored_bytes`."""
        return hashlib.sha256(SYNTAX[self.codec].stored_bytes(self.nals)).hexdigest()
