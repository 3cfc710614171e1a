"""From an empty municipality to a guard with an account, by keys; refusals at their fields; what was typed stays."""

import re

import pytest
from node_processes import ADMINISTRATOR, GUARD
from playwright.sync_api import expect

pytestmark = [pytest.mark.sockets, pytest.mark.system]
REFUSED = r"status of 4(09|22)"


def choose(page, name, entry):
    """An entry of a list."""
    page.get_by_role("combobox", name=name).click()
    page.get_by_role("option", name=entry).first.click()


@pytest.fixture
def unit(open_page, api):
    """The municipality, which another test may have registered already."""
    page = open_page(ADMINISTRATOR, "/help")
    own = api(page)
    found = [one for one in own.get("/units")["units"] if one["kind"] == "municipality"]
    if not found:
        found = [own.post("/units", {"name": "Deneme Belediyesi", "kind": "municipality"})]
    page.close()
    return found[0]


@pytest.mark.proves("D-1.1", "D-5.5a")
def test_a_unit_a_person_and_a_guards_account_are_registered(open_page, unit):
    page = open_page(ADMINISTRATOR, "/live")
    page.trap.allow(REFUSED)
    page.get_by_role("link", name="Yönetim").press("Enter")
    page.wait_for_url("**/admin/people")

    page.get_by_role("link", name="Birimler").press("Enter")
    page.get_by_role("button", name=f"Altına birim ekle: {unit['name']}").press("Enter")
    page.get_by_label("Birimin adı").fill("Koruma ve Güvenlik Şube Müdürlüğü")
    choose(page, "Türü", "Şube Müdürlüğü")
    page.get_by_label("Birimin adı").press("Enter")
    expect(page.get_by_role("dialog")).to_have_count(0)
    expect(page.get_by_role("button", name=re.compile("^Koruma ve Güvenlik Şube Müdürlüğü"))).to_be_visible()

    page.get_by_role("link", name="Kişiler").press("Enter")
    page.get_by_role("button", name="Yeni kişi").press("Enter")
    page.get_by_label("Adı soyadı").fill("Şükrü Işıkoğlu")
    page.get_by_label("Sicil no", exact=True).fill("12 34")
    choose(page, "Birimi", "Koruma ve Güvenlik Şube Müdürlüğü")
    choose(page, "Çalışma biçimi", "Memur")
    page.get_by_role("button", name="Kişiyi kaydet").press("Enter")
    expect(page.get_by_label("Sicil no", exact=True)).to_have_attribute("aria-invalid", "true")
    expect(page.get_by_text("Sicil numarası 1–20 harf ve rakamdır")).to_be_visible()
    expect(page.get_by_label("Adı soyadı")).to_have_value("Şükrü Işıkoğlu")
    page.get_by_label("Sicil no", exact=True).fill("1234")
    page.get_by_role("button", name="Kişiyi kaydet").press("Enter")
    expect(page.get_by_role("dialog")).to_have_count(0)
    page.get_by_label("Ad, sicil no ya da unvan").fill("SUKRU isik")
    row = page.get_by_role("button", name="Şükrü Işıkoğlu")
    expect(row).to_contain_text("Hesabı yok")

    row.press("Enter")
    page.get_by_role("link", name="Bu kişiye hesap aç").press("Enter")
    expect(page.get_by_role("combobox", name="Kimin")).to_have_value(re.compile("Şükrü Işıkoğlu"))
    page.get_by_label("Kullanıcı adı", exact=True).fill("sukru")
    choose(page, "Görevler", "Güvenlik görevlisi")
    page.get_by_role("textbox", name="İlk parola").fill("Uzun-bir-parola-1")
    page.get_by_role("button", name="Hesabı aç").click()
    expect(page.get_by_role("dialog", name="Şükrü Işıkoğlu")).to_contain_text("Güvenlik görevlisi")
    page.keyboard.press("Escape")
    page.get_by_label("Ad, kullanıcı adı ya da sicil no").fill("1234")
    listed = page.get_by_role("button", name="Şükrü Işıkoğlu")
    expect(listed).to_contain_text("sukru")
    expect(listed).to_contain_text("Güvenlik görevlisi")


def test_what_was_typed_does_not_go_by_a_slip(open_page, unit):
    page = open_page(ADMINISTRATOR, "/admin/people?open=new")
    page.get_by_label("Adı soyadı").fill("Yarım Kalan")
    page.keyboard.press("Escape")
    expect(page.get_by_role("alert")).to_contain_text("henüz saklanmadı")
    page.get_by_role("button", name="Yazmayı sürdür").click()
    expect(page.get_by_label("Adı soyadı")).to_have_value("Yarım Kalan")
    page.keyboard.press("Escape")
    page.get_by_role("button", name="Yazdıklarımı bırak").click()
    expect(page.get_by_role("dialog")).to_have_count(0)


@pytest.mark.proves("C-7")
def test_nobody_is_offered_to_change_their_own_roles(open_page, api):
    page = open_page(ADMINISTRATOR, "/admin/accounts")
    page.get_by_label("Ad, kullanıcı adı ya da sicil no").fill(ADMINISTRATOR.name)
    page.get_by_role("button", name=f"{ADMINISTRATOR.display_name} {ADMINISTRATOR.name}").click()
    panel = page.get_by_role("dialog", name=ADMINISTRATOR.display_name)
    expect(panel).to_contain_text("Bu sizin hesabınız")
    expect(panel.get_by_role("button", name=re.compile("Görevi geri al"))).to_have_count(0)
    expect(panel.get_by_role("button", name="Hesabı kapat")).to_have_count(0)


def test_a_guard_has_no_way_there(open_page):
    page = open_page(GUARD, "/admin/people")
    expect(page.get_by_text("Bu sayfa sizin göreviniz değil")).to_be_visible()
    expect(page.get_by_role("link", name="Yönetim")).to_have_count(0)
