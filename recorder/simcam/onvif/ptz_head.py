"""A movable camera head that exists only as numbers."""

from dataclasses import dataclass

from recorder.simcam.onvif.camera_clock import CameraClock
from recorder.simcam.onvif.soap import SoapFaultError, bad_argument
from vms.kernel.clock import US_PER_SECOND

FULL_SPEED_PER_S = 0.5
"""Distance a second at velocity 1: from stop to stop of pan (2.0) in four seconds."""
MAX_PRESETS = 32
LIMITS = ((-1.0, 1.0), (-1.0, 1.0), (0.0, 1.0))


@dataclass(frozen=True, slots=True)
class Position:
    """Where the head looks: pan, tilt from −1 to 1, zoom from 0 to 1 (generic position spaces)."""

    pan: float = 0.0
    tilt: float = 0.0
    zoom: float = 0.0

    def axes(self) -> tuple[float, float, float]:
        """Pan, tilt, zoom."""
        return self.pan, self.tilt, self.zoom


@dataclass(frozen=True, slots=True)
class _Motion:
    """One straight movement, ending by itself at `end_us` or at the limits."""

    start: Position
    velocity: tuple[float, float, float]  # per second
    begin_us: int
    end_us: int

    def at(self, now_us: int) -> Position:
        seconds = max(0, min(now_us, self.end_us) - self.begin_us) / US_PER_SECOND
        axes = (
            max(low, min(high, value + speed * seconds))
            for value, speed, (low, high) in zip(self.start.axes(), self.velocity, LIMITS, strict=True)
        )
        return Position(*axes)


class PtzHead:
    """Position as a function of time; no task runs, nothing has to be awaited.

    Not thread-safe. Whoever draws the scene asks `position()` for each picture.
    """

    def __init__(self, clock: CameraClock) -> None:
        self._clock = clock
        self._motion = _Motion(Position(), (0.0, 0.0, 0.0), 0, 0)
        self._presets: dict[str, tuple[str, Position]] = {}

    def position(self) -> Position:
        """Where it looks now."""
        return self._motion.at(self._clock.boottime_us())

    def is_moving(self) -> tuple[bool, bool]:
        """Whether pan or tilt moves, whether zoom moves."""
        if self._clock.boottime_us() >= self._motion.end_us:
            return False, False
        moving = [
            bool(speed) and not (value <= low and speed < 0) and not (value >= high and speed > 0)
            for value, speed, (low, high) in zip(self.position().axes(), self._motion.velocity, LIMITS, strict=True)
        ]
        return moving[0] or moving[1], moving[2]

    def move(self, velocity: tuple[float, float, float], timeout_s: float) -> None:
        """Move with `velocity` (−1 to 1 each) and stop after `timeout_s` by itself."""
        if any(not -1.0 <= speed <= 1.0 for speed in velocity):
            raise bad_argument("ter:InvalidVelocity", "A velocity lies outside -1 to 1.")
        self._begin((velocity[0], velocity[1], velocity[2]), timeout_s)

    def go_to(self, target: Position) -> None:
        """Move straight to `target` at full speed of the longest axis."""
        if any(not low <= value <= high for value, (low, high) in zip(target.axes(), LIMITS, strict=True)):
            raise bad_argument("ter:InvalidPosition", "The position lies outside the range.")
        way = [to - at for to, at in zip(target.axes(), self.position().axes(), strict=True)]
        longest = max(abs(part) for part in way)
        if longest == 0.0:
            self.stop()
            return
        self._begin((way[0] / longest, way[1] / longest, way[2] / longest), longest / FULL_SPEED_PER_S)

    def stop(self, *, pan_tilt: bool = True, zoom: bool = True) -> None:
        """Stop the named axes; the others finish their movement."""
        now_us = self._clock.boottime_us()
        pan, tilt, zooming = self._motion.velocity
        left = (0.0 if pan_tilt else pan, 0.0 if pan_tilt else tilt, 0.0 if zoom else zooming)
        self._motion = _Motion(self.position(), left, now_us, max(now_us, self._motion.end_us) if any(left) else now_us)

    def presets(self) -> dict[str, tuple[str, Position]]:
        """Name and position by token."""
        return dict(self._presets)

    def set_preset(self, name: str, token: str | None) -> str:
        """Remember the position now; overwrites the preset `token`. Gives its token."""
        if token is not None and token not in self._presets:
            raise bad_argument("ter:NoToken", "There is no such preset.")
        if token is None:
            if len(self._presets) >= MAX_PRESETS:
                raise SoapFaultError("Receiver", ("ter:Action", "ter:TooManyPresets"), "No more presets.")
            token = f"preset{len(self._presets) + 1}"
        self._presets[token] = (name or token, self.position())
        return token

    def go_to_preset(self, token: str) -> None:
        """Move to a remembered position."""
        if token not in self._presets:
            raise bad_argument("ter:NoToken", "There is no such preset.")
        self.go_to(self._presets[token][1])

    def _begin(self, velocity: tuple[float, float, float], seconds: float) -> None:
        now_us = self._clock.boottime_us()
        start = self.position()
        pan, tilt, zoom = (speed * FULL_SPEED_PER_S for speed in velocity)
        self._motion = _Motion(start, (pan, tilt, zoom), now_us, now_us + round(seconds * US_PER_SECOND))
