"""Reads what the tap says of a stream's format."""

import json

from vms.media import h264, h265
from vms.media.video_format import VideoFormat


def read_format(body: bytes) -> VideoFormat:
    """The format in a FORMAT message's body.

    Raises VmsError(INVALID, `bad_parameter_sets`) for sets that describe no picture, ValueError or KeyError for a
    body that is no format at all.
    """
    values = json.loads(body)
    vps, sps, pps = ([bytes.fromhex(nal) for nal in values[name]] for name in ("vps", "sps", "pps"))
    return h264.parse(sps, pps) if values["codec"] == "h264" else h265.parse(vps, sps, pps)


def is_same(new: VideoFormat, old: VideoFormat) -> bool:
    """Whether pictures of `new` decode with the parameter sets of `old`, which also fixes the init segment."""
    return new is old or (new.visible == old.visible and new.pps == old.pps)
