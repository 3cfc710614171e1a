"""Tokens of the simulated camera's media configuration."""

from recorder.simcam.onvif.soap import bad_argument
from recorder.simcam.onvif.subject import OnvifStream, OnvifSubject

VIDEO_SOURCE = "source0"
SOURCE_CONFIGURATION = "source_configuration0"
PTZ_NODE = "ptz_node0"
PTZ_CONFIGURATION = "ptz_configuration0"


def profile_token(stream: OnvifStream) -> str:
    """A stream's media profile."""
    return f"profile_{stream.name}"


def encoder_token(stream: OnvifStream) -> str:
    """A stream's encoder configuration."""
    return f"encoder_{stream.name}"


def stream_of_profile(subject: OnvifSubject, token: str) -> OnvifStream:
    """The stream behind a profile token; a fault when there is none."""
    for stream in subject.streams:
        if profile_token(stream) == token:
            return stream
    raise bad_argument("ter:NoProfile", "There is no such profile.")


def stream_of_encoder(subject: OnvifSubject, token: str) -> OnvifStream:
    """The stream behind an encoder token; a fault when there is none."""
    for stream in subject.streams:
        if encoder_token(stream) == token:
            return stream
    raise bad_argument("ter:NoConfig", "There is no such encoder configuration.")


def require_source(token: str) -> None:
    """A fault unless `token` names the video source."""
    if token != VIDEO_SOURCE:
        raise bad_argument("ter:NoSource", "There is no such video source.")


def require_source_configuration(token: str) -> None:
    """A fault unless `token` names the video source's configuration."""
    if token != SOURCE_CONFIGURATION:
        raise bad_argument("ter:NoConfig", "There is no such video source configuration.")
