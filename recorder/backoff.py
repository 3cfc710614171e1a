"""How long to wait before the next try."""

import random

FIRST_S = 1.0
LONGEST_S = 3.0  # recording resumes within 5 s of the camera being back, so no pause may be longer
JITTER = 0.2
HEALTHY_S = 60.0


class Backoff:
    """Doubling pauses with jitter, short again after a minute of good video."""

    def __init__(self, random_unit: "random.Random | None" = None) -> None:
        self._random = random_unit or random.Random()  # noqa: S311 - spreads load, protects nothing
        self._next_s = FIRST_S

    def pause_s(self, healthy_for_s: float, at_least_s: float = 0.0) -> float:
        """The pause after an attempt that delivered video for `healthy_for_s`; `at_least_s` is the camera's wish."""
        if healthy_for_s >= HEALTHY_S:
            self._next_s = FIRST_S
        pause_s = self._next_s * (1 + self._random.uniform(-JITTER, JITTER))
        self._next_s = min(self._next_s * 2, LONGEST_S)
        return max(pause_s, at_least_s * (1 + self._random.uniform(0, JITTER)))
