"""Where the camera's pictures are fetched."""

from collections.abc import Callable

from recorder.simcam.onvif.profiles import profile_token
from recorder.simcam.onvif.service import Call
from recorder.simcam.onvif.soap import SoapFaultError
from recorder.simcam.onvif.subject import OnvifStream, OnvifSubject

SNAPSHOT_PATH = "/onvif/snapshot/"

TakeSnapshot = Callable[[OnvifStream], bytes]
"""The stream's picture of this moment as JPEG."""


class StreamAddresses:
    """Addresses as seen by the caller: with the host they reached us by."""

    def __init__(self, subject: OnvifSubject, rtsp_port: int, *, has_snapshots: bool) -> None:
        self._subject = subject
        self._rtsp_port = rtsp_port
        self._has_snapshots = has_snapshots

    @property
    def has_snapshots(self) -> bool:
        """Whether single pictures can be fetched."""
        return self._has_snapshots

    def stream(self, stream: OnvifStream, call: Call) -> str:
        """RTSP address of a stream, without credentials."""
        host = f"[{call.host}]" if ":" in call.host else call.host
        return f"rtsp://{host}:{self._rtsp_port}{self._subject.rtsp_path(stream.name)}"

    def snapshot(self, stream: OnvifStream, call: Call) -> str:
        """HTTP address of single pictures; a fault when the camera gives none."""
        if not self._has_snapshots:
            raise SoapFaultError("Receiver", ("ter:ActionNotSupported",), "This camera gives no single pictures.")
        return call.base_url + SNAPSHOT_PATH + profile_token(stream)
