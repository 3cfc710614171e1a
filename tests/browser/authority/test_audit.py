"""The auditor's page: who watched which camera, whatever was refused, the list as a file; nobody else reads it."""

import csv
import io
import re

import pytest
from node_processes import ADMINISTRATOR, GUARD, Person, wait_until
from playwright.sync_api import expect

pytestmark = [pytest.mark.sockets, pytest.mark.system, pytest.mark.long]

AUDITOR = Person("denetci", "Sabirli-okur-1920", "auditor", "Zeynep Şahin")
SEEN, LOST = 127, 14  # the guard may not see the harbour


@pytest.fixture(scope="module")
def auditor(node):
    node.admit(AUDITOR)
    return AUDITOR


@pytest.fixture(scope="module")
def watched(node, browser, signed_in_state):
    """The administrator saw a picture of camera 127; the guard asked for one of the harbour, which is not theirs."""

    def ask(person, camera):
        context = browser.new_context(storage_state=signed_in_state(person))
        status = context.request.get(f"{node.address}/api/v1/live/{camera}/snapshot.jpg").status
        context.close()
        return status

    context = browser.new_context(storage_state=signed_in_state(ADMINISTRATOR))
    cameras = context.request.get(f"{node.address}/api/v1/cameras").json()["cameras"]
    ids = {one["number"]: one["id"] for one in cameras}
    context.close()
    wait_until(lambda: ask(ADMINISTRATOR, ids[SEEN]) == 200, what="a picture of camera 127")
    assert ask(GUARD, ids[LOST]) == 403


@pytest.mark.proves("C-1", "C-7", "E-18", "D-1.3f")
def test_who_watched_this_camera_today_in_three_steps(open_page, auditor, watched):
    page, asked = open_page(auditor, "/"), []
    page.on("request", lambda request: asked.append(request.url))
    expect(page).to_have_url(re.compile("/audit"))  # where an auditor begins
    page.get_by_role("button", name="Bu kamerayı kim izledi?").click()
    page.keyboard.type("isik")
    page.get_by_role("option", name="127 · Işık Sokak").click()
    page.get_by_role("button", name="Bugün").click()
    row = page.get_by_role("row").filter(has_text=ADMINISTRATOR.display_name).first
    expect(row).to_contain_text("127 · Işık Sokak")
    expect(row).to_contain_text("Olur 2026/118")
    row.get_by_role("button").focus()
    page.keyboard.press("Enter")
    panel = page.get_by_role("dialog")
    expect(panel).to_contain_text("Görüntü açıldı")
    page.keyboard.press("Escape")
    expect(panel).to_have_count(0)
    assert any("/audit/viewings?" in one for one in asked)
    assert not [one for one in asked if re.search(r"/(live|playback)/", one)]  # no picture ever comes to an auditor


def test_refusals_are_found_and_taken_as_a_file(open_page, auditor, watched):
    page = open_page(auditor, "/audit")
    page.get_by_role("combobox", name="Kişi").click()
    page.get_by_role("option", name=re.compile(GUARD.display_name)).click()
    page.get_by_role("switch", name="Yalnızca reddedilenler").check()
    expect(page.get_by_role("row").filter(has_text="Görüntü reddedildi").first).to_contain_text("Liman")
    with page.expect_download() as taken:
        page.get_by_role("link", name="CSV olarak indir").click()
    rows = list(csv.DictReader(io.StringIO(taken.value.path().read_text(encoding="utf-8-sig"))))
    assert rows
    assert {row["person"] for row in rows} == {f"{GUARD.display_name} · {GUARD.name}"}
    assert "ok" not in {row["outcome"] for row in rows}
    page.get_by_label(re.compile("^Metin")).fill("böyle bir şey yok")
    page.get_by_role("button", name="Filtreleri temizle").click()
    expect(page.get_by_role("row").filter(has_text="Denetim izi dışarı alındı").first).to_be_visible()


def test_the_chain_is_verified_when_asked(open_page, auditor):
    page = open_page(auditor, "/audit")
    page.get_by_role("button", name="Şimdi doğrula").click()
    expect(page.get_by_text(re.compile("^✓ Doğrulandı"))).to_be_visible(timeout=20_000)
    page.get_by_role("button", name="Yenile").click()
    row = page.get_by_role("row").filter(has_text="Denetim izi doğrulandı").first
    expect(row).to_contain_text(AUDITOR.display_name)


def test_nobody_else_reads_it(open_page):
    page = open_page(GUARD, "/audit")
    expect(page.get_by_text("Bu sayfa sizin göreviniz değil")).to_be_visible()
    expect(page.get_by_role("link", name="Denetim")).to_have_count(0)
