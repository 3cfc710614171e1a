"""Whether pictures of a camera show one moment again and again."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from vms.kernel.clock import US_PER_SECOND
from vms.media.still import difference

STANDS_AFTER_US = 60 * US_PER_SECOND
# What comes round every ten or twenty seconds, as a looped clip, does not stand still.
EARLIER_US = (13 * US_PER_SECOND, 7 * US_PER_SECOND)
ALIKE = (
    3.0  # of 255 levels: encoders make up to 2.0 of one picture (measured); where something moves it is 5.7 and more
)
MOST_MISSES = 3
MOST_KEPT = 64


@dataclass(frozen=True, slots=True)
class Look:
    """A small picture as a JPEG, with its time."""

    at_us: int
    jpeg: bytes


LookAt = Callable[[int], Look]
"""The key frame shown at a moment."""


class StandingScene:
    """Begun with a picture, told later ones that look like it.

    A sensor that hangs gives its encoder the same picture for ever. Rate control makes a few variants of it, each of
    which comes again, equal to the bit. Noise of a sensor or a clock in the picture lets none come twice, in an empty
    corridor at night neither: three looks without an equal end the suspicion.
    """

    def __init__(self, first: Look) -> None:
        self._first = first
        self._last_us = {first.jpeg: first.at_us}  # when each variant was seen last
        self._since_us = self._until_us = first.at_us  # between these, equal pictures were seen
        self._is_proven = False
        self._misses = 0

    @property
    def stands(self) -> bool:
        """Whether equal pictures have come for a minute."""
        return self._until_us - self._since_us >= STANDS_AFTER_US

    @property
    def is_over(self) -> bool:
        """Whether the pictures are alike but never equal."""
        return self._misses >= MOST_MISSES

    def is_like(self, look: Look) -> bool:
        """Whether a picture may belong to it. Decodes: on a worker thread."""
        return look.jpeg in self._last_us or difference(self._first.jpeg, look.jpeg) < ALIKE

    def add(self, looks: Iterable[Look]) -> None:
        """The pictures of one look at the camera, all of them like the first; some may have been told before."""
        self._misses += 1
        for look in looks:
            equal_us = self._last_us.get(look.jpeg, look.at_us)
            if equal_us != look.at_us:
                self._prove(equal_us, look.at_us)
            self._last_us[look.jpeg] = look.at_us
        while len(self._last_us) > MOST_KEPT:
            del self._last_us[next(iter(self._last_us))]

    def _prove(self, first_us: int, second_us: int) -> None:
        if not self._is_proven:
            self._since_us = min(first_us, second_us)
        self._until_us = max(self._until_us, first_us, second_us)
        self._is_proven = True
        self._misses = 0


def followed(scene: StandingScene | None, look_at: LookAt, now_us: int) -> StandingScene:
    """The scene that goes on, or the one that begins with what is shown now. One picture, or three of a suspect."""
    newest = look_at(now_us)
    if scene is not None and scene.is_like(newest):
        earlier = [look_at(now_us - ago_us) for ago_us in EARLIER_US]
        if all(map(scene.is_like, earlier)):
            scene.add([*earlier, newest])
            if not scene.is_over:
                return scene
    return StandingScene(newest)
