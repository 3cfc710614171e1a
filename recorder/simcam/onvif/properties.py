"""What the camera notices: states that event subscribers hear about."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from recorder.simcam.onvif.camera_clock import CameraClock
from recorder.simcam.onvif.profiles import SOURCE_CONFIGURATION, VIDEO_SOURCE

Operation = Literal["Initialized", "Changed"]


@dataclass(frozen=True, slots=True)
class Topic:
    """A property with one true-or-false value (Event specification §5.2)."""

    path: str  # below tns1, as `A/B/C`
    source_name: str
    source_value: str
    data_name: str


MOTION = Topic(
    "RuleEngine/CellMotionDetector/Motion", "VideoSourceConfigurationToken", SOURCE_CONFIGURATION, "IsMotion"
)
TAMPER = Topic("VideoSource/GlobalSceneChange/ImagingService", "Source", VIDEO_SOURCE, "State")
TOPICS = (MOTION, TAMPER)


@dataclass(frozen=True, slots=True)
class Notice:
    """One message: the property had this value at that time of the camera's clock."""

    topic: Topic
    is_true: bool
    at_us: int
    operation: Operation


class Properties:
    """Values in force; tells listeners about changes only."""

    def __init__(self, clock: CameraClock) -> None:
        self._clock = clock
        self._values = dict.fromkeys(TOPICS, False)
        self._listeners: list[Callable[[Notice], None]] = []

    def on_change(self, listener: Callable[[Notice], None]) -> None:
        """Call `listener` with every change."""
        self._listeners.append(listener)

    def set(self, topic: Topic, *, is_true: bool) -> None:
        """The camera now sees it so."""
        if self._values[topic] == is_true:
            return
        self._values[topic] = is_true
        notice = Notice(topic, is_true, self._clock.now_us(), "Changed")
        for listener in self._listeners:
            listener(notice)

    def initial(self) -> list[Notice]:
        """All values as a new subscriber gets them (Event specification §5.1: property initialization)."""
        now_us = self._clock.now_us()
        return [Notice(topic, value, now_us, "Initialized") for topic, value in self._values.items()]
