"""Which services the device has, in the two forms ONVIF asks for."""

from collections.abc import Sequence

from recorder.simcam.onvif.service import Service
from recorder.simcam.onvif.xml_writer import NAMESPACES, Element, el


def services_answer(services: Sequence[Service], base_url: str) -> Element:
    """GetServicesResponse (Core specification §8.1.2.1): everything, Media2 too."""
    return el(
        "tds:GetServicesResponse",
        *(
            el(
                "tds:Service",
                el("tds:Namespace", NAMESPACES[service.namespace]),
                el("tds:XAddr", base_url + service.path),
                el("tds:Version", el("tt:Major", service.version[0]), el("tt:Minor", service.version[1])),
            )
            for service in services
        ),
    )


def capabilities_answer(services: Sequence[Service], base_url: str) -> Element:
    """GetCapabilitiesResponse (Core specification §8.1.2.2): the older form, without Media2."""
    addresses = {service.namespace: base_url + service.path for service in services}
    return el(
        "tds:GetCapabilitiesResponse",
        el(
            "tds:Capabilities",
            _device(addresses["tds"]),
            el(
                "tt:Events",
                el("tt:XAddr", addresses["tev"]),
                el("tt:WSSubscriptionPolicySupport", False),
                el("tt:WSPullPointSupport", True),
                el("tt:WSPausableSubscriptionManagerInterfaceSupport", False),
            ),
            el("tt:Imaging", el("tt:XAddr", addresses["timg"])),
            el(
                "tt:Media",
                el("tt:XAddr", addresses["trt"]),
                el(
                    "tt:StreamingCapabilities",
                    el("tt:RTPMulticast", False),
                    el("tt:RTP_TCP", True),
                    el("tt:RTP_RTSP_TCP", True),
                ),
            ),
            el("tt:PTZ", el("tt:XAddr", addresses["tptz"])),
        ),
    )


def _device(address: str) -> Element:
    return el(
        "tt:Device",
        el("tt:XAddr", address),
        el(
            "tt:System",
            el("tt:DiscoveryResolve", True),
            el("tt:DiscoveryBye", True),
            el("tt:RemoteDiscovery", False),
            el("tt:SystemBackup", False),
            el("tt:SystemLogging", False),
            el("tt:FirmwareUpgrade", False),
            el("tt:SupportedVersions", el("tt:Major", 2), el("tt:Minor", 60)),
        ),
    )
