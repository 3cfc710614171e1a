"""The device management service (ONVIF Core specification §8)."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime

from recorder.simcam.onvif import identity
from recorder.simcam.onvif.camera_clock import CameraClock
from recorder.simcam.onvif.capabilities import capabilities_answer, services_answer
from recorder.simcam.onvif.service import Call, Handler, Service
from recorder.simcam.onvif.soap import bad_argument
from recorder.simcam.onvif.subject import OnvifSubject
from recorder.simcam.onvif.xml_reader import find, text
from recorder.simcam.onvif.xml_writer import Element, el
from vms.kernel.clock import from_datetime, to_datetime

_INTERFACE = "sim0"


def _date_and_time(name: str, at: datetime) -> Element:
    return el(
        name,
        el("tt:Time", el("tt:Hour", at.hour), el("tt:Minute", at.minute), el("tt:Second", at.second)),
        el("tt:Date", el("tt:Year", at.year), el("tt:Month", at.month), el("tt:Day", at.day)),
    )


class DeviceService:
    """Who it is, what it has, what time it is there."""

    path = "/onvif/device_service"
    namespace = "tds"
    version = (2, 60)
    open_operations = frozenset(
        {"GetSystemDateAndTime", "GetServices", "GetCapabilities", "GetHostname", "GetServiceCapabilities"}
    )

    def __init__(self, subject: OnvifSubject, clock: CameraClock, services: Sequence[Service]) -> None:
        self._subject = subject
        self._clock = clock
        self._services = (self, *services)

    def operations(self) -> Mapping[str, Handler]:
        """See `Service.operations`."""
        return {
            "GetSystemDateAndTime": self._get_time,
            "SetSystemDateAndTime": self._set_time,
            "GetDeviceInformation": self._get_information,
            "GetCapabilities": lambda call: capabilities_answer(self._services, call.base_url),
            "GetServices": lambda call: services_answer(self._services, call.base_url),
            "GetServiceCapabilities": self._get_own_capabilities,
            "GetScopes": self._get_scopes,
            "GetNetworkInterfaces": self._get_interfaces,
            "GetHostname": self._get_hostname,
            "SystemReboot": self._reboot,
        }

    def _get_time(self, _call: Call) -> Element:
        now = to_datetime(self._clock.now_us())
        return el(
            "tds:GetSystemDateAndTimeResponse",
            el(
                "tds:SystemDateAndTime",
                el("tt:DateTimeType", "Manual"),
                el("tt:DaylightSavings", False),
                el("tt:TimeZone", el("tt:TZ", "UTC0")),
                _date_and_time("tt:UTCDateTime", now),
                _date_and_time("tt:LocalDateTime", now),
            ),
        )

    def _set_time(self, call: Call) -> Element:
        if call.argument("tds:DateTimeType") != "Manual":
            raise bad_argument("ter:NtpServerUndefined", "This camera knows no time server.")
        wanted = find(call.operation, "tds:UTCDateTime")
        if wanted is None:
            raise bad_argument("ter:InvalidDateTime", "The date is missing.")
        parts = [
            text(wanted, f"tt:{part}")
            for part in (
                "Date/tt:Year",
                "Date/tt:Month",
                "Date/tt:Day",
                "Time/tt:Hour",
                "Time/tt:Minute",
                "Time/tt:Second",
            )
        ]
        try:
            year, month, day, hour, minute, second = (int(part or "") for part in parts)
            at = datetime(year, month, day, hour, minute, second, tzinfo=UTC)
        except ValueError as err:
            raise bad_argument("ter:InvalidDateTime", "There is no such date.") from err
        self._clock.set_us(from_datetime(at))
        return el("tds:SetSystemDateAndTimeResponse")

    def _get_information(self, _call: Call) -> Element:
        return el(
            "tds:GetDeviceInformationResponse",
            el("tds:Manufacturer", identity.MANUFACTURER),
            el("tds:Model", identity.MODEL),
            el("tds:FirmwareVersion", identity.FIRMWARE),
            el("tds:SerialNumber", self._subject.serial),
            el("tds:HardwareId", identity.HARDWARE_ID),
        )

    def _get_own_capabilities(self, _call: Call) -> Element:
        return el(
            "tds:GetServiceCapabilitiesResponse",
            el(
                "tds:Capabilities",
                el("tds:Network"),
                el("tds:Security", UsernameToken=True, HttpDigest=True),
                el("tds:System", DiscoveryResolve=True, DiscoveryBye=True),
            ),
        )

    def _get_scopes(self, _call: Call) -> Element:
        return el(
            "tds:GetScopesResponse",
            *(
                el("tds:Scopes", el("tt:ScopeDef", "Fixed"), el("tt:ScopeItem", scope))
                for scope in identity.scopes(self._subject)
            ),
        )

    def _get_interfaces(self, call: Call) -> Element:
        address = el("tt:Manual", el("tt:Address", call.host), el("tt:PrefixLength", 24))
        version4 = el("tt:IPv4", el("tt:Enabled", True), el("tt:Config", address, el("tt:DHCP", False)))
        return el(
            "tds:GetNetworkInterfacesResponse",
            el(
                "tds:NetworkInterfaces",
                el("tt:Enabled", True),
                el("tt:Info", el("tt:Name", _INTERFACE), el("tt:HwAddress", identity.mac_address(self._subject))),
                version4 if ":" not in call.host else None,
                token=_INTERFACE,
            ),
        )

    def _get_hostname(self, _call: Call) -> Element:
        return el(
            "tds:GetHostnameResponse",
            el(
                "tds:HostnameInformation",
                el("tt:FromDHCP", False),
                el("tt:Name", identity.hostname(self._subject)),
            ),
        )

    def _reboot(self, call: Call) -> Element:
        call.after.append(self._subject.reboot)
        return el("tds:SystemRebootResponse", el("tds:Message", "The simulated camera goes away now."))
