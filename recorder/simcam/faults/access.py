"""Trouble with passwords."""

# ruff: noqa: ARG002  hooks take what `Fault` promises them, needed or not

from recorder.simcam.faults.dialogue import is_keep_alive
from recorder.simcam.faults.fault import Fault, fault
from recorder.simcam.messages import Reply, Request

_FIXED = 'Digest realm="Nazar simulated camera", nonce="0123456789abcdef", algorithm=MD5'


@fault("wrong_password", "every password is wrong: 401 with the same nonce for ever")
class WrongPassword(Fault):
    """§8 no 10."""

    def on_request(self, request: Request) -> Reply | None:
        """See `Fault.on_request`."""
        return Reply(401, [("WWW-Authenticate", _FIXED)])


@fault("nonce_rotation", "a nonce is good for n requests", 1)
class NonceRotation(Fault):
    """§8 no 10; needs a camera with a password."""

    _requests = 0

    def on_reply(self, request: Request, reply: Reply) -> Reply | None:
        """See `Fault.on_reply`."""
        if reply.status != 401:
            self._requests += 1
            if self._requests % max(1, int(self.value)) == 0:
                self.line.forget_nonces()
        return reply


@fault("keepalive_401", "the nonce of every keep-alive has just become stale")
class KeepAlive401(Fault):
    """§8 no 9; needs a camera with a password."""

    _asked = False

    def on_request(self, request: Request) -> Reply | None:
        """See `Fault.on_request`."""
        if is_keep_alive(request):
            self._asked = not self._asked
            if self._asked:
                self.line.forget_nonces()
        return None


@fault("auth_on_play", "only PLAY asks for the password")
class AuthOnPlay(Fault):
    """§8 no 10; needs a camera with a password."""

    asks_only_on_play = True
