"""What one camera taught us, kept between attempts."""

from dataclasses import dataclass
from typing import Literal


@dataclass(slots=True)
class CameraQuirks:
    """Give the same object to every attempt on one camera stream, so that each lesson is paid for once."""

    keep_alive_method: Literal["", "GET_PARAMETER", "OPTIONS"] = ""  # empty: not known yet
    refuses_tcp: bool = False  # answered 461 to interleaved transport
    refuses_qop: bool = False  # checks only the digest form of RFC 2069
