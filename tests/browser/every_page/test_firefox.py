"""The shorter scenarios in Debian's Firefox ESR, which Pardus has as well, against the real server.

It is the browser itself that is driven (WebDriver BiDi), not the build that Playwright brings. Firefox decodes H.264
for Media Source with the machine's libavcodec, but for WebRTC with OpenH264 alone, which it would fetch from Cisco.
Where it has none, the console plays everything by Media Source and asks for no WebRTC: the browser says so itself.
"""

import json
import re
import sys
import time
from contextlib import closing
from datetime import datetime
from pathlib import Path

import pypdfium2
import pytest
from footage_offices import register_late
from node_processes import GUARD, GUARDED, PLACES, Person, wait_until
from playwright.sync_api import expect
from wall_page import Wall

from vms.kernel.days import ZONE

FIREFOX = Path("/usr/bin/firefox-esr")
LINE = Path(__file__).with_name("firefox_line.py")
pytestmark = [
    pytest.mark.sockets,
    pytest.mark.system,
    pytest.mark.long,
    pytest.mark.skipif(not FIREFOX.exists(), reason="firefox-esr is not installed: apt has none here"),
]
START_MS = 120_000
PLAYS_WITHIN_S = 2.0
CLOSED_MS = 5_000
SPOT = min(GUARDED)  # where WebRTC is wanted
FOREIGN, UNKNOWN_ID = 14, "01a1fc86-0000-7000-8000-000000000000"
BESIDE = (3, 127)  # the guard's cameras beside one that was called into the first cell
MOVING = re.compile(r"\d\d:\d\d(:\d\d)?|\d+,\d sn")
CHIEF = Person("nobetbasi", "Telsiz-defteri-1925", "guard_supervisor", "Vedat Tansu")
RELIEVED = Person("vardiyaci", "Gece-yarisi-1924", "guard", "Sami Koç")
CLERK = Person("tilki-katibi", "Kizil-tilki-1982", "registry_clerk", "Güler Çığ")
OFFICER = Person("tilki-sorumlusu", "Kizil-tilki-1983", "footage_officer", "Oğuz Işıldak")

PLAYS_H264 = """() => ({
  webrtc: RTCRtpReceiver.getCapabilities('video').codecs.some(({ mimeType }) => /h264$/i.test(mimeType)),
  media_source: MediaSource.isTypeSupported('video/mp4; codecs="avc1.42E01E"'),
})"""
# An error that is written into the console arrives here without its words.
SAY_ERRORS = """(() => {
  const real = console.error;
  console.error = (...all) => real(...all.map((one) => (one instanceof Error ? `${one.message} ${one.stack}` : one)));
})();"""
ASK = "async (url) => { const answer = await fetch(url); return [answer.status, (await answer.json()).code]; }"
# What becomes of menus and keys once the page has had its say.
LISTEN = """() => {
  globalThis.heard = [];
  for (const kind of ['contextmenu', 'keydown'])
    addEventListener(kind, (event) => heard.push([event.key ?? kind, event.defaultPrevented]));
}"""
UNDER = "([x, y]) => document.elementsFromPoint(x, y).map(({ tagName }) => tagName)"
CARRIED = """(node) => {
  const dataTransfer = new DataTransfer();
  node.dispatchEvent(new DragEvent('dragstart', { bubbles: true, cancelable: true, dataTransfer }));
  return [...dataTransfer.types, ...dataTransfer.files];
}"""
SHOW_ON_PAPER = """() => {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync('@media print { [data-picture], video { visibility: visible !important } }');
  document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
}"""


@pytest.fixture(scope="module")
def firefox(driver, tmp_path_factory):
    """Debian's Firefox ESR, as it comes."""
    started = tmp_path_factory.mktemp("firefox") / "firefox"
    started.write_text(f'#!/bin/sh\nexec "{sys.executable}" "{LINE}" "$@"\n')
    started.chmod(0o700)
    browser = driver.firefox.launch(executable_path=started, channel="moz-firefox", timeout=START_MS)
    yield browser
    browser.close()


@pytest.mark.proves("D-6.1", "D-11.1a", "edge-82")
def test_the_post_plays_and_a_camera_of_others_is_as_one_that_is_not_there(open_page, firefox, node):
    page = open_page(None, "/sign-in", within=firefox, script=SAY_ERRORS, spot_of=GUARD)
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    name = page.locator("input[name=username]")
    expect(name).to_be_focused(timeout=START_MS)
    began_s = time.monotonic()
    page.reload()
    expect(name).to_be_focused()
    page_s = time.monotonic() - began_s  # what a page without pictures takes here now
    can_play = page.evaluate(PLAYS_H264)
    assert can_play["media_source"], "Firefox finds no libavcodec on this machine"
    sign_in(page, GUARD)
    wall = Wall(page)
    expect(wall.grid).to_be_visible()
    began_s = time.monotonic()
    wall.wait_until_live(GUARDED)
    assert time.monotonic() - began_s < PLAYS_WITHIN_S + page_s
    wall.wait_until_moving(GUARDED)
    assert sorted(wall.cameras()) == sorted(GUARDED)
    by_webrtc = [number for number in GUARDED if wall.video(number).evaluate("(video) => video.srcObject !== null")]
    assert by_webrtc == ([SPOT] if can_play["webrtc"] else [])
    assert any(url.endswith("/whep") or "/whep?" in url for url in asked) == can_play["webrtc"]

    ids = {camera["number"]: camera["id"] for camera in json.loads(node.vms("camera", "list", "--json"))}
    texts = []
    for camera_id in (ids[FOREIGN], UNKNOWN_ID):
        page.goto(f"{node.address}/live?camera={camera_id}")
        wall.wait_until_live(BESIDE)
        expect(wall.cell(0)).to_contain_text("Yetki dışı")
        texts.append(MOVING.sub("", wall.cell(0).inner_text()))
        texts.append(page.evaluate(ASK, f"/api/v1/live/{camera_id}/snapshot.jpg"))
    assert texts[:2] == texts[2:]
    assert texts[1][0] in {403, 404}


