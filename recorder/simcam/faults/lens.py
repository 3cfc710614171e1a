"""Somebody meddles with the lens, or the sensor behind it hangs."""

from recorder.simcam.faults.fault import Fault, fault


@fault("covered", "the lens is covered: dark pictures (drawn streams; for the whole camera, not by address)")
class Covered(Fault):
    """No hooks: the pictures themselves are drawn so, and the camera's tamper event follows from them."""


@fault("still", "the sensor hangs: one picture again and again (drawn streams; for the whole camera, not by address)")
class Still(Fault):
    """No hooks: the encoder is given the same picture again; lines, bytes and times go on as ever."""
