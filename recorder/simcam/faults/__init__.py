"""Faults on command: each a small class, found by name."""

from recorder.simcam.faults import (  # noqa: F401  imported because they register themselves
    access,
    addresses,
    bits,
    coding,
    dialogue,
    identity,
    junk,
    lens,
    line,
    loss,
    marker,
    times,
)
from recorder.simcam.faults.fault import FAULTS

__all__ = ["FAULTS"]
