"""The decision who may see: from the rights somebody has to the basis a view stands on."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Literal, Protocol
from uuid import UUID

from vms.kernel.errors import Kind, VmsError
from vms.kernel.span import Span


class Mode(StrEnum):
    """How pictures are seen."""

    LIVE = "live"
    PLAYBACK = "playback"


ModeName = Mode | Literal["live", "playback"]

MAX_BASIS_CHARACTERS = 500
_FOR_EVER = 1 << 62


class Right(Protocol):
    """What counts of a viewing right. In force in the half-open `[from_us, until_us)`, and not from `revoked_us` on."""

    @property
    def id(self) -> UUID | None: ...  # noqa: D102
    @property
    def is_live(self) -> bool: ...  # noqa: D102
    @property
    def is_playback(self) -> bool: ...  # noqa: D102
    @property
    def basis(self) -> str: ...  # noqa: D102
    @property
    def from_us(self) -> int: ...  # noqa: D102
    @property
    def until_us(self) -> int | None: ...  # noqa: D102
    @property
    def revoked_us(self) -> int | None: ...  # noqa: D102


@dataclass(frozen=True, slots=True)
class Basis:
    """What a view stands on: the right's words, id. `until_us`: the first moment it does not; None: no end is known."""

    text: str
    until_us: int | None
    id: UUID | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True)
class Allowed:
    """What somebody may do with one camera now."""

    live: Basis | None
    playback: Basis | None


def decide(rights: Iterable[Right], mode: ModeName, interval: Span | None, now_us: int) -> Basis:
    """The basis on which pictures may be seen now, of several the one that lasts longest.

    `rights`: all that one account ever had for one camera. `interval`: the footage asked for; asking for one is
    playback, whatever `mode` says, so that no live right opens the past (D-11.1a). VmsError(FORBIDDEN):
    `grant_expired` (the last right for this ran out), `playback_needs_olur` (there is only one for live pictures),
    else `not_authorised`, which is also the answer for a camera that does not exist.
    """
    is_live = mode == Mode.LIVE and interval is None
    known = list(rights)
    fitting = [right for right in known if (right.is_live if is_live else right.is_playback)]
    in_force = [right for right in fitting if _is_in_force(right, now_us)]
    if in_force:
        best = max(in_force, key=_end_us)
        return Basis(best.basis, None if _end_us(best) == _FOR_EVER else _end_us(best), best.id)
    ended = [right for right in fitting if _end_us(right) <= now_us]
    if ended and _ran_out(max(ended, key=lambda right: (_end_us(right), not _ran_out(right)))):
        raise VmsError(
            Kind.FORBIDDEN, "grant_expired",
            "Your authority to see this camera has ended. Your unit's supervisor can apply for a new one.",
        )  # fmt: skip
    if not is_live and any(right.is_live and _is_in_force(right, now_us) for right in known):
        raise VmsError(
            Kind.FORBIDDEN, "playback_needs_olur",
            "Your authority covers live pictures only. Seeing recordings needs the Presidency's approval (Olur).",
        )  # fmt: skip
    raise not_authorised()


def not_authorised() -> VmsError:
    """The one refusal for a camera somebody has no right to, whether it exists or not."""
    return VmsError(
        Kind.FORBIDDEN,
        "not_authorised",
        "You are not authorised to see this camera. Your unit's supervisor can apply for it.",
    )


def check_basis(basis: str) -> str:
    """`basis` without blanks around it; VmsError(INVALID, `basis_missing`) when empty, too long or not printable."""
    basis = basis.strip()
    if not 0 < len(basis) <= MAX_BASIS_CHARACTERS or not basis.isprintable():
        raise VmsError(
            Kind.INVALID, "basis_missing",
            f"Name what the right is based on, such as the letter's date and number, in 1 to {MAX_BASIS_CHARACTERS}"
            " printable characters.",
        )  # fmt: skip
    return basis


def _end_us(right: Right) -> int:
    until_us = _FOR_EVER if right.until_us is None else right.until_us
    return until_us if right.revoked_us is None else min(until_us, right.revoked_us)


def _is_in_force(right: Right, now_us: int) -> bool:
    return right.from_us <= now_us < _end_us(right)


def _ran_out(right: Right) -> bool:
    """Whether its time ended it, not a person."""
    return right.until_us is not None and (right.revoked_us is None or right.until_us < right.revoked_us)
