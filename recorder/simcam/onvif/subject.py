"""What the ONVIF device must know about the camera it speaks for."""

from collections.abc import Callable, Sequence
from typing import Any, Protocol

from vms.media.video_format import Codec


class OnvifStream(Protocol):
    """One encoded stream as the camera sends it now."""

    @property
    def name(self) -> str:
        """`main` or `sub`: the ONVIF profile is called so."""
        ...

    @property
    def codec(self) -> Codec:
        """Coding in force."""
        ...

    @property
    def width(self) -> int:
        """Pixels."""
        ...

    @property
    def height(self) -> int:
        """Pixels."""
        ...

    @property
    def fps(self) -> int:
        """Pictures a second."""
        ...

    @property
    def bitrate_kbps(self) -> int:
        """Upper limit, 1000 bits a second."""
        ...

    @property
    def gop_s(self) -> float:
        """Seconds from key frame to key frame."""
        ...


class OnvifSubject(Protocol):
    """The camera behind the device; used on the event loop's thread only."""

    clock_offset_us: int
    """The camera's own clock minus ours; SetSystemDateAndTime writes it."""

    @property
    def name(self) -> str:
        """Its network name."""
        ...

    @property
    def title(self) -> str:
        """What people call it."""
        ...

    @property
    def serial(self) -> str:
        """Stays the same over reboots."""
        ...

    @property
    def user(self) -> str | None:
        """Who may talk to it; None: everybody."""
        ...

    @property
    def password(self) -> str:
        """The password of `user`."""
        ...

    @property
    def state(self) -> str:
        """`gone` while it answers nothing at all."""
        ...

    @property
    def streams(self) -> Sequence[OnvifStream]:
        """All it sends, the main stream first."""
        ...

    def rtsp_path(self, stream: str) -> str:
        """Path of a stream in its RTSP address."""
        ...

    def on_state(self, listener: Callable[[Any], None]) -> None:
        """Call `listener` at every change of `state`."""
        ...

    def reboot(self) -> None:
        """Go away, then come back."""
        ...
