"""Stream addresses as a camera itself tells them over ONVIF."""

from dataclasses import dataclass, field
from urllib.parse import quote, urlsplit, urlunsplit

from recorder.onvif.choice import choose_streams
from recorder.onvif.describe import describe
from recorder.onvif.description import DescribedProfile
from vms.kernel.errors import Kind, VmsError


@dataclass(frozen=True, slots=True)
class CameraStreams:
    """Addresses with credentials, as they are registered; `summary` is for people and holds neither."""

    main_address: str = field(repr=False)
    sub_address: str | None = field(repr=False)
    summary: str


def ask_camera(device: str, user: str, password: str) -> CameraStreams:
    """Ask the ONVIF device at `device` which streams it has; empty `user`: a camera without password.

    Blocks up to a minute with a camera that answers slowly. VmsError: those of `describe`, and
    `onvif_no_stream` when it has nothing that can be recorded.
    """
    description = describe(device, user, password)
    choice = choose_streams(description)
    if choice.main is None or choice.main.stream_uri is None:
        raise VmsError(
            Kind.INVALID,
            "onvif_no_stream",
            "The camera offers no H.264 or H.265 stream over ONVIF. Switch one on in its own settings.",
        )
    sub = choice.sub.stream_uri if choice.sub is not None else None
    return CameraStreams(
        main_address=with_login(choice.main.stream_uri, user, password),
        sub_address=with_login(sub, user, password) if sub else None,
        summary=f"{description.manufacturer} {description.model}: {_picture(choice.main)}"
        + (f", sub {_picture(choice.sub)}" if choice.sub is not None else ", no sub-stream"),
    )


def with_login(address: str, user: str, password: str) -> str:
    """An RTSP address with user and password in it, percent-encoded; unchanged without `user`."""
    if not user:
        return address
    parts = urlsplit(address)
    place = parts.netloc.rpartition("@")[2]
    login = f"{quote(user, safe='')}:{quote(password, safe='')}"
    return urlunsplit(parts._replace(netloc=f"{login}@{place}"))


def _picture(profile: DescribedProfile) -> str:
    return f"{profile.encoding} {profile.width}x{profile.height}"
