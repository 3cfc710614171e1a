"""Every page with every dialog in both languages, both themes: nothing that axe can find."""

from urllib.parse import urljoin

import pytest
from axe_page import LOADING, THEMES, Inspector, dressed
from node_processes import ADMINISTRATOR, GUARD, PLACES, Person
from playwright.sync_api import expect

from vms.kernel.clock import SystemClock
from vms.kernel.days import day_of

pytestmark = [pytest.mark.sockets, pytest.mark.system, pytest.mark.long]
READER = Person("okur", "Yagmurlu-gun-1938", ADMINISTRATOR.role, "Özge Şimşek", "en")
# Who does everything that the offices do, once in each language.
OFFICES = {
    "tr": Person("daire", "Uzun-koridor-1939", "sysadmin", "Müjde Ünver"),
    "en": Person("office", "Dar-merdiven-1940", "sysadmin", "Çetin Öğüt", "en"),
}
TECHNICIAN = Person("tamirci", "Uzun-merdiven-1944", "technician", "Cevdet Ger")
DUTIES = ("registry_clerk", "guard_supervisor", "vms_unit_head")
AUDITORS = {
    "tr": Person("teftis", "Eski-defter-1943", "auditor", "Nalan Özer"),
    "en": Person("audit", "Yeni-defter-1944", "auditor", "Sadık Koç", "en"),
}
WALL = "duvar"
NUMBERS = [place.number for place in PLACES]
NO_FOOTAGE = r"status of 404 .*/playback/"
REPEATED, SKIPPED, LONG_AGO = "08.11.2015 03:30", "29.03.2015 03:30", "10.11.2015 10:00"


@pytest.fixture(scope="module")
def reader(node):
    """Who reads English."""
    node.admit(READER)
    node.allow(READER, NUMBERS, playback=True)
    return READER


@pytest.fixture(scope="module")
def offices(node, reader):
    """People with every duty of the offices; a wall of nobody's own, reviewed today; a grant that waits."""
    for person in OFFICES.values():
        node.admit(person)
        for duty in DUTIES:
            node.vms("user", "role", "give", person.name, duty)
    node.vms(
        "user", "add", WALL, "--display-name", "Kontrol odası", "--kind", "shared", "--responsible",
        ADMINISTRATOR.display_name, "--password-stdin", text="Acik-pencere-1941",
    )  # fmt: skip
    node.vms(
        "authority", "review", WALL, "--reviewer", "Müjde Ünver", "--decision", "keep", "--camera", 127, "--olur",
        "2026/119",
    )  # fmt: skip
    node.vms(
        "authority", "grant", OFFICES["tr"].name, "--olur", "2026/120", "--purpose", "denetim", "--live", "--camera", 2,
        "--training", "Eğitim", "--agreement-signed", day_of(SystemClock().now_us()),
    )  # fmt: skip
    node.grants += 1
    node.admit(TECHNICIAN)
    told = [node.vms("authority", "work-order", TECHNICIAN.name, "--camera", number) for number in (127, 2)]
    node.vms("authority", "close-work-order", told[0].split()[2], "--why", "mercek silindi")
    return OFFICES


@pytest.fixture
def inspector(open_page, reader):
    """`inspector(person, path)`."""

    def inspect(person, path):
        language = person.language if person else "tr"
        return Inspector(
            open_page(person, path, script=dressed(language), reduced_motion="reduce", spot_of=person), language
        )

    return inspect


def walk_live(inspector):
    """The wall with its dialogs."""
    page = inspector.page
    for number in NUMBERS:
        expect(page.locator(f"[data-camera='{number}'][data-state=live]")).to_be_visible(timeout=20_000)
    inspector.look("live")
    inspector.press(inspector.word("live:toolbar.layout_now", name="1 + 5"))
    inspector.look_at_menu("layouts")
    inspector.press(inspector.word("live:toolbar.unsaved"), exact=True)
    page.get_by_role("menuitem", name=inspector.word("live:toolbar.save")).click()
    inspector.look_at_dialog("save view")
    page.locator("[data-tile][tabindex='0']").focus()
    page.keyboard.press("?")
    inspector.look_at_dialog("keys")
    page.keyboard.press("Control+k")
    inspector.look_at_dialog("search")
    inspector.press(inspector.word("common:top.user"))
    inspector.look("user menu", "[role=dialog]")
    inspector.press(inspector.word("common:menu.password"))
    expect(page.get_by_role("dialog", name=inspector.word("common:password.title"))).to_be_visible()
    inspector.look_at_dialog("password")