@pytest.mark.proves("D-11.4b", "D-11.1a")
def test_a_guard_learns_which_paper_playback_needs_and_reaches_nothing_without_it(open_page, firefox, api):
    page = open_page(GUARD, "/playback", within=firefox, script=SAY_ERRORS)
    refusal = page.locator("[data-refusal='playback_needs_olur']")
    expect(refusal).to_contain_text("Başkanlık Oluru")
    expect(refusal.get_by_role("listitem")).to_have_count(4)
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    for key in ("ArrowLeft", "j", "k", ","):
        page.keyboard.press(key)
    assert [url for url in asked if "/api/v1/playback/" in url] == []
    camera_id, ago_us = api(page).cameras()[3]["id"], time.time_ns() // 1000 - 30_000_000
    for rest in (f"index.m3u8?start={ago_us}&end={ago_us + 10_000_000}", f"frame.jpg?at={ago_us}&width=320"):
        answer = page.evaluate(ASK, f"/api/v1/playback/{camera_id}/{rest}")
        assert answer == [403, "playback_needs_olur"]


@pytest.mark.proves("D-11.4b", "edge-85")
def test_no_key_no_menu_no_drag_no_paper_gives_a_picture_away(open_page, firefox):
    page = open_page(GUARD, "/help", within=firefox, script=SAY_ERRORS)
    answers, saved = [], []
    page.on("response", lambda answer: answers.append((answer.headers.get("content-type", ""), answer.url)))
    page.on("download", lambda one: saved.append(one.suggested_filename))
    page.get_by_role("link", name="Canlı", exact=True).click()
    wall = Wall(page)
    wall.wait_until_live(GUARDED)
    page.evaluate(LISTEN)
    box = wall.tile(3).bounding_box()
    middle = [box["x"] + box["width"] / 2, box["y"] + box["height"] / 2]
    # With Shift, Firefox opens its own menu and tells no page: what lies there must be nothing that it can save.
    assert {"VIDEO", "CANVAS", "IMG"}.isdisjoint(page.evaluate(UNDER, middle))
    page.mouse.click(*middle, button="right")
    wall.cell(0).focus()
    for key in ("Control+s", "Control+p"):
        page.keyboard.press(key)
    heard = dict(page.evaluate("heard"))
    assert [heard.get(what) for what in ("contextmenu", "s", "p")] == [True, True, True]
    video = wall.video(3)
    assert video.evaluate("(node) => [node.controls, node.hasAttribute('disablepictureinpicture')]") == [False, True]
    assert set(video.evaluate(CARRIED)) <= {"application/x-nazar-cell"}  # which cell is moved, within the wall
    assert pictures_in(page.pdf()) == 0
    page.evaluate(SHOW_ON_PAPER)
    wait_until(lambda: pictures_in(page.pdf()), 20, "Firefox prints videos: else their absence says nothing")
    assert saved == []
    pictures = [url for kind, url in answers if kind.startswith(("image/", "video/"))]
    assert [url for url in pictures if not re.search(r"/api/v1/(live|playback)/|\.svg$|/favicon", url)] == []


@pytest.mark.proves("edge-82", "D-11.1a")
def test_a_guard_who_is_taken_off_the_post_mid_shift_sees_its_tiles_close(open_page, firefox, node):
    for person in (CHIEF, RELIEVED):
        node.admit(person)
    node.allow(RELIEVED, [127, 2])
    wall = Wall(open_page(RELIEVED, within=firefox, script=SAY_ERRORS))
    wall.wait_until_live([127, 2])
    desk = open_page(CHIEF, "/assignments", within=firefox, script=SAY_ERRORS)
    desk.get_by_role("button", name=f"{RELIEVED.display_name}: görevden al").click()
    form = desk.get_by_role("group", name="Görevden al")
    form.get_by_label("Neden").press_sequentially("Vardiya değişti")
    form.get_by_role("button", name="Görevden al").click()
    expect(form).to_have_count(0)
    reason = wall.page.get_by_text("Bu kameraya görevlendirmeniz bitti — görevlendiren: Koruma ve Güvenlik.")
    expect(reason).to_have_count(2, timeout=CLOSED_MS)
    expect(wall.page.locator("video")).to_have_count(0)


@pytest.mark.proves("D-10.1a", "D-10.1b", "edge-82")
def test_a_clerk_registers_a_letter_of_two_days_ago_by_keys_alone(open_page, firefox, node):
    """UX §9, scenario 17."""
    for person in (CLERK, OFFICER):
        node.admit(person)
    page = open_page(CLERK, "/requests/new", within=firefox, script=SAY_ERRORS)
    register_late(page, PLACES[0], OFFICER, datetime.now(ZONE))


def sign_in(page, person):
    """Typed by keys: what Playwright fills in at once does not reach React here."""
    page.locator("input[name=username]").press_sequentially(person.name)
    page.locator("input[name=password]").press_sequentially(person.password)
    page.keyboard.press("Enter")


def pictures_in(pdf):
    """How many raster pictures are on paper."""
    with closing(pypdfium2.PdfDocument(pdf)) as document:
        return sum(1 for page in document for _ in page.get_objects(filter=[pypdfium2.raw.FPDF_PAGEOBJ_IMAGE]))
