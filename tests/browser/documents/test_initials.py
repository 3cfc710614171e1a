"""A paper that goes through two hands before it is signed: who sees it, who presses what, what is refused meanwhile."""

import re
import subprocess
from datetime import datetime, timedelta

import pytest
from axe_page import Inspector, dressed
from node_processes import Node, Person
from playwright.sync_api import expect

from vms.kernel.clock import from_datetime
from vms.kernel.days import ZONE

pytestmark = [pytest.mark.sockets, pytest.mark.system, pytest.mark.long, pytest.mark.proves("S-1f")]
KEEPER = Person("ogretmen", "Siyah-dosya-1954", "technician", "Rasim Eren")
ENGINEER = Person("muhendis", "Mavi-dosya-1957", "authorised_viewer", "Işıl Çığ")
DEPUTY = Person("baskan", "Sari-dosya-1958", "department_head", "Ömer Şen", "en")
TITLES = {ENGINEER.name: "MÜHENDİS", DEPUTY.name: "Başkan Yardımcısı"}
PHONE = {"width": 360, "height": 740}
HOUR = timedelta(hours=1)


@pytest.fixture(scope="module")
def town(tmp_path_factory):
    """A node of its own that prints, where attendance forms go through two hands."""
    town = Node(tmp_path_factory.mktemp("town"))
    town.vms("unit", "add", "Belediye", "--kind", "municipality")
    for person in (KEEPER, ENGINEER, DEPUTY):
        town.vms(
            "person", "add", person.display_name, "--unit", "Belediye", "--title", TITLES.get(person.name, "Memur")
        )
        town.vms(
            "user", "add", person.name, "--person", person.display_name, "--role", person.role, "--language",
            person.language, "--no-must-change", "--password-stdin", text=person.password,
        )  # fmt: skip
    (town.data / "nazar.toml").write_text(
        '[institution]\nname = "Deneme Belediyesi"\nquery_url = "https://belge.example.bel.tr"\n'
        '[initials]\nP-16 = ["Mühendis", "Başkan Yardımcısı"]\n',
        encoding="utf-8",
    )
    try:
        town.serve()
        yield town
    finally:
        town.stop()


@pytest.fixture
def paper(come, town):
    """A printed attendance form, with a page of who keeps it."""
    page = come(KEEPER)
    asked = page.context.request
    begins_us = from_datetime(datetime.now(ZONE) - 2 * HOUR)
    found = asked.get(f"{town.address}/api/v1/training/people?search=isil").json()["people"]
    body = {
        "begins_us": begins_us, "ends_us": begins_us + HOUR // timedelta(microseconds=1), "place": "Salon",
        "topics": ["viewing"], "trainer_name": "Şükrü Usta", "attendees": [found[0]["id"]],
    }  # fmt: skip
    session = asked.post(f"{town.address}/api/v1/training/sessions", data=body).json()
    printed = asked.post(f"{town.address}/api/v1/training/sessions/{session['id']}/paper")
    assert printed.ok, printed.text()
    return printed.json() | {"page": page, "api": f"{town.address}/api/v1/documents/{printed.json()['id']}"}


def scanned(page, paper, tmp_path):
    """The paper as a scanner makes it of the printed sheet."""
    (tmp_path / "paper.pdf").write_bytes(page.context.request.get(f"{paper['api']}/paper.pdf").body())
    path = tmp_path / "scan"
    command = ["pdftoppm", "-r", "150", "-gray", "-png", "-singlefile", str(tmp_path / "paper.pdf"), str(path)]
    subprocess.run(command, check=True)
    return path.with_suffix(".png")


