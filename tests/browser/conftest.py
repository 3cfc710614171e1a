"""One node with one browser for all tests of this folder."""

import importlib.util
import json
import sys
from contextlib import ExitStack
from pathlib import Path

import pytest
from playwright.sync_api import expect, sync_playwright

# `--import-mode=importlib` puts no test folder on the path; these modules are shared by the tests beside them.
_SHARED = (
    "node_processes", "watched_page", "wall_page", "playback_page", "viewer_line", "keyboard", "machine_clock",
    "offices", "axe_page", "footage_offices", "delivery_desk", "town_hall",
)  # fmt: skip
for _name in _SHARED:
    _spec = importlib.util.spec_from_file_location(_name, Path(__file__).with_name(f"{_name}.py"))
    assert _spec is not None
    assert _spec.loader is not None
    _module = importlib.util.module_from_spec(_spec)
    sys.modules[_name] = _module
    _spec.loader.exec_module(_module)

from node_processes import ADMINISTRATOR, GUARD, PLACES, SPARE_PLACES, WATCHER, Node, Person  # noqa: E402
from playback_page import Desk  # noqa: E402
from viewer_line import ViewerLine  # noqa: E402
from wall_page import PICTURE_MS, Api, Wall, sign_in  # noqa: E402
from watched_page import Trap  # noqa: E402

CHROMIUM = "/usr/bin/chromium"
DESKTOP = {"width": 1280, "height": 800}
# Nothing of Google's is asked for, whatever the machine allows; WebRTC tells its address instead of a made-up name.
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"]


_started = ExitStack()


@pytest.hookimpl(trylast=True)
def pytest_runtest_teardown(item, nextitem):
    """The folder's last test ends what was started: others need the thread without an event loop, and the machine."""
    if nextitem is None or Path(__file__).parent not in nextitem.path.parents:
        _started.close()


@pytest.fixture(scope="session")
def node(tmp_path_factory):
    """Four cameras, an administrator (live, playback), a guard (live; not camera 14)."""
    node = Node(tmp_path_factory.mktemp("node"))
    _started.callback(node.stop)
    node.start()
    return node


@pytest.fixture(scope="session")
def spare_cameras(node):
    """Indexes by number of three more, for the watcher alone. The last one hangs: that takes a minute to find."""
    indexes = {place.number: len(PLACES) + at for at, place in enumerate(SPARE_PLACES)}
    node.order("set", max(indexes.values()), fault="still")
    for place in SPARE_PLACES:
        node.register(indexes[place.number], place)
    node.admit(WATCHER)
    node.allow(WATCHER, list(indexes))
    return indexes


@pytest.fixture(scope="session")
def driver():
    """What drives browsers: one for all files, for it takes a second and a half of a core to begin with Chromium."""
    return _started.enter_context(sync_playwright())


@pytest.fixture(scope="session")
def browser(driver):
    """Debian's Chromium."""
    browser = driver.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
    _started.callback(browser.close)
    return browser


@pytest.fixture(scope="module")
def signed_in_state(node, browser):
    """Cookies of a person, made by signing in once for each file: passwords are slow on purpose."""
    kept: dict[str, dict] = {}

    def state_of(person: Person) -> dict:
        if person.name not in kept:
            context = browser.new_context()
            body = {"name": person.name, "password": person.password}
            answer = context.request.post(f"{node.address}/api/v1/session", data=body)
            assert answer.ok, answer.text()
            kept[person.name] = context.storage_state()
            context.close()
        return kept[person.name]

    return state_of


def spot_wall(browser, address: str, state: dict) -> str:
    """A script that lets the wall of a person's next pages be as if they had left it on 1+5 a moment ago."""
    context = browser.new_context(storage_state=state)
    owner = context.request.get(f"{address}/api/v1/session").json()["id"]
    cameras = context.request.get(f"{address}/api/v1/cameras").json()["cameras"]
    context.close()
    seen = sorted((one for one in cameras if one["live"]), key=lambda one: one["number"])
    cells = [one["id"] for one in seen[:6]]
    wall = {"layout": "1+5", "cells": cells, "selected": 0, "isZoomed": False, "view_id": None}
    kept = json.dumps(json.dumps({"owner_id": owner, "state": wall}))
    begin = f"sessionStorage.setItem('nazar.wall', {kept})"
    return f"if (location.protocol === 'http:' && !sessionStorage.getItem('nazar.wall')) {begin};" if cells else ";"


@pytest.fixture
def open_page(node, browser, signed_in_state):
    """Factory of pages: `open_page(person, path)`; at the end nothing may have gone wrong in any of them.

    With a `line` they reach the node through it; with `at` it is another node, where nobody is signed in yet; `within`
    is another browser than Chromium. The wall of `person`, or of `spot_of` who signs in there, begins with a spot
    (1+5), whose picture comes by WebRTC: left to itself it begins without empty cells, all by Media Source.
    """
    traps: list[Trap] = []
    contexts = []

    def open_(
        person: Person | None = None, path: str = "/live", script: str = "", line=None, at=None, within=None,
        spot_of: Person | None = None, **options,
    ):  # fmt: skip
        options.setdefault("viewport", DESKTOP)
        options.setdefault("locale", "tr-TR")
        state = signed_in_state(person) if person else None
        context = (within or browser).new_context(storage_state=state, **options)
        contexts.append(context)
        page_trap = Trap(context, line.netloc if line else f"127.0.0.1:{(at or node).port}")
        traps.append(page_trap)
        if script:
            context.add_init_script(script)
        spectator = spot_of or (person if path == "/live" else None)
        if spectator:
            context.add_init_script(spot_wall(browser, node.address, signed_in_state(spectator)))
        if line:
            line.lead(context)
        page = context.new_page()
        page.trap = page_trap
        page.goto((line or at or node).address + path)
        return page

    yield open_
    for context in contexts:
        context.close()
    assert [text for trap in traps for text in trap.caught] == []


@pytest.fixture
def come(open_page, town):
    """`come(person, path)`: a page of the town that a test file has (`town`), signed in as that person."""

    def come(person, path="/help", **options):
        page = open_page(None, "/sign-in", at=town, **options)
        sign_in(page, town.address, person)
        expect(page.locator("#content")).to_be_visible(timeout=PICTURE_MS)
        page.goto(town.address + path)
        return page

    return come


@pytest.fixture
def line(node):
    """A line to the node that can be made bad."""
    line = ViewerLine(node.port)
    yield line
    line.close()


@pytest.fixture
def wall(open_page):
    """The administrator's wall, four cameras on 1+5."""
    page = open_page(ADMINISTRATOR)
    return Wall(page)


@pytest.fixture
def guard_wall(open_page):
    """The guard's wall, three cameras."""
    return Wall(open_page(GUARD))


@pytest.fixture
def api(node):
    """`api(page)`: the server asked with that page's session."""
    return lambda page: Api(page, node.address)


@pytest.fixture
def saved_view(open_page, api):
    """Address of a wall with all cameras that nobody operates."""
    page = open_page(ADMINISTRATOR, "/help")
    page.close()
    own = api(page)
    ids = [own.cameras()[place.number]["id"] for place in PLACES]
    view = own.post("/views", {"name": "Danışma ekranı", "layout": "2x2", "cells": ids})
    yield f"/wall/{view['id']}"
    own.delete(f"/views/{view['id']}")


@pytest.fixture
def desk(open_page, api):
    """The administrator's playback page, no camera chosen yet."""
    page = open_page(ADMINISTRATOR, "/playback")
    return Desk(page, api(page))
