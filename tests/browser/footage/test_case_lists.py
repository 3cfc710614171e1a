"""Lists of cases that are longer than a page: nothing in them is out of reach, and the address says what is shown."""

import re
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from node_processes import PLACES, Person
from playwright.sync_api import expect

pytestmark = [pytest.mark.sockets, pytest.mark.system, pytest.mark.long]
CLERK = Person("liste-katibi", "Uzun-liste-1974", "registry_clerk", "Nihal Aras")
OFFICER = Person("liste-memuru", "Uzun-liste-1975", "footage_officer", "Erdem Saral")
CHIEF = Person("liste-sefi", "Uzun-liste-1976", "vms_unit_head", "Gülşen Irmak")
ZONE = ZoneInfo("Europe/Istanbul")
PAGE_ROWS, MANY = 50, 53
PREFIX = "/api/v1"


@pytest.fixture(scope="module")
def cases(node, browser, signed_in_state):
    """As many requests and applications as do not fit into a page; the first request is of Işıklar. With one hold."""
    for person in (CLERK, OFFICER, CHIEF):
        node.admit(person)
    context = browser.new_context(storage_state=signed_in_state(CLERK))
    call, now = context.request, datetime.now(ZONE)
    us = int(now.timestamp()) * 1_000_000
    cameras = call.get(f"{node.address}{PREFIX}/requests/choices").json()["cameras"]
    (camera,) = (one["id"] for one in cameras if one["number"] == PLACES[0].number)
    scope = {"cameras": [camera], "intervals": [{"from_us": us - 30_000_000, "until_us": us - 2_000_000}]}

    def made(path, body):
        answer = call.post(f"{node.address}{PREFIX}{path}", data=body)
        assert answer.status == 201, answer.text()
        return answer.json()

    for number in range(MANY):
        sender = "Işıklar Jandarma Karakolu" if number == 0 else f"Asliye Ceza Mahkemesi {number}"
        letter = {
            "sender": "authority", "sender_name": sender, "no": f"LST-{number}",
            "on": f"{now - timedelta(days=2):%Y-%m-%d}", "served_us": us, "channel": "kep", "subject": "Kavga",
        }  # fmt: skip
        claim = {"origin": "external", "authority_kind": "court"}
        made("/requests", {**scope, "claim": claim, "letter": letter, "subject": f"Olay {number}"})
        application = {"kind": "citizen", "channel": "cimer", "subject": "Liste denemesi"}
        application["applicant"] = "Çağla Öz" if number == MANY - 1 else f"Kişi {number}"
        made("/applications", application | {"received_us": us})
    hold = {"basis": "unwritten_request", "institution": "Listeli Emniyet Amirliği", "reason": "telefon"}
    kept = made("/holds", scope | hold)
    context.close()
    return kept


def test_no_request_is_out_of_reach(open_page, cases):
    page = open_page(CLERK, "/requests?search=lst-")
    rows = page.get_by_role("row").filter(has=page.get_by_role("link"))
    expect(rows).to_have_count(PAGE_ROWS)
    expect(page.get_by_text(f"Açık ({MANY})")).to_be_visible()
    more = page.get_by_role("button", name="Devamını göster")
    more.press("Enter")
    expect(rows).to_have_count(MANY)
    expect(more).to_have_count(0)
    search = page.get_by_role("searchbox")
    search.fill("ISIKLAR lst-0")
    expect(rows).to_have_count(1)
    expect(rows).to_contain_text("Işıklar Jandarma Karakolu")
    expect(page.get_by_text("Açık (1)")).to_be_visible()
    page.get_by_text(re.compile(r"^Kapalı \(0\)$")).click()
    expect(page.get_by_text("Kapalı (0)")).to_be_visible()
    expect(page).to_have_url(re.compile(r"show=closed.*search=ISIKLAR|search=ISIKLAR.*show=closed"))
    page.reload()
    expect(search).to_have_value("ISIKLAR lst-0")
    expect(rows).to_have_count(0)
    page.get_by_role("button", name=re.compile("kaldır|temizle", re.IGNORECASE)).press("Enter")
    expect(rows).to_have_count(PAGE_ROWS)


def test_no_application_is_out_of_reach(open_page, cases):
    page = open_page(CLERK, "/applications?search=liste")
    rows = page.get_by_role("row").filter(has_text="Liste denemesi")
    expect(rows).to_have_count(PAGE_ROWS)
    page.get_by_role("searchbox").fill("cagla ÖZ")
    expect(rows).to_have_count(1)
    page.get_by_role("searchbox").fill("liste")
    expect(rows).to_have_count(PAGE_ROWS)
    page.get_by_role("button", name="Devamını göster").press("Enter")
    expect(rows).to_have_count(MANY)
    expect(page.get_by_text("Çağla Öz")).to_be_visible()


@pytest.mark.proves("D-0.2", "D-10.1e")
def test_a_hold_is_not_signed_before_its_paper_is(open_page, cases):
    page = open_page(CHIEF, f"/holds/{cases['id']}")
    expect(page.get_by_text("Burada imza için imzalı P-05 gerekir")).to_be_visible()
    expect(page.get_by_role("button", name="Tutanağı imzaladım")).to_have_count(0)
    page.goto(page.url.partition("/holds")[0] + "/holds?search=listeli")
    expect(page.get_by_text("Geçerli (1)")).to_be_visible()
