"""Letters that come as e-Yazışma packages: what they say stands in the form; where a letter stands with EBYS."""

import importlib.util
import re
import sys
from pathlib import Path
from uuid import UUID

import pytest
from footage_offices import field
from node_processes import Person
from playwright.sync_api import expect

from vms.footage.ebys.model import EbysExchange
from vms.kernel.database import Database

_SPEC = importlib.util.spec_from_file_location(
    "eyp_packages_of_browser", Path(__file__).parents[2] / "documents" / "eyp_packages.py"
)
made = importlib.util.module_from_spec(_SPEC)
sys.modules["eyp_packages_of_browser"] = made
_SPEC.loader.exec_module(made)

pytestmark = [pytest.mark.sockets, pytest.mark.system, pytest.mark.long]
CLERK = Person("zarfci", "Ince-zarf-1976", "registry_clerk", "Gülşah Özışık")
FILES = {"choose": "e-Yazışma paketinden doldur (.eyp)", "no": "Yazı sayısı", "on": "Yazı tarihi"}


@pytest.fixture(scope="module")
def clerk(node):
    """Who keeps the register."""
    node.admit(CLERK)
    return CLERK


@pytest.fixture
def package(tmp_path):
    path = tmp_path / "yazi.eyp"
    path.write_bytes(made.zipped(made.parts_of()))
    return path


def chosen(page, place, button, path):
    """A file is chosen by its button."""
    with page.expect_file_chooser() as opened:
        place.get_by_role("button", name=button).press("Enter")
    opened.value.set_files(path)


@pytest.mark.proves("E-9", "S-1d")
def test_a_package_fills_the_form_and_is_the_letters_file(open_page, clerk, package):
    page = open_page(clerk, "/letters?open=new")
    page.trap.allow(r"status of 422 .*/letters/package")
    panel = page.get_by_role("dialog", name="Yeni yazı")
    wrong = package.with_name("yarim.eyp")
    wrong.write_bytes(package.read_bytes()[:-50])
    chosen(page, panel, FILES["choose"], wrong)
    expect(panel.get_by_role("alert")).to_contain_text("açılabilen bir e-Yazışma paketi değil")
    expect(field(panel, FILES["no"])).to_have_value("")

    field(panel, "Konu").fill("Yaralama")
    chosen(page, panel, FILES["choose"], package)
    expect(panel.get_by_role("status")).to_contain_text(f"İmzalayan: Ayşe Yılmaz, {made.SENDER}")
    expect(field(panel, FILES["no"])).to_have_value(made.NO)
    expect(field(panel, FILES["on"])).to_have_value("20.11.2026")
    expect(field(panel, "Gönderenin adı")).to_have_value(made.SENDER)
    expect(field(panel, "Konu")).to_have_value("Yaralama")  # what was typed stays
    field(panel, "Tebliğ tarihi ve saati").fill("20.11.2026 10:00:00")
    panel.get_by_role("button", name="Yazıyı kaydet").press("Enter")

    saved = page.get_by_role("dialog", name=re.compile("^Yazı \\d"))
    expect(saved).to_contain_text(f"{made.NO} · 20.11.2026")
    expect(saved).to_contain_text(f"İmzalayan: Ayşe Yılmaz, {made.SENDER}")
    with page.expect_download() as taken:
        saved.get_by_role("link", name="Paketi indir (.eyp)").click()
    assert Path(taken.value.path()).read_bytes() == package.read_bytes()
    with page.expect_download() as taken:
        saved.get_by_role("link", name="Yazıyı indir").click()
    assert Path(taken.value.path()).read_bytes() == made.LETTER


def test_a_package_fills_the_letters_page_of_a_registration(open_page, clerk, package):
    page = open_page(clerk, "/requests/new")
    page.get_by_role("radio", name="Savcılık").check()
    field(page, "Makamın adı").fill("Foça Savcılığı")
    field(page, "Makamın adı").press("Escape")
    page.get_by_role("button", name="İleri").click()
    expect(page.get_by_role("heading", name="Yazı", level=2)).to_be_focused()
    chosen(page, page, "Dosya seç", package)
    expect(page.get_by_role("status").filter(has_text="İmzalayan")).to_be_visible()
    expect(field(page, FILES["no"])).to_have_value(made.NO)
    expect(field(page, FILES["on"])).to_have_value("20.11.2026")


@pytest.mark.proves("R-10")
def test_what_keeps_a_letter_from_its_number_is_told_with_what_to_do(open_page, clerk, node):
    page = open_page(clerk, "/letters")
    body = {
        "sender": "authority", "sender_name": "Urla Savcılığı", "no": "2026/9", "on": "2026-11-20",
        "served_us": 1795160000000000, "channel": "ebys", "subject": "Hırsızlık",
    }  # fmt: skip
    address = f"{node.address}/api/v1/letters"
    letter = page.request.post(address, data=body).json()["letter"]
    database = Database.at(node.data / "nazar.db")
    with database.writing() as session:
        session.add(
            EbysExchange(paper_id=UUID(letter["id"]), kind="letter", problem="unreachable", next_us=1795160900000000)
        )
    page.goto(page.url.partition("?")[0] + f"?open={letter['id']}")
    panel = page.get_by_role("dialog", name=re.compile("^Yazı"))
    expect(panel.get_by_role("status")).to_contain_text("EBYS’ye ulaşılamıyor")
    panel.get_by_role("button", name="EBYS numarasını yaz").press("Enter")
    field(panel, "EBYS no").fill("E-5")
    panel.get_by_role("button", name="Kaydet").press("Enter")
    expect(panel).to_contain_text("E-5")
    with database.writing() as session:
        row = session.get_one(EbysExchange, UUID(letter["id"]))
        row.state, row.told_sha256, row.problem, row.given_no = "told", b"x", "differs", "E-7"
    database.close()
    page.reload()
    expect(panel.get_by_role("status")).to_contain_text("EBYS E-7")
    expect(page.get_by_role("row").filter(has_text="2026/9")).to_contain_text("EBYS başka numara verdi")
    panel.get_by_role("button", name="EBYS numarasını yaz").press("Enter")
    field(panel, "EBYS no").fill("E-7")
    panel.get_by_role("button", name="Kaydet").press("Enter")
    expect(panel.get_by_role("status")).to_have_count(0)
    expect(panel).to_contain_text("E-7")
