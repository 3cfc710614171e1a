"""A letter that asks for footage: registered by keys alone, approved by somebody else, watched by its officer only."""

import re
from datetime import datetime, timedelta
from urllib.parse import urljoin
from zoneinfo import ZoneInfo

import pytest
from footage_offices import (
    AUTHORITY,
    CLERK,
    LETTER_NO,
    OFFICER,
    REVIEWER,
    ClerkKeys,
    field,
    register_late,
    scan,
    strip,
    task,
    typed,
)
from node_processes import ADMINISTRATOR, PLACES, wait_until
from playwright.sync_api import expect

pytestmark = [pytest.mark.sockets, pytest.mark.system, pytest.mark.long]
PLACE = PLACES[0]
ASKED_S = 20
REGISTERED_WITHIN_S = 120
APPLICANT = "Kerem Dağlı"
ZONE = ZoneInfo("Europe/Istanbul")
PREFIX = "/api/v1"


@pytest.fixture(scope="module")
def offices(node):
    """Who registers (and could review, were it another's request), who reviews, who prepares."""
    for person in (CLERK, REVIEWER, OFFICER):
        node.admit(person)
    node.vms("user", "role", "give", CLERK.name, REVIEWER.role)
    return node


@pytest.fixture
def interval(open_page, api):
    """(from, until): whole seconds of the first camera that were recorded to their end."""
    page = open_page(ADMINISTRATOR, "/help")
    own = api(page)
    camera_id = own.cameras()[PLACE.number]["id"]

    def recorded():
        now_us = own.get("/session")["server_time_us"]
        start_us = now_us - 600_000_000
        timeline = own.get(f"/playback/{camera_id}/timeline?start={start_us}&end={now_us}")
        last = timeline["recordings"][-1] if timeline["recordings"] else None
        end_us = last and (last["end_us"] or now_us)
        return last and end_us - last["start_us"] > (ASKED_S + 5) * 1_000_000 and end_us

    end_us = wait_until(recorded, what=f"{ASKED_S} s of footage")
    page.close()
    until = datetime.fromtimestamp(end_us // 1_000_000 - 2, ZONE)
    return until - timedelta(seconds=ASKED_S), until


@pytest.mark.proves("D-10.1a", "D-10.1b", "D-10.1c", "C-7")
def test_a_letter_goes_from_the_clerk_to_the_officer_by_three_people(open_page, api, offices, interval, tmp_path):
    """UX §9, scenarios 17 (registered by keys alone, locked at once), 18 (who may approve), 19 (the interval)."""
    begin, until = interval
    page = open_page(CLERK, "/requests")
    keys = ClerkKeys(page)
    keys.take(page.get_by_role("link", name="Yeni talep"))
    expect(page.get_by_role("heading", name="Kimden")).to_be_visible()
    keys.from_whom()
    keys.letter(begin - timedelta(days=1), until, scan(tmp_path / "yazi.png"))
    keys.asked(PLACE, begin, until)
    _look_at_matrix(page, keys)
    keys.on("Kim, ne zaman")
    keys.who(OFFICER)
    assert keys.seconds < REGISTERED_WITHIN_S
    expect(page.locator("form")).to_contain_text(AUTHORITY)
    expect(page.locator("form")).to_contain_text("yazi.png")
    keys.keeps(PLACE, begin - timedelta(days=1), until, interval, OFFICER)
    keys.take(page.get_by_role("button", name="Talebi kaydet ve kayıtları kilitle"))

    page.wait_for_url(re.compile(r"/requests/[0-9a-f-]{36}\?new=true"))
    address = page.url.removesuffix("?new=true")
    expect(page.get_by_role("status").filter(has_text="Talep kilidi kondu")).to_contain_text(
        re.compile(r"1 kilit — \d+ parça, ")
    )
    expect(strip(page, "register")).to_contain_text(CLERK.display_name)
    expect(strip(page, "export")).to_contain_text(OFFICER.display_name)
    expect(strip(page, "approve")).to_contain_text("Bu talebi ya da yazısını siz kaydettiniz")
    expect(task(page, "review")).to_have_attribute("data-state", "blocked")
    expect(task(page, "review")).to_contain_text(
        "Bu talebi ya da yazısını siz kaydettiniz; onayı başka bir görevli vermelidir."
    )
    expect(task(page, "review").get_by_role("button")).to_have_count(0)
    request_id = address.rpartition("/")[2]
    case = f"{offices.address}{PREFIX}/requests/{request_id}"
    seen = page.context.request.get(case).json()["version"]
    refused = page.context.request.post(f"{case}/approval", data={"words": "", "seen": seen})
    assert (refused.status, refused.json()["code"]) == (409, "separation_of_duties")
    _prepares_and_does_not_approve(open_page(OFFICER, f"/requests/{request_id}"), case, seen)

    _approve(open_page(REVIEWER, f"/requests/{request_id}", locale="en-GB"))
    # The clerk's page, which is still open, hears of it.
    expect(strip(page, "approve")).to_contain_text(REVIEWER.display_name, timeout=20_000)
    expect(page.get_by_role("region", name="Teslim zinciri")).to_contain_text("onaylandı")
    _watch(open_page(OFFICER, "/requests?officer=me"), begin, until)


def _look_at_matrix(page, keys):
    """What exists, cell by cell; a cell's gaps and back."""
    grid = page.get_by_role("grid", name="Kamera ve zamana göre kayıt durumu")
    cell = grid.get_by_role("gridcell").first
    expect(cell).to_have_accessible_name(re.compile(rf"^{PLACE.number} · {PLACE.name}, .*(tam|yüzde)"))
    keys.reach(cell)
    keys.press("ArrowRight")
    expect(grid.locator("td:focus")).to_have_count(1)
    keys.press("Enter")
    expect(page.get_by_role("region", name=re.compile(rf"^{PLACE.number} · {PLACE.name}"))).to_be_focused()
    page.keyboard.press("Escape")
    expect(grid.locator("td:focus")).to_have_count(1)


def _prepares_and_does_not_approve(page, case, seen):
    """The officer reads whose decision it is; the server says the same."""
    expect(task(page, "review")).to_contain_text("Hukuk incelemesi karar verir.")
    expect(task(page, "review").get_by_role("button")).to_have_count(0)
    refused = page.context.request.post(f"{case}/approval", data={"words": "", "seen": seen})
    assert (refused.status, refused.json()["code"]) == (403, "action_not_allowed")
    page.close()


def _approve(page):
    """Somebody else decides, in English."""
    expect(page.get_by_text(f"{AUTHORITY} · {LETTER_NO}").first).to_be_visible()
    task(page, "review").get_by_role("button", name="Approve").press("Enter")
    form = page.get_by_role("group", name="Approve")
    expect(form).to_contain_text("The lock stays")
    form.get_by_role("button", name="Approve").press("Enter")
    expect(strip(page, "approve")).to_contain_text(REVIEWER.display_name)
    expect(page.get_by_role("list", name="The request's life").locator("[aria-current=step]")).to_have_text("Approved")


def _watch(page, begin, until):
    """The officer finds the case in the work list, looks for the footage, is led to exactly its interval."""
    row = page.get_by_role("row").filter(has_text=AUTHORITY)
    expect(row).to_contain_text(OFFICER.display_name)
    row.get_by_role("link").press("Enter")
    task(page, "search").get_by_role("button", name="Kayıtları ara").press("Enter")
    expect(task(page, "search")).to_have_attribute("data-state", "done")
    link = task(page, "watch").get_by_role("link")
    start_us, end_us = (int(moment.timestamp()) * 1_000_000 for moment in (begin, until))
    expect(link).to_have_attribute("href", re.compile(rf"from={start_us}&until={end_us}"))
    link.press("Enter")
    expect(page.locator("[data-view=video], [data-view=still]").first).to_be_visible(timeout=20_000)
    expect(page.get_by_text(re.compile("Dayanak: Görüntü talebi"))).to_be_visible()
    camera_id = re.search(r"%22([0-9a-f-]{36})%22", page.url)[1]
    outside = f"/api/v1/playback/{camera_id}/timeline?start={start_us - 1}&end={end_us}"
    refused = page.context.request.get(urljoin(page.url, outside))
    assert (refused.status, refused.json()["code"]) == (403, "outside_request_interval")


@pytest.mark.proves("D-10.1a", "D-10.1b")
def test_a_letter_registered_two_days_late_counts_from_its_service(open_page, offices):
    """UX §9, scenario 17: back and forth keeps all fields."""
    register_late(open_page(CLERK, "/requests/new"), PLACE, OFFICER, datetime.now(ZONE))


@pytest.mark.proves("D-4.5b")
def test_an_internal_request_about_a_crime_is_led_to_a_hold(open_page, offices, interval):
    """UX §9, scenario 22: of an own unit."""
    begin, until = interval
    page = open_page(CLERK, "/requests/new")
    page.get_by_role("radio", name="Kurum içi birim").check()
    field(page, "İsteyen birim").fill("Zabıta Dairesi")
    page.get_by_role("switch", name="Adli olay").check()
    expect(page.get_by_role("button", name="İleri")).to_be_disabled()
    page.get_by_role("link", name="Muhafaza aç").click()
    expect(page.get_by_role("radio", name="Soruşturma öncesi")).to_be_checked()
    field(page, "Olay").fill("Meydanda kavga")
    field(page, "Neden").fill("Savcılığa bildirildi")
    page.get_by_role("checkbox", name=f"{PLACE.number} · {PLACE.name}").check()
    field(page, "Başlangıç").fill(typed(begin))
    field(page, "Bitiş").fill(typed(until))
    expect(page.get_by_role("grid")).to_be_visible()
    page.get_by_role("button", name="Muhafazaya al").click()
    page.wait_for_url(re.compile(r"/holds/[0-9a-f-]{36}$"))
    expect(page.get_by_text("Kayıtlar yine de tutuluyor")).to_be_visible()
    expect(page.get_by_text(re.compile("90 gün kaldı"))).to_be_visible()


def test_a_citizen_applies_and_is_answered(open_page, offices):
    """UX §9, scenario 22: of a citizen."""
    page = open_page(CLERK, "/requests/new")
    page.get_by_role("radio", name=re.compile("^Vatandaş")).check()
    page.get_by_role("link", name="Başvuruyu kaydet").click()
    form = page.get_by_role("group", name="Yeni başvuru")
    field(form, "Adı ya da unvanı").fill(APPLICANT)
    field(form, "Geldiği tarih ve saat").fill(typed(datetime.now(ZONE) - timedelta(days=1)))
    field(form, "Konu").fill("Aracımın çizildiği görüntüyü istiyorum")
    form.get_by_role("button", name="Kaydet").click()
    row = page.get_by_role("row").filter(has_text=APPLICANT)
    row.get_by_role("button", name=re.compile(r"^Başvuru \d+: yanıtla$")).click()
    form = page.get_by_role("group", name=re.compile("yanıtla"))
    form.get_by_role("button", name="Olağan yanıtı yaz").click()
    field(form, "Yanıt yazısının sayısı").fill("E-5")
    field(form, "Yanıt yazısının tarihi").fill(f"{datetime.now(ZONE):%d.%m.%Y}")
    form.get_by_role("button", name="Yanıtı kaydet").click()
    expect(row).to_have_count(0)
    page.get_by_text(re.compile(r"^Yanıtlanan \(\d+\)")).click()
    expect(row).to_contain_text("kolluğa ya da savcılığa")


def test_what_was_typed_is_still_there_after_a_reload(open_page, offices):
    page = open_page(CLERK, "/requests/new")
    page.get_by_role("radio", name="Mahkeme").check()
    field(page, "Makamın adı").fill("1. Asliye Ceza Mahkemesi")
    page.reload()
    expect(page.get_by_role("radio", name="Mahkeme")).to_be_checked()
    expect(field(page, "Makamın adı")).to_have_value("1. Asliye Ceza Mahkemesi")
    page.get_by_role("button", name="İleri").click()
    page.get_by_role("button", name="İleri").click()
    expect(field(page, "Yazı sayısı")).to_be_focused()  # the first that is missing
    expect(page.get_by_text("Yazının sayısını yazın.")).to_be_visible()
