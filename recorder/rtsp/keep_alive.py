"""When to tell a camera that we still listen, in words it understands (RFC 2326 §12.37, §10.8)."""

from typing import Literal

from recorder.rtsp.quirks import CameraQuirks

LONGEST_PERIOD_S = 25.0
_NOT_UNDERSTOOD = frozenset({400, 405, 454, 501})


class KeepAlive:
    """GET_PARAMETER when the camera advertises it, else OPTIONS.

    A bad status is never fatal: cameras answer errors and stream on. One that says "not understood" changes
    the method once,
    and the camera's quirks remember it.
    """

    def __init__(self, public: str, timeout_s: int, quirks: CameraQuirks) -> None:
        self._quirks = quirks
        self._has_changed = bool(quirks.keep_alive_method)
        self.method: Literal["GET_PARAMETER", "OPTIONS"] = quirks.keep_alive_method or (
            "GET_PARAMETER" if "GET_PARAMETER" in public.upper() else "OPTIONS"
        )
        self.period_s = max(0.5, min(timeout_s / 2, LONGEST_PERIOD_S))

    def on_status(self, status: int) -> None:
        """Note the camera's answer."""
        if status not in _NOT_UNDERSTOOD or self._has_changed:
            return
        self._has_changed = True
        self.method = "OPTIONS" if self.method == "GET_PARAMETER" else "GET_PARAMETER"
        self._quirks.keep_alive_method = self.method
