"""The imaging service (ONVIF Imaging specification)."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from recorder.simcam.onvif.profiles import require_source
from recorder.simcam.onvif.service import Call, Handler
from recorder.simcam.onvif.soap import bad_argument
from recorder.simcam.onvif.xml_reader import find, number, text
from recorder.simcam.onvif.xml_writer import Element, el

LOW, HIGH = 0.0, 100.0
IR_CUT_FILTER_MODES = ("ON", "OFF", "AUTO")
_LEVELS = {
    "Brightness": "brightness",
    "ColorSaturation": "color_saturation",
    "Contrast": "contrast",
    "Sharpness": "sharpness",
}


@dataclass(frozen=True, slots=True)
class ImagingSettings:
    """Levels from 0 to 100, 50 changes nothing; whoever draws the scene may heed them."""

    brightness: float = 50.0
    color_saturation: float = 50.0
    contrast: float = 50.0
    sharpness: float = 50.0
    ir_cut_filter: str = "AUTO"


class ImagingService:
    """Keeps the picture settings of the only video source."""

    path = "/onvif/imaging_service"
    namespace = "timg"
    version = (2, 60)
    open_operations: frozenset[str] = frozenset()

    def __init__(self) -> None:
        self.settings = ImagingSettings()

    def operations(self) -> Mapping[str, Handler]:
        """See `Service.operations`."""
        return {
            "GetImagingSettings": self._get,
            "SetImagingSettings": self._set,
            "GetOptions": self._get_options,
        }

    def _get(self, call: Call) -> Element:
        require_source(call.argument("timg:VideoSourceToken"))
        now = self.settings
        return el(
            "timg:GetImagingSettingsResponse",
            el(
                "timg:ImagingSettings",
                el("tt:Brightness", now.brightness),
                el("tt:ColorSaturation", now.color_saturation),
                el("tt:Contrast", now.contrast),
                el("tt:IrCutFilter", now.ir_cut_filter),
                el("tt:Sharpness", now.sharpness),
            ),
        )

    def _set(self, call: Call) -> Element:
        require_source(call.argument("timg:VideoSourceToken"))
        wanted = find(call.operation, "timg:ImagingSettings")
        if wanted is None:
            raise bad_argument("ter:SettingsInvalid", "The settings are missing.")
        levels = {field: text(wanted, f"tt:{name}") for name, field in _LEVELS.items()}
        try:
            numbers = {field: number(value) for field, value in levels.items() if value is not None}
        except ValueError as err:
            raise bad_argument("ter:SettingsInvalid", "A level is no number.") from err
        ir_cut_filter = text(wanted, "tt:IrCutFilter") or self.settings.ir_cut_filter
        if any(not LOW <= value <= HIGH for value in numbers.values()) or ir_cut_filter not in IR_CUT_FILTER_MODES:
            raise bad_argument("ter:SettingsInvalid", "A level lies outside its range.")
        self.settings = replace(self.settings, ir_cut_filter=ir_cut_filter, **numbers)
        return el("timg:SetImagingSettingsResponse")

    def _get_options(self, call: Call) -> Element:
        require_source(call.argument("timg:VideoSourceToken"))
        limits = (("tt:Min", LOW), ("tt:Max", HIGH))
        return el(
            "timg:GetOptionsResponse",
            el(
                "timg:ImagingOptions",
                *(
                    el(f"tt:{name}", *(el(edge, value) for edge, value in limits))
                    for name in ("Brightness", "ColorSaturation", "Contrast")
                ),
                *(el("tt:IrCutFilterModes", mode) for mode in IR_CUT_FILTER_MODES),
                el("tt:Sharpness", *(el(edge, value) for edge, value in limits)),
            ),
        )
