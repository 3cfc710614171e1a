"""A guard asks from the wall that the last minutes be kept, and reads there what came of it."""

import pytest
from node_processes import PLACES, Person
from playwright.sync_api import expect
from wall_page import Wall

pytestmark = [pytest.mark.sockets, pytest.mark.system]
GUARD = Person("isteyen", "Sabah-sisi-1956", "guard", "Cemile Aydın")
CLERK = Person("muhafazaci", "Kalin-dosya-1957", "registry_clerk", "Rıza Tunç")


@pytest.mark.proves("R-9", "D-10.1f")
def test_a_guard_asks_by_keys_for_a_hold_and_reads_the_answer(node, open_page):
    for person in (GUARD, CLERK):
        node.admit(person)
    node.allow(GUARD, [PLACES[0].number])
    page = open_page(GUARD, "/live")
    wall = Wall(page)
    expect(wall.cell(0)).to_be_visible()
    wall.cell(0).focus()
    page.keyboard.press("m")
    dialog = page.get_by_role("dialog", name="Muhafaza iste")
    expect(dialog.get_by_label("Olay notu")).to_be_focused()
    page.keyboard.type("Köşede kavga, iki kişi")
    expect(dialog.get_by_text("Son istekleriniz")).to_have_count(0)
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(dialog.get_by_text("İstek yazı işlerine iletildi", exact=False)).to_be_visible()
    expect(dialog.get_by_text("Yanıt bekliyor")).to_be_visible()
    page.keyboard.press("Escape")
    expect(dialog).to_have_count(0)
    expect(wall.cell(0)).to_be_focused()

    clerk = open_page(CLERK, "/holds")
    wish = clerk.get_by_role("listitem").filter(has_text="Köşede kavga")
    expect(wish).to_contain_text(GUARD.display_name)
    wish.get_by_role("button", name="Gerek yok").click()
    wish.get_by_label("Neden").fill("Zabıta gelmiş, olay yok")
    wish.get_by_role("button", name="Gerek yok").last.click()
    expect(wish).to_have_count(0)

    wall.cell(0).get_by_role("button", name="Diğer").click()
    page.get_by_role("menuitem", name="Muhafaza iste").click()
    expect(dialog.get_by_text("Gerek görülmedi: Zabıta gelmiş, olay yok")).to_be_visible()
