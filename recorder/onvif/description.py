"""What a camera says about itself over ONVIF."""

from dataclasses import dataclass

from vms.media.video_format import Codec


@dataclass(frozen=True, slots=True)
class DescribedProfile:
    """One media profile with video.

    `codec` is None for anything we cannot record (JPEG, MPEG-4 part 2). `stream_uri` is an RTSP address
    without credentials whose host is the one we reached the camera by; None when the camera gave none.
    `source` tells cameras with several lenses apart.
    """

    token: str
    name: str
    source: str
    codec: Codec | None
    encoding: str
    width: int
    height: int
    fps: float
    bitrate_kbps: int
    stream_uri: str | None


@dataclass(frozen=True, slots=True)
class DeviceDescription:
    """Texts are cut to 128 printable characters: they come from a stranger and end in tables.

    `clock_offset_us` is the camera's clock minus ours; the camera tells whole seconds, so it is right to about
    half a second plus half the way there and back. `services` are the namespaces the device offers.
    """

    manufacturer: str
    model: str
    serial: str
    clock_offset_us: int | None
    profiles: tuple[DescribedProfile, ...]
    services: frozenset[str]
    has_media2: bool
