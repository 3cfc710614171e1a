"""A camera is moved: its page asks whether it was, and who looks for footage finds the place of then."""

import re
from datetime import datetime, timedelta

import pytest
from footage_offices import field, typed
from node_processes import Person
from playwright.sync_api import expect

from vms.kernel.days import ZONE

pytestmark = [pytest.mark.sockets, pytest.mark.system, pytest.mark.long]

TECHNICIAN = Person("yerci", "Uzun-merdiven-1971", "technician", "Cemil Kara")
CLERK = Person("yerkatibi", "Uzun-merdiven-1972", "registry_clerk", "Sevgi Ak")
NUMBER, NAME = 61, "Saman pazarı"


@pytest.fixture(scope="module")
def camera(node):
    """One that nobody connects to: it stands at the bus station since an hour ago."""
    for person in (TECHNICIAN, CLERK):
        node.admit(person)
    node.vms("camera", "add", "rtsp://127.0.0.1:9/none", "--number", NUMBER, "--name", NAME, "--site", "Otogar")
    node.vms("camera", "set", NUMBER, "--no-enable", "--no-record")
    node.vms("camera", "set", NUMBER, "--correction", "--since", f"{now() - timedelta(hours=1):%Y-%m-%dT%H:%M:%S}")
    yield NUMBER
    node.vms("camera", "remove", NUMBER)


def now():
    return datetime.now(ZONE)


@pytest.mark.proves("D-4.2", "edge-18")
def test_a_move_is_entered_by_the_technician_and_found_by_the_clerk(open_page, camera):
    moved = now() - timedelta(minutes=30)
    _move(open_page(TECHNICIAN, "/health"), moved)
    _look_for(open_page(CLERK, "/holds/new"), moved)


def _move(page, moved):
    page.trap.allow(r"status of 4(09|22) .*/placements$")
    page.get_by_role("link", name="Kameralar ve yerleri").click()
    page.get_by_label("Numara, ad, bugünkü ya da önceki yer").fill("otogar")
    page.get_by_role("link", name=NAME).click()
    history = page.get_by_role("region", name="Yer geçmişi")
    expect(history.get_by_role("row").nth(1)).to_contain_text("hâlâ burada")
    page.get_by_role("button", name="Yeri değiştir").click()
    form = page.get_by_role("group", name="Yeri değiştir")
    send = form.locator("button[type=submit]")
    field(form, "Yer").fill("Çeşme meydanı")
    expect(send).to_be_disabled()  # whether it was moved is not guessed
    expect(history.get_by_role("button", name="Otogar: Düzelt")).to_be_disabled()  # what was typed is not dropped
    form.get_by_role("radio", name="Kamera taşındı").check()
    since = field(form, "Ne zamandan beri")
    since.fill(typed(now() + timedelta(days=1)))
    form.get_by_role("button", name="Taşımayı kaydet").click()
    expect(since).to_have_accessible_description(re.compile("Geçmiş bir zaman girin"))
    since.fill(typed(moved))
    form.get_by_role("button", name="Taşımayı kaydet").click()
    expect(form).to_have_count(0)
    expect(history.get_by_role("row").nth(1)).to_contain_text("Çeşme meydanı")
    expect(history.get_by_role("row").nth(1)).to_contain_text(TECHNICIAN.display_name)

    history.get_by_role("button", name="Otogar: Düzelt").click()
    form = page.get_by_role("group", name="Otogar: Düzelt")
    field(form, "Yer").fill("Eski otogar")
    form.get_by_role("button", name="Düzeltmeyi kaydet").click()
    expect(history.get_by_role("row").nth(2)).to_contain_text("Eski otogar")
    expect(history.get_by_role("row").nth(2)).to_contain_text("düzeltildi")
    expect(page.get_by_role("heading", level=1)).to_have_text(f"{NUMBER} · {NAME}")


def _look_for(page, moved):
    """By the place of then; the matrix names both, and where it changed."""
    page.get_by_label("Kamera ara").fill("eski otogar")
    choice = page.get_by_role("checkbox", name=f"{NUMBER} · {NAME}")
    expect(choice).to_have_accessible_description(re.compile(rf"eskiden {NUMBER} · {NAME}, Eski otogar"))
    choice.check()
    field(page, "Başlangıç").fill(typed(moved - timedelta(minutes=10)))
    field(page, "Bitiş").fill(typed(moved + timedelta(minutes=10)))
    row = page.get_by_role("grid").get_by_role("row").nth(1)
    expect(row.get_by_role("rowheader")).to_contain_text("Eski otogar → Çeşme meydanı")
    expect(row.get_by_role("rowheader")).to_contain_text("yeri değişti")
    cell = row.get_by_role("gridcell").filter(has_text="◇")
    expect(cell).to_have_accessible_name(re.compile("yeri değişti"))
    cell.click()
    gaps = page.get_by_role("region", name=re.compile("yeri değişti"))
    expect(gaps).to_contain_text(f"{NUMBER} · {NAME}, Eski otogar")


def test_whose_duty_it_is_not_reads_no_register(open_page, camera):
    page = open_page(CLERK, "/cameras")
    expect(page.get_by_text("Bu sayfa sizin göreviniz değil")).to_be_visible()
    expect(page.get_by_role("link", name="Kameralar")).to_have_count(0)
