"""Requests, holds, applications with every form of theirs, in both languages and themes: nothing that axe can find."""

import re
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from axe_page import LOADING, Inspector, dressed
from footage_offices import AUTHORITY, field, typed
from node_processes import PLACES, Person
from playwright.sync_api import expect

pytestmark = [pytest.mark.sockets, pytest.mark.system, pytest.mark.long]
# Who does everything that the offices do with footage, once in each language.
OFFICES = {
    "tr": Person("gonul", "Kuru-yaprak-1949", "registry_clerk", "Gönül Işık"),
    "en": Person("omur", "Sari-zarf-1950", "registry_clerk", "Ömür Çiğdem", "en"),
}
DUTIES = ("legal_reviewer", "footage_officer", "vms_unit_head")
ZONE = ZoneInfo("Europe/Istanbul")


@pytest.fixture(scope="module")
def offices(node):
    """Both of them, with every duty about footage."""
    for person in OFFICES.values():
        node.admit(person)
        for duty in DUTIES:
            node.vms("user", "role", "give", person.name, duty)
    return OFFICES


@pytest.mark.parametrize("language", ["tr", "en"])
def test_every_page_about_footage_is_accessible(open_page, offices, language):
    person = offices[language]
    page = open_page(person, "/requests", script=dressed(language), reduced_motion="reduce")
    looker = Inspector(page, language)
    expect(page.get_by_role("heading", name=looker.word("requests:title"))).to_be_visible()
    register(looker)
    walk_case(looker)
    walk_list(looker)
    walk_letters(looker)
    walk_holds(looker)
    walk_applications(looker)
    assert looker.found == []


def walk_list(looker):
    """The work list with a row."""
    looker.page.get_by_role("link", name=looker.word("requests:title"), exact=True).click()
    expect(looker.page.get_by_role("row").nth(1)).to_be_visible()
    looker.look("requests")


def walk_letters(looker):
    """The register, a new letter with a field missing, a letter with its forms."""
    page, word = looker.page, looker.word
    page.get_by_role("link", name=word("requests:tabs.letters")).click()
    expect(page.get_by_role("heading", name=word("letters:title"), level=1)).to_be_visible()
    looker.look("letters")
    looker.press(word("letters:new"), exact=True)
    looker.look("new letter", "[role=dialog]")
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_have_count(0)
    page.get_by_role("row").nth(1).get_by_role("button").click()
    dialog = page.get_by_role("dialog")
    expect(dialog).to_have_css("opacity", "1")
    looker.look("letter", "[role=dialog]")
    for name in ("note_ebys", "correct", "give"):
        dialog.get_by_role("button", name=word(f"letters:{name}"), exact=True).click()
        looker.look(name, "[role=dialog]")
        page.keyboard.press("Escape")
        expect(dialog.locator("form")).to_have_count(0)
    page.keyboard.press("Escape")
    expect(dialog).to_have_count(0)


def register(looker):
    """Every page of the registration, two of them as they are when something is missing."""
    page, word = looker.page, looker.word
    looker.look("requests, none")
    page.get_by_role("link", name=word("requests:new")).click()
    page.get_by_role("radio", name=word("requests:kind.prosecutor")).check()
    looker.press(word("requests:next"))
    looker.look("from, sender missing")
    field(page, word("requests:field.sender")).fill(AUTHORITY)
    go_on(looker, "letter")
    looker.press(word("requests:next"))
    looker.look("letter, all missing")
    now = datetime.now(ZONE)
    field(page, word("requests:field.letter_no")).fill("E-1")
    field(page, word("requests:field.letter_on")).fill(f"{now - timedelta(days=1):%d.%m.%Y}")
    field(page, word("requests:field.served")).fill(typed(now - timedelta(minutes=1)))
    go_on(looker, "asked")
    page.get_by_role("checkbox", name=f"{PLACES[0].number} · {PLACES[0].name}").check()
    field(page, word("requests:interval.from")).fill(typed(now - timedelta(days=30)))
    field(page, word("requests:interval.until")).fill(typed(now - timedelta(minutes=2)))
    field(page, word("requests:field.subject")).fill("deneme")
    looker.look("asked")
    go_on(looker, "found")
    page.get_by_role("gridcell").first.press("Enter")
    expect(page.get_by_role("table", name=word("availability:gaps"))).to_be_visible()
    looker.look("found, with a cell's gaps")
    go_on(looker, "who")
    looker.look("who")
    looker.press(word("requests:next"))
    expect(page.get_by_role("heading", name=word("requests:check.title"))).to_be_visible()
    looker.look("check")
    looker.press(word("requests:send"))
    page.wait_for_url(re.compile(r"/requests/[0-9a-f-]{36}"))


