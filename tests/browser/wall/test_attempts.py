"""What looks like recording the screen gives nothing away, and is in the audit log with who and over which camera."""

import json
import re

import pytest
from node_processes import ADMINISTRATOR, wait_until
from playwright.sync_api import expect

pytestmark = [pytest.mark.sockets, pytest.mark.system, pytest.mark.long, pytest.mark.proves("D-11.4b", "edge-85")]
WHO = f"{ADMINISTRATOR.display_name} · {ADMINISTRATOR.name}"
HIDING = {
    "replaced by a copy": "(mark) => mark.replaceWith(mark.cloneNode(true))",
    "its place made transparent": "(mark) => { mark.parentElement.style.opacity = 0; }",
    "hidden by a style sheet": """(mark) => {
      const sheet = new CSSStyleSheet();
      sheet.replaceSync('[data-picture] > div { visibility: hidden }');
      document.adoptedStyleSheets = [sheet];
    }""",
}


@pytest.fixture
def told(node):
    """The attempts that `vms audit list` shows since the test began: (kind, who, camera)."""

    def listed():
        return json.loads(node.vms("audit", "list", "--act", "recording_attempt", "--limit", 10_000, "--json"))

    before = {entry["id"] for entry in listed()}

    def since():
        return [
            (entry["detail"]["kind"], entry["actor"]["name"], entry["subject"]["words"])
            for entry in listed()
            if entry["id"] not in before
        ]

    return since


def test_taking_the_watermark_away_in_full_screen_ends_the_picture_and_is_logged(wall, told, node):
    page = wall.page
    wall.wait_until_live([127, 2])
    wall.cell(0).focus()
    page.keyboard.press("f")
    wait_until(lambda: page.evaluate("document.fullscreenElement !== null"), 5, "full screen")
    for number in (127, 2):
        mark = wall.tile(number).get_by_text(re.compile(re.escape(WHO))).first
        assert mark.evaluate("(node) => document.fullscreenElement.contains(node)")
        assert wall.tile(number).locator("time").evaluate("(node) => document.fullscreenElement.contains(node)")
    wall.tile(2).get_by_text(re.compile(re.escape(WHO))).first.evaluate("(line) => line.parentElement.remove()")
    wall.wait_for(2, "tampered", 2_000)
    expect(wall.tile(2).locator("video")).to_have_count(0)
    wait_until(told, 5, "the attempt is in the log")
    assert told() == [("watermark_removed", WHO, "2 · Cumhuriyet Meydanı")]
    wall.wait_for(127, "live")
    assert "nothing is wrong" in node.vms("audit", "verify")


@pytest.mark.parametrize("how", HIDING.values(), ids=HIDING.keys())
def test_no_way_of_hiding_the_watermark_leaves_the_picture(wall, how):
    wall.wait_until_live([3])
    mark = wall.tile(3).locator("[data-picture] > div")
    assert WHO in mark.inner_text()
    mark.evaluate(how)
    wall.wait_for(3, "tampered", 5_000)
    expect(wall.tile(3).locator("video")).to_have_count(0)


def test_menu_and_keys_are_refused_and_logged(wall, told):
    page = wall.page
    wall.wait_until_live([3])
    asked = []
    page.on("download", lambda one: asked.append(one.suggested_filename))
    wall.tile(3).locator("[data-picture][data-dimming]").click(button="right")
    wall.cell(0).focus()
    page.keyboard.press("Control+s")
    prevented = "(key) => !window.dispatchEvent(new KeyboardEvent('keydown', { ...key, cancelable: true }))"
    assert page.evaluate(prevented, {"key": "s", "ctrlKey": True})
    assert page.evaluate(prevented, {"key": "p", "ctrlKey": True})
    assert not page.evaluate(prevented, {"key": "f", "ctrlKey": True})
    page.evaluate("window.dispatchEvent(new KeyboardEvent('keyup', { key: 'PrintScreen' }))")
    refused = page.evaluate("navigator.mediaDevices.getDisplayMedia().then(() => 'given', (error) => error.name)")
    assert refused == "NotAllowedError"
    kinds = {"context_menu", "save_key", "print_key", "print_screen", "display_capture"}
    wait_until(lambda: {kind for kind, _, _ in told()} == kinds, 5, "all attempts are in the log")
    assert ("context_menu", WHO, "3 · Belediye girişi") in told()
    assert {who for _, who, _ in told()} == {WHO}
    assert asked == []
    wall.wait_for(3, "live")


def test_a_page_without_pictures_keeps_its_keys(open_page, told):
    page = open_page(ADMINISTRATOR, "/help")
    expect(page.locator("#content h1, #content h2").first).to_be_visible()
    prevented = "(key) => !window.dispatchEvent(new KeyboardEvent('keydown', { ...key, cancelable: true }))"
    assert not page.evaluate(prevented, {"key": "p", "ctrlKey": True})
    assert told() == []
