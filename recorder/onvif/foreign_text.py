"""Texts of strangers, made fit for tables and logs."""

MAX_CHARACTERS = 128


def printable(value: object) -> str:
    """Without control characters, at most 128 long; empty for None."""
    text = "" if value is None else str(value)[: 4 * MAX_CHARACTERS]
    return "".join(character for character in text if character.isprintable())[:MAX_CHARACTERS]
