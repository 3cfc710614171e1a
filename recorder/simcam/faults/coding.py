"""Pictures coded in a way that is rare, or that changes on the way."""

from recorder.simcam.faults.fault import Fault, fault

_NAMES = {
    "resolution": "the picture's size changes every two seconds (with new parameter sets)",
    "parameter_sets": "parameter sets change every two seconds, the size does not",
    "invisible_sets": "parameter sets change in bytes only, nothing a viewer could see",
    "b_frames": "three B-frames between reference pictures",
    "long_gop": "a key picture every ten seconds",
    "variable_rate": "5 to 30 pictures a second",
    "intra_refresh": "one IDR, then no key picture any more",
    "many_slices": "16 slices in every picture (always H.264)",
    "sets_once": "parameter sets are sent in the description only",
    "interlaced": "coded as interlaced pictures (always H.264)",
    "one_fps": "one picture a second",
}


def _make(name: str, summary: str) -> None:
    fault(name, summary)(type(name, (Fault,), {"coding": name, "__doc__": summary}))


for _name, _summary in _NAMES.items():
    _make(_name, _summary)
