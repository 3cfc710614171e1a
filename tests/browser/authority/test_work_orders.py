"""Technical view: a technician sees one camera while an order for it is open; nobody orders their own work."""

import re
from datetime import datetime, timedelta

import pytest
from keyboard import Keys
from node_processes import Person
from playwright.sync_api import expect
from wall_page import Wall

from vms.kernel.days import ZONE

pytestmark = [pytest.mark.sockets, pytest.mark.system, pytest.mark.long]

HEAD = Person("isveren", "Alet-cantasi-1962", "vms_unit_head", "Gonca Ay", "en")
TECHNICIAN = Person("usta", "Alet-cantasi-1963", "technician", "Hakan Er")
CLERK = Person("ilgisiz", "Alet-cantasi-1964", "registry_clerk", "Nil Su")
WITHIN_MS = 5_000


@pytest.fixture(scope="module")
def people(node):
    for person in (HEAD, TECHNICIAN, CLERK):
        node.admit(person)


def typed(days):
    """That many days from now, as people here write it."""
    return (datetime.now(ZONE) + timedelta(days=days)).strftime("%d.%m.%Y %H:%M")


def choose(keys, field, text):
    """Choose from a list by keys: part of a name, down, Enter."""
    keys.fill(field, text)
    expect(keys.page.get_by_role("option")).to_have_count(1)
    keys.press("ArrowDown")
    keys.press("Enter")


@pytest.mark.proves("A-42", "edge-86")
def test_work_is_ordered_and_closed_by_keys_alone_and_the_camera_comes_and_goes(open_page, people):
    wall = Wall(open_page(TECHNICIAN))
    page = open_page(HEAD, "/work-orders", locale="en-GB")
    page.trap.allow(r"status of 422 .*/work-orders$")
    keys = Keys(page)
    keys.take(page.get_by_role("button", name="New work order"))
    form = page.get_by_role("group", name="New work order")
    technician = form.get_by_role("combobox", name="Technician")
    expect(technician).to_be_focused()
    choose(keys, technician, "hakan")
    choose(keys, form.get_by_role("combobox", name="Camera"), "127")
    until = form.get_by_label("Until")
    keys.fill(until, typed(days=5))
    keys.fill(form.get_by_label("What is to be done"), "Mercek silinecek")
    keys.take(form.get_by_role("button", name="Open the work order"))
    expect(until).to_have_attribute("aria-invalid", "true")
    expect(until).to_have_accessible_description(re.compile("three days at the longest"))
    keys.reach(until, "Shift+Tab")
    page.keyboard.press("Control+A")
    page.keyboard.type(typed(days=1))
    keys.take(form.get_by_role("button", name="Open the work order"))
    expect(form).to_have_count(0)
    row = (
        page.get_by_role("region", name="Open work orders").get_by_role("row").filter(has_text=TECHNICIAN.display_name)
    )
    expect(row).to_contain_text("127 · Işık Sokak")
    expect(row).to_contain_text("Fault")
    wall.wait_until_live([127])
    assert wall.cameras() == [127]

    close = row.get_by_role("button", name=re.compile(r"^Work order \d+: Close the work$"))
    keys.take(close)
    expect(row.get_by_label("Reason")).to_be_focused()
    expect(row).to_contain_text(f"{TECHNICIAN.display_name} sees Işık Sokak no more")
    page.keyboard.type("Mercek silindi")
    page.keyboard.press("Enter")
    over = page.get_by_role("region", name="Closed work orders").get_by_role("row")
    over = over.filter(has_text=TECHNICIAN.display_name)
    expect(over).to_contain_text("Mercek silindi")
    expect(wall.page.locator("video")).to_have_count(0, timeout=WITHIN_MS)


@pytest.mark.proves("A-42", "C-7")
def test_nobody_orders_their_own_work_and_the_refusal_stands_at_the_field(open_page, api, people):
    page = open_page(TECHNICIAN, "/work-orders")
    page.trap.allow(r"status of 409 .*/work-orders$")
    orders = len(api(page).get("/work-orders")["orders"])
    page.get_by_role("button", name="Yeni iş emri").click()
    form = page.get_by_role("group", name="Yeni iş emri")
    technician = form.get_by_role("combobox", name="Teknisyen")
    for field, text in ((technician, TECHNICIAN.display_name), (form.get_by_role("combobox", name="Kamera"), "127")):
        field.click()
        page.get_by_role("option", name=re.compile(text)).click()
    form.get_by_label("Bitiş").fill(typed(days=1))
    form.get_by_role("button", name="İş emrini aç").click()
    expect(technician).to_have_attribute("aria-invalid", "true")
    expect(technician).to_have_accessible_description(re.compile("başka biri yapmalı"))
    assert len(api(page).get("/work-orders")["orders"]) == orders


def test_whose_duty_it_is_not_has_no_way_there(open_page, people):
    page = open_page(CLERK, "/work-orders")
    expect(page.get_by_text("Bu sayfa sizin göreviniz değil")).to_be_visible()
    expect(page.get_by_role("link", name="İş emirleri")).to_have_count(0)
