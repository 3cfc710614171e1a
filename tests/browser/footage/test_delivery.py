"""From a prosecutor's letter to the destroyed copy, by four people; an own unit's request that has no Olur."""

import hashlib
import importlib.util
import io
import re
from datetime import datetime, timedelta
from pathlib import Path

import av
import pytest
import pyzipper
from axe_page import Inspector
from delivery_desk import (
    IDENTITY_NO,
    READY_MS,
    RECEIVER,
    draw_masks,
    hand_in,
    hand_over,
    minutes_pdf,
    order_packages,
    package,
    prepare_minutes,
    read_passphrase,
    scanned,
    take_package,
    words_of,
)
from footage_offices import AUTHORITY, CLERK, LETTER_NO, OFFICER, REVIEWER, SUBJECT, field, scan, strip, task, typed
from node_processes import Person, wait_until
from playwright.sync_api import expect
from town_hall import STREET, Offices, filmed, town_hall
from wall_page import PICTURE_MS

from vms.kernel.days import ZONE

_spec = importlib.util.spec_from_file_location(
    "stamps_of_delivery", Path(__file__).parents[2] / "footage" / "real_stamps.py"
)
_stamps = importlib.util.module_from_spec(_spec)
_spec.loader.exec_module(_stamps)

pytestmark = [pytest.mark.sockets, pytest.mark.system, pytest.mark.long]
SUPERVISOR = Person("zabita-amiri", "Genis-cadde-1975", "unit_supervisor", "Seher Toprak")
CHIEF = Person("izleme-sefi", "Mavi-muhur-1951", "vms_unit_head", "İsmail Güngör", "en")
PHONE = {"width": 360, "height": 740}


@pytest.fixture(scope="module")
def town(node, tmp_path_factory):
    """A town's hall whose packages are stamped by an authority of its own."""
    folder = tmp_path_factory.mktemp("town")
    stamps = _stamps.RealAuthority(folder)
    stamped = {"NAZAR_FOOTAGE__TIME_STAMP__URL": stamps.url, "NAZAR_FOOTAGE__TIME_STAMP__NAME": "Deneme ZDS"}
    try:
        with town_hall(node, folder, (CLERK, REVIEWER, OFFICER, CHIEF, SUPERVISOR), stamped) as town:
            town.stamps = stamps
            yield town
    finally:
        stamps.go_away()


@pytest.fixture(scope="module")
def interval(driver, town):
    offices = Offices(driver, town)
    yield filmed(offices)
    offices.close()


@pytest.mark.timeout(400)  # four people, a segment that is waited for, a package, a copy that is destroyed
@pytest.mark.proves(
    "D-10.1a", "D-10.1d", "D-10.1e", "D-10.2a", "D-12.2", "C-7", "edge-45", "edge-49", "edge-50", "edge-52"
)  # fmt: skip
def test_from_a_prosecutors_letter_to_the_destroyed_copy_by_four_people(come, town, interval, tmp_path):
    """UX §9, scenarios 19 (the browser is closed while its package is built), 20, 21, of 23 the phone."""
    request_id = _register(come(CLERK, "/letters"), interval, scan(tmp_path / "yazi.png"))
    path = f"/requests/{request_id}"
    judge = come(REVIEWER, path, locale="en-GB")
    _approve(judge)
    judge.context.close()

    page = come(OFFICER, path)
    task(page, "search").get_by_role("button", name="Kayıtları ara").press("Enter")
    expect(task(page, "search")).to_have_attribute("data-state", "done", timeout=PICTURE_MS)
    order_packages(page, derived=True)
    page.context.close()  # whoever ordered it goes home
    wait_until((town.data / "exports" / "NAZAR-1-1.zip").exists, what="it is built while nobody looks")
    page = come(OFFICER, path)
    sealed = take_package(page)
    with pyzipper.AESZipFile(sealed) as opened:
        opened.setpassword(read_passphrase(page).encode())
        (film,) = [name for name in opened.namelist() if name.startswith(f"video/kamera-{STREET.number:04d}-")]
        expect(package(page)).to_contain_text(hashlib.sha256(opened.read(film)).hexdigest())
        assert "manifest.tsr" in opened.namelist()
        expect(package(page)).to_contain_text(re.compile(r"Zaman damgası.*· Deneme ZDS"))
        (copy,) = [name for name in opened.namelist() if name.startswith("turev/")]
        _shows_nothing_of_what_was_masked(opened.read(copy), opened.read(film))
        expect(package(page)).to_contain_text("1 türetilmiş kopya (kanıt değildir)")
        expect(package(page)).to_contain_text(hashlib.sha256(opened.read(copy)).hexdigest())
    expect(_here(page)).to_have_text("Paket hazır")
    looker = Inspector(page, "tr")
    looker.look("case with a package")
    _print_minutes(page, tmp_path)
    looker.look("case with its minutes")
    api = page.context.request
    refused = api.post(f"{town.address}/api/v1{path}/delivery/signature", data={})
    assert refused.status == 403  # who prepares does not sign
    _others_sign_nothing(come, town, path)

    _sign(come(CHIEF, "/requests?show=signature", viewport=PHONE, locale="en-GB"))

    expect(strip(page, "sign")).to_contain_text(CHIEF.display_name, timeout=40_000)  # the officer's page hears of it
    task(page, "hand_over").get_by_role("button", name="Teslim et").press("Enter")
    looker.look("handing over", "form")
    hand_over(page)
    expect(package(page)).to_have_attribute("data-stage", "purged", timeout=40_000)
    expect(task(page, "destruction")).to_have_attribute("data-state", "done", timeout=20_000)
    expect(package(page)).to_contain_text(re.compile(r"İmha kaydı P-28/\d+"), timeout=20_000)
    expect(task(page, "hand_over")).to_contain_text(f"{RECEIVER}")
    expect(task(page, "hand_over")).to_contain_text(IDENTITY_NO)
    custody = page.get_by_role("region", name="Teslim zinciri")
    for act in ("istendi", "hazırlandı", "alındı", "imha edildi"):
        expect(custody).to_contain_text(f"paket {act}")
    expect(custody).to_contain_text("paketin parolası gösterildi")
    expect(custody.get_by_role("listitem").filter(has_text=re.compile(r"\d teslim edildi ·"))).to_have_count(1)
    looker.look("case that is closed")
    assert looker.found == []
    gone = api.get(f"{town.address}/api/v1{path}/exports/1/file")
    assert (gone.status, gone.json()["code"]) == (410, "export_purged")
    assert list((town.data / "exports").glob("*.zip*")) == []
    with page.expect_download() as download:
        package(page).get_by_role("link", name=re.compile("İmha kaydı")).click()
    assert "İMHA KAYDI" in words_of(download.value.path().read_bytes())


