"""`dogrula.html`: the page that proves a package in any browser, without network."""

import base64
import hashlib
from functools import cache
from importlib.resources import files

VERIFIER_NAME = "dogrula.html"
_SCRIPTS = ("sha256.js", "der.js", "signature.js", "stamp.js", "chain.js", "words.js", "package.js", "page.js")


@cache
def verifier_page() -> bytes:
    """The page as one file. Its policy lets it run what it came with, play what it is shown, reach nothing."""
    style = _source("style.css")
    script = '"use strict";\n(() => {\n' + "\n".join(_source(name) for name in _SCRIPTS) + "})();\n"
    policy = (
        f"default-src 'none'; script-src '{_hash(script)}'; style-src '{_hash(style)}'; media-src blob:; "
        "connect-src 'none'; base-uri 'none'; form-action 'none'"
    )
    page = _source("page.html")
    for name, content in (("policy", policy), ("style", style), ("script", script)):
        page = page.replace("{{" + name + "}}", content, 1)
    return page.encode()


def _source(name: str) -> str:
    return (files("vms.footage.bundle") / "verifier" / name).read_text(encoding="utf-8")


def _hash(content: str) -> str:
    """As Content Security Policy names a piece of a page."""
    return "sha256-" + base64.b64encode(hashlib.sha256(content.encode()).digest()).decode()
