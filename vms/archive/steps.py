"""Names of the moments at which a test lets the process die."""

from collections.abc import Callable

OnStep = Callable[[str], None]


def no_step(_name: str) -> None:
    """What production does at the named steps of the protocol: nothing."""
