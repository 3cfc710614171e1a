"""What is asked of a city-view camera: nothing of it is recorded, so a record answers, and no footage."""

import re
from datetime import datetime, timedelta

import pytest
from delivery_desk import hand_in, scanned, words_of
from footage_offices import CLERK, OFFICER, REVIEWER, ClerkKeys, field, scan, strip, task
from node_processes import Place
from playwright.sync_api import expect
from town_hall import Offices, town_hall
from wall_page import PICTURE_MS

from vms.kernel.days import ZONE

pytestmark = [pytest.mark.sockets, pytest.mark.system, pytest.mark.long]
TOWER = Place(61, "Saat Kulesi", "Konak Meydanı")
WHY = "Kent izleme kamerasıdır; görüntüsü kaydedilmez (madde 13/1)"


@pytest.fixture(scope="module")
def town(node, tmp_path_factory):
    """With a city-view camera of its own."""
    with town_hall(node, tmp_path_factory.mktemp("town"), (CLERK, REVIEWER, OFFICER)) as town:
        town.vms(
            "camera", "add", f"{town.rtsp}/cam1", "--name", TOWER.name, "--number", TOWER.number, "--site", TOWER.site,
            "--kind", "city_view",
        )  # fmt: skip
        yield town


@pytest.fixture(scope="module")
def offices(driver, town):
    offices = Offices(driver, town)
    yield offices
    offices.close()


@pytest.mark.proves("D-10.2c", "D-13.1")
def test_a_city_view_camera_is_answered_by_a_record_and_never_by_footage(come, town, offices, tmp_path):
    """UX §9, scenario 22: of a city-view camera."""
    until = datetime.now(ZONE).replace(microsecond=0) - timedelta(seconds=5)
    page = come(CLERK, "/requests/new")
    request_id = _register(page, until - timedelta(minutes=10), until, scan(tmp_path / "yazi.png"))
    path = f"/requests/{request_id}"
    judge = come(REVIEWER, path, locale="en-GB")
    expect(judge.get_by_text("One of the cameras is live only")).to_be_visible()
    task(judge, "review").get_by_role("button", name="Approve").press("Enter")
    judge.get_by_role("group", name="Approve").get_by_role("button", name="Approve").press("Enter")
    expect(strip(judge, "approve")).to_contain_text(REVIEWER.display_name)

    officer = come(OFFICER, path)
    expect(task(officer, "watch").get_by_role("link")).to_have_count(0)
    task(officer, "search").get_by_role("button", name="Kayıtları ara").press("Enter")
    expect(_here(officer)).to_have_text("Kayıt yok", timeout=PICTURE_MS)
    expect(task(officer, "packages")).to_have_count(0)
    _nothing_is_given(offices, path)
    _record_what_was_not_found(officer, tmp_path)

    page.reload()
    task(page, "answer").get_by_role("button", name="Cevap yazısını kaydet").press("Enter")
    form = page.get_by_role("group", name="Cevap yazısını kaydet")
    field(form, "Cevap yazısının sayısı").fill("E-61")
    field(form, "Cevap yazısının tarihi").fill(f"{until:%d.%m.%Y}")
    form.get_by_role("button", name="Cevap yazısını kaydet").press("Enter")
    expect(_here(page)).to_have_text("Kapandı")
    expect(page.get_by_text("kayıt bulunamadı").first).to_be_visible()


def _here(page):
    """Where the request stands in its life."""
    return page.get_by_role("list", name="Talebin yaşam döngüsü").locator("[aria-current=step]")


def _register(page, begin, until, file):
    """By keys: what exists of it is said before anything is saved, with the paper that will answer."""
    keys = ClerkKeys(page)
    expect(page.get_by_role("heading", name="Kimden")).to_be_visible()
    keys.from_whom()
    keys.letter(begin - timedelta(days=1), until, file)
    keys.asked(TOWER, begin, until)
    mark = page.get_by_text(re.compile(r"yalnızca canlıdır, kaydı yoktur \(m\. 13/1\).*\(P-07\) yanıtlar"))
    expect(mark).to_be_visible()
    cell = page.get_by_role("grid", name="Kamera ve zamana göre kayıt durumu").get_by_role("gridcell").first
    expect(cell).to_have_accessible_name(re.compile(rf"^{TOWER.number} · {TOWER.name}, .*yalnızca canlı, kaydı yok"))
    keys.reach(cell)
    keys.press("Enter")
    gaps = page.get_by_role("region", name=re.compile(f"^{TOWER.number} · {TOWER.name}"))
    expect(gaps).to_contain_text("Bu kamera yalnızca canlıdır")
    page.keyboard.press("Escape")
    keys.take(page.get_by_role("button", name="İleri"))
    keys.on_page("Kim, ne zaman")
    keys.who(OFFICER)
    keys.take(page.get_by_role("button", name="Talebi kaydet ve kayıtları kilitle"))
    page.wait_for_url(re.compile(r"/requests/[0-9a-f-]{36}\?new=true"))
    expect(mark).to_be_visible()
    return re.search(r"[0-9a-f-]{36}", page.url)[0]


def _nothing_is_given(offices, path):
    """No package; there is nothing to look at."""
    status, answer = offices.ask(OFFICER, "POST", f"{path}/exports", {})
    assert (status, answer["code"]) == (409, "nothing_to_give")
    (item,) = offices.done(OFFICER, "GET", path)["items"]
    assert (item["is_live_only"], item["may_watch"]) == (True, False)
    asked = f"/playback/{item['camera_id']}/timeline?start={item['start_us']}&end={item['end_us']}"
    assert offices.done(OFFICER, "GET", asked)["recordings"] == []


def _record_what_was_not_found(page, folder):
    """P-07 says why; a draft of it has no number; signed it comes back."""
    with page.expect_download() as download:
        task(page, "unreached").get_by_role("button", name="P-07: Taslağı gör").click()
    draft = words_of(download.value.path().read_bytes())
    assert "Bu bir taslaktır" in draft
    assert WHY in draft
    task(page, "unreached").get_by_role("button", name="Ulaşılamayan kayıt tutanağını bas (P-07)").click()
    with page.expect_download() as download:
        task(page, "unreached").get_by_role("link", name=re.compile("Belgeyi indir")).click()
    pdf = download.value.path().read_bytes()
    said = words_of(pdf)
    for part in (WHY, f"{TOWER.number}", TOWER.name, "P-07/"):
        assert part in said, part
    (folder / "imzali.pdf").write_bytes(scanned(pdf))
    hand_in(page, "unreached", folder / "imzali.pdf")
    expect(task(page, "unreached")).to_contain_text("Islak imzalı", timeout=PICTURE_MS)