def test_two_people_initial_and_the_signed_scan_is_taken_only_then(come, town, paper, tmp_path):
    keeper, number = paper["page"], paper["number"]
    scan = scanned(keeper, paper, tmp_path)
    keeper.goto(f"{town.address}/documents?open={paper['id']}")
    panel = keeper.get_by_role("dialog", name=number)
    chain = panel.get_by_role("region", name="Paraf zinciri")
    expect(chain.get_by_role("listitem").first).to_contain_text("Sıra burada")
    expect(chain).to_contain_text("Sıra: Mühendis. Zincir tamamlanmadan belge imzalanmaz.")
    expect(panel).to_contain_text("Paraf bekliyor: Mühendis")
    expect(panel).to_contain_text("İmzalı belge, paraf zinciri tamamlanınca yüklenir.")
    expect(panel.get_by_role("button", name=re.compile("İmzalı belgeyi yükle"))).to_have_count(0)
    expect(chain.get_by_role("button")).to_have_count(0)

    def hand_in_by_program():
        answer = keeper.context.request.put(
            f"{paper['api']}/signed-file", data=scan.read_bytes(), headers={"Content-Type": "image/png"}
        )
        return answer.status, answer.json().get("code")

    assert hand_in_by_program() == (409, "initial_missing")

    engineer = come(ENGINEER, "/waiting")
    waiting = engineer.get_by_role("listitem").filter(has_text=f"{number} sayılı belge parafınızı bekliyor.")
    waiting.get_by_role("link").press("Enter")
    panel = engineer.get_by_role("dialog", name=number)
    chain = panel.get_by_role("region", name="Paraf zinciri")
    expect(panel.get_by_role("link", name="Belgeyi indir")).to_be_visible()
    chain.get_by_role("button", name="Parafla").press("Enter")
    expect(chain.get_by_role("status")).to_be_focused()
    expect(chain.get_by_role("status")).to_have_text("Parafınız kayda geçti.")
    expect(chain.get_by_role("listitem").first).to_contain_text(ENGINEER.display_name)
    expect(chain.get_by_role("button")).to_have_count(0)
    engineer.keyboard.press("Escape")
    expect(engineer.get_by_role("row").filter(has_text=number)).to_contain_text("Paraf bekliyor: Başkan Yardımcısı")
    assert hand_in_by_program() == (409, "initial_missing")

    deputy = come(DEPUTY, "/documents")
    deputy.get_by_role("checkbox", name="Only what waits for my initials").check()
    expect(deputy).to_have_url(re.compile("initials=true"))
    row = deputy.get_by_role("row").filter(has_text=number)
    expect(row).to_contain_text("Waits for your initials")
    row.get_by_role("button").press("Enter")
    panel = deputy.get_by_role("dialog", name=number)
    panel.get_by_role("button", name="Initial", exact=True).click()
    expect(panel.get_by_role("status")).to_have_text("Your initials are logged.")
    expect(panel).to_contain_text("Waits for a signature")

    keeper.reload()
    panel = keeper.get_by_role("dialog", name=number)
    expect(panel.get_by_role("region", name="Paraf zinciri")).to_contain_text("Zincir tamam; belge imzalanabilir.")
    with keeper.expect_file_chooser() as chooser:
        panel.get_by_role("button", name=re.compile("İmzalı belgeyi yükle")).click()
    chooser.value.set_files(scan)
    expect(panel).to_contain_text("Islak imzalı")
    expect(panel.get_by_role("region", name="Paraf zinciri")).to_contain_text(DEPUTY.display_name)


@pytest.mark.parametrize("person", [ENGINEER, DEPUTY], ids=lambda person: person.language)
def test_the_chain_is_accessible_and_fits_a_phone(come, town, paper, person):
    if person is DEPUTY:
        done = come(ENGINEER).context.request.post(f"{paper['api']}/initials")
        assert done.ok, done.text()
    options = {"script": dressed(person.language), "reduced_motion": "reduce"}
    looker = Inspector(come(person, f"/documents?open={paper['id']}", **options), person.language)
    give = looker.page.get_by_role("button", name=looker.word("documents:initials.give"), exact=True)
    expect(give).to_be_visible()
    looker.look("a chain of initials", "[role=dialog]")
    looker.page.keyboard.press("Escape")
    expect(looker.page.get_by_role("checkbox")).to_be_visible()
    looker.look("documents that wait for initials")
    assert looker.found == []
    phone = come(person, f"/documents?open={paper['id']}", viewport=PHONE, has_touch=True)
    panel = phone.get_by_role("dialog")
    expect(panel.get_by_role("button", name=looker.word("documents:initials.give"), exact=True)).to_be_visible()
    assert panel.evaluate("one => one.scrollWidth - one.clientWidth") <= 0
