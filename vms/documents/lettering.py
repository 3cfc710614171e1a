"""Letters as a picture, for what is burnt into footage."""

import typst

_PAGE = b"""\
#let width = sys.inputs.width
#set page(width: if width == "" { auto } else { int(width) * 1pt }, height: auto, margin: 0pt, fill: black)
#set text(font: "DejaVu Sans Mono", size: int(sys.inputs.size) * 1pt, fill: white, top-edge: 1em, bottom-edge: -0.25em)
#set par(leading: 0pt)
#sys.inputs.text
"""


def lettering(text: str, size_px: int, width_px: int | None = None) -> bytes:
    """A PNG of the text, white on black, a pixel for each point; broken into lines where a width is given.

    The font comes with the press: every machine draws the same, Turkish letters among them. All letters are equally
    wide. Takes some milliseconds.
    """
    picture = typst.compile(
        _PAGE, format="png", ppi=72.0, ignore_system_fonts=True,
        sys_inputs={"text": text, "size": str(size_px), "width": "" if width_px is None else str(width_px)},
    )  # fmt: skip
    assert isinstance(picture, bytes)
    return picture
