"""The register of papers in front of the screen: found, handed in signed, cancelled; what the public page then says."""

import re
import subprocess
from datetime import datetime, timedelta

import pytest
from axe_page import LOADING, Inspector, dressed
from node_processes import PLACES, Node, Person
from playwright.sync_api import expect

from vms.kernel.clock import SystemClock, from_datetime
from vms.kernel.days import ZONE, day_of

pytestmark = [pytest.mark.sockets, pytest.mark.system, pytest.mark.long]
CLERK = Person("evrakci", "Kirmizi-dosya-1951", "registry_clerk", "Nilgün Işık")
READER = Person("registry", "Yesil-dosya-1952", "registry_clerk", "Özgür Çınar", "en")
HEAD = Person("gulsen", "Beyaz-dosya-1953", "vms_unit_head", "Gülşen Ünal")
KEEPER = Person("ogretmen", "Siyah-dosya-1954", "technician", "Turgut Eri")
GUARD = Person("ilyas", "Sari-dosya-1955", "guard", "İlyas Çakır")
PHONE = {"width": 360, "height": 740}
SIDEWAYS = "() => document.querySelector('#content').scrollWidth - document.querySelector('#content').clientWidth"
HOUR = timedelta(hours=1)


@pytest.fixture(scope="module")
def town(node, tmp_path_factory):
    """A node of its own that knows the institution's name, so that it prints."""
    town = Node(tmp_path_factory.mktemp("town"))
    town.rtsp = node.rtsp
    town.register(0, PLACES[0])
    town.vms("unit", "add", "Zabıta Dairesi", "--kind", "municipality")
    for person in (CLERK, READER, HEAD, KEEPER, GUARD):
        town.admit(person)
    try:
        town.serve(
            NAZAR_INSTITUTION__NAME="Deneme Belediyesi", NAZAR_INSTITUTION__QUERY_URL="https://belge.example.bel.tr"
        )
        yield town
    finally:
        town.stop()


def made(page, town, path, body=None):
    """What the API answers to that page's person."""
    answer = page.context.request.post(f"{town.address}/api/v1{path}", data=body or {})
    assert answer.ok, answer.text()
    return answer.json()


@pytest.fixture
def breach(come, town):
    """A breach with its printed record: what the API says of both."""
    page = come(HEAD)
    today = day_of(SystemClock().now_us()).isoformat()
    told = {
        "happened_on": today, "noticed_on": today, "person_words": "Işıl Çığırtkan",
        "what": "Ekran fotoğraflandı.", "action": "Uyarıldı.",
    }  # fmt: skip
    row = made(page, town, "/breaches", told)
    return row | {"paper": made(page, town, f"/breaches/{row['id']}/paper")}


@pytest.fixture
def training(come, town):
    """A training of two hours ago with its printed form, and a page of who keeps it."""
    page = come(KEEPER, "/training")
    if not page.context.request.get(f"{town.address}/api/v1/training/people?search=ilker").json()["people"]:
        town.vms("person", "add", "İlker Çığ", "--unit", "Zabıta Dairesi")
    found = page.context.request.get(f"{town.address}/api/v1/training/people?search=ilker").json()["people"]
    begins_us = from_datetime(datetime.now(ZONE) - 2 * HOUR)
    body = {
        "begins_us": begins_us, "ends_us": begins_us + HOUR // timedelta(microseconds=1), "place": "Işık salonu",
        "topics": ["viewing"], "trainer_name": "Şükrü Usta", "attendees": [found[0]["id"]],
    }  # fmt: skip
    row = made(page, town, "/training/sessions", body)
    return row | {"paper": made(page, town, f"/training/sessions/{row['id']}/paper"), "page": page}


def scanned(page, button, tmp_path):
    """The paper behind a button as a scanner makes it of the printed sheet: a picture, no text."""
    with page.expect_download() as download:
        button.click()
    path = tmp_path / "scan"
    command = ["pdftoppm", "-r", "150", "-gray", "-png", "-singlefile", str(download.value.path()), str(path)]
    subprocess.run(command, check=True)
    return path.with_suffix(".png")


def public_page(open_page, town, code):
    """What anybody reads who holds the paper."""
    page = open_page(None, f"/d/{code}", at=town)
    return page.locator("main")


def cancelled(dialog, reason):
    """Everything that follows is said before the reason is asked; nothing is sent without one."""
    expect(dialog.get_by_role("list", name="İptalin sonuçları")).to_contain_text("Sayısı dolu kalır")
    expect(dialog.get_by_role("list", name="İptalin sonuçları")).to_contain_text("Belge iptal edildi")
    send = dialog.get_by_role("button", name="Belgeyi iptal et")
    expect(send).to_be_disabled()
    expect(dialog.get_by_label("Gerekçe")).to_be_focused()
    dialog.get_by_label("Gerekçe").fill(reason)
    dialog.get_by_label("Gerekçe").press("Enter")


