"""Pictures of the console: every page in both languages, both themes, on desktop and phone.

Run by `make screenshots`: starts the demonstration in a folder of its own, lets it record for half a minute, signs in.
"""

import itertools
import json
import re
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import NamedTuple

from playwright.sync_api import Browser, Page, sync_playwright

FOLDER = Path(__file__).with_name("screenshots")
CHROMIUM = "/usr/bin/chromium"
FLAGS = (
    "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update",
    "--disable-sync", "--autoplay-policy=no-user-gesture-required",
)  # fmt: skip
SIZES = {"desktop": (1440, 900), "phone": (360, 740)}
RECORDED_S = 30
SETTLED_MS = 6_000
_ADDRESS = re.compile(r"http://127\.0\.0\.1:\d+")


class Look(NamedTuple):
    """One way the console can look."""

    language: str
    theme: str
    size: str


def main() -> None:
    """Start, wait, take all pictures, stop."""
    FOLDER.mkdir(exist_ok=True)
    looks = [Look(*words) for words in itertools.product(("tr", "en"), ("dark", "light"), SIZES)]
    with tempfile.TemporaryDirectory() as data, _demo(Path(data)) as demo, sync_playwright() as playwright:
        address = _address(demo)
        password = json.loads((Path(data) / "keys" / "demo-accounts.json").read_text())["yonetici"]
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        browser.new_page().wait_for_timeout(RECORDED_S * 1_000)  # playback wants something to show
        for look in looks:
            take(browser, address, password, look)
        browser.close()
        demo.terminate()


def take(browser: Browser, address: str, password: str, look: Look) -> None:
    """Sign-in, wall, playback and health as they look in one way."""
    width, height = SIZES[look.size]
    context = browser.new_context(viewport={"width": width, "height": height}, locale=look.language)
    for key, value in (("theme", look.theme), ("language", look.language)):
        context.add_init_script(f"localStorage.setItem('nazar.{key}', '{value}')")
    page = context.new_page()
    page.goto(f"{address}/sign-in")
    password_field = page.locator("input[type=password]")
    password_field.wait_for()
    shoot(page, "sign-in", look)
    page.locator("input").first.fill("yonetici")
    password_field.fill(password)
    page.keyboard.press("Enter")
    page.locator("[data-tile]").first.wait_for()
    page.evaluate(
        "language => fetch('/api/v1/session/language', {method: 'PUT', body: JSON.stringify({language}),"
        " headers: {'Content-Type': 'application/json'}})",
        look.language,
    )
    page.goto(f"{address}/live")
    page.locator("[data-tile]").first.wait_for()
    page.wait_for_timeout(SETTLED_MS)
    shoot(page, "live", look)
    listed = page.evaluate("async () => (await (await fetch('/api/v1/cameras')).json())")
    cameras = json.dumps([row["id"] for row in listed["cameras"]])
    page.goto(f"{address}/playback?cameras={cameras}&at={listed['server_time_us'] - 20_000_000}")
    page.locator("[data-camera]").first.wait_for()
    page.wait_for_timeout(SETTLED_MS)
    shoot(page, "playback", look)
    page.goto(f"{address}/health")
    page.locator("h1").first.wait_for()
    page.wait_for_timeout(1_000)
    shoot(page, "health", look)
    context.close()


def shoot(page: Page, name: str, look: Look) -> None:
    """Keep one picture."""
    page.screenshot(path=FOLDER / f"{name}-{look.language}-{look.theme}-{look.size}.png")


def _demo(data: Path) -> "subprocess.Popen[str]":
    argv = [sys.executable, "-m", "vms", "demo", "--data", str(data), "--port", "0", "--for", "600s"]
    return subprocess.Popen(argv, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)  # noqa: S603 - our own


def _address(demo: "subprocess.Popen[str]") -> str:
    """Where it serves, once it says that it records."""
    assert demo.stdout is not None
    for line in demo.stdout:
        found = _ADDRESS.search(line)
        if found:
            return found.group()
    raise RuntimeError("the demonstration did not start")


if __name__ == "__main__":
    main()
