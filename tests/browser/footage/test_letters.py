"""The register of letters: what was typed into its forms is kept from a slip; whose work a letter is."""

import re
import sqlite3
from contextlib import closing
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from footage_offices import field, scan
from node_processes import Person
from playwright.sync_api import expect

pytestmark = [pytest.mark.sockets, pytest.mark.system, pytest.mark.long]
CLERK = Person("defterdar", "Kalin-defter-1974", "registry_clerk", "Ülkü Işıldak")
TECHNICIAN = Person("temizleyici", "Temiz-mercek-1975", "technician", "Şakir Özlü")
SENDER = "Işıklar Jandarma Karakolu"
MANY = 2


@pytest.fixture(scope="module")
def clerk(node):
    """Who keeps the register."""
    node.admit(CLERK)
    return CLERK


@pytest.fixture(scope="module")
def technician(node):
    """To whom a letter is given, and who sees no register."""
    node.admit(TECHNICIAN)
    return TECHNICIAN


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


@pytest.mark.proves("D-6.13")
def test_a_letter_is_given_with_its_time_found_late_and_finished_by_whom_it_was_given_to(
    open_page, clerk, technician, ids, node, tmp_path
):
    page = open_page(clerk, f"/letters?open={ids[0]}")
    panel = page.get_by_role("dialog", name=re.compile("^Yazı"))
    panel.get_by_role("button", name="Havale et").press("Enter")
    form = panel.get_by_role("group", name="Havale et")
    field(form, "Havale edilen").fill(technician.display_name)
    page.get_by_role("option", name=technician.display_name).click()
    due = datetime.now(ZoneInfo("Europe/Istanbul"))
    field(form, "Süre").fill(f"{due - timedelta(hours=1):%d.%m.%Y %H:%M}")
    page.trap.allow(r"status of 422 .*/assignment")
    form.get_by_role("button", name="Havale et").press("Enter")
    expect(form.get_by_text("Bu süre geçmiş.")).to_be_visible()
    field(form, "Süre").fill(f"{due + timedelta(days=2):%d.%m.%Y %H:%M}")
    form.get_by_role("button", name="Havale et").press("Enter")
    expect(form).to_have_count(0)
    kept = page.context.request.put(
        f"{node.address}/api/v1/letters/{ids[0]}/file", data=scan(tmp_path / "yazi.png").read_bytes(),
        headers={"Content-Type": "image/png"},
    )  # fmt: skip
    assert kept.ok, kept.text()
    _let_it_come_of_age(node, ids[0])
    page.reload()
    expect(panel).to_contain_text("▲ 2 gün")
    expect(panel).to_contain_text("Henüz yazılmadı")
    panel.get_by_role("button", name="Kapat").press("Enter")
    page.get_by_text("Gecikti (1)").click()
    expect(page.get_by_role("row")).to_have_count(2)
    expect(page.get_by_role("row").last).to_contain_text(technician.display_name)

    desk = open_page(technician, "/health")
    desk.get_by_role("link", name=re.compile("bekle")).press("Enter")
    waiting = desk.get_by_role("listitem").filter(has_text="gelen yazının süresi doldu")
    expect(waiting).to_contain_text("Gecikti")
    waiting.get_by_role("link").press("Enter")
    task = desk.get_by_role("region", name=re.compile("^Yazı"))
    expect(task).to_contain_text(SENDER)
    expect(task).to_contain_text("▲ 2 gün")
    with desk.expect_download() as taken:
        task.get_by_role("link", name="Yazıyı indir").click()
    assert taken.value.suggested_filename.endswith(".png")
    task.get_by_role("button", name="Sonucu yaz").press("Enter")
    result = field(task, "Sonuç")
    result.fill("Kamera temizlendi")
    result.press("Escape")  # what was typed does not go by a slip
    expect(result).to_have_value("Kamera temizlendi")
    task.get_by_role("button", name="Kaydet").press("Enter")
    expect(desk.get_by_text("Size havale edilmiş, gereği bekleyen yazı yok.")).to_be_visible()

    page.goto(page.url.partition("?")[0] + f"?open={ids[0]}")
    expect(page.get_by_text("Gecikti (0)")).to_be_visible()
    expect(panel).to_contain_text("Kamera temizlendi")
    expect(panel.get_by_role("button", name=re.compile("Havale et|Sonucu yaz"))).to_have_count(0)


def _let_it_come_of_age(node, letter_id):
    """Nobody gives a letter until a time that is over: two days and an hour go by."""
    with closing(sqlite3.connect(node.data / "nazar.db", timeout=10)) as connection, connection:
        done = connection.execute(
            "UPDATE letter SET due_us = due_us - ? WHERE id = ?",
            (4 * 86_400_000_000 + 3_600_000_000, letter_id.replace("-", "")),
        )
        assert done.rowcount == 1


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
