"""The register of letters: what was typed into its forms is kept from a slip."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from footage_offices import field
from node_processes import Person
from playwright.sync_api import expect

pytestmark = [pytest.mark.sockets, pytest.mark.system, pytest.mark.long]
CLERK = Person("defterdar", "Kalin-defter-1974", "registry_clerk", "Ülkü Işıldak")
SENDER = "Işıklar Jandarma Karakolu"
MANY = 2


@pytest.fixture(scope="module")
def clerk(node):
    """Who keeps the register."""
    node.admit(CLERK)
    return CLERK


def letter(number):
    """As the API takes one."""
    now = datetime.now(UTC)
    return {
        "sender": "authority", "sender_name": SENDER, "no": f"KRK-{number}",
        "on": f"{now - timedelta(days=2):%Y-%m-%d}", "served_us": int(now.timestamp() - 60) * 1_000_000,
        "channel": "kep", "subject": "Kavga", "ebys_no": f"E-{number}" if number % 2 else "",
    }  # fmt: skip


@pytest.fixture(scope="module")
def ids(clerk, signed_in_state, browser, node):
    """Letters of the register, the oldest first."""
    context = browser.new_context(storage_state=signed_in_state(clerk))
    address = f"{node.address}/api/v1/letters"
    made = [context.request.post(address, data=letter(number)).json()["letter"]["id"] for number in range(MANY)]
    context.close()
    return made


def test_what_was_typed_of_a_letter_goes_by_the_button_alone(open_page, clerk, ids):
    page = open_page(clerk, "/letters?open=new")
    panel = page.get_by_role("dialog", name="Yeni yazı")
    sender = field(panel, "Gönderenin adı")
    sender.fill("Foça Kaymakamlığı")
    _slip(page, panel)
    expect(sender).to_have_value("Foça Kaymakamlığı")

    page.goto(page.url.partition("?")[0] + f"?open={ids[1]}")
    panel = page.get_by_role("dialog", name=re.compile("^Yazı"))
    panel.get_by_role("button", name="Düzelt").press("Enter")
    form = panel.get_by_role("group", name="Düzelt")
    subject = field(form, "Konu")
    subject.fill("Kavga ve yaralama")
    _slip(page, panel)
    expect(subject).to_have_value("Kavga ve yaralama")
    subject.press("Escape")
    panel.get_by_role("alert").get_by_role("button", name="Yazdıklarımı bırak").press("Enter")
    expect(form).to_have_count(0)
    expect(panel).to_contain_text("Kavga")
    expect(panel).not_to_contain_text("yaralama")
    panel.get_by_role("button", name="Düzelt").press("Enter")
    page.keyboard.press("Escape")  # nothing was typed: nothing is asked
    expect(form).to_have_count(0)


def _slip(page, panel):
    """A click beside the panel does nothing; Escape asks, Escape again goes on."""
    page.mouse.click(20, 400)
    page.keyboard.press("Escape")
    alert = panel.get_by_role("alert")
    expect(alert.get_by_role("button").first).to_be_focused()
    page.keyboard.press("Escape")
    expect(alert).to_have_count(0)
    expect(panel).to_be_visible()


def test_a_letter_that_is_not_there_is_said_so(open_page, clerk):
    page = open_page(clerk, "/letters?open=01a1fc86-0000-7000-8000-000000000000")
    page.trap.allow(r"status of 404 .*/letters/01a1fc86")
    panel = page.get_by_role("dialog", name="Yazı")
    expect(panel).to_contain_text("Bu yazı defterde yok ya da görmenize izin yok.")
    panel.get_by_role("button", name="Deftere dön").press("Enter")
    expect(panel).to_have_count(0)
    assert "open" not in page.url
