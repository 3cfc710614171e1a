"""Addresses, channels and descriptions other than a client would expect."""

# ruff: noqa: ARG002  hooks take what `Fault` promises them, needed or not

import re

from recorder.simcam.faults.fault import Fault, fault
from recorder.simcam.messages import Reply, Request


def _replaced(reply: Reply, name: str, value: str | None) -> Reply:
    reply.headers = [header for header in reply.headers if header[0].lower() != name.lower()]
    if value is not None:
        reply.headers.append((name, value))
    return reply


def _value(reply: Reply, name: str) -> str:
    return next((value for key, value in reply.headers if key.lower() == name.lower()), "")


@fault("redirect", "DESCRIBE is redirected n times (0: for ever)")
class Redirect(Fault):
    """§8 no 11; the count travels in the address."""

    def on_request(self, request: Request) -> Reply | None:
        """See `Fault.on_request`."""
        if request.method != "DESCRIBE":
            return None
        done = int(dict(request.query).get("hop", "0"))
        if self.value and done >= self.value:
            return None
        address = re.sub(r"&hop=\d+", "", request.uri.rstrip("/")) + f"&hop={done + 1}"
        return Reply(302, [("Location", address)])


@fault("other_channels", "the camera takes interleaved channels 10-11 whatever was asked")
class OtherChannels(Fault):
    """§8 no 11. The connection reads `interleaved` from the reply that leaves here."""

    def on_reply(self, request: Request, reply: Reply) -> Reply | None:
        """See `Fault.on_reply`."""
        transport = _value(reply, "Transport")
        if request.method != "SETUP" or "interleaved=" not in transport:
            return reply
        first = 10 + 2 * (request.track or 0)
        return _replaced(
            reply, "Transport", re.sub(r"interleaved=\d+-\d+", f"interleaved={first}-{first + 1}", transport)
        )


@fault("session_change", "every SETUP and PLAY names another session id")
class SessionChange(Fault):
    """§1.1 of the guide; the old ids stay valid."""

    _count = 0

    def on_reply(self, request: Request, reply: Reply) -> Reply | None:
        """See `Fault.on_reply`."""
        if request.method != "SETUP" or not _value(reply, "Session"):
            return reply
        self._count += 1
        return _replaced(reply, "Session", f"{self._count:08d} ; timeout=60")


@fault("no_rtp_info", "PLAY is answered without RTP-Info")
class NoRtpInfo(Fault):
    """§1.1 of the guide."""

    def on_reply(self, request: Request, reply: Reply) -> Reply | None:
        """See `Fault.on_reply`."""
        return _replaced(reply, "RTP-Info", None)


@fault("wrong_rtp_info", "RTP-Info names sequence number and time that never come")
class WrongRtpInfo(Fault):
    """§1.1 of the guide."""

    def on_reply(self, request: Request, reply: Reply) -> Reply | None:
        """See `Fault.on_reply`."""
        if request.method == "PLAY":
            return _replaced(reply, "RTP-Info", "url=trackID=0;seq=1;rtptime=-1;")
        return reply


@fault("wrong_base", "Content-Base names a host that is not there")
class WrongBase(Fault):
    """§1.2 of the guide."""

    def on_reply(self, request: Request, reply: Reply) -> Reply | None:
        """See `Fault.on_reply`."""
        if request.method == "DESCRIBE" and reply.status == 200:
            return _replaced(reply, "Content-Base", "rtsp://192.0.2.1:9/elsewhere/")
        return reply


@fault("no_base", "DESCRIBE is answered without Content-Base")
class NoBase(Fault):
    """§1.2 of the guide."""

    def on_reply(self, request: Request, reply: Reply) -> Reply | None:
        """See `Fault.on_reply`."""
        return _replaced(reply, "Content-Base", None)


@fault("absolute_control", "a=control holds a whole address, its query behind the track")
class AbsoluteControl(Fault):
    """§1.2 of the guide (Hikvision)."""

    _address = ""

    def on_request(self, request: Request) -> Reply | None:
        """See `Fault.on_request`."""
        if request.method == "DESCRIBE":
            self._address = request.uri
        return None

    def on_description(self, sdp: str) -> str:
        """See `Fault.on_description`."""
        path, _, query = self._address.partition("?")
        return re.sub(r"a=control:(trackID=\d+)", rf"a=control:{path.rstrip('/')}/\1?{query}", sdp)


@fault("no_sprop", "the description holds no parameter sets")
class NoSprop(Fault):
    """§8 no 14."""

    def on_description(self, sdp: str) -> str:
        """See `Fault.on_description`."""
        return re.sub(r";\s*sprop-[a-z-]+=[^;\r\n]*", "", sdp)


@fault("bare_sdp", "a description without v=, o=, s=, t= lines, with lines nobody knows")
class BareSdp(Fault):
    """§1.1 of the guide."""

    def on_description(self, sdp: str) -> str:
        """See `Fault.on_description`."""
        kept = [line for line in sdp.split("\r\n") if line[:2] not in ("v=", "o=", "s=", "t=", "c=")]
        return "\r\n".join(["t=now-", "c=IP IP4 ", "y=?", *kept])