def go_on(looker, step):
    """To the page that follows, without anything that still loads."""
    looker.press(looker.word("requests:next"))
    expect(looker.page.get_by_role("heading", name=looker.word(f"requests:step.{step}"), level=2)).to_be_visible()
    expect(looker.page.locator(LOADING)).to_have_count(0)


def walk_case(looker):
    """The case with its forms."""
    page, word = looker.page, looker.word
    expect(page.get_by_role("grid")).to_be_visible()
    looker.look("case")
    for name in ("assign", "withdraw"):
        looker.press(word(f"requests:do.{name}"), exact=True)
        looker.look(name, "form")
        page.keyboard.press("Escape")
        expect(page.locator("form")).to_have_count(0)


def walk_holds(looker):
    """A hold placed, its page with its forms, the list."""
    page, word = looker.page, looker.word
    now = datetime.now(ZONE)
    page.get_by_role("link", name=word("requests:tabs.holds")).click()
    expect(page.get_by_role("heading", name=word("holds:title"), level=1)).to_be_visible()
    page.get_by_role("link", name=word("holds:new")).click()
    looker.press(word("holds:place"))
    looker.look("hold, all missing")
    field(page, word("holds:field.institution")).fill(AUTHORITY)
    field(page, word("holds:field.reason")).fill("telefon")
    page.get_by_role("checkbox", name=f"{PLACES[0].number} · {PLACES[0].name}").check()
    field(page, word("requests:interval.from")).fill(typed(now - timedelta(hours=1)))
    field(page, word("requests:interval.until")).fill(typed(now - timedelta(seconds=2)))
    expect(page.get_by_role("grid")).to_be_visible()
    looker.look("hold")
    looker.press(word("holds:place"))
    page.wait_for_url(re.compile(r"/holds/[0-9a-f-]{36}"))
    expect(page.get_by_role("heading", name=word("holds:kept"))).to_be_visible()
    looker.look("one hold")
    for name in ("extend", "release"):
        looker.press(word(f"holds:do.{name}"), exact=True)
        looker.look(name, "form")
        page.keyboard.press("Escape")
        expect(page.locator("form")).to_have_count(0)
    page.get_by_role("link", name=word("holds:title"), exact=True).click()
    expect(page.get_by_role("row").nth(1)).to_be_visible()
    looker.look("holds")


def walk_applications(looker):
    """One registered, its answer's form, the list."""
    page, word = looker.page, looker.word
    page.get_by_role("link", name=word("requests:tabs.applications")).click()
    looker.press(word("applications:new"))
    looker.look("new application", "form")
    form = page.locator("form")
    field(form, word("applications:field.applicant")).fill("Işıl Çağlayan")
    field(form, word("applications:field.received")).fill(typed(datetime.now(ZONE) - timedelta(days=1)))
    field(form, word("applications:field.subject")).fill("görüntü")
    form.get_by_role("button", name=word("authority:record")).click()
    expect(form).to_have_count(0)  # the other language's application stands there already
    expect(page.get_by_role("row").nth(1)).to_be_visible()
    page.get_by_role("button", name=re.compile(word("applications:answer") + "$", re.IGNORECASE)).first.click()
    looker.look("answer", "form")
    page.keyboard.press("Escape")
    expect(page.locator("form")).to_have_count(0)
    looker.look("applications")
