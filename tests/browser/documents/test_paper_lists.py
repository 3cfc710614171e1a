"""Lists of papers: what ran out and nobody renewed, on paper and as a file; all of them on a phone."""

import csv
import io
import re

import pytest
from machine_clock import MachineClock
from node_processes import PLACES, Node, Person
from playwright.sync_api import expect
from wall_page import PICTURE_MS, sign_in

from vms.kernel.clock import US_PER_DAY

pytestmark = [pytest.mark.sockets, pytest.mark.system, pytest.mark.long]

CLERK = Person("listeci", "Uzun-liste-1965", "registry_clerk", "Ceren Dal")
DESK = Person("masa", "Uzun-liste-1966", "sysadmin", "Okan Kumru", "en")
ENDED = Person("bitmis", "Uzun-liste-1967", "authorised_viewer", "Rana Tuğ")
RUNNING = Person("suren", "Uzun-liste-1968", "authorised_viewer", "Levent Bor")
PHONE = {"width": 360, "height": 740}
DAYS_AGO = 200
SIDEWAYS = "() => document.querySelector('#content').scrollWidth - document.querySelector('#content').clientWidth"


@pytest.fixture
def town(node, tmp_path):
    """A node of its own: one grant began 200 days ago and was never renewed, another began today."""
    folder = tmp_path / "machine"
    folder.mkdir()
    machine = MachineClock(folder)
    town = Node(tmp_path / "town")
    town.folder.mkdir()
    town.rtsp = node.rtsp
    machine.set(machine.now_us() - DAYS_AGO * US_PER_DAY)
    with machine.shown_here():
        town.register(0, PLACES[0])
        town.admit(ENDED)
        town.allow(ENDED, [PLACES[0].number], playback=True)
    for person in (RUNNING, CLERK):
        town.admit(person)
    town.allow(RUNNING, [PLACES[0].number], playback=True)
    try:
        town.serve()
        yield town
    finally:
        town.stop()


@pytest.mark.proves("D-11.5d")
def test_what_nobody_renewed_is_a_list_a_sheet_of_paper_and_a_file(town, open_page):
    page = open_page(None, "/sign-in", at=town)
    sign_in(page, town.address, CLERK)
    expect(page.locator("#content")).to_be_visible(timeout=PICTURE_MS)
    page.goto(f"{town.address}/grants")
    page.get_by_text("Yenilenmeyen (1)").click()
    expect(page).to_have_url(re.compile("show=unrenewed"))
    rows = page.get_by_role("region", name="İzleme yetkileri").get_by_role("row")
    expect(rows.filter(has_text=ENDED.display_name)).to_contain_text("Süresi doldu")
    expect(rows.filter(has_text=RUNNING.display_name)).to_have_count(0)
    with page.expect_download() as taken:
        page.get_by_role("link", name="CSV olarak indir").click()
    (told,) = csv.DictReader(io.StringIO(taken.value.path().read_text(encoding="utf-8-sig")))
    assert (told["person"], told["account"], told["olur_no"]) == (ENDED.display_name, ENDED.name, "2026/118")

    page.evaluate("() => { window.print = () => { window.printed = true; }; }")
    page.get_by_role("button", name="Yazdır").click()
    assert page.evaluate("window.printed")
    page.emulate_media(media="print")
    expect(rows.filter(has_text=ENDED.display_name)).to_be_visible()
    expect(page.get_by_role("navigation")).to_have_count(0)
    expect(page.get_by_role("button", name="Yazdır")).to_have_count(0)
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"


@pytest.mark.proves("E-20")
def test_no_list_of_papers_is_cut_on_a_phone(open_page, node):
    node.admit(DESK)
    for duty in ("registry_clerk", "guard_supervisor", "vms_unit_head"):
        node.vms("user", "role", "give", DESK.name, duty)
    page = open_page(DESK, "/grants?show=all", viewport=PHONE, has_touch=True)
    for place in ("grants?show=all", "assignments", "shared-accounts", "agreements", "work-orders", "me"):
        page.goto(f"{node.address}/{place}")
        expect(page.get_by_role("heading", level=1)).to_be_visible()
        assert page.evaluate(SIDEWAYS) <= 0, place
    page.goto(f"{node.address}/grants?show=all")
    row = page.get_by_role("row").filter(has_text="2026/118")
    expect(row).to_be_visible()
    box = row.bounding_box()
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= PHONE["width"]
