"""Asks one camera for everything needed to record it."""

from datetime import UTC, datetime

from recorder.onvif.address import read_address
from recorder.onvif.client import MEDIA2, OnvifClient
from recorder.onvif.description import DescribedProfile, DeviceDescription
from recorder.onvif.failure import unsupported
from recorder.onvif.foreign_text import printable
from recorder.onvif.media_profiles import media1_profiles, media2_profiles
from vms.kernel.clock import Clock, SystemClock, from_datetime
from vms.kernel.errors import VmsError

_MEDIA = "http://www.onvif.org/ver10/media/wsdl"
_MAX_SERVICES = 64
_HALF_SECOND_US = 500_000  # it tells whole seconds, cut off: the middle is the best guess


def describe(
    address: str, username: str, password: str, *, clock: Clock | None = None, timeout_s: float = 5.0
) -> DeviceDescription:
    """Who the camera is, which streams it has.

    Blocks for up to `timeout_s` per question (about five plus one for each profile): run it in a thread.
    Raises VmsError: `onvif_bad_address`, `onvif_unreachable`, `onvif_wrong_password`, `onvif_unsupported`.
    """
    clock = clock or SystemClock()
    reached_at = read_address(address)
    with OnvifClient(reached_at, None, "", clock=clock, timeout_s=timeout_s) as stranger:
        offset_us = clock_offset_us(stranger, clock)
    with OnvifClient(
        reached_at, username or None, password, clock=clock, timeout_s=timeout_s, clock_offset_us=offset_us or 0
    ) as client:
        information = client.call("devicemgmt", "GetDeviceInformation")
        services = service_addresses(client)
        profiles = _profiles(client, services)
    return DeviceDescription(
        manufacturer=printable(information.Manufacturer),
        model=printable(information.Model),
        serial=printable(information.SerialNumber),
        clock_offset_us=offset_us,
        profiles=profiles,
        services=frozenset(services),
        has_media2=MEDIA2 in services,
    )


def clock_offset_us(client: OnvifClient, clock: Clock) -> int | None:
    """The camera's clock minus ours; None when the camera does not tell its time to strangers, or tells nonsense.

    This question must be open to all (Core specification §8.3.4): its answer is needed to log in.
    """
    before_us = clock.now_us()
    try:
        answer = client.call("devicemgmt", "GetSystemDateAndTime")
    except VmsError as err:
        if err.code == "onvif_unreachable":
            raise
        return None
    middle_us = (before_us + clock.now_us()) // 2
    try:
        date, time = answer.UTCDateTime.Date, answer.UTCDateTime.Time
        at = datetime(date.Year, date.Month, date.Day, time.Hour, time.Minute, min(time.Second, 59), tzinfo=UTC)
    except (AttributeError, TypeError, ValueError):
        return None
    return from_datetime(at) + _HALF_SECOND_US - middle_us


def service_addresses(client: OnvifClient) -> dict[str, str]:
    """Addresses by namespace, as the device names them; the older question if it does not know the newer."""
    try:
        services = client.call("devicemgmt", "GetServices", IncludeCapability=False) or []
        found = {str(entry.Namespace): str(entry.XAddr) for entry in services[:_MAX_SERVICES] if entry.XAddr}
    except VmsError as err:
        if err.code != "onvif_unsupported":
            raise
        found = {}
    if found:
        return found
    capabilities = client.call("devicemgmt", "GetCapabilities", Category=["All"])
    names = {
        "Media": _MEDIA,
        "PTZ": "http://www.onvif.org/ver20/ptz/wsdl",
        "Imaging": "http://www.onvif.org/ver20/imaging/wsdl",
        "Events": "http://www.onvif.org/ver10/events/wsdl",
    }
    parts = {namespace: getattr(capabilities, name, None) for name, namespace in names.items()}
    return {namespace: str(part.XAddr) for namespace, part in parts.items() if part is not None and part.XAddr}


def _profiles(client: OnvifClient, services: dict[str, str]) -> tuple[DescribedProfile, ...]:
    """Media2's profiles; the older service's when Media2 is missing, broken or empty."""
    if MEDIA2 in services:
        try:
            profiles = media2_profiles(client, services[MEDIA2])
        except VmsError as err:
            if err.code != "onvif_unsupported" or _MEDIA not in services:
                raise
            profiles = ()
        if profiles:
            return profiles
    if _MEDIA not in services:
        raise unsupported("no media service")
    return media1_profiles(client, services[_MEDIA])
