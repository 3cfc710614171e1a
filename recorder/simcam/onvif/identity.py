"""Who the simulated camera says it is."""

import re
import uuid
from urllib.parse import quote

from recorder.simcam.onvif.subject import OnvifSubject

MANUFACTURER = "Nazar"
MODEL = "Simulated camera"
HARDWARE_ID = "software"
FIRMWARE = "0.1.0"
DEVICE_TYPE = "dn:NetworkVideoTransmitter"
_NAMESPACE = uuid.UUID("6f0c8f3a-51a5-4f0e-9c52-0d6a4a1e0b27")  # ours, so that equal serials give equal ids


def endpoint_urn(subject: OnvifSubject) -> str:
    """The device's name for life (`urn:uuid:…`), from its serial number."""
    return f"urn:uuid:{uuid.uuid5(_NAMESPACE, subject.serial)}"


def hostname(subject: OnvifSubject) -> str:
    """Its name as a host name (RFC 1123: letters, digits, hyphens)."""
    return re.sub(r"[^a-zA-Z0-9-]+", "-", subject.name).strip("-")[:63] or "camera"


def mac_address(subject: OnvifSubject) -> str:
    """A locally administered address (IEEE 802 §8.4), from its serial number."""
    octets = bytearray(uuid.uuid5(_NAMESPACE, subject.serial).bytes[:6])
    octets[0] = (octets[0] | 0x02) & 0xFE
    return ":".join(f"{octet:02x}" for octet in octets)


def scopes(subject: OnvifSubject) -> tuple[str, ...]:
    """What it is, as discovery scopes (Core specification §7.3.2.2)."""
    base = "onvif://www.onvif.org"
    return (
        f"{base}/type/video_encoder",
        f"{base}/type/ptz",
        f"{base}/Profile/Streaming",
        f"{base}/Profile/T",
        f"{base}/hardware/{quote(MODEL)}",
        f"{base}/name/{quote(subject.title, safe='')}",
        f"{base}/location/simulation",
    )
