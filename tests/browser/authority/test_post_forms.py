"""Posts of guards: other cameras, their end; posting somebody begins where the typing begins."""

import re

import pytest
from node_processes import Person
from offices import pick
from playwright.sync_api import expect

pytestmark = [pytest.mark.sockets, pytest.mark.system, pytest.mark.long]

CHIEF = Person("nokta", "Devriye-yolu-1960", "guard_supervisor", "Haluk Sarp")
GUARD = Person("noktaci", "Devriye-yolu-1961", "guard", "Arda Gök")


@pytest.fixture(scope="module")
def people(node):
    for person in (CHIEF, GUARD):
        node.admit(person)
    node.allow(GUARD, [127, 2])


@pytest.fixture
def sees(open_page, api, people):
    """Which cameras the guard may see now."""
    own = api(open_page(GUARD, "/help"))
    return lambda: sorted(own.cameras())


def test_posting_begins_in_its_first_field_and_says_refusals_beside_theirs(open_page, people):
    page = open_page(CHIEF, "/assignments")
    page.trap.allow(r"status of 422 .*/assignments$")
    page.get_by_role("button", name="Görevlendir", exact=True).click()
    form = page.get_by_role("group", name="Görevlendir", exact=True)
    expect(form.get_by_role("combobox", name="Görevli")).to_be_focused()
    page.keyboard.type("arda")
    page.keyboard.press("Escape")  # the open list first, then the form
    expect(form).to_be_visible()
    page.keyboard.press("Escape")
    expect(form).to_have_count(0)
    expect(page.get_by_role("button", name="Görevlendir", exact=True)).to_be_focused()
    page.keyboard.press("Enter")
    pick(form, "Görevli", GUARD.display_name)
    pick(form, "Görev yeri", GUARD.name)
    form.get_by_label("Yazı sayısı").fill("2026/40")
    form.get_by_label("Yazı tarihi").fill("03.02.2026")
    form.get_by_label("Başlangıç").fill("03.02.2026 08:00")
    until = form.get_by_label("Bitiş")
    until.fill("03.02.2026 16.00")
    form.get_by_label("Eğitim").fill("Eğitim salonu")
    form.get_by_role("button", name="Görevlendir").click()
    expect(until).to_have_attribute("aria-invalid", "true")
    expect(until).to_have_value("03.02.2026 16:00")
    expect(until).to_have_accessible_description(re.compile("bit", re.IGNORECASE))


@pytest.mark.proves("D-7.3")
def test_a_post_gets_other_cameras_and_is_closed_with_what_that_ends_said_before(open_page, sees):
    assert sees() == [2, 127]
    page = open_page(CHIEF, "/assignments")
    page.get_by_role("button", name=f"{GUARD.name}: kameraları değiştir").click()
    form = page.get_by_role("group", name=f"{GUARD.name}: kameraları değiştir")
    expect(form.get_by_label("Kamera ara")).to_be_focused()
    form.get_by_label("2 · Cumhuriyet Meydanı").uncheck()
    expect(form).to_contain_text("1 görevli, çıkarılan kameraları hemen göremez olur.")
    form.get_by_role("button", name="Kaydet").click()
    expect(form).to_have_count(0)
    assert sees() == [127]

    page.get_by_role("button", name=f"{GUARD.name}: görev yerini kapat").click()
    form = page.get_by_role("group", name="Görev yerini kapat")
    expect(form.get_by_label("Neden")).to_be_focused()
    expect(form).to_contain_text(f"1 görevlendirme biter, açık görüntüler hemen kapanır: {GUARD.display_name}.")
    assert sees() == [127]
    page.keyboard.type("Bina boşaldı")
    page.keyboard.press("Enter")
    expect(form).to_have_count(0)
    expect(page.get_by_role("button", name=f"{GUARD.name}: görev yerini kapat")).to_have_count(0)
    assert sees() == []
