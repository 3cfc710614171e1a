"""A camera of another unit: a technician has it recorded for a time, ends that early; who only looks sees the list."""

import re
from datetime import datetime, timedelta

import pytest
from footage_offices import field, typed
from node_processes import Person
from playwright.sync_api import expect

from vms.kernel.days import ZONE

pytestmark = [pytest.mark.sockets, pytest.mark.system, pytest.mark.long]

TECHNICIAN = Person("merkezci", "Uzun-merdiven-1973", "technician", "Halil Er")
MANAGER = Person("merkezbakan", "Uzun-merdiven-1974", "vms_unit_head", "Nesrin Ak")
NUMBER, NAME = 62, "Kitap fuarı kapısı"


@pytest.fixture(scope="module")
def camera(node):
    """One that is live only, and that never answers."""
    for person in (TECHNICIAN, MANAGER):
        node.admit(person)
    node.vms("camera", "add", "rtsp://127.0.0.1:9/none", "--number", NUMBER, "--name", NAME, "--no-record")
    yield NUMBER
    node.vms("camera", "remove", NUMBER)


def days(ahead):
    return datetime.now(ZONE) + timedelta(days=ahead)


def of_camera(page):
    page.get_by_role("link", name="Kameralar ve yerleri").click()
    page.get_by_role("link", name=NAME).click()
    return page.locator("section").filter(has=page.get_by_role("heading", name="Merkezde kayıt"))


@pytest.mark.proves("D-12.4b")
def test_a_technician_orders_it_and_ends_it_early_with_reasons(open_page, camera):
    page = open_page(TECHNICIAN, "/health")
    page.trap.allow(r"status of 422 .*/central-recordings$")
    section = of_camera(page)
    expect(section).to_contain_text("kendi kaydı kapalıdır")
    section.get_by_role("button", name="Merkezde kaydet").click()
    form = page.get_by_role("group", name="Merkezde kaydet")
    send = form.get_by_role("button", name="Kaydı iste")
    expect(field(form, "Neden")).to_be_focused()
    field(form, "Neden").fill("Kitap fuarı, Fuar Müdürlüğünün yazısı")
    expect(send).to_be_disabled()  # until when is not guessed
    until = field(form, "Bitiş")
    until.fill(typed(days(400)))
    send.click()
    expect(until).to_have_accessible_description(re.compile("en geç 366 gün sonra biter"))
    until.fill(typed(days(3)))
    send.click()
    expect(form).to_have_count(0)
    row = section.get_by_role("row").nth(1)
    expect(row).to_contain_text("sürüyor")
    expect(row).to_contain_text(TECHNICIAN.display_name)

    section.get_by_role("button", name="Merkezde kaydet").click()
    field(form, "Neden").fill("Miting")
    field(form, "Başlangıç").fill(typed(days(2)))
    field(form, "Bitiş").fill(typed(days(4)))
    form.get_by_role("button", name="Kaydı iste").click()
    expect(section.get_by_role("row").nth(1)).to_contain_text("başlayacak")
    section.get_by_role("button", name="Miting: Erken bitir").click()
    ending = page.get_by_role("group", name="Erken bitir")
    expect(ending.get_by_role("alert")).to_contain_text("Miting")
    ending.get_by_role("textbox").fill("İptal edildi")
    ending.get_by_role("button", name="Erken bitir").click()
    expect(ending).to_have_count(0)
    expect(section.get_by_role("row").nth(1)).to_contain_text("başlamadan bitirildi")
    expect(section.get_by_role("row").nth(1)).to_contain_text("İptal edildi")
    expect(section.get_by_role("button", name=re.compile("Erken bitir"))).to_have_count(1)


def test_who_does_not_manage_cameras_only_reads(open_page, camera, node):
    node.vms("camera", "central", "order", NUMBER, "--until", f"{days(5):%Y-%m-%d}", "--reason", "Panayır")
    section = of_camera(open_page(MANAGER, "/health"))
    expect(section).to_contain_text("Panayır")
    expect(section.get_by_role("button")).to_have_count(0)
