"""On which line of a settings file a setting stands."""

import re

_TABLE = re.compile(r"\s*\[\[?\s*([A-Za-z0-9_.\- ]+?)\s*\]\]?\s*(#.*)?$")
_KEY = re.compile(r"\s*([A-Za-z0-9_\-]+(?:\s*\.\s*[A-Za-z0-9_\-]+)*)\s*=")
_LONG = re.compile(r'"""|\'\'\'')


def lines_of(text: str) -> dict[str, int]:
    """Each setting that a valid file spells in the usual way, with its line, counted from one.

    A table's own name is in it too, at its first head. What stands inside braces is not: its line is its table's. Lists
    and texts may take several lines; they stand where they begin.
    """
    found: dict[str, int] = {}
    table, inside, depth = "", "", 0
    for number, line in enumerate(text.splitlines(), 1):
        if inside:
            inside = "" if line.count(inside) % 2 else inside
            continue
        if depth > 0:
            depth += _depth(line)
            continue
        if head := _TABLE.match(line):
            table = head[1].replace(" ", "")
            found.setdefault(table, number)
            continue
        if key := _KEY.match(line):
            name = key[1].replace(" ", "")
            found.setdefault(f"{table}.{name}" if table else name, number)
            value = line[key.end() :]
            if (quotes := _LONG.findall(value)) and len(quotes) % 2:
                inside = quotes[0]
            else:
                depth = max(0, _depth(value))
    return found


def _depth(text: str) -> int:
    """How many brackets it leaves open, ignoring those in texts and comments."""
    bare = re.sub(r'"(?:\\.|[^"\\])*"|\'[^\']*\'', "", text).partition("#")[0]
    return bare.count("[") - bare.count("]")
