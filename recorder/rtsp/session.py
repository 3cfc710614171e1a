"""The dialogue that makes a camera send: DESCRIBE, SETUP, PLAY, keep-alive, TEARDOWN (RFC 2326 §10)."""

import logging

from recorder.address import CameraAddress
from recorder.rtsp import sdp
from recorder.rtsp.auth import Signer, strongest
from recorder.rtsp.connection import Connection
from recorder.rtsp.keep_alive import KeepAlive
from recorder.rtsp.message import Response, number
from recorder.rtsp.quirks import CameraQuirks
from recorder.rtsp.sdp import Description
from recorder.rtsp.transport import DEFAULT_SESSION_TIMEOUT_S, Transport, parse_session, parse_transport
from recorder.rtsp.url import base_url, track_url
from recorder.source import SourceError
from vms.archive.model import Cause

_log = logging.getLogger(__name__)

_USER_AGENT = "Nazar"  # one camera answers 401 without any
_WRONG_PASSWORD_PAUSE_S = 120.0  # cameras lock accounts
_LONGEST_BUSY_PAUSE_S = 600  # whatever the camera says: it may have room again long before
_MAX_SIGNATURES = 3
_REDIRECTS = frozenset({301, 302, 303, 305, 307, 308})
_WRONG_BASE = frozenset({404, 454, 455})


class Redirected(Exception):  # noqa: N818  # an answer, not an error
    """The camera sends us elsewhere."""

    def __init__(self, url: str) -> None:
        super().__init__("redirected")
        self.url = url


class TransportRefused(Exception):  # noqa: N818
    """461: the camera does not speak this transport."""


