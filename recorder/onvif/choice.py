"""The rule by which a camera's main and sub stream are chosen."""

from dataclasses import dataclass

from recorder.onvif.description import DescribedProfile, DeviceDescription

SUB_MAX_PIXELS = 1280 * 720
"""A wall of live pictures must stay light for browser and line; 720p is the most it is worth."""


@dataclass(frozen=True, slots=True)
class StreamChoice:
    """`main` is recorded; `sub` is for walls of live pictures, None when nothing smaller exists."""

    main: DescribedProfile | None
    sub: DescribedProfile | None


def choose_streams(description: DeviceDescription, source: str | None = None) -> StreamChoice:
    """Which stream is recorded, which is for the wall.

    Main: the largest picture, then the highest rate, then the most bits. Sub, of the same source: the largest
    that is smaller than main and not above 720p, H.264 before H.265 because every browser plays it. Only H.264
    and H.265 with an address are considered; `source` restricts to one lens.
    """
    usable = [
        profile
        for profile in description.profiles
        if profile.codec is not None and profile.stream_uri and source in (None, profile.source)
    ]
    if not usable:
        return StreamChoice(None, None)
    main = max(usable, key=_richness)
    smaller = [
        profile
        for profile in usable
        if profile.source == main.source
        and profile.stream_uri != main.stream_uri
        and _pixels(profile) < _pixels(main)
        and _pixels(profile) <= SUB_MAX_PIXELS
    ]
    return StreamChoice(
        main, max(smaller, key=lambda profile: (profile.codec == "h264", *_richness(profile)), default=None)
    )


def _pixels(profile: DescribedProfile) -> int:
    return profile.width * profile.height


def _richness(profile: DescribedProfile) -> tuple[int, float, int]:
    return _pixels(profile), profile.fps, profile.bitrate_kbps
