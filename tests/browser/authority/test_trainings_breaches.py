"""Two papers in front of the screen: a training's attendance form; from an attempt in the log to a breach's record."""

import re
import subprocess
from datetime import datetime, timedelta

import pytest
from axe_page import LOADING, Inspector, dressed
from node_processes import GUARD, PLACES, Node, Person
from offices import pick
from playwright.sync_api import expect

from vms.kernel.days import ZONE

pytestmark = [pytest.mark.sockets, pytest.mark.system, pytest.mark.long]
KEEPER = Person("egitmen", "Genis-salon-1935", "technician", "Sinan Öge")
HEAD = Person("sef", "Mavi-defter-1936", "vms_unit_head", "Feride Ünlü")
AUDITOR = Person("sahin", "Sabirli-okur-1920", "auditor", "Pınar Şener")
READERS = {  # of both languages: who keeps trainings, who records breaches, who hands over what they found
    "tr": (KEEPER, HEAD, AUDITOR),
    "en": (
        Person("trainer", "Dar-salon-1937", "technician", "Yunus Kaya", "en"),
        Person("head", "Sari-defter-1938", "vms_unit_head", "Bade Işıl", "en"),
        Person("leyla", "Yeni-defter-1944", "auditor", "Handan Öztaş", "en"),
    ),
}
ATTENDEES = ("Işıl Çığırtkan", "Çağrı Öz")
STREET = PLACES[0]


@pytest.fixture(scope="module")
def town(node, tmp_path_factory):
    """A node of its own that knows the institution's name, with one of the other's simulated cameras."""
    town = Node(tmp_path_factory.mktemp("town"))
    town.rtsp = node.rtsp
    town.register(0, STREET)
    town.vms("unit", "add", "Zabıta Dairesi", "--kind", "municipality")
    for name in ATTENDEES:
        town.vms("person", "add", name, "--unit", "Zabıta Dairesi")
    for person in (*READERS["tr"], *READERS["en"], GUARD):
        town.admit(person)
    town.allow(GUARD, (STREET.number,))
    try:
        town.serve(
            NAZAR_INSTITUTION__NAME="Deneme Belediyesi", NAZAR_INSTITUTION__QUERY_URL="https://belge.example.bel.tr"
        )
        yield town
    finally:
        town.stop()


def taken(page, link):
    """The text of the paper behind a link, as pdftotext finds it."""
    with page.expect_download() as download:
        link.click()
    command = ["pdftotext", str(download.value.path()), "-"]
    return " ".join(subprocess.run(command, capture_output=True, check=True).stdout.decode().split())


@pytest.mark.proves("D-6.11", "D-5.5b")
def test_a_keeper_enters_a_training_and_prints_its_form(come):
    page = come(KEEPER, "/training")
    room = page.get_by_role("region", name="Yüz yüze eğitimler")
    room.get_by_role("button", name="Eğitim gir").click()
    panel = page.get_by_role("dialog", name="Eğitim gir")
    begins = datetime.now(ZONE) - timedelta(hours=2)
    panel.get_by_label("Başlangıç").fill(f"{begins:%d.%m.%Y %H:%M}")
    panel.get_by_label("Bitiş").fill(f"{begins + timedelta(hours=1):%d.%m.%Y %H:%M}")
    panel.get_by_label("Yer", exact=True).fill("Işık Sokağı eğitim salonu")
    panel.get_by_label("Dışarıdan gelen eğitmen").fill("Şükrü Usta")
    for name in ATTENDEES:
        pick(panel, "Katılan ekle", name)
    expect(panel.get_by_role("list", name="Katılanlar").get_by_role("listitem")).to_have_text(
        [re.compile("Çağrı Öz"), re.compile("Işıl Çığırtkan")]  # as the Turkish alphabet has them
    )
    panel.get_by_role("button", name="Kaydet").click()
    expect(panel).to_have_count(0)
    line = room.get_by_role("listitem", name=re.compile("Işık Sokağı eğitim salonu"))
    expect(line).to_contain_text("2 katılan")
    line.get_by_role("button", name=re.compile("Katılım formunu bas")).click()
    expect(line).to_contain_text("İmza bekliyor")
    said = taken(page, line.get_by_role("link", name=re.compile("Belgeyi indir")))
    hours = f"{begins:%d.%m.%Y, saat %H.%M} – {begins + timedelta(hours=1):%H.%M}"
    for part in ("EĞİTİM KATILIM FORMU", "P-16/", hours, "Işık Sokağı eğitim salonu", "Şükrü Usta", *ATTENDEES):
        assert part in said, part


