"""The rail of a phone is longer than its screen: whatever a key gets to is pushed into sight."""

import pytest
from keyboard import Keys
from node_processes import ADMINISTRATOR
from playwright.sync_api import expect

pytestmark = [pytest.mark.sockets, pytest.mark.system]
PHONE = {"width": 360, "height": 740}


@pytest.mark.proves("E-20")
def test_each_section_is_seen_when_a_key_gets_to_it(open_page):
    page = open_page(ADMINISTRATOR, "/help", viewport=PHONE)
    rail = page.get_by_role("navigation", name="Bölümler")
    links = rail.get_by_role("link")
    expect(links.last).to_be_in_viewport()  # one is on the last page
    assert rail.evaluate("(bar) => bar.scrollWidth > bar.clientWidth")
    keys = Keys(page)
    keys.reach(links.first)
    for link in links.all()[1:]:
        keys.press("Tab")  # which looks whether it is seen
        expect(link).to_be_focused()
    for link in links.all()[-2::-1]:
        keys.press("Shift+Tab")
        expect(link).to_be_focused()
    rail.evaluate("(bar) => bar.scrollTo({ left: bar.scrollWidth })")  # by a finger
    keys.press("Tab")
    expect(links.nth(1)).to_be_focused()
    keys.take(rail.get_by_role("link", name="Sağlık"))
    expect(page.get_by_role("heading", level=1, name="Sağlık durumu")).to_be_visible()
    keys.press("Tab")