class RtspSession:
    """One session on one connection. `may_send_basic`: Basic shows the password, so only to the host it is for."""

    def __init__(
        self,
        connection: Connection,
        address: CameraAddress,
        url: str,
        quirks: CameraQuirks,
        *,
        reply_timeout_s: float,
        may_send_basic: bool = True,
    ) -> None:
        self._connection = connection
        self._address = address
        self._url = url
        self._quirks = quirks
        self._reply_timeout_s = reply_timeout_s
        self._may_send_basic = may_send_basic
        self._base = url
        self._session: str | None = None
        self._timeout_s = DEFAULT_SESSION_TIMEOUT_S
        self._public = ""
        self._signer: Signer | None = None
        self.keep_alive = KeepAlive("", self._timeout_s, quirks)

    async def describe(self) -> Description:
        """Ask what there is. Raises SourceError, Redirected."""
        options = await self._request("OPTIONS", self._url)
        self._public = options.headers.get("public") if options.status < 300 else ""
        response = await self._request("DESCRIBE", self._url, [("Accept", "application/sdp")])
        self._check(response)
        description = sdp.parse(response.body)
        self._base = base_url(
            self._url,
            response.headers.get("content-base"),
            response.headers.get("content-location"),
            description.control,
        )
        return description

    async def set_up(self, control: str, transport: str) -> Transport:
        """Ask for one track over `transport`. Raises SourceError, TransportRefused.

        When the camera does not know the address its own base leads to, the address we asked is the base.
        """
        response = await self._request("SETUP", track_url(self._base, control), [("Transport", transport)])
        if response.status in _WRONG_BASE and self._base != self._url:
            self._base = self._url
            response = await self._request("SETUP", track_url(self._base, control), [("Transport", transport)])
        if response.status == 461:
            raise TransportRefused
        self._check(response)
        self._note_session(response)
        return parse_transport(response.headers.get("transport"))

    async def play(self) -> None:
        """Start the pictures. They may arrive before this returns."""
        response = await self._request("PLAY", self._base, [("Range", "npt=0-")])
        self._check(response)
        self._note_session(response)
        self.keep_alive = KeepAlive(self._public, self._timeout_s, self._quirks)

    def send_keep_alive(self) -> None:
        """Tell the camera that we listen; nobody waits for the answer, some cameras never give one."""
        self._send_keep_alive(may_renew=True)

    async def tear_down(self) -> None:
        """Say goodbye, so that the camera does not stream on into a session that is gone."""
        if self._session is not None:
            await self._connection.ask(
                "TEARDOWN", self._base, self._headers("TEARDOWN", self._base), self._reply_timeout_s
            )

    def _send_keep_alive(self, *, may_renew: bool) -> None:
        method = self.keep_alive.method

        def on_reply(response: Response) -> None:
            challenge = strongest(response.headers.all("www-authenticate"))
            if response.status == 401 and challenge and self._signer:
                if may_renew and challenge.nonce != self._signer.challenge.nonce:
                    self._signer.renew(challenge)
                    self._send_keep_alive(may_renew=False)
                return
            if response.status >= 300:
                _log.info("the camera answered a keep-alive by %s with %d", method, response.status)
            self._note_next_nonce(response)
            self.keep_alive.on_status(response.status)

        self._connection.send_request(method, self._base, self._headers(method, self._base), on_reply)

    async def _request(self, method: str, url: str, headers: list[tuple[str, str]] | None = None) -> Response:
        """Ask, answering demands for the password: once per new nonce, once in the plain form."""
        may_resign, may_go_plain = True, True
        for _ in range(1 + _MAX_SIGNATURES):
            response = await self._connection.ask(
                method, url, self._headers(method, url) + (headers or []), self._reply_timeout_s
            )
            if response.status in _REDIRECTS and (place := response.headers.get("location")):
                raise Redirected(place)
            if response.status != 401:
                self._note_next_nonce(response)
                return response
            challenge = strongest(response.headers.all("www-authenticate"))
            if challenge is None or (challenge.scheme == "basic" and not self._may_send_basic):
                raise SourceError(
                    Cause.CAMERA_OFFLINE, "protocol", "The camera wants a kind of sign-in we do not speak.", 60.0
                )
            if self._address.username is None:
                raise _wrong_password("The camera wants a sign-in, none is stored.")
            signer = self._signer
            if signer is None:
                self._signer = Signer(
                    self._address.username,
                    self._address.password or "",
                    challenge,
                    use_qop=not self._quirks.refuses_qop,
                )
            elif may_resign and challenge.nonce != signer.challenge.nonce:
                may_resign = False
                signer.renew(challenge)
            elif may_go_plain and signer.use_qop and challenge.has_qop_auth:
                may_go_plain = False
                signer.use_qop = False
                signer.renew(challenge)
            else:
                break
        raise _wrong_password("The camera does not accept the stored sign-in.")

    def _headers(self, method: str, url: str) -> list[tuple[str, str]]:
        headers = [("User-Agent", _USER_AGENT)]
        if self._session is not None:
            headers.append(("Session", self._session))
        if self._signer is not None:
            headers.append(("Authorization", self._signer.authorization(method, url)))
        return headers

    def _note_next_nonce(self, response: Response) -> None:
        if self._signer is not None and (info := response.headers.get("authentication-info")):
            self._signer.next_nonce(info)

    def _note_session(self, response: Response) -> None:
        if self._signer is not None and not self._signer.use_qop and self._signer.challenge.has_qop_auth:
            self._quirks.refuses_qop = True  # the plain form got us here
        session = parse_session(response.headers.get("session"))
        if session is None:
            return
        if self._session is None:  # some change it from SETUP to SETUP: the first one counts
            self._session = session.id
        if session.timeout_s is not None:
            self._timeout_s = session.timeout_s

    def _check(self, response: Response) -> None:
        status = response.status
        if status < 300:
            return
        if status == 404:
            raise SourceError(Cause.CAMERA_OFFLINE, "not_found", "The camera has no stream at this path.")
        if status == 403:
            raise _wrong_password("The stored sign-in may not see this stream.")
        if status in (453, 503):
            pause_s = number(response.headers.get("retry-after")) or 0
            raise SourceError(
                Cause.CAMERA_OFFLINE,
                "busy",
                "The camera serves as many viewers as it can.",
                float(min(max(self._timeout_s, pause_s), _LONGEST_BUSY_PAUSE_S)),
            )
        raise SourceError(Cause.CAMERA_OFFLINE, "protocol", f"The camera answered with status {status}.")


def _wrong_password(text: str) -> SourceError:
    return SourceError(Cause.CAMERA_OFFLINE, "wrong_password", text, _WRONG_PASSWORD_PAUSE_S)
