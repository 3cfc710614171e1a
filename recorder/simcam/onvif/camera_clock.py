"""The simulated camera's own clock, right or wrong."""

from recorder.simcam.onvif.subject import OnvifSubject
from vms.kernel.clock import Clock


class CameraClock:
    """Our clock plus what the camera is off by."""

    def __init__(self, clock: Clock, subject: OnvifSubject) -> None:
        self._clock = clock
        self._subject = subject

    def now_us(self) -> int:
        """What the camera believes the time is, UTC."""
        return self._clock.now_us() + self._subject.clock_offset_us

    def set_us(self, now_us: int) -> None:
        """Put the camera's clock to `now_us`."""
        self._subject.clock_offset_us = now_us - self._clock.now_us()

    def boottime_us(self) -> int:
        """Never steps; for time-outs."""
        return self._clock.boottime_us()