def _shows_nothing_of_what_was_masked(copy, film):
    """Picture by picture as many, at the same times; the upper right quarter is black in all of them."""
    shown, originals = _brightness(copy), _brightness(film)
    assert [at for at, _ in shown] == [at for at, _ in originals]
    for (_, one), (_, other) in zip(shown, originals, strict=True):
        height, width = one.shape
        quarter = slice(4, height // 2 - 4), slice(width // 2 + 4, width - 4)
        assert one[quarter].max() < 24
        assert other[quarter].max() > 60


def _brightness(content):
    with av.open(io.BytesIO(content), format="mp4") as container:
        return [(frame.pts, frame.to_ndarray(format="gray")) for frame in container.decode(video=0)]


def _here(page):
    """Where the request stands in its life."""
    return page.get_by_role("list", name="Talebin yaşam döngüsü").locator("[aria-current=step]")


def _register(page, interval, file):
    """The clerk: the letter into the register with its scan, the request on it; answers the request's id."""
    begin, until = interval
    expect(page.get_by_role("button", name="Yeni yazı")).to_be_focused()
    page.keyboard.press("Enter")
    panel = page.get_by_role("dialog", name="Yeni yazı")
    field(panel, "Gönderenin adı").fill(AUTHORITY)
    field(panel, "Yazı sayısı").fill(LETTER_NO)
    field(panel, "Yazı tarihi").fill(f"{begin - timedelta(days=1):%d.%m.%Y}")
    field(panel, "Tebliğ tarihi ve saati").fill(typed(until))
    field(panel, "Konu").fill(SUBJECT)
    panel.get_by_role("button", name="Yazıyı kaydet").click()
    panel = page.get_by_role("dialog", name=re.compile(r"^Yazı \d+$"))
    with page.expect_file_chooser() as chooser:
        panel.get_by_role("button", name="Taramayı yükle").click()
    chooser.value.set_files(file)
    expect(panel).to_contain_text("Islak imzalı tarama")
    panel.get_by_role("link", name="Bu yazıyla talep aç").click()
    page.get_by_role("radio", name="Savcılık").check()
    page.get_by_role("button", name="İleri").click()
    expect(page.locator("form")).to_contain_text(LETTER_NO)
    page.get_by_role("button", name="İleri").click()
    _ask_for(page, interval)
    field(page, "Görüntü sorumlusu").fill(OFFICER.display_name[:4])
    page.get_by_role("option", name=OFFICER.display_name).click()
    page.get_by_role("button", name="İleri").click()
    return _save(page)


def _ask_for(page, interval):
    """What is asked for, up to the page of who prepares it."""
    begin, until = interval
    page.get_by_role("checkbox", name=f"{STREET.number} · {STREET.name}").check()
    field(page, "Başlangıç").fill(typed(begin))
    field(page, "Bitiş").fill(typed(until))
    field(page, "Konu").fill(SUBJECT)
    page.get_by_role("button", name="İleri").click()
    expect(page.get_by_role("grid")).to_be_visible()
    page.get_by_role("button", name="İleri").click()


def _save(page):
    page.get_by_role("button", name="Talebi kaydet ve kayıtları kilitle").click()
    page.wait_for_url(re.compile(r"/requests/[0-9a-f-]{36}\?new=true"))
    return re.search(r"[0-9a-f-]{36}", page.url)[0]


def _approve(page):
    task(page, "review").get_by_role("button", name="Approve").press("Enter")
    page.get_by_role("group", name="Approve").get_by_role("button", name="Approve").press("Enter")
    expect(strip(page, "approve")).to_contain_text(REVIEWER.display_name)


def _print_minutes(page, folder):
    """P-04 printed, corrected, printed again; the scan of the first version is none of the second."""
    prepare_minutes(page, "Tutanağı hazırla", "DVD-0412")
    first = minutes_pdf(page)
    said = words_of(first)
    for part in (
        "GÖRÜNTÜ KAYDI TESLİM TUTANAĞI", "P-04/", AUTHORITY, LETTER_NO, OFFICER.display_name, "DVD-0412", STREET.name,
        "Deneme ZDS, ",
    ):  # fmt: skip
        assert part in said, part
    assert re.search(r"Sayfa 1 / \d", said)
    prepare_minutes(page, "Tutanağı düzelt", "DVD-0413")
    expect(task(page, "minutes")).to_contain_text("2. sürüm", timeout=PICTURE_MS)
    (folder / "eski.pdf").write_bytes(scanned(first))
    (folder / "yeni.pdf").write_bytes(scanned(minutes_pdf(page)))
    page.trap.allow(r"status of 422 .*/signed-file")
    hand_in(page, "minutes", folder / "eski.pdf")
    expect(task(page, "minutes").get_by_role("alert")).to_be_visible(timeout=PICTURE_MS)
    expect(task(page, "minutes")).to_contain_text("İmza bekliyor")
    hand_in(page, "minutes", folder / "yeni.pdf")
    expect(task(page, "minutes")).to_contain_text("Islak imzalı", timeout=PICTURE_MS)


def _others_sign_nothing(come, town, path):
    """Who signs for another unit is told whose signature it takes; who may read the case reads it there."""
    page = come(SUPERVISOR, "/help")
    answer = page.context.request.post(f"{town.address}/api/v1{path}/delivery/signature", data={})
    assert (answer.status, answer.json()["code"]) == (403, "supervisor_signature_missing")
    assert answer.json()["detail"] == "Tutanağı, izleme biriminin şefi ya da müdürü imzalar (m. 10/1)."
    page = come(REVIEWER, path, locale="en-GB")
    expect(task(page, "signature")).to_contain_text("The surveillance unit's şef or müdür signs.")
    expect(task(page, "signature").get_by_role("button")).to_have_count(0)


def _sign(page):
    """The chief, on a phone: finds what waits for a signature, reads, signs."""
    page.get_by_role("link", name=re.compile("^Request ")).first.click()
    task(page, "signature").get_by_role("button", name="Sign the record").click()
    form = page.get_by_role("group", name=re.compile("^Signature: P-04"))
    expect(form).to_contain_text("SHA-256")
    looker = Inspector(page, "en")
    looker.look("signing")
    assert looker.found == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    form.get_by_role("button", name="I signed this record").click()
    expect(strip(page, "sign")).to_contain_text(CHIEF.display_name, timeout=PICTURE_MS)


@pytest.mark.proves("D-4.5a", "edge-42")
def test_an_own_units_request_without_its_olur_is_refused_and_answered(come, interval):
    page = come(CLERK, "/requests/new")
    begin, until = interval
    page.get_by_role("radio", name="Kurum içi birim").check()
    field(page, "İsteyen birim").fill("Zabıta Dairesi")
    page.get_by_role("button", name="İleri").click()
    field(page, "Olur sayısı").fill("2026/77")
    field(page, "Olur tarihi").fill(f"{begin:%d.%m.%Y}")
    field(page, "Yazı sayısı").fill("E-77")
    field(page, "Yazı tarihi").fill(f"{begin:%d.%m.%Y}")
    field(page, "Tebliğ tarihi ve saati").fill(typed(until))
    page.get_by_role("button", name="İleri").click()
    _ask_for(page, interval)
    page.get_by_role("button", name="İleri").click()
    request_id = _save(page)
    expect(task(page, "review")).to_contain_text("Olurun taraması yüklenmeden onay verilemez.")

    judge = come(REVIEWER, f"/requests/{request_id}", locale="en-GB")
    expect(task(judge, "review").get_by_role("button", name="Approve")).to_have_count(0)
    task(judge, "review").get_by_role("button", name="Refuse").press("Enter")
    form = judge.get_by_role("group", name="Refuse")
    form.locator("textarea").first.fill("Başkanlık Oluru yok")
    form.get_by_role("button", name="Refuse").press("Enter")
    expect(judge.get_by_text("Başkanlık Oluru yok").first).to_be_visible()

    page.reload()
    papers = page.get_by_role("region", name="Belgeler")
    with page.expect_download() as download:
        papers.get_by_role("button", name="P-31: Taslağı gör").click()
    assert "Bu bir taslaktır" in words_of(download.value.path().read_bytes())
    expect(papers).not_to_contain_text(re.compile(r"P-31/\d+"))
    papers.get_by_role("button", name=re.compile("Cevap yazısını bas")).click()
    expect(papers).to_contain_text(re.compile(r"P-31/\d+"), timeout=PICTURE_MS)
    with page.expect_download() as download:
        papers.get_by_role("link", name=re.compile("Belgeyi indir")).first.click()
    assert "Başkanlık Oluru yok" in words_of(download.value.path().read_bytes())
    task(page, "answer").get_by_role("button", name="Cevap yazısını kaydet").press("Enter")
    form = page.get_by_role("group", name="Cevap yazısını kaydet")
    field(form, "Cevap yazısının sayısı").fill("E-78")
    field(form, "Cevap yazısının tarihi").fill(f"{datetime.now(ZONE):%d.%m.%Y}")
    form.get_by_role("button", name="Cevap yazısını kaydet").press("Enter")
    expect(_here(page)).to_have_text("Kapandı")


def test_what_became_of_requests_is_counted(come):
    page = come(CHIEF, "/requests", locale="en-GB")
    page.get_by_role("link", name="Statistics").click()
    kinds = page.get_by_role("table").first
    expect(kinds.get_by_role("row", name=re.compile("^Prosecutor")).get_by_role("cell").first).to_have_text("1")
    expect(kinds.get_by_role("row", name=re.compile("^Total"))).to_be_visible()
    looker = Inspector(page, "en")
    looker.look("statistics")
    assert looker.found == []
    with page.expect_download() as download:
        page.get_by_role("link", name="Download as CSV").click()
    header, *rows = download.value.path().read_text(encoding="utf-8-sig").splitlines()
    assert header.startswith("from,until,group,key,delivered")
    assert any(",kind,prosecutor,1," in row for row in rows)


@pytest.mark.timeout(400)
def test_a_camera_that_was_moved_inside_and_a_time_stamp_that_is_not_to_be_had_are_told(come, town, interval, tmp_path):
    """Last of all: the camera stands elsewhere from here on."""
    request_id = _register(come(CLERK, "/letters"), interval, scan(tmp_path / "yazi.png"))
    path = f"/requests/{request_id}"
    _approve(come(REVIEWER, path, locale="en-GB"))
    moved = f"{interval[0] + timedelta(seconds=5):%Y-%m-%dT%H:%M:%S}"
    town.vms("camera", "set", STREET.number, "--site", "Saat Kulesi", "--since", moved)
    town.stamps.go_away()
    page = come(OFFICER, path)
    task(page, "search").get_by_role("button", name="Kayıtları ara").press("Enter")
    expect(task(page, "search")).to_have_attribute("data-state", "done", timeout=PICTURE_MS)
    task(page, "packages").get_by_role("button", name="Paket hazırla").press("Enter")
    form = page.get_by_role("group", name="Paket hazırla")
    draw_masks(page, form)
    warning = form.locator("[data-warning=camera_moved_inside]")
    expect(warning).to_contain_text(f"istenen sürenin içinde taşınmış: {interval[0] + timedelta(seconds=5):%d.%m.%Y}")
    looker = Inspector(page, "tr")
    looker.look("masks over a move", "form")
    form.get_by_role("button", name="Hazırlamaya başla").press("Enter")
    expect(package(page)).to_have_attribute("data-stage", "ready", timeout=READY_MS)
    expect(package(page).locator("[data-warning=camera_moved_inside]")).to_be_visible()
    expect(package(page)).to_contain_text("istendi, alınamadı (Deneme ZDS)")
    looker.look("a package without its time stamp")
    assert looker.found == []
