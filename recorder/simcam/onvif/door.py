"""Lets in who may call an operation."""

from dataclasses import dataclass

from recorder.simcam.onvif.camera_clock import CameraClock
from recorder.simcam.onvif.http_digest import HttpDigest
from recorder.simcam.onvif.soap import SoapFaultError
from recorder.simcam.onvif.subject import OnvifSubject
from recorder.simcam.onvif.username_token import UsernameTokens
from recorder.simcam.onvif.xml_writer import Element


@dataclass(frozen=True, slots=True)
class HttpCredentials:
    """What came with the HTTP request."""

    authorization: str | None
    method: str
    target: str


class NotAuthorizedError(SoapFaultError):
    """Wrong or no credentials; `challenges` are set when the caller showed none and may try again."""

    def __init__(self, challenges: list[str]) -> None:
        super().__init__("Sender", ("ter:NotAuthorized",), "Sender not authorized.")
        self.challenges = challenges


class Door:
    """Either kind of credentials opens (Core specification §5.9); a camera without user is open to all."""

    def __init__(self, subject: OnvifSubject, clock: CameraClock) -> None:
        self._is_open_to_all = subject.user is None
        self._tokens = UsernameTokens(clock, subject.user or "", subject.password)
        self._digest = HttpDigest(clock, subject.user or "", subject.password)

    def check(self, header: Element | None, http: HttpCredentials) -> None:
        """Raises NotAuthorizedError unless the caller may go on."""
        if self._is_open_to_all or self._tokens.is_valid(header):
            return
        if not self._digest.is_valid(http.authorization, http.method, http.target):
            has_shown_none = header is None or not len(header)
            raise NotAuthorizedError(self._digest.challenges() if has_shown_none else [])
