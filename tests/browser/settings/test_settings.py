"""The settings on their page: seen, changed, tried, taken over by what runs; by keys, on a phone, to nobody else."""

import json
import re

import pytest
from axe_page import LOADING, Inspector, dressed
from node_processes import Node, Person, wait_until
from playwright.sync_api import expect
from wall_page import PICTURE_MS, sign_in

pytestmark = [pytest.mark.sockets, pytest.mark.system, pytest.mark.long]

DESK = Person("ayarci", "Ince-ayar-1971", "sysadmin", "Tolga Kum")
ENGLISH = Person("setter", "Kalin-ayar-1972", "sysadmin", "Deniz Ay", "en")
GUARD = Person("kapici", "Ince-kapi-1973", "guard", "Rıza Tan")
PHONE = {"width": 360, "height": 740}
SIDEWAYS = "() => document.querySelector('#content').scrollWidth - document.querySelector('#content').clientWidth"
UNREACHABLE = r"net::ERR_|status of 50[234]"
REFUSED = r"status of 422 .*/settings"
BACK_MS = 60_000
SECRET = "posta-parolasi-1974"


@pytest.fixture(scope="module")
def own(tmp_path_factory):
    """A node without cameras, whose settings may be spoilt: a line by hand, nothing else."""
    own = Node(tmp_path_factory.mktemp("settings"))
    for person in (DESK, ENGLISH, GUARD):
        own.admit(person)
    (own.data / "nazar.toml").write_text("[recorder]\nsync_interval_s = 4\n", encoding="utf-8")
    try:
        own.serve()
        yield own
    finally:
        own.stop()


@pytest.fixture
def settings_page(open_page, own):
    """Factory: somebody on the page of settings."""

    def open_(person, **options):
        page = open_page(None, "/sign-in", at=own, **options)
        sign_in(page, own.address, person)
        expect(page.locator("#content")).to_be_visible(timeout=PICTURE_MS)
        page.goto(f"{own.address}/admin/settings")
        return page

    return open_


def card(page, name):
    return page.locator(f"[data-section='{name}']")


def keep(panel, **texts):
    for label, text in texts.items():
        panel.get_by_label(label.replace("_", " "), exact=True).fill(text)
    panel.get_by_role("button", name="Kaydet").click()


def test_what_is_kept_is_taken_over_by_the_jobs_themselves_and_by_the_console_when_asked(settings_page, own):
    page = settings_page(DESK)
    page.trap.allow(UNREACHABLE)
    expect(page.get_by_role("link", name="Ayarlar")).to_have_attribute("aria-current", "page")
    by_hand = page.locator("[data-setting='recorder.sync_interval_s']")
    expect(by_hand).to_contain_text("nazar.toml, satır 2")
    institution = card(page, "institution")
    expect(institution).to_contain_text("Kurulmamış")
    institution.get_by_role("button", name="Kur: Kurum ve antet").click()
    keep(page.get_by_role("dialog"), Kurumun_adı="Gökçe Belediyesi", Belge_sorgu_adresi="https://belge.gokce.bel.tr")
    expect(page.get_by_role("dialog")).to_have_count(0)
    name = page.locator("[data-setting='institution.name']")
    expect(name).to_contain_text("Gökçe Belediyesi")
    expect(name).to_contain_text("Bu sayfadan")
    processes = own.children()
    jobs_log = own.folder / "serve.log"
    wait_until(
        lambda: "the settings changed: the jobs begin anew" in jobs_log.read_text(), what="the jobs take it over"
    )

    expect(page.get_by_text("2 ayar konsolun yeniden başlamasını bekliyor")).to_be_visible()
    page.get_by_role("button", name="Konsolu yeniden başlat").click()
    page.get_by_role("dialog").get_by_role("button", name="Konsolu yeniden başlat").click()
    expect(page.get_by_text("Konsol yeni ayarlarla çalışıyor.")).to_be_visible(timeout=BACK_MS)
    assert own.children() == processes  # the same processes: nobody's supervisor saw an end
    answer = page.request.get(f"{own.address}/api/v1/settings").json()
    rows = {row["key"]: row for section in answer["sections"] for row in section["settings"]}
    assert rows["institution.name"]["running"] == "Gökçe Belediyesi"
    assert not any(row["is_waiting"] for row in rows.values())