@pytest.mark.proves("edge-117", "D-0.1", "D-0.2")
def test_a_paper_is_found_handed_in_and_cancelled_and_the_public_page_says_so(
    open_page, come, town, training, tmp_path
):
    page = come(CLERK, "/documents")
    number = training["paper"]["number"]
    expect(page.get_by_role("row").nth(1)).to_be_visible()
    page.keyboard.press("/")
    search = page.get_by_role("searchbox")
    expect(search).to_be_focused()
    page.keyboard.type("ILKER cig")  # İlker Çığ
    expect(page).to_have_url(re.compile("text=ILKER"))
    row = page.get_by_role("row").filter(has_text=number)
    expect(row).to_contain_text("İmza bekliyor")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("End")
    page.keyboard.press("Home")
    row.get_by_role("button").focus()
    page.keyboard.press("Enter")
    panel = page.get_by_role("dialog", name=number)
    expect(panel).to_contain_text("Eğitim Katılım Formu (P-16)")
    code = panel.locator("code").first.inner_text()
    assert code == training["paper"]["code"]

    scan = scanned(page, panel.get_by_role("link", name="Belgeyi indir"), tmp_path)
    with page.expect_file_chooser() as chooser:
        panel.get_by_role("button", name=re.compile("İmzalı belgeyi yükle")).click()
    chooser.value.set_files(scan)
    expect(panel.get_by_role("region", name="İmzalı nüsha")).to_contain_text("doğrulama kodu dosyada okundu")
    expect(panel).to_contain_text("Islak imzalı")
    expect(public_page(open_page, town, code)).to_contain_text("Belge geçerli")

    panel.get_by_role("button", name="Belgeyi iptal et").press("Enter")
    dialog = page.get_by_role("dialog", name=f"{number} iptal edilsin mi?")
    expect(dialog).to_contain_text("İmzalı nüsha silinmez")
    dialog.get_by_role("button", name="Vazgeç").press("Enter")
    expect(panel.get_by_role("button", name="Belgeyi iptal et")).to_be_focused()
    page.keyboard.press("Enter")
    cancelled(dialog, "Yanlış eğitim için basıldı")
    expect(panel.get_by_role("status")).to_be_focused()
    expect(panel.get_by_role("status")).to_contain_text("Yanlış eğitim için basıldı")
    expect(panel.get_by_role("status")).to_contain_text(CLERK.display_name)
    expect(panel.get_by_role("button", name="Belgeyi iptal et")).to_have_count(0)
    expect(panel.get_by_role("link", name="İmzalısını indir")).to_be_visible()
    said = public_page(open_page, town, code)
    expect(said).to_contain_text("Belge iptal edildi")
    expect(said).not_to_contain_text("Yanlış eğitim")

    page.keyboard.press("Escape")
    expect(panel).to_have_count(0)
    expect(row.get_by_role("button")).to_be_focused()
    expect(row).to_contain_text("İptal edildi")
    page.reload()
    expect(search).to_have_value("ILKER cig")
    expect(row).to_contain_text("İptal edildi")


@pytest.mark.proves("edge-118")
def test_versions_and_filters_stand_in_the_address(come, town, breach):
    head = come(HEAD)
    told = {
        "happened_on": breach["happened_on"], "noticed_on": breach["noticed_on"], "person_words": "Işıl Çığırtkan",
        "what": "Ekran fotoğraflandı.", "action": "Tutanak tutuldu.",
    }  # fmt: skip
    answer = head.context.request.put(f"{town.address}/api/v1/breaches/{breach['id']}", data=told)
    assert answer.ok, answer.text()
    assert made(head, town, f"/breaches/{breach['id']}/paper")["version"] == 2
    number = breach["paper"]["number"]
    page = come(CLERK, f"/documents?text={number}&kind=P-29&state=superseded")
    expect(page.get_by_role("row")).to_have_count(2)
    page.get_by_role("row").filter(has_text="Yeni sürümü var").get_by_role("button").click()
    panel = page.get_by_role("dialog", name=number)
    expect(panel.get_by_role("list")).to_contain_text("2. sürüm")
    panel.get_by_role("button", name="2. sürümü aç").click()
    expect(panel).to_contain_text("İmza bekliyor")
    panel.get_by_role("button", name="Bu işin bütün belgeleri").click()
    expect(panel).to_have_count(0)
    expect(page.get_by_role("row")).to_have_count(3)
    page.get_by_role("button", name="Bütün işlerin belgelerini göster").click()
    expect(page).to_have_url(re.compile("/documents$"))
    page.goto(f"{town.address}/documents?text=boyle+bir+belge+yok")
    expect(page.get_by_text("Aramanıza uyan sonuç yok.")).to_be_visible()
    page.get_by_role("button", name="Filtreleri temizle").click()
    expect(page.get_by_role("row").nth(1)).to_be_visible()


@pytest.mark.proves("E-1")
def test_a_guard_finds_no_paper_of_others(come, training, breach):
    page = come(GUARD, "/documents")
    expect(page.get_by_text("Adınıza düzenlenmiş belge yok.")).to_be_visible()
    expect(page.get_by_role("row")).to_have_count(0)
    expect(page.get_by_role("navigation").get_by_role("link", name="Belgeler")).to_have_count(0)