def walk_playback(inspector):
    """Cameras chosen, their past with a slate and a marked interval, the ways to another moment."""
    page = inspector.page
    page.trap.allow(NO_FOOTAGE)
    inspector.go("playback")
    boxes = page.get_by_role("checkbox")
    expect(boxes).to_have_count(len(NUMBERS))
    inspector.look("camera picker")
    for box in boxes.all():
        box.check()
    inspector.press(inspector.word("playback:picker.open"))
    page.keyboard.press("End")
    expect(page.locator("[data-view=video]")).to_have_count(len(NUMBERS), timeout=20_000)
    page.keyboard.press("k")
    page.keyboard.press("[")
    page.locator("summary").click()
    inspector.look("playback")
    page.keyboard.press("g")
    field = page.get_by_role("dialog").get_by_role("textbox")
    field.fill(SKIPPED)
    inspector.look("skipped hour", "[role=dialog]")
    field.fill(REPEATED)
    inspector.look_at_dialog("repeated hour")
    page.keyboard.press("g")
    field.fill(LONG_AGO)
    field.press("Enter")
    expect(page.locator("[data-view=gap]")).to_have_count(len(NUMBERS), timeout=20_000)
    inspector.look("gaps")
    inspector.press(inspector.word("playback:page.cameras", count=len(NUMBERS)))
    inspector.look_at_dialog("other cameras")


def walk_rest(inspector, views):
    """Views, health, help."""
    page = inspector.page
    inspector.go("views")
    expect(page.get_by_text(views[0])).to_be_visible()
    inspector.look("views")
    inspector.press(inspector.word("views:new_tour"))
    inspector.look_at_dialog("tour")
    inspector.go("health")
    page.locator("summary").click()
    inspector.look("health")
    inspector.go("help")
    inspector.look("help")


def walk_register(inspector):
    """Persons, units, accounts: each list with what opens beside it."""
    page, word = inspector.page, inspector.word
    for place, open_new, name in (
        ("people", word("admin:people.new"), ADMINISTRATOR.display_name),
        ("units", word("admin:units.new"), "Belediye"),
        ("accounts", word("admin:accounts.new"), ADMINISTRATOR.display_name),
    ):
        page.get_by_role("link", name=word(f"admin:tab.{place}"), exact=True).click()
        one = page.get_by_role("button", name=name).first
        expect(one).to_be_visible()
        inspector.look(place)
        inspector.press(open_new)
        inspector.look_at_dialog(f"new in {place}")
        one.click()
        expect(page.get_by_role("dialog").get_by_role("button").nth(1)).to_be_visible()
        inspector.look_at_dialog(f"one of {place}")


def walk_papers(inspector):
    """Grants with one of them and the forms on it, the application step by step."""
    page, word = inspector.page, inspector.word
    inspector.go("grants")
    page.get_by_text(word("authority:filter.all")).click()
    inspector.look("grants")
    page.get_by_role("link", name=ADMINISTRATOR.display_name).first.click()
    expect(page.get_by_role("heading", name=word("authority:history"))).to_be_visible()
    inspector.look("grant")
    for name in ("renewal", "duty", "suspension", "person", "scope"):
        inspector.press(word(f"authority:do.{name}"), exact=True)
        inspector.look(name, "form")
        page.keyboard.press("Escape")
        expect(page.locator("form")).to_have_count(0)
    page.trap.allow(r"status of 422 .*/grants/0$")
    page.goto(urljoin(page.url, "/grants/0"))
    expect(page.get_by_role("link", name=word("authority:to_grants"))).to_be_visible()
    inspector.look("no grant")
    page.get_by_role("link", name=word("authority:to_grants")).click()
    page.get_by_text(f"{word('authority:filter.waiting')} (").click()
    page.get_by_role("link", name=OFFICES["tr"].display_name).click()
    inspector.press(word("authority:do.activate"), exact=True)
    inspector.look_at_dialog("activation")
    inspector.go("grants")
    page.get_by_role("link", name=word("authority:apply")).click()
    page.locator("input").and_(page.get_by_label(word("authority:field.person"), exact=True)).click()
    inspector.look("whom to choose", "form")
    page.get_by_role("option", name=OFFICES["tr"].display_name).click()
    for step in ("person", "olur", "scope", "agreement", "training", "check"):
        expect(page.get_by_role("heading", name=word(f"authority:step.{step}"), level=2)).to_be_visible()
        if step == "scope":
            inspector.look("scope without a camera", "form")
            page.get_by_label(f"{PLACES[0].number} · {PLACES[0].name}").check()
            page.get_by_label(word("authority:field.purpose")).fill("denetim")
        inspector.look(f"application, {step}")
        if step != "check":
            inspector.press(word("authority:next"), exact=True)