@pytest.mark.proves("D-9.1b", "edge-21")
def test_nobody_goes_below_twenty_days_and_all_by_keys(settings_page):
    page = settings_page(DESK)
    page.trap.allow(REFUSED)
    button = page.get_by_role("button", name="Değiştir: Saklama süresi")
    button.focus()
    page.keyboard.press("Enter")
    panel = page.get_by_role("dialog")
    days = panel.get_by_label("Gün", exact=True)
    days.fill("19")
    expect(panel.get_by_text("geri gelmez")).to_be_visible()  # before it is kept, what it would do
    expect(panel.get_by_role("button", name="Kaydet")).to_be_disabled()  # nobody's decision yet
    panel.get_by_label("Kimin kararıyla").fill("Olur 2026/12")
    page.keyboard.press("Enter")
    expect(panel.get_by_text("Saklama süresi 20 günden az olamaz.")).to_be_visible()
    days.fill("22")
    page.keyboard.press("Enter")
    expect(panel).to_have_count(0)
    expect(page.locator("[data-setting='retention.days']")).to_contain_text("22")
    expect(button).to_be_focused()


def test_a_password_goes_in_and_never_comes_out(settings_page):
    page = settings_page(DESK)
    card(page, "mail").get_by_role("button", name="Kur: E-posta").click()
    panel = page.get_by_role("dialog")
    panel.get_by_label("Parola", exact=True).fill(SECRET)
    keep(panel, Sunucu="127.0.0.1", Kullanıcı_adı="nazar", Gönderen="nazar@gokce.bel.tr")
    expect(panel).to_have_count(0)
    row = page.locator("[data-setting='mail.password']")
    expect(row).to_contain_text("Tanımlı")
    expect(card(page, "mail").get_by_text("Posta sunucusu: Sorun")).to_be_visible(timeout=PICTURE_MS)
    expect(page.get_by_role("button", name="Bana deneme iletisi gönder")).to_be_disabled()  # no address of their own
    assert SECRET not in page.content()
    assert SECRET not in page.request.get(page.url.replace("/admin/", "/api/v1/")).text()
    card(page, "mail").get_by_role("button", name="Değiştir: E-posta").click()
    expect(panel.get_by_label("Parola", exact=True)).to_have_value("")
    assert SECRET not in json.dumps(
        page.evaluate("() => [...document.querySelectorAll('input')].map((one) => one.value)")
    )
    panel.get_by_role("button", name="Bölümü kaldır").click()
    panel.get_by_role("button", name="Evet, kaldır").click()
    expect(card(page, "mail")).to_contain_text("Kurulmamış")


def test_files_that_break_a_rule_are_told_first(settings_page, own):
    path = own.data / "nazar.toml"
    kept = path.read_text(encoding="utf-8")
    path.write_text(kept + "[retention]\ndays = 7\n", encoding="utf-8")
    try:
        page = settings_page(DESK)
        expect(page.get_by_role("alert").filter(has_text="hiçbir süreç bunlarla başlamaz").first).to_be_visible()
        expect(page.get_by_role("button", name=re.compile("^(Değiştir|Kur):"))).to_have_count(0)
    finally:
        path.write_text(kept, encoding="utf-8")


def test_the_page_is_for_who_keeps_the_node_going_and_fits_a_phone(settings_page):
    page = settings_page(GUARD)
    expect(page.get_by_text("sistem yöneticisi")).to_be_visible()
    expect(page.locator("[data-section]")).to_have_count(0)
    page = settings_page(DESK, viewport=PHONE, has_touch=True)
    expect(card(page, "web")).to_be_visible()
    page.get_by_role("navigation", name="Ayar bölümleri").get_by_role("link", name="Konsol sunucusu").click()
    expect(page.get_by_role("heading", name="Konsol sunucusu")).to_be_in_viewport()
    expect(page.get_by_role("heading", name="Konsol sunucusu")).to_be_focused()
    page.get_by_text("Sunucuda nasıl değiştirilir: Kayıt diskleri").click()
    expect(page.get_by_text("[[volumes]]")).to_be_visible()
    assert page.evaluate(SIDEWAYS) <= 0


@pytest.mark.parametrize(("language", "person"), [("tr", DESK), ("en", ENGLISH)])
def test_nothing_on_it_is_in_anybodys_way(settings_page, language, person):
    page = settings_page(person, script=dressed(language), reduced_motion="reduce")
    looker = Inspector(page, language)
    expect(page.get_by_role("heading", name=looker.word("settings:title"))).to_be_visible()
    expect(page.locator(LOADING)).to_have_count(0)
    expect(page.get_by_text(looker.word("settings:checks.running"))).to_have_count(0, timeout=PICTURE_MS)
    for summary in page.locator("summary").all():
        summary.click()
    looker.look("settings")
    for section, button in (("footage", "change_one"), ("sign_in-policy", "change_one"), ("mail", "set_up_one")):
        title = looker.word(f"settings:section.{section}.title")
        looker.press(looker.word(f"settings:{button}", section=title), exact=True)
        looker.look_at_dialog(section)
    assert looker.found == []
