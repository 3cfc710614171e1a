"""Text from people as it may be printed."""

import unicodedata

_LINE_ENDS = dict.fromkeys("\r\v\f\x1c\x1d\x1e\x85\u2028\u2029", "\n")
_UNSEEN = frozenset({"Cc", "Cf", "Cs", "Co", "Cn"})  # control, direction, half surrogates, private, unassigned


def line(text: str) -> str:
    """One line of visible characters in one spelling (NFC): line ends and tabs are blanks, what is unseen is gone.

    What looks like markup stays what it is: letters. No template reads it.
    """
    return " ".join(prose(text).split())


def prose(text: str) -> str:
    """The same with its line ends, of which two stand together at most."""
    composed = unicodedata.normalize("NFC", text.replace("\r\n", "\n"))
    seen = "".join(_shown(one) for one in composed)
    lines = [" ".join(one.split()) for one in seen.split("\n")]
    return _without_gaps(lines)


def _shown(character: str) -> str:
    if character == "\n":
        return character
    if character in _LINE_ENDS:
        return "\n"
    if character == "\t":
        return " "
    return "" if unicodedata.category(character) in _UNSEEN else character


def _without_gaps(lines: list[str]) -> str:
    kept: list[str] = []
    for one in lines:
        if one or (kept and kept[-1]):
            kept.append(one)
    return "\n".join(kept).strip()
