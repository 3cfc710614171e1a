"""Which encoder settings a client may ask for."""

from collections.abc import Callable
from dataclasses import dataclass

from recorder.simcam.onvif.soap import bad_argument
from recorder.simcam.onvif.subject import OnvifStream
from vms.media.video_format import Codec

SIZES = ((320, 180), (640, 360), (1280, 720), (1920, 1080))
FPS_RANGE = (1, 30)
BITRATE_RANGE_KBPS = (64, 16_384)


@dataclass(frozen=True, slots=True)
class EncoderWish:
    """What a client asks an encoder to do."""

    codec: Codec
    width: int
    height: int
    fps: int
    bitrate_kbps: int


ApplyEncoder = Callable[[OnvifStream, EncoderWish], None]
"""Makes the camera encode so from now on; afterwards the stream says what is in force."""


class EncoderChanges:
    """Offers what the camera can really do: without `apply`, only what it does already."""

    def __init__(self, apply: ApplyEncoder | None) -> None:
        self._apply = apply

    def sizes(self, stream: OnvifStream) -> list[tuple[int, int]]:
        """Sizes on offer, the one in force among them."""
        own = (stream.width, stream.height)
        return [own] if self._apply is None else sorted({own, *SIZES})

    def fps_range(self, stream: OnvifStream) -> tuple[int, int]:
        """Lowest and highest rate on offer."""
        return (stream.fps, stream.fps) if self._apply is None else FPS_RANGE

    def bitrate_range_kbps(self, stream: OnvifStream) -> tuple[int, int]:
        """Lowest and highest limit on offer."""
        return (stream.bitrate_kbps, stream.bitrate_kbps) if self._apply is None else BITRATE_RANGE_KBPS

    def request(self, stream: OnvifStream, wish: EncoderWish) -> None:
        """Put `wish` in force; a fault `ter:ConfigModify` when it is not on offer."""
        low_fps, high_fps = self.fps_range(stream)
        low_kbps, high_kbps = self.bitrate_range_kbps(stream)
        is_offered = (
            (wish.width, wish.height) in self.sizes(stream)
            and low_fps <= wish.fps <= high_fps
            and low_kbps <= wish.bitrate_kbps <= high_kbps
            and (self._apply is not None or wish.codec == stream.codec)
        )
        if not is_offered:
            raise bad_argument("ter:ConfigModify", "The encoder cannot do that; see its options.")
        if self._apply is not None:
            self._apply(stream, wish)
