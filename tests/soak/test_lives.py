"""Lives of a node that nobody thought of: SOAK_LIVES_S seconds of each kind, an hour unless told otherwise.

What fails is made as short as can be and printed, with the decorator that brings it back: put that above `Lives` in the
file of `tests/retention` that the kind is from, and run its test.
"""

import os
from collections.abc import Callable
from time import monotonic

import pytest

SECONDS = float(os.environ.get("SOAK_LIVES_S", "3600"))


@pytest.mark.proves("D-9.1a", "D-9.1c", "C-2", "C-3")
def test_nothing_locked_or_young_goes_in_lives_nobody_thought_of(live):
    """Of `test_state_machine.py`, whose test is brought back with `-m long`."""
    _go_on(live, 20, 40)


@pytest.mark.proves("D-9.1a", "C-3")
def test_nothing_goes_before_its_true_days_by_clocks_nobody_thought_of(live_by_clock):
    """Of `test_misdated.py`."""
    _go_on(live_by_clock, 100, 20)


def _go_on(live: Callable[..., None], lives: int, steps: int) -> None:
    began_s, lived = monotonic(), 0
    while monotonic() - began_s < SECONDS:
        live(lives, steps, is_random=True)
        lived += lives
    print(f"\n{lived} lives of up to {steps} steps in {monotonic() - began_s:.0f} s")  # noqa: T201 - figures for whoever runs it with -s
