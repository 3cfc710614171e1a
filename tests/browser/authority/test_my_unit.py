"""The page of a unit's supervisor: whom they sign for, what those may watch, a change of duty."""

import pytest
from node_processes import GUARD, Person
from playwright.sync_api import expect

pytestmark = [pytest.mark.sockets, pytest.mark.system, pytest.mark.long]

HEAD = Person("birim-amiri", "Sabah-namazi-1934", "unit_supervisor", "Nermin Ulu")
LONELY = Person("birimsiz-amir", "Sabah-namazi-1937", "unit_supervisor", "Gürkan Işık")
STAFF = Person("memure", "Sabah-namazi-1936", "authorised_viewer", "Şule Işıldak")
PHONE = {"width": 360, "height": 740}
SIDEWAYS = "() => document.querySelector('#content').scrollWidth - document.querySelector('#content').clientWidth"


@pytest.fixture(scope="module")
def unit(node):
    """A unit with its head, somebody of it with recordings by Olur, somebody with nothing."""
    node.vms("unit", "add", "Kültür Dairesi", "--kind", "department", "--under", "Belediye")
    for name in (HEAD.display_name, STAFF.display_name, "Tuncay Çiftçi"):
        node.vms("person", "add", name, "--unit", "Kültür Dairesi", "--title", "Memur")
    node.vms("unit", "change", "Kültür Dairesi", "--supervisor", HEAD.display_name)
    for person in (HEAD, STAFF):
        node.vms(
            "user", "add", person.name, "--person", person.display_name, "--role", person.role, "--language", "tr",
            "--no-must-change", "--password-stdin", text=person.password,
        )  # fmt: skip
    node.allow(STAFF, [127, 2], playback=True)


@pytest.mark.proves("D-11.5b", "D-11.5c")
def test_a_supervisor_begins_with_the_own_people_and_reports_a_change_of_duty(open_page, unit):
    page = open_page(HEAD, "/")
    expect(page.get_by_role("heading", level=1, name="Birimim")).to_be_visible()
    row = page.get_by_role("row").filter(has_text=STAFF.display_name)
    expect(row).to_contain_text("Etkin")
    expect(row).to_contain_text("2 kamera")
    expect(page.get_by_role("row").filter(has_text="Tuncay Çiftçi")).to_contain_text("Yok")
    page.set_viewport_size(PHONE)
    assert page.evaluate(SIDEWAYS) <= 0
    row.get_by_role("button", name="Görev değişikliği").click()
    form = page.get_by_role("group", name=f"Görev değişikliği: {STAFF.display_name}")
    form.get_by_label("Yazı sayısı").fill("IK-41")
    form.get_by_label("Yazı tarihi").fill("3.2.2026")
    form.get_by_role("button", name="Kaydet").click()
    expect(form).to_have_count(0)
    expect(row).to_contain_text("Yok")
    expect(row).not_to_contain_text("Etkin")


def test_who_signs_for_nobody_and_whose_duty_it_is_not_are_told_so(open_page, node):
    node.admit(LONELY)
    page = open_page(LONELY, "/my-unit")
    expect(page.get_by_role("heading", level=1, name="Birimim")).to_be_visible()
    expect(page.get_by_role("main")).to_contain_text("Hiçbir birimin amiri olarak kayıtlı değilsiniz.")
    page = open_page(GUARD, "/my-unit")
    expect(page.get_by_role("main")).to_contain_text("Bu sayfa sizin göreviniz değil")
    expect(page.get_by_role("main").get_by_role("button")).to_have_count(0)


def test_while_it_is_on_its_way_the_page_says_so(open_page, unit):
    page = open_page(HEAD, "/help")
    held = []

    def hold(route):
        held.append(route)

    page.route("**/api/v1/my-unit", hold)
    with page.expect_request("**/api/v1/my-unit"):
        page.get_by_role("link", name="Birimim").click()
    expect(page.get_by_role("main").get_by_role("status")).to_have_text("Yükleniyor")
    for route in held:
        route.continue_()
    expect(page.get_by_role("row").filter(has_text=STAFF.display_name)).to_be_visible()
