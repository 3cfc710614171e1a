"""A dialog that opens while a wall is in full screen is seen there, takes the keys and gives them back."""

import time

import pytest
from node_processes import wait_until
from playwright.sync_api import expect

pytestmark = [pytest.mark.sockets, pytest.mark.system]
US = 1_000_000
FULL = "document.fullscreenElement !== null"
# Whether the middle of the element is drawn above everything else.
ON_TOP = """(node) => {
  const { x, y, width, height } = node.getBoundingClientRect();
  return node.contains(document.elementFromPoint(x + width / 2, y + height / 2));
}"""


def enter_full_screen(page):
    page.keyboard.press("f")
    wait_until(lambda: page.evaluate(FULL), 5, "full screen")


def is_on_top(dialog):
    """Fully open, and nothing lies over it."""
    expect(dialog).to_be_visible()
    wait_until(lambda: dialog.evaluate(ON_TOP), 5, "the dialog is seen")


def test_a_moment_is_asked_for_in_full_screen_without_leaving_it(desk):
    page = desk.page
    desk.open([127, 2], time.time_ns() // 1000 - 30 * US)
    enter_full_screen(page)
    size = desk.tile(2).bounding_box()
    page.keyboard.press("g")
    dialog = page.get_by_role("dialog", name="Zamana git")
    is_on_top(dialog)
    assert desk.tile(2).bounding_box() == size
    box = dialog.get_by_role("textbox")
    expect(box).to_be_focused()
    page.keyboard.type("dün 18")
    page.evaluate("document.exitFullscreen()")
    wait_until(lambda: not page.evaluate(FULL), 5, "the window again")
    is_on_top(dialog)
    expect(box).to_be_focused()
    page.keyboard.type(":00")
    expect(box).to_have_value("dün 18:00")
    page.keyboard.press("Enter")
    expect(dialog).to_have_count(0)


def test_the_search_is_seen_over_a_wall_in_full_screen(wall):
    page = wall.page
    wall.wait_until_live([127])
    wall.cell(0).focus()
    enter_full_screen(page)
    page.keyboard.press("Control+k")
    dialog = page.get_by_role("dialog")
    is_on_top(dialog)
    expect(dialog.get_by_role("combobox")).to_be_focused()
    page.keyboard.type("liman")
    page.keyboard.press("Enter")
    expect(dialog).to_have_count(0)
    wall.wait_until_live([14])