@pytest.mark.proves("edge-117", "D-11.4c")
def test_the_record_of_a_breach_is_cancelled_on_its_page_and_a_new_one_printed(open_page, come, town, breach):
    number = breach["paper"]["number"]
    page = come(CLERK, "/breaches")
    page.get_by_role("button", name=f"{number}: Belgeyi iptal et").press("Enter")
    dialog = page.get_by_role("dialog", name=f"{number} iptal edilsin mi?")
    cancelled(dialog, "Başka kişi yazılmış")
    note = page.get_by_role("status").filter(has_text=f"{number} iptal edildi")
    expect(note).to_be_focused()
    expect(note).to_contain_text("Başka kişi yazılmış")
    expect(note).to_contain_text("birim şefi ya da şube müdürü basar")
    expect(public_page(open_page, town, breach["paper"]["code"])).to_contain_text("Belge iptal edildi")

    head = come(HEAD, "/breaches")
    note = head.get_by_role("status").filter(has_text=f"{number} iptal edildi")
    expect(head.get_by_role("button", name=f"{number}: Belgeyi iptal et")).to_have_count(
        0
    )  # who keeps the register cancels
    line = head.get_by_role("listitem").filter(has=note)
    note.get_by_role("button", name=re.compile("Yeni olay kaydı bas")).click()
    expect(note).to_have_count(0)
    expect(head.get_by_role("listitem").filter(has_text="İmza bekliyor").first).not_to_contain_text(number)
    expect(line).to_have_count(0)


@pytest.mark.proves("edge-117", "D-6.11")
def test_the_form_of_a_training_is_cancelled_on_its_page_and_a_new_one_printed(open_page, town, training):
    page, number = training["page"], training["paper"]["number"]
    page.reload()
    page.get_by_role("button", name=f"{number}: Belgeyi iptal et").click()
    cancelled(page.get_by_role("dialog", name=f"{number} iptal edilsin mi?"), "Katılanlar eksik")
    note = page.get_by_role("status").filter(has_text=f"{number} iptal edildi")
    expect(note).to_be_focused()
    expect(public_page(open_page, town, training["paper"]["code"])).to_contain_text("Belge iptal edildi")
    note.get_by_role("button", name=re.compile("Yeni katılım formu bas")).click()
    expect(note).to_have_count(0)
    expect(page.get_by_role("region", name="Yüz yüze eğitimler")).not_to_contain_text(number)
    expect(page.get_by_role("region", name="Yüz yüze eğitimler")).to_contain_text("İmza bekliyor")


@pytest.mark.proves("E-20")
def test_the_register_fits_a_phone(come, training):
    page = come(CLERK, "/documents", viewport=PHONE, has_touch=True)
    row = page.get_by_role("row").filter(has_text=training["paper"]["number"])
    expect(row).to_be_visible()
    assert page.evaluate(SIDEWAYS) <= 0
    row.get_by_role("button").tap()
    panel = page.get_by_role("dialog")
    expect(panel).to_contain_text(training["paper"]["code"])
    assert panel.evaluate("one => one.scrollWidth - one.clientWidth") <= 0


@pytest.mark.parametrize("person", [CLERK, READER], ids=lambda person: person.language)
def test_documents_and_cancelling_are_accessible(come, training, breach, person):
    options = {"script": dressed(person.language), "reduced_motion": "reduce"}
    looker = Inspector(come(person, "/documents", **options), person.language)
    page, word = looker.page, looker.word
    expect(page.get_by_role("row").nth(1)).to_be_visible()
    looker.look("documents")
    page.get_by_role("searchbox").fill("olmayan")
    expect(page.get_by_role("button", name=word("admin:clear"))).to_be_visible()
    looker.look("documents, none found")
    page.get_by_role("searchbox").fill(training["paper"]["number"])
    page.get_by_role("row").filter(has_text=training["paper"]["number"]).get_by_role("button").click()
    expect(page.get_by_role("dialog").locator("code").first).to_be_visible()
    expect(page.locator(LOADING)).to_have_count(0)
    looker.look("one document", "[role=dialog]")
    looker.press(word("papers:cancel.open"), exact=True)
    looker.look("cancelling in the panel", "[role=dialog]")
    page.get_by_role("dialog").get_by_label(word("papers:cancel.reason")).fill("deneme")
    looker.press(word("papers:cancel.send"), exact=True)
    expect(page.get_by_role("dialog").get_by_role("status")).to_be_focused()
    looker.look("a cancelled document", "[role=dialog]")
    page.keyboard.press("Escape")
    looker.go("breaches")
    number = breach["paper"]["number"]
    looker.press(word("papers:named", number=number, word=word("papers:cancel.open")))
    dialog = page.get_by_role("dialog")
    expect(dialog).to_be_visible()
    looker.look("cancelling in a dialog", "[role=dialog]")
    dialog.get_by_label(word("papers:cancel.reason")).fill("deneme")
    dialog.get_by_role("button", name=word("papers:cancel.send"), exact=True).click()
    expect(dialog).to_have_count(0)
    looker.look("breaches with a cancelled record")
    assert looker.found == []
