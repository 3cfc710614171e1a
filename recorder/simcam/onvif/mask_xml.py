"""Privacy masks in Media2's XML."""

from typing import cast

from recorder.simcam.onvif.masks import MAX_MASKS, MAX_POINTS, TYPES, Mask
from recorder.simcam.onvif.profiles import require_source_configuration
from recorder.simcam.onvif.soap import bad_argument
from recorder.simcam.onvif.xml_reader import boolean, find, find_all, number, text
from recorder.simcam.onvif.xml_writer import Element, el

COLORSPACE = "http://www.onvif.org/ver10/colorspace/YCbCr"


def write_mask(mask: Mask) -> Element:
    """`tr2:Masks` of GetMasksResponse."""
    color = None
    if mask.color is not None:
        x, y, z = mask.color
        color = el("tr2:Color", X=x, Y=y, Z=z, Colorspace=COLORSPACE)
    return el(
        "tr2:Masks",
        el("tr2:ConfigurationToken", mask.configuration),
        el("tr2:Polygon", *(el("tt:Point", x=x, y=y) for x, y in mask.polygon)),
        el("tr2:Type", mask.type),
        color,
        el("tr2:Enabled", mask.is_enabled),
        token=mask.token,
    )


def read_mask(operation: Element) -> Mask:
    """The mask in a CreateMask or SetMask request; a fault when it cannot be understood."""
    element = find(operation, "tr2:Mask")
    if element is None:
        raise bad_argument("ter:NoConfig", "The mask is missing.")
    require_source_configuration(text(element, "tr2:ConfigurationToken") or "")
    kind = text(element, "tr2:Type")
    if kind not in TYPES:
        raise bad_argument("ter:InvalidArgVal", "There is no such type of mask.")
    points = find_all(element, "tr2:Polygon/tt:Point")[: MAX_POINTS + 1]
    color = find(element, "tr2:Color")
    try:
        polygon = tuple((number(point.get("x")), number(point.get("y"))) for point in points)
        shade = None if color is None else tuple(number(color.get(axis)) for axis in "XYZ")
    except ValueError as err:
        raise bad_argument("ter:InvalidPolygon", "A coordinate is no number.") from err
    return Mask(
        token=element.get("token", ""),
        polygon=polygon,
        type=kind,
        color=cast("tuple[float, float, float] | None", shade),
        is_enabled=boolean(text(element, "tr2:Enabled")),
    )


def mask_options() -> Element:
    """`tr2:Options` of GetMaskOptionsResponse."""
    black = el("tt:ColorList", X=16.0, Y=128.0, Z=128.0, Colorspace=COLORSPACE)
    return el(
        "tr2:Options",
        el("tr2:MaxMasks", MAX_MASKS),
        el("tr2:MaxPoints", MAX_POINTS),
        *(el("tr2:Types", kind) for kind in TYPES),
        el("tr2:Color", black),
        RectangleOnly=False,
        SingleColorOnly=False,
    )
