"""One number of the benchmark with its promise."""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Figure:
    """What it is, what it must not exceed (None: nothing promised, given for scale), what was measured."""

    name: str
    unit: str
    most: float | None
    measured: float

    @property
    def limit(self) -> str:
        """The promise in words."""
        return "–" if self.most is None else f"{self.most:g} {self.unit}".strip()

    @property
    def verdict(self) -> str:
        """Whether the promise is kept."""
        if self.most is None:
            return "for scale"
        return "kept" if self.measured <= self.most else "MISSED"


def percentile(values: Sequence[float], per_cent: float) -> float:
    """The smallest of `values` that at least `per_cent` of them do not exceed; ValueError for none."""
    if not values:
        raise ValueError("nothing was measured")
    return sorted(values)[max(0, -int(-len(values) * per_cent // 100) - 1)]
