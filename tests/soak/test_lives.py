"""Lives of a node that nobody thought of: SOAK_LIVES_S seconds of them, an hour unless told otherwise."""

import os
from time import monotonic

import pytest

SECONDS = float(os.environ.get("SOAK_LIVES_S", "3600"))
LIVES, STEPS = 20, 40


@pytest.mark.proves("D-9.1a", "D-9.1c", "C-2", "C-3")
def test_nothing_locked_or_young_goes_in_lives_nobody_thought_of(live):
    """What fails is made as short as can be and printed, with the decorator that brings it back.

    Put that above `Lives` in `tests/retention/test_state_machine.py` and run that test with `-m long`.
    """
    began_s, lived = monotonic(), 0
    while monotonic() - began_s < SECONDS:
        live(LIVES, STEPS, is_random=True)
        lived += LIVES
    print(f"\n{lived} lives of up to {STEPS} steps in {monotonic() - began_s:.0f} s")  # noqa: T201 - figures for whoever runs it with -s
