"""Descriptions of a stream (RFC 4566, RFC 6184 §8.2, RFC 7798 §7.2)."""

import base64

from recorder.simcam import PRODUCT
from recorder.simcam.packet import PAYLOAD_TYPE
from vms.media.video_format import Codec


def describe(
    title: str, codec: Codec, parameter_sets: tuple[bytes, ...], fps: float, bitrate_kbps: int, has_audio: bool
) -> str:
    """The SDP of one stream; video is `trackID=0`, audio (PCMU) `trackID=1`."""
    name = " ".join(title.split()) or "camera"
    lines = [
        "v=0", "o=- 1 1 IN IP4 0.0.0.0", f"s={name}", f"i={PRODUCT}", "c=IN IP4 0.0.0.0", "t=0 0",
        f"a=tool:{PRODUCT}", "a=control:*", "a=range:npt=now-",
        f"m=video 0 RTP/AVP {PAYLOAD_TYPE}", f"b=AS:{bitrate_kbps}",
        f"a=rtpmap:{PAYLOAD_TYPE} {codec.upper()}/90000",
        f"a=fmtp:{PAYLOAD_TYPE} {_format_parameters(codec, parameter_sets)}",
        f"a=framerate:{fps:g}", "a=control:trackID=0",
    ]  # fmt: skip
    if has_audio:
        lines += ["m=audio 0 RTP/AVP 0", "b=AS:64", "a=rtpmap:0 PCMU/8000", "a=control:trackID=1"]
    return "\r\n".join(lines) + "\r\n"


def _format_parameters(codec: Codec, sets: tuple[bytes, ...]) -> str:
    coded = [base64.b64encode(nal).decode() for nal in sets]
    if codec == "h264":
        profile = next((nal[1:4].hex() for nal in sets if nal[0] & 0x1F == 7), "42001f")
        return f"packetization-mode=1; profile-level-id={profile}; sprop-parameter-sets={','.join(coded)}"
    by_type: dict[int, list[str]] = {}
    for nal, text in zip(sets, coded, strict=True):
        by_type.setdefault((nal[0] >> 1) & 0x3F, []).append(text)
    names = {32: "sprop-vps", 33: "sprop-sps", 34: "sprop-pps"}
    return "; ".join(f"{names[kind]}={','.join(texts)}" for kind, texts in by_type.items())
