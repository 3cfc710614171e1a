"""Media profiles with their stream addresses, from either version of the media service."""

from typing import Any

from recorder.onvif.client import OnvifClient
from recorder.onvif.description import DescribedProfile
from recorder.onvif.failure import unsupported
from recorder.onvif.foreign_text import printable
from vms.kernel.errors import VmsError
from vms.media.video_format import Codec

MAX_PROFILES = 32
_CODECS: dict[str, Codec] = {"H264": "h264", "H265": "h265", "HEVC": "h265"}


def media2_profiles(client: OnvifClient, address: str) -> tuple[DescribedProfile, ...]:
    """Profiles with a video encoder (Media2 specification, GetProfiles)."""
    answer = client.call("media2", "GetProfiles", address, Type=["VideoSource", "VideoEncoder"]) or []
    found = []
    for profile in answer[:MAX_PROFILES]:
        parts = profile.Configurations
        if parts is None or parts.VideoEncoder is None:
            continue
        uri = _ask(client, "media2", address, Protocol="RtspUnicast", ProfileToken=profile.token)
        found.append(_described(profile, parts.VideoSource, parts.VideoEncoder, uri))
    return tuple(found)


def media1_profiles(client: OnvifClient, address: str) -> tuple[DescribedProfile, ...]:
    """Profiles with a video encoder (Media specification, GetProfiles)."""
    setup = {"Stream": "RTP-Unicast", "Transport": {"Protocol": "RTSP"}}
    found = []
    for profile in (client.call("media", "GetProfiles", address) or [])[:MAX_PROFILES]:
        if profile.VideoEncoderConfiguration is None:
            continue
        uri = _ask(client, "media", address, StreamSetup=setup, ProfileToken=profile.token)
        found.append(_described(profile, profile.VideoSourceConfiguration, profile.VideoEncoderConfiguration, uri))
    return tuple(found)


def _ask(client: OnvifClient, service: str, address: str, **arguments: Any) -> str | None:
    """The stream's address; None when just this profile has none (some list profiles they cannot stream)."""
    try:
        answer = client.call(service, "GetStreamUri", address, **arguments)
    except VmsError as err:
        if err.code != "onvif_unsupported":
            raise
        return None
    uri = answer if isinstance(answer, str) or answer is None else getattr(answer, "Uri", None)
    return client.reached_at.corrected_stream(uri) if uri else None


def _described(profile: Any, source: Any, encoder: Any, uri: str | None) -> DescribedProfile:
    try:
        rate = encoder.RateControl
        encoding = str(encoder.Encoding or "").upper()
        return DescribedProfile(
            token=printable(profile.token),
            name=printable(profile.Name),
            source=printable(source.SourceToken) if source is not None else "",
            codec=_CODECS.get(encoding),
            encoding=printable(encoding),
            width=int(encoder.Resolution.Width),
            height=int(encoder.Resolution.Height),
            fps=float(rate.FrameRateLimit or 0) if rate is not None else 0.0,
            bitrate_kbps=int(rate.BitrateLimit or 0) if rate is not None else 0,
            stream_uri=uri,
        )
    except (AttributeError, TypeError, ValueError) as err:
        raise unsupported("a profile without picture size") from err
