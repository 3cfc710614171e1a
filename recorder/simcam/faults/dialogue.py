"""A camera whose RTSP dialogue has manners of its own."""

from recorder.simcam.faults.fault import Fault, fault
from recorder.simcam.messages import Reply, Request

_KEEP_ALIVES = ("OPTIONS", "GET_PARAMETER", "SET_PARAMETER")


def is_keep_alive(request: Request) -> bool:
    """Whether a request only says that somebody is still there."""
    return request.method in _KEEP_ALIVES and "session" in request.headers


@fault("server_requests", "the server sends OPTIONS, SET_PARAMETER with a body and ANNOUNCE every n pictures", 25)
class ServerRequests(Fault):
    """§8 no 9."""

    def on_turn(self, number: int) -> bool:
        """See `Fault.on_turn`."""
        every = max(1, int(self.value))
        if number % every == 0:
            kind = number // every % 3
            body = b"" if kind == 0 else b"x-alarm: 1\r\n"
            self.line.ask(("OPTIONS", "SET_PARAMETER", "ANNOUNCE")[kind], body)
        return True


@fault("keepalive_status", "keep-alives are answered with status n", 400)
class KeepAliveStatus(Fault):
    """§8 no 9."""

    def on_request(self, request: Request) -> Reply | None:
        """See `Fault.on_request`."""
        return Reply(int(self.value)) if is_keep_alive(request) else None


@fault("keepalive_silent", "keep-alives are never answered")
class KeepAliveSilent(Fault):
    """§8 no 9."""

    def on_reply(self, request: Request, reply: Reply) -> Reply | None:
        """See `Fault.on_reply`."""
        return None if is_keep_alive(request) else reply


@fault("no_get_parameter", "GET_PARAMETER is not offered and answered 405")
class NoGetParameter(Fault):
    """§1.4 of the guide."""

    def on_request(self, request: Request) -> Reply | None:
        """See `Fault.on_request`."""
        if request.method == "OPTIONS" and "session" not in request.headers:
            return Reply(200, [("Public", "OPTIONS, DESCRIBE, SETUP, PLAY, TEARDOWN")])
        return Reply(405) if request.method == "GET_PARAMETER" else None


@fault("short_session", "the session ends 5 s after the last sign of life")
class ShortSession(Fault):
    """§8 no 9."""

    session_timeout_s = 5


@fault("slow_replies", "answers come one byte a second")
class SlowReplies(Fault):
    """§8 no 12."""

    reply_bytes_per_s = 1.0


@fault("options_404", "OPTIONS is answered 404")
class Options404(Fault):
    """§1.1 of the guide."""

    def on_request(self, request: Request) -> Reply | None:
        """See `Fault.on_request`."""
        return Reply(404) if request.method == "OPTIONS" else None


@fault("status", "DESCRIBE is answered with status n (404, 453, 503 …)", 503)
class Status(Fault):
    """§1.6 of the guide."""

    def on_request(self, request: Request) -> Reply | None:
        """See `Fault.on_request`."""
        return Reply(int(self.value)) if request.method == "DESCRIBE" else None


@fault("early_rtp", "pictures come before PLAY is answered")
class EarlyRtp(Fault):
    """§8 no 11."""

    def on_reply(self, request: Request, reply: Reply) -> Reply | None:
        """See `Fault.on_reply`."""
        if request.method == "PLAY" and reply.status == 200:
            self.line.begin()
        return reply


@fault("audio", "a PCMU track beside the video")
class Audio(Fault):
    """A second track that a recorder of video need not set up."""

    has_audio = True


@fault("audio_unasked", "a PCMU track that is sent on channels 2-3 even when nobody set it up")
class AudioUnasked(Fault):
    """§1.5 of the guide."""

    has_audio = forces_audio = True