def walk_posts(inspector):
    """Guards with their posts, accounts that are nobody's own, what the person may see."""
    page, word = inspector.page, inspector.word
    inspector.go("assignments")
    for name in (word("authority:assignments.new_post"), word("authority:assignments.new")):
        inspector.press(name, exact=True)
        inspector.look(name, "form")
        inspector.press(word("authority:cancel"), exact=True)
        expect(page.locator("form")).to_have_count(0)
    inspector.look("assignments")
    inspector.press(word("authority:assignments.end_named", name=GUARD.display_name))
    inspector.look("end of an assignment", "form")
    inspector.press(word("authority:assignments.change_named", name=GUARD.name))
    inspector.press(word("authority:assignments.close_named", name=GUARD.name))
    inspector.look("another post, its end", "form")
    inspector.go("shared-accounts")
    expect(page.get_by_role("heading", name="Kontrol odası")).to_be_visible()
    inspector.look("shared accounts")
    inspector.press(word("authority:shared.review"), exact=True)
    inspector.look("review", "form")
    inspector.go("me")
    expect(page.get_by_role("heading", name=word("authority:mine.title"))).to_be_visible()
    inspector.look("my authority")


def walk_signatures(inspector):
    """Agreements with what taking one back does, another text; work orders, open and over."""
    page, word = inspector.page, inspector.word
    page.goto(urljoin(page.url, "/agreements"))
    inspector.press(word("agreements:withdraw_named", name=ADMINISTRATOR.display_name))
    expect(page.get_by_text(word("agreements:rests.until_signed"))).to_be_visible()
    inspector.look("agreements")
    page.keyboard.press("Escape")
    inspector.press(word("agreements:text.new"))
    page.get_by_role("switch").check()
    inspector.look("another text", "form")
    inspector.go("work-orders")
    expect(page.get_by_role("heading", name=word("work-orders:over"))).to_be_visible()
    inspector.press(word("work-orders:new"))
    inspector.look("work orders")
    page.locator("form").get_by_role("textbox").first.click()
    inspector.look("whom to order work", "form")


def walk_own(inspector):
    """What everybody has: what waits for them, what they have to know, their own account."""
    for place in ("waiting", "letters/tasks", "training", "account"):
        inspector.page.goto(urljoin(inspector.page.url, f"/{place}"))
        expect(inspector.page.get_by_role("heading", level=1)).to_be_visible()
        expect(inspector.page.locator(LOADING)).to_have_count(0)
        inspector.look(place)


@pytest.fixture(scope="module")
def views(node, browser, signed_in_state, reader):
    """Names of two views that everybody may open."""
    context = browser.new_context(storage_state=signed_in_state(ADMINISTRATOR))
    names, addresses = ["Danışma ekranı", "Gece nöbeti"], []
    for name in names:
        body = {"name": name, "layout": "2x2", "cells": [None] * 4, "is_shared": True}
        answer = context.request.post(f"{node.address}/api/v1/views", data=body)
        assert answer.ok, answer.text()
        addresses.append(f"{node.address}/api/v1/views/{answer.json()['id']}")
    yield names
    for address in addresses:
        context.request.delete(address)
    context.close()


@pytest.mark.parametrize("language", ["tr", "en"])
def test_every_page_and_every_dialog_is_accessible(inspector, reader, views, language):
    looker = inspector(ADMINISTRATOR if language == "tr" else reader, "/sign-in")
    expect(looker.page.locator("html")).to_have_attribute("lang", language)
    expect(looker.page.locator("html")).to_have_attribute("data-mantine-color-scheme", THEMES[0])
    looker.look("sign-in")
    looker.page.goto(looker.page.url.replace("/sign-in", "/live"))
    walk_live(looker)
    walk_playback(looker)
    walk_rest(looker, views)
    looker.page.goto(looker.page.url.replace("/help", "/wall/spot"))
    expect(looker.page.locator("[data-tile], [data-camera], main, p").first).to_be_visible()
    looker.look("spot window")
    assert looker.found == []


def test_what_a_guard_is_refused_is_accessible(inspector):
    looker = inspector(GUARD, "/playback")
    expect(looker.page.locator("[data-refusal]")).to_be_visible()
    looker.look("past footage needs an Olur")
    looker.page.goto(looker.page.url.replace("/playback", "/health"))
    expect(looker.page.get_by_text(looker.word("health:denied"))).to_be_visible()
    looker.look("health is not for guards")
    assert looker.found == []


@pytest.mark.parametrize("language", ["tr", "en"])
def test_every_page_of_the_offices_is_accessible(inspector, offices, language):
    looker = inspector(offices[language], "/admin/people")
    walk_register(looker)
    walk_papers(looker)
    walk_posts(looker)
    walk_signatures(looker)
    walk_own(looker)
    assert looker.found == []


def test_what_a_guard_may_see_is_accessible(inspector):
    looker = inspector(GUARD, "/me")
    expect(looker.page.get_by_text(looker.word("authority:paper.assignment"), exact=True)).to_be_visible()
    looker.look("a guard's authority")
    assert looker.found == []


@pytest.mark.parametrize("language", ["tr", "en"])
def test_the_log_is_accessible_to_its_auditors(inspector, node, language):
    node.admit(AUDITORS[language])
    looker = inspector(AUDITORS[language], "/audit")
    expect(looker.page.get_by_role("row").nth(1)).to_be_visible()
    expect(looker.page.locator(LOADING)).to_have_count(0)
    looker.look("audit log")
    assert looker.found == []
