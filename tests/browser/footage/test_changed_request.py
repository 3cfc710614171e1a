"""A request that is corrected while somebody reads it: nobody decides on what they have not read."""

from datetime import UTC, datetime, timedelta

import pytest
from footage_offices import AUTHORITY, field, scan, strip, task
from node_processes import PLACES, Person
from playwright.sync_api import expect

pytestmark = [pytest.mark.sockets, pytest.mark.system, pytest.mark.long]
PREFIX = "/api/v1"
CLERK = Person("kayit", "Yesil-dosya-1951", "registry_clerk", "Nermin Çağlar")
REVIEWER = Person("inceleyen", "Derin-nefes-1952", "legal_reviewer", "Oğuz Işık", "en")


@pytest.fixture(scope="module")
def offices(node):
    """Who registers, who reviews."""
    for person in (CLERK, REVIEWER):
        node.admit(person)
    return node


@pytest.fixture
def request_id(open_page, api, offices, tmp_path):
    """A request with its scan, registered by the clerk."""
    page = open_page(CLERK, "/requests")
    clerk = api(page)
    now = datetime.now(UTC)
    written_on = f"{now - timedelta(days=2):%Y-%m-%d}"
    now_us = int(now.timestamp()) * 1_000_000
    made = clerk.post(
        "/requests",
        {
            "claim": {"origin": "external", "authority_kind": "prosecutor"},
            "letter": {
                "sender": "authority", "sender_name": AUTHORITY, "no": "2026/7", "on": written_on,
                "served_us": now_us - 60_000_000, "channel": "ebys", "subject": "Kaza",
            },
            "cameras": [_camera(clerk)],
            "intervals": [{"from_us": now_us - 3_600_000_000, "until_us": now_us - 120_000_000}],
            "subject": "Kaza",
        },
    )  # fmt: skip
    file = scan(tmp_path / "yazi.png").read_bytes()
    address = f"{offices.address}{PREFIX}/letters/{made['letter']['id']}/file"
    kept = page.context.request.put(address, data=file, headers={"Content-Type": "image/png"})
    assert kept.ok, kept.text()
    return made["id"]


def _camera(clerk):
    """A clerk sees no picture, but names cameras."""
    return next(one["id"] for one in clerk.get("/requests/choices")["cameras"] if one["number"] == PLACES[0].number)


@pytest.mark.proves("edge-43", "C-7")
def test_a_correction_is_read_before_the_decision(open_page, request_id):
    """UX §9, beside scenario 18: who approves has read what they approve."""
    reviewer = open_page(REVIEWER, f"/requests/{request_id}", locale="en-GB")
    reviewer.trap.allow(r"409 .*approval")
    task(reviewer, "review").get_by_role("button", name="Approve").press("Enter")
    form = reviewer.get_by_role("group", name="Approve")
    send = form.get_by_role("button", name="Approve")
    expect(send).to_be_enabled()

    clerk = open_page(CLERK, f"/requests/{request_id}")
    clerk.get_by_role("button", name="Kaydı düzelt").press("Enter")
    entry = clerk.get_by_role("group", name="Kaydı düzelt")
    expect(field(entry, "Konu")).to_be_focused()
    expect(entry.get_by_role("button", name="Kaydı düzelt")).to_be_disabled()
    field(entry, "Konu").fill("Ölümlü kaza")
    entry.get_by_role("button", name="Kaydı düzelt").press("Enter")
    expect(entry).to_have_count(0)
    expect(clerk.get_by_text("Ölümlü kaza").first).to_be_visible()

    if send.is_enabled():  # the page may have loaded it by itself already
        send.press("Enter")
    told = form.get_by_role("alert").filter(has_text="This request changed while you read it")
    expect(told).to_contain_text(CLERK.display_name)
    expect(told).to_contain_text("Subject: Ölümlü kaza")
    expect(send).to_be_disabled()
    expect(strip(reviewer, "approve")).not_to_contain_text(REVIEWER.display_name)
    told.get_by_role("button", name="I have read what changed").press("Enter")
    expect(told).to_have_count(0)
    send.press("Enter")
    expect(strip(reviewer, "approve")).to_contain_text(REVIEWER.display_name)
    expect(clerk.get_by_role("button", name="Kaydı düzelt")).to_have_count(0, timeout=20_000)


@pytest.mark.proves("S-1a", "S-1h")
def test_a_decision_quotes_the_laws_that_are_not_taken_out(open_page, request_id):
    reviewer = open_page(REVIEWER, f"/requests/{request_id}", locale="en-GB")
    task(reviewer, "review").get_by_role("button", name="Refuse").press("Enter")
    form = reviewer.get_by_role("group", name="Refuse")
    laws = form.get_by_role("group", name="Laws it stands on")
    for name in ("Law on the Right to Information (no. 4982)", "Personal Data Protection Law (no. 6698)"):
        expect(laws.get_by_role("checkbox", name=name)).to_be_checked()
    for number in ("5393", "657", "5018"):
        laws.get_by_role("checkbox", name=f"(no. {number})").press("Space")
    form.get_by_role("textbox").fill("No article allows it")
    form.get_by_role("button", name="Refuse").press("Enter")
    expect(form).to_have_count(0)
    facts = open_page(CLERK, f"/requests/{request_id}")
    quoted = facts.get_by_role("region").or_(facts.locator("section")).filter(has_text="Dayanılan kanunlar").first
    expect(quoted).to_contain_text("4982 sayılı Bilgi Edinme Hakkı Kanunu")
    expect(quoted).to_contain_text("6698 sayılı Kişisel Verilerin Korunması Kanunu")
    expect(quoted).not_to_contain_text("5393 sayılı")
    facts.goto(facts.url.partition("/requests")[0] + "/applications")
    card = facts.get_by_role("group").filter(has_text="Hizmet kartı")
    card.get_by_text("Hizmet kartı").press("Enter")
    expect(card).to_contain_text("Hedef 4 saat, en geç 24 saat")
    expect(card).to_contain_text("Resmî talep yazısı")