@pytest.mark.proves("D-11.4b", "D-11.4c")
def test_from_an_attempt_in_the_log_to_the_record_of_a_breach(come, town):
    guard = come(GUARD, "/help").context.request
    cameras = guard.get(f"{town.address}/api/v1/cameras").json()["cameras"]
    attempt = {"kind": "print_screen", "camera_id": cameras[0]["id"]}
    assert guard.post(f"{town.address}/api/v1/attempts", data=attempt).status == 204

    log = come(AUDITOR, "/audit")
    row = log.get_by_role("row").filter(has_text="Ekrandan kayıt girişimi").first
    row.get_by_role("button").click()
    log.get_by_role("dialog").get_by_role("link", name="Olay kaydı tut (P-29)").click()
    expect(log.get_by_role("button", name="Olay kaydı tut")).to_have_count(0)  # auditors change nothing
    address = log.get_by_label("İletilecek adres").input_value()

    page = come(HEAD, address.removeprefix(town.address))
    panel = page.get_by_role("dialog", name="Olay kaydı tut")
    expect(panel.get_by_label("Kullanıcı adı")).to_have_value(GUARD.name)
    expect(panel.locator("input").and_(panel.get_by_label("Kamera"))).to_have_value(f"{STREET.number} · {STREET.name}")
    expect(panel.get_by_label("Delil", exact=True)).to_have_value(re.compile("Ekrandan kayıt girişimi"))
    panel.get_by_label("Ne oldu").fill("Işık Sokak görüntüsü\nekrandan çekilmek istendi.")
    panel.get_by_label("Yapılan işlem").fill("Görevli uyarıldı, şikâyet açıldı.")
    panel.get_by_role("button", name="Kaydet").click()
    expect(panel).to_have_count(0)
    line = page.get_by_role("listitem").filter(has_text="ekrandan çekilmek istendi")
    line.get_by_role("button", name=re.compile("Olay kaydını bas")).click()
    expect(line).to_contain_text("İmza bekliyor")
    said = taken(page, line.get_by_role("link", name=re.compile("Belgeyi indir")))
    for part in (
        "GİZLİLİK İHLALİ OLAY KAYDI", "P-29/", f"{STREET.number} {STREET.name}", GUARD.display_name, GUARD.name,
        "Işık Sokak görüntüsü", "Görevli uyarıldı, şikâyet açıldı.", "Denetim izi no",
    ):  # fmt: skip
        assert part in said, part

    log.reload()
    expect(log.get_by_role("listitem").filter(has_text="ekrandan çekilmek istendi")).to_be_visible()


@pytest.mark.parametrize("language", ["tr", "en"])
def test_trainings_and_breaches_are_accessible(come, language):
    keeper, head, auditor = READERS[language]
    options = {"script": dressed(language), "reduced_motion": "reduce"}
    looker = Inspector(come(keeper, "/training", **options), language)
    page, word = looker.page, looker.word
    expect(page.get_by_role("button", name=re.compile("P-16")).first).to_be_visible()  # the training above is there
    looker.look("trainings")
    looker.press(word("training:room.new"), exact=True)
    pick(page.get_by_role("dialog"), word("training:room.add_attendee"), ATTENDEES[0])
    looker.look("new training", "[role=dialog]")
    found = looker.found

    looker = Inspector(come(head, "/breaches", **options), language)
    page = looker.page
    expect(page.get_by_role("button", name=re.compile("P-29")).first).to_be_visible()
    looker.look("breaches")
    looker.press(word("breaches:new"), exact=True)
    looker.press(word("breaches:evidence.add"), exact=True)
    looker.look("new breach", "[role=dialog]")
    found += looker.found

    looker = Inspector(come(auditor, "/audit?refused=true&kind=recording_attempt", **options), language)
    page = looker.page
    expect(page.locator(LOADING)).to_have_count(0)
    page.get_by_role("row").nth(1).get_by_role("button").click()
    page.get_by_role("dialog").get_by_role("link", name=word("audit:breach")).click()
    expect(page.get_by_label(word("breaches:entry.address"))).to_be_visible()
    looker.look("handing over a breach")
    assert found + looker.found == []
