"""The register of people: what was typed stays, nobody decides about themselves, a guard has no way there."""

import re

import pytest
from node_processes import ADMINISTRATOR, GUARD
from playwright.sync_api import expect

pytestmark = [pytest.mark.sockets, pytest.mark.system]


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
