"""Which of a camera's tracks is recorded, with what its description says of it."""

from base64 import b64decode
from dataclasses import dataclass

from recorder.rtsp import sdp
from recorder.rtsp.sdp import Description, Media
from recorder.source import SourceError
from vms.archive.model import Cause
from vms.media import annexb
from vms.media.video_format import Codec

_CODECS: dict[str, Codec] = {"H264": "h264", "H265": "h265", "HEVC": "h265"}


@dataclass(frozen=True, slots=True)
class VideoChoice:
    """The one track we set up. Audio never is (requirement C-13: dropped before it is even sent)."""

    codec: Codec
    control: str
    payload_type: int
    parameter_sets: tuple[bytes, ...]
    has_donl: bool


def choose(description: Description) -> VideoChoice:
    """The first video of a codec we speak; raises SourceError (`no_video`, `unsupported`)."""
    videos = sdp.videos(description)
    for media in videos:
        codec = _CODECS.get(media.encoding)
        if codec is not None and not _is_interleaved_mode(media):
            return VideoChoice(
                codec=codec,
                control=media.control,
                payload_type=media.payload_type,
                parameter_sets=tuple(_parameter_sets(media)),
                has_donl=codec == "h265" and _has_donl(media),
            )
    if videos:
        raise SourceError(
            Cause.CAMERA_OFFLINE, "unsupported", "The camera's video is neither H.264 nor H.265. Change its codec."
        )
    raise SourceError(Cause.CAMERA_OFFLINE, "no_video", "The camera offers no video at this path.")


def _is_interleaved_mode(media: Media) -> bool:
    return media.encoding == "H264" and media.fmtp.get("packetization-mode") == "2"


def _has_donl(media: Media) -> bool:
    """RFC 7798 §7.1: decoding order numbers are there when pictures may come out of it, or from several streams."""
    difference = media.fmtp.get("sprop-max-don-diff", "0")
    return difference not in ("", "0") or media.fmtp.get("tx-mode", "SRST").upper() != "SRST"


def _parameter_sets(media: Media) -> list[bytes]:
    """Parameter sets of the fmtp line; H.265 needs all three kinds or none. What cannot be decoded is left out."""
    if media.encoding == "H264":
        return _decode(media.fmtp.get("sprop-parameter-sets", ""))
    kinds = [_decode(media.fmtp.get(f"sprop-{kind}", "")) for kind in ("vps", "sps", "pps")]
    return [nal for sets in kinds for nal in sets] if all(kinds) else []


def _decode(text: str) -> list[bytes]:
    found: list[bytes] = []
    for part in (words.strip() for words in text.split(",")):
        try:
            nal = b64decode(part + "=" * (-len(part) % 4))
        except ValueError:
            continue
        found += annexb.split(nal) if nal.startswith((b"\0\0\1", b"\0\0\0\1")) else [nal]
    return [nal for nal in found if nal]
