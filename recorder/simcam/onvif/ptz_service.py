"""The PTZ service (ONVIF PTZ specification)."""

from collections.abc import Mapping

from recorder.simcam.onvif.camera_clock import CameraClock
from recorder.simcam.onvif.duration import parse_duration_s
from recorder.simcam.onvif.profiles import PTZ_NODE, stream_of_profile
from recorder.simcam.onvif.ptz_head import MAX_PRESETS, Position, PtzHead
from recorder.simcam.onvif.service import Call, Handler
from recorder.simcam.onvif.soap import bad_argument
from recorder.simcam.onvif.source_configuration import (
    POSITION_SPACE,
    VELOCITY_SPACE,
    ZOOM_POSITION_SPACE,
    ZOOM_VELOCITY_SPACE,
    ptz_configuration,
)
from recorder.simcam.onvif.subject import OnvifSubject
from recorder.simcam.onvif.xml_reader import boolean, find, number, text
from recorder.simcam.onvif.xml_writer import Element, el
from vms.kernel.clock import iso

DEFAULT_TIMEOUT_S = 5.0
MAX_TIMEOUT_S = 60.0


def _range(name: str, low: float, high: float) -> Element:
    return el(name, el("tt:Min", low), el("tt:Max", high))


def _space(name: str, uri: str, *ranges: Element) -> Element:
    return el(name, el("tt:URI", uri), *ranges)


def _vector(name: str, position: Position) -> Element:
    return el(
        name,
        el("tt:PanTilt", x=position.pan, y=position.tilt, space=POSITION_SPACE),
        el("tt:Zoom", x=position.zoom, space=ZOOM_POSITION_SPACE),
    )


def _read_axes(vector: Element, rest: tuple[float, float, float]) -> tuple[float, float, float]:
    """Pan, tilt, zoom of a vector; parts left out are taken from `rest`."""
    pan_tilt, zoom = find(vector, "tt:PanTilt"), find(vector, "tt:Zoom")
    try:
        pan, tilt = rest[:2] if pan_tilt is None else (number(pan_tilt.get("x")), number(pan_tilt.get("y")))
        return pan, tilt, rest[2] if zoom is None else number(zoom.get("x"))
    except ValueError as err:
        raise bad_argument("ter:InvalidArgVal", "A coordinate is no number.") from err


