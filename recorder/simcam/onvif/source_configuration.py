"""The video source's part of a media profile, equal in Media and Media2."""

from recorder.simcam.onvif.profiles import PTZ_CONFIGURATION, PTZ_NODE, SOURCE_CONFIGURATION, VIDEO_SOURCE
from recorder.simcam.onvif.subject import OnvifSubject
from recorder.simcam.onvif.xml_writer import Element, el

_SPACES = "http://www.onvif.org/ver10/tptz"
POSITION_SPACE = f"{_SPACES}/PanTiltSpaces/PositionGenericSpace"
ZOOM_POSITION_SPACE = f"{_SPACES}/ZoomSpaces/PositionGenericSpace"
VELOCITY_SPACE = f"{_SPACES}/PanTiltSpaces/VelocityGenericSpace"
ZOOM_VELOCITY_SPACE = f"{_SPACES}/ZoomSpaces/VelocityGenericSpace"


def source_configuration(subject: OnvifSubject, name: str) -> Element:
    """The whole picture of the only source, as element `name`."""
    main = subject.streams[0]
    return el(
        name,
        el("tt:Name", "source"),
        el("tt:UseCount", len(subject.streams)),
        el("tt:SourceToken", VIDEO_SOURCE),
        el("tt:Bounds", x=0, y=0, width=main.width, height=main.height),
        token=SOURCE_CONFIGURATION,
    )


def ptz_configuration(subject: OnvifSubject, name: str) -> Element:
    """The only movable head, as element `name`."""
    return el(
        name,
        el("tt:Name", "head"),
        el("tt:UseCount", len(subject.streams)),
        el("tt:NodeToken", PTZ_NODE),
        el("tt:DefaultAbsolutePantTiltPositionSpace", POSITION_SPACE),
        el("tt:DefaultAbsoluteZoomPositionSpace", ZOOM_POSITION_SPACE),
        el("tt:DefaultContinuousPanTiltVelocitySpace", VELOCITY_SPACE),
        el("tt:DefaultContinuousZoomVelocitySpace", ZOOM_VELOCITY_SPACE),
        el("tt:DefaultPTZTimeout", "PT5S"),
        token=PTZ_CONFIGURATION,
    )


def multicast_off(name: str) -> Element:
    """A multicast configuration that says: not used."""
    return el(
        name,
        el("tt:Address", el("tt:Type", "IPv4"), el("tt:IPv4Address", "0.0.0.0")),  # noqa: S104 (nothing is bound)
        el("tt:Port", 0),
        el("tt:TTL", 1),
        el("tt:AutoStart", False),
    )
