"""Somebody meddles with the lens."""

from recorder.simcam.faults.fault import Fault, fault


@fault("covered", "the lens is covered: dark pictures (drawn streams; for the whole camera, not by address)")
class Covered(Fault):
    """No hooks: the pictures themselves are drawn so, and the camera's tamper event follows from them."""
