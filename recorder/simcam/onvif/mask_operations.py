"""Media2's operations on privacy masks (ONVIF Media2 specification, Masks)."""

from collections.abc import Mapping

from recorder.simcam.onvif.mask_xml import mask_options, read_mask, write_mask
from recorder.simcam.onvif.masks import Masks
from recorder.simcam.onvif.profiles import require_source_configuration
from recorder.simcam.onvif.service import Call, Handler
from recorder.simcam.onvif.soap import bad_argument
from recorder.simcam.onvif.xml_reader import text
from recorder.simcam.onvif.xml_writer import Element, el


class MaskOperations:
    """Reads and changes `masks` for callers of Media2."""

    def __init__(self, masks: Masks) -> None:
        self._masks = masks

    def operations(self) -> Mapping[str, Handler]:
        """Operations by name."""
        return {
            "GetMasks": self._get,
            "CreateMask": self._create,
            "SetMask": self._set,
            "DeleteMask": self._delete,
            "GetMaskOptions": self._get_options,
        }

    def _get(self, call: Call) -> Element:
        token, configuration = text(call.operation, "tr2:Token"), text(call.operation, "tr2:ConfigurationToken")
        if configuration:
            require_source_configuration(configuration)
        masks = [mask for mask in self._masks.all() if not token or mask.token == token]
        if token and not masks:
            raise bad_argument("ter:NoConfig", "There is no such mask.")
        return el("tr2:GetMasksResponse", *(write_mask(mask) for mask in masks))

    def _create(self, call: Call) -> Element:
        token = self._masks.create(read_mask(call.operation))
        return el("tr2:CreateMaskResponse", el("tr2:Token", token))

    def _set(self, call: Call) -> Element:
        self._masks.change(read_mask(call.operation))
        return el("tr2:SetMaskResponse")

    def _delete(self, call: Call) -> Element:
        self._masks.delete(call.argument("tr2:Token"))
        return el("tr2:DeleteMaskResponse")

    def _get_options(self, call: Call) -> Element:
        require_source_configuration(call.argument("tr2:ConfigurationToken"))
        return el("tr2:GetMaskOptionsResponse", mask_options())