class PtzService:
    """Moves the head; every profile looks through the same one."""

    path = "/onvif/ptz_service"
    namespace = "tptz"
    version = (2, 60)
    open_operations: frozenset[str] = frozenset()

    def __init__(self, subject: OnvifSubject, clock: CameraClock, head: PtzHead) -> None:
        self._subject = subject
        self._clock = clock
        self._head = head

    def operations(self) -> Mapping[str, Handler]:
        """See `Service.operations`."""
        return {
            "GetNodes": lambda _call: el("tptz:GetNodesResponse", self._node()),
            "GetNode": self._get_node,
            "GetConfigurations": self._get_configurations,
            "GetStatus": self._get_status,
            "GetPresets": self._get_presets,
            "SetPreset": self._set_preset,
            "GotoPreset": self._go_to_preset,
            "ContinuousMove": self._continuous_move,
            "AbsoluteMove": self._absolute_move,
            "Stop": self._stop,
        }

    def _node(self) -> Element:
        full, positive = (-1.0, 1.0), (0.0, 1.0)
        spaces = el(
            "tt:SupportedPTZSpaces",
            _space(
                "tt:AbsolutePanTiltPositionSpace",
                POSITION_SPACE,
                _range("tt:XRange", *full),
                _range("tt:YRange", *full),
            ),
            _space("tt:AbsoluteZoomPositionSpace", ZOOM_POSITION_SPACE, _range("tt:XRange", *positive)),
            _space(
                "tt:ContinuousPanTiltVelocitySpace",
                VELOCITY_SPACE,
                _range("tt:XRange", *full),
                _range("tt:YRange", *full),
            ),
            _space("tt:ContinuousZoomVelocitySpace", ZOOM_VELOCITY_SPACE, _range("tt:XRange", *full)),
        )
        return el(
            "tptz:PTZNode",
            el("tt:Name", "head"),
            spaces,
            el("tt:MaximumNumberOfPresets", MAX_PRESETS),
            el("tt:HomeSupported", False),
            token=PTZ_NODE,
            FixedHomePosition=True,
        )

    def _get_node(self, call: Call) -> Element:
        if call.argument("tptz:NodeToken") != PTZ_NODE:
            raise bad_argument("ter:NoEntity", "There is no such node.")
        return el("tptz:GetNodeResponse", self._node())

    def _get_configurations(self, _call: Call) -> Element:
        return el("tptz:GetConfigurationsResponse", ptz_configuration(self._subject, "tptz:PTZConfiguration"))

    def _require_profile(self, call: Call) -> None:
        stream_of_profile(self._subject, call.argument("tptz:ProfileToken"))

    def _get_status(self, call: Call) -> Element:
        self._require_profile(call)
        words = {True: "MOVING", False: "IDLE"}
        pan_tilt, zoom = self._head.is_moving()
        return el(
            "tptz:GetStatusResponse",
            el(
                "tptz:PTZStatus",
                _vector("tt:Position", self._head.position()),
                el("tt:MoveStatus", el("tt:PanTilt", words[pan_tilt]), el("tt:Zoom", words[zoom])),
                el("tt:UtcTime", iso(self._clock.now_us())),
            ),
        )

    def _get_presets(self, call: Call) -> Element:
        self._require_profile(call)
        presets = (
            el("tptz:Preset", el("tt:Name", name), _vector("tt:PTZPosition", position), token=token)
            for token, (name, position) in self._head.presets().items()
        )
        return el("tptz:GetPresetsResponse", *presets)

    def _set_preset(self, call: Call) -> Element:
        self._require_profile(call)
        name = (text(call.operation, "tptz:PresetName") or "")[:64]
        token = self._head.set_preset(name, text(call.operation, "tptz:PresetToken") or None)
        return el("tptz:SetPresetResponse", el("tptz:PresetToken", token))

    def _go_to_preset(self, call: Call) -> Element:
        self._require_profile(call)
        self._head.go_to_preset(call.argument("tptz:PresetToken"))
        return el("tptz:GotoPresetResponse")

    def _continuous_move(self, call: Call) -> Element:
        self._require_profile(call)
        velocity = find(call.operation, "tptz:Velocity")
        if velocity is None:
            raise bad_argument("ter:InvalidVelocity", "The velocity is missing.")
        wanted = text(call.operation, "tptz:Timeout")
        try:
            timeout_s = parse_duration_s(wanted) if wanted else DEFAULT_TIMEOUT_S
        except ValueError as err:
            raise bad_argument("ter:TimeoutNotSupported", "The time-out is no duration.") from err
        if not 0 < timeout_s <= MAX_TIMEOUT_S:
            raise bad_argument("ter:TimeoutNotSupported", "The time-out is longer than a minute.")
        self._head.move(_read_axes(velocity, (0.0, 0.0, 0.0)), timeout_s)
        return el("tptz:ContinuousMoveResponse")

    def _absolute_move(self, call: Call) -> Element:
        self._require_profile(call)
        position = find(call.operation, "tptz:Position")
        if position is None:
            raise bad_argument("ter:InvalidPosition", "The position is missing.")
        self._head.go_to(Position(*_read_axes(position, self._head.position().axes())))
        return el("tptz:AbsoluteMoveResponse")

    def _stop(self, call: Call) -> Element:
        self._require_profile(call)
        self._head.stop(
            pan_tilt=boolean(text(call.operation, "tptz:PanTilt"), default=True),
            zoom=boolean(text(call.operation, "tptz:Zoom"), default=True),
        )
        return el("tptz:StopResponse")
