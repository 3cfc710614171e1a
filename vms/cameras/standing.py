"""Where a camera stood when: pure answers over its placements."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from vms.kernel.span import Span


@dataclass(frozen=True, slots=True)
class Standing:
    """What a camera was called and where it stood in `[from_us, until_us)`; `until_us` None: it still does."""

    from_us: int
    until_us: int | None
    number: int
    name: str
    site: str

    def touches(self, span: Span) -> bool:
        """Whether some of `span` lies in it."""
        return self.from_us < span.end_us and (self.until_us is None or self.until_us > span.start_us)

    def is_elsewhere(self, other: "Standing") -> bool:
        """Whether the two differ in place; a different number alone is not a move."""
        return (self.name, self.site) != (other.name, other.site)


def standings_in(known: Sequence[Standing], spans: Iterable[Span]) -> list[Standing]:
    """Those of a camera's standings, sorted by time, that touch one of `spans`.

    Of time that none names (before a camera was registered, after it was retired) the nearest one is told: footage of
    it can only be of there. Empty where nothing is known of the camera.
    """
    found: set[int] = set()
    for span in spans:
        touching = [index for index, one in enumerate(known) if one.touches(span)]
        if not touching and known:
            touching = [0 if span.end_us <= known[0].from_us else len(known) - 1]
        found.update(touching)
    return [one for index, one in enumerate(known) if index in found]


def moves_in(known: Sequence[Standing], span: Span) -> list[int]:
    """The moments inside of `span` from which the camera stood elsewhere."""
    inside = standings_in(known, [span])
    return [later.from_us for former, later in pairwise(inside) if later.is_elsewhere(former)]


def parts_of(known: Sequence[Standing], span: Span) -> list[tuple[Span, Standing]]:
    """`span` cut where a standing began, each part with what counts in it. Empty where nothing is known."""
    inside = standings_in(known, [span])
    starts = [span.start_us, *(one.from_us for one in inside[1:])]
    ends = [*starts[1:], span.end_us]
    return [
        (Span(start, end), one) for start, end, one in zip(starts, ends, inside, strict=True) if start < end
    ] if inside else []  # fmt: skip


def joined(words: Iterable[str]) -> str:
    """Names or places in the order in which they counted, each once in a row: `Meydan → Çeşme`."""
    kept: list[str] = []
    for word in words:
        if word and (not kept or kept[-1] != word):
            kept.append(word)
    return " → ".join(kept)
