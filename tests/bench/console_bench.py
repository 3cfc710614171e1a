"""What a browser downloads before the wall stands: from the sign-in page to the first tile, nothing cached."""

import json
import tempfile
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import Browser

from tests.bench.chromium import PATIENCE_MS, chromium
from tests.bench.figure import Figure
from tests.bench.node import PERSON, Node

_ADDRESS = "rtsp://127.0.0.1:9/none"  # a tile stands whether its camera answers or not


def run() -> dict[str, object]:
    """One camera nobody answers for, one browser that was never here."""
    with tempfile.TemporaryDirectory(prefix="nazar-bench-") as work, Node(Path(work), [_ADDRESS]) as node:
        node.start_web()
        with chromium() as browser:
            return {
                "console": _first_load(browser, node),
                "gzip": _first_load(browser, node, {"Accept-Encoding": "gzip"}),
            }


def _first_load(browser: Browser, node: Node, headers: dict[str, str] | None = None) -> dict[str, int]:
    """Bytes of bodies as they came over the line (compressed), by kind of file; of scripts with their headers too.

    `headers`: of all requests. By itself the browser takes Brotli, on this machine as behind TLS.
    """
    context = browser.new_context(locale="tr-TR", extra_http_headers=headers)
    context.set_default_timeout(PATIENCE_MS)
    page = context.new_page()
    protocol = context.new_cdp_session(page)
    names: dict[str, str] = {}
    body_of: dict[str, int] = {}
    line_of: dict[str, int] = {}

    def came(event: dict[str, Any]) -> None:
        response = event["response"]
        name = names[event["requestId"]] = urlsplit(response["url"]).path
        headers = {key.lower(): value for key, value in response["headers"].items()}
        body_of[name] = body_of.get(name, 0) + int(headers.get("content-length", 0))

    def is_whole(event: dict[str, Any]) -> None:
        name = names.get(event["requestId"], "")
        line_of[name] = line_of.get(name, 0) + int(event["encodedDataLength"])

    protocol.on("Network.responseReceived", came)
    protocol.on("Network.loadingFinished", is_whole)
    protocol.send("Network.enable")
    page.goto(f"{node.address}/sign-in")
    page.locator("input[name=username]").fill(PERSON)
    page.locator("input[name=password]").fill(node.password)
    signing_in = dict(body_of)
    page.locator("button[type=submit]").click()
    page.locator("[data-tile] [data-camera]").first.wait_for()
    context.close()
    return {
        "sign_in_script_bytes": _sum(signing_in, ".js"),
        "script_bytes": _sum(body_of, ".js"),
        "script_bytes_with_headers": _sum(line_of, ".js"),
        "style_bytes": _sum(body_of, ".css"),
        "font_bytes": _sum(body_of, ".woff2"),
        "scripts": sum(name.endswith(".js") for name in body_of),
    }


def _sum(bytes_of: dict[str, int], suffix: str) -> int:
    return sum(count for name, count in bytes_of.items() if name.endswith(suffix))


def figures(result: dict[str, object]) -> list[Figure]:
    """In kilobytes of a thousand bytes."""
    console: dict[str, int] = result["console"]  # type: ignore[assignment]
    gzip: dict[str, int] = result["gzip"]  # type: ignore[assignment]
    return [
        Figure("compressed script before the wall stands", "KB", 250, console["script_bytes"] / 1000),
        Figure("the same with gzip, as without TLS", "KB", 250, gzip["script_bytes"] / 1000),
        Figure("the same with the headers of its files", "KB", None, console["script_bytes_with_headers"] / 1000),
        Figure("of it on the sign-in page", "KB", None, console["sign_in_script_bytes"] / 1000),
        Figure("compressed styles before the wall stands", "KB", None, console["style_bytes"] / 1000),
    ]


if __name__ == "__main__":
    print(json.dumps(run(), indent=2))
