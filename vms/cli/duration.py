"""Durations as people type them: `20s`, `5m`, `2h`."""

import re

import typer

_UNITS = {"s": 1, "m": 60, "h": 3600, "d": 86_400}


def parse_duration(text: str) -> float:
    """Seconds of `text`; raises typer.BadParameter with what would have been right."""
    match = re.fullmatch(r"(\d+(?:\.\d+)?)\s*([smhd]?)", text.strip())
    if not match or not float(match.group(1)):
        raise typer.BadParameter("write a duration like 20s, 5m or 2h")
    return float(match.group(1)) * _UNITS[match.group(2) or "s"]
