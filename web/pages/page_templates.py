"""The templates of pages that work without a script."""

from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

_FOLDER = Path(__file__).parent.parent / "templates"


@cache
def page_templates() -> Environment:
    """All of them with `shape`, which they share; compiled once a process, for any thread."""
    templates = Environment(
        loader=FileSystemLoader(_FOLDER), autoescape=True, undefined=StrictUndefined, trim_blocks=True,
        lstrip_blocks=True,
    )  # fmt: skip
    templates.globals["shape"] = templates.get_template("shapes.html").module.shape  # type: ignore[attr-defined]
    return templates
