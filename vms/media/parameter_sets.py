"""Choosing among parameter sets that come from a camera."""

from collections.abc import Callable, Sequence
from typing import Protocol, TypeVar

from vms.kernel.errors import Kind, VmsError

MAX_SET_BYTES = 16_384  # real ones have 10 to 200; lists of scaling factors can make 2,000


class NumberedSet(Protocol):
    """A parameter set that others refer to."""

    @property
    def id(self) -> int:
        """Its number."""
        ...


S = TypeVar("S", bound=NumberedSet)


def refusal(reason: str) -> VmsError:
    """Return the error for parameter sets that describe no picture."""
    return VmsError(
        Kind.INVALID,
        "bad_parameter_sets",
        f"{reason} Check the camera's encoder settings or restart the camera.",
    )


def check_sets(sets: Sequence[bytes], name: str, most: int) -> None:
    """Refuse none, more than a decoder configuration record can hold, empty or huge ones (VmsError)."""
    if not 1 <= len(sets) <= most:
        raise refusal(f"{len(sets)} {name} came where 1 to {most} are expected.")
    if any(not 2 <= len(nal) <= MAX_SET_BYTES for nal in sets):
        raise refusal(f"A {name} has an impossible length.")


def readable(sps: Sequence[bytes], read: Callable[[bytes], S]) -> dict[int, S]:
    """Return those that `read` takes, by id in rising order; VmsError when it takes none (ValueError from each)."""
    found: dict[int, S] = {}
    reason = "There is no SPS."
    for nal in sps:
        try:
            one = read(nal)
        except ValueError as err:
            reason = f"An SPS cannot be read: {err}."
            continue
        found[one.id] = one
    if not found:
        raise refusal(reason)
    return dict(sorted(found.items()))


def in_force(found: dict[int, S], pps: Sequence[bytes], sps_id_of: Callable[[bytes], int]) -> S:
    """Return the SPS that the first usable PPS names; VmsError when no PPS names one of them."""
    for nal in pps:
        try:
            return found[sps_id_of(nal)]
        except (ValueError, KeyError):
            continue
    raise refusal("No PPS refers to a readable SPS.")
