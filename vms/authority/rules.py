"""The decision who may see: from the rights somebody has to the basis a view stands on."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Literal, Protocol, TypeVar
from uuid import UUID

from vms.authority import refusals
from vms.authority.refusals import refused
from vms.kernel.span import Span
from vms.people.roles import Paper, papers_of
from vms.people.rules import Role


class Mode(StrEnum):
    """How pictures are seen."""

    LIVE = "live"
    PLAYBACK = "playback"


ModeName = Mode | Literal["live", "playback"]

_FOR_EVER = 1 << 62


class Source(StrEnum):
    """The kind of paper that a right stands on."""

    ASSIGNMENT = "assignment"
    GRANT = "grant"
    SHARED_REVIEW = "shared_review"
    WORK_ORDER = "work_order"
    REQUEST = "request"  # a footage request: its locked intervals, for the officer it is assigned to (D-6.14)
    BY_HAND = "by_hand"  # of databases older than the papers; none of them counts any more


# Which kind of paper it is for `vms.people.roles`, which knows to whose roles such a paper may be given.
_PAPERS: Mapping[Source, Paper] = {
    Source.ASSIGNMENT: Paper.ASSIGNMENT,
    Source.GRANT: Paper.OLUR,
    Source.SHARED_REVIEW: Paper.REVIEW,
    Source.WORK_ORDER: Paper.WORK_ORDER,
    Source.REQUEST: Paper.REQUEST,
}


def sources_of(roles: Iterable[Role]) -> frozenset[Source]:
    """The kinds of papers that let somebody see who holds these roles; what they hold of others rests."""
    papers = papers_of(roles)
    return frozenset(source for source, paper in _PAPERS.items() if paper in papers)


class Holder(StrEnum):
    """Whose account it is: what is said of a camera it never had a right to."""

    STAFF = "staff"
    GUARD = "guard"
    SHARED = "shared"


class Right(Protocol):
    """What counts of a viewing right. In force in the half-open `[from_us, until_us)` unless it was revoked.

    `end_code`: the refusal once it has ended, by itself or by revocation. `footage`: the only time it opens.
    """

    @property
    def id(self) -> UUID | None: ...  # noqa: D102
    @property
    def is_live(self) -> bool: ...  # noqa: D102
    @property
    def is_playback(self) -> bool: ...  # noqa: D102
    @property
    def basis(self) -> str: ...  # noqa: D102
    @property
    def source_kind(self) -> str: ...  # noqa: D102
    @property
    def end_code(self) -> str: ...  # noqa: D102
    @property
    def from_us(self) -> int: ...  # noqa: D102
    @property
    def until_us(self) -> int | None: ...  # noqa: D102
    @property
    def revoked_us(self) -> int | None: ...  # noqa: D102
    @property
    def footage(self) -> Span | None: ...  # noqa: D102


_R = TypeVar("_R", bound=Right)


@dataclass(frozen=True, slots=True)
class Basis:
    """What a view stands on: the right's words, id. `until_us`: the first moment it does not; None: no end is known.

    `footage`: the only time it opens; whoever asked without an interval asks again for what is about to be shown.
    """

    text: str
    until_us: int | None
    id: UUID | None = field(default=None, compare=False)
    source_kind: str = field(default="", compare=False)
    footage: Span | None = None


@dataclass(frozen=True, slots=True)
class Allowed:
    """What somebody may do with one camera now."""

    live: Basis | None
    playback: Basis | None


def decide(
    rights: Iterable[Right], mode: ModeName, interval: Span | None, now_us: int, holder: Holder = Holder.STAFF
) -> Basis:
    """The basis on which pictures may be seen now, of several the one that lasts longest.

    `rights`: all that one account ever had for one camera. `interval`: the footage asked for; asking for one is
    playback, whatever `mode` says, so that no live right opens the past (D-11.1a). VmsError(FORBIDDEN) with the codes
    of DESIGN.md; without any right it depends on `holder` alone, so that a camera that does not exist is refused alike.
    """
    is_live = mode == Mode.LIVE and interval is None
    known = list(rights)
    fitting = [right for right in known if (right.is_live if is_live else right.is_playback)]
    in_force = [right for right in fitting if is_in_force(right, now_us)]
    opening = [right for right in in_force if _opens(right, interval)]
    if opening:
        best = max(opening, key=lambda right: (right.footage is None, _until_us(right)))
        return Basis(best.basis, best.until_us, best.id, best.source_kind, best.footage)
    if in_force:
        raise refused(refusals.OUTSIDE_REQUEST_INTERVAL)
    raise refused(_refusal(known, fitting, is_live, now_us, holder))


def without_resting(rights: Iterable[_R], roles: Iterable[Role], now_us: int) -> list[_R]:
    """The rights without those that would count now but rest: none of the roles may hold their kind of paper.

    What is over stays: it says why.
    """
    kinds = sources_of(roles)
    return [right for right in rights if right.source_kind in kinds or not is_in_force(right, now_us)]


def is_in_force(right: Right, now_us: int) -> bool:
    """Whether it counts now."""
    return right.revoked_us is None and right.from_us <= now_us < _until_us(right)


def _opens(right: Right, interval: Span | None) -> bool:
    """Whether it opens all of the interval, to the microsecond (edge-46)."""
    return right.footage is None or interval is None or right.footage.covers(interval)


def _refusal(known: list[Right], fitting: list[Right], is_live: bool, now_us: int, holder: Holder) -> str:
    if not is_live and holder is Holder.SHARED:
        return refusals.SHARED_ACCOUNT_NOT_ALLOWED
    ended = [right for right in fitting if right.revoked_us is not None or _until_us(right) <= now_us]
    if ended:
        return max(ended, key=lambda right: (_ended_us(right), right.revoked_us is None, right.end_code)).end_code
    other = [right for right in known if is_in_force(right, now_us)]
    if other:
        by_olur = is_live or any(right.source_kind == Source.GRANT for right in other)
        return refusals.MODE_NOT_GRANTED if by_olur else refusals.PLAYBACK_NEEDS_OLUR
    return refusals.NO_ASSIGNMENT if holder is Holder.GUARD else refusals.NO_GRANT


def _until_us(right: Right) -> int:
    return _FOR_EVER if right.until_us is None else right.until_us


def _ended_us(right: Right) -> int:
    return _until_us(right) if right.revoked_us is None else min(_until_us(right), right.revoked_us)
