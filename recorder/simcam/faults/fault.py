"""What a fault is: hooks into the life of one connection, found by name."""

# ruff: noqa: ARG002  hooks take what `Fault` promises them, needed or not

from collections.abc import Callable
from typing import ClassVar, Protocol, TypeVar

from recorder.simcam.messages import Reply, Request
from recorder.simcam.packet import Piece
from vms.media.video_format import Codec


class Line(Protocol):
    """What a fault may do to the connection it spoils."""

    codec: Codec

    @property
    def is_sync(self) -> bool:
        """Whether the picture now in the hooks is a key picture."""

    @property
    def media_s(self) -> float:
        """Decoding time of that picture."""

    def close(self) -> None:
        """End it politely (FIN)."""

    def reset(self) -> None:
        """End it rudely (RST)."""

    def freeze(self) -> None:
        """Leave it open, send nothing, answer nothing: what a power cut leaves behind."""

    def reboot(self, gone_s: float) -> None:
        """Restart the whole camera."""

    def ask(self, method: str, body: bytes = b"") -> None:
        """Send the client a request of our own."""

    def begin(self) -> None:
        """Start sending before PLAY is answered."""

    def forget_nonces(self) -> None:
        """Make every nonce given so far stale."""


class Fault:
    """Does nothing; subclasses override the hooks they spoil. One instance serves one connection.

    `value` is the number behind the name (`loss_p:25`), `number` counts pictures from the moment the fault
    sets in (0, 1, …). Hooks of pictures run in this order: turn, nals, payloads, pieces.
    """

    name: ClassVar[str]
    summary: ClassVar[str]
    default_value: ClassVar[float] = 0
    coding: ClassVar[str | None] = None  # name of another way to code the pictures, see `variants`
    session_timeout_s: ClassVar[int | None] = None
    reply_bytes_per_s: ClassVar[float | None] = None
    has_audio: ClassVar[bool] = False
    forces_audio: ClassVar[bool] = False  # sent even when nobody set it up
    asks_only_on_play: ClassVar[bool] = False

    def __init__(self, value: float, line: Line) -> None:
        self.value = value
        self.line = line

    def on_request(self, request: Request) -> Reply | None:
        """Answer in place of the camera; None lets the camera answer."""
        return None

    def on_reply(self, request: Request, reply: Reply) -> Reply | None:
        """Change the camera's answer; None swallows it."""
        return reply

    def on_description(self, sdp: str) -> str:
        """Change the SDP."""
        return sdp

    def on_turn(self, number: int) -> bool:
        """Whether this picture is sent at all."""
        return True

    def on_nals(self, number: int, nals: list[bytes]) -> list[bytes]:
        """Change the NAL units of a picture."""
        return nals

    def on_payloads(self, number: int, payloads: list[bytes]) -> list[bytes]:
        """Change the payloads; each gets a sequence number of its own afterwards."""
        return payloads

    def on_pieces(self, number: int, pieces: list[Piece]) -> list[Piece]:
        """Change packets that already have their numbers, drop some, put things between them."""
        return pieces


F = TypeVar("F", bound=type[Fault])
FAULTS: dict[str, type[Fault]] = {}


def fault(name: str, summary: str, value: float = 0) -> Callable[[F], F]:
    """Class decorator: make a fault known under `name`; `value` is used when none is given."""

    def register(spoiled: F) -> F:
        spoiled.name, spoiled.summary, spoiled.default_value = name, summary, value
        FAULTS[name] = spoiled
        return spoiled

    return register
