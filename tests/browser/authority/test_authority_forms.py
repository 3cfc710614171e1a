"""Grants in other hands: another person by a new Olur, reading what begins before it begins, an address of no grant."""

import re

import pytest
from keyboard import Keys
from node_processes import FIRST_OLUR, OLUR_ON, Person
from playwright.sync_api import expect

from vms.kernel.clock import SystemClock
from vms.kernel.days import day_of

pytestmark = [pytest.mark.sockets, pytest.mark.system, pytest.mark.long]

CLERK = Person("evrak", "Kurum-kalemi-1951", "registry_clerk", "Esma Aktuğ")
HEAD = Person("sefe", "Birinci-kat-1952", "vms_unit_head", "Sema Tok", "en")
FORMER = Person("eskisi", "Eski-anahtar-1953", "authorised_viewer", "Derya Koç")
NEXT = Person("yenisi", "Yeni-anahtar-1954", "authorised_viewer", "Onur Ateş")
WAITING = Person("bekleyen", "Kapali-kapi-1955", "authorised_viewer", "Pelin Ak")
UNKNOWN = ("olmayan", "018f3c2e-0000-7000-8000-000000000001")
THERE_IS_NONE = {
    "tr": ("Böyle bir yetki yok.", "Bütün izleme yetkileri"),
    "en": ("There is no such grant.", "All viewing authority"),
}


@pytest.fixture(scope="module")
def people(node):
    for person in (CLERK, HEAD, FORMER, NEXT, WAITING):
        node.admit(person)
    for person in (FORMER, NEXT):  # whom a paper names is registered by it
        node.allow(person, [127], playback=True)


@pytest.fixture
def waiting(node, people):
    """The number of a grant that has every paper and waits for the second person."""
    node.vms(
        "authority", "grant", WAITING.name, "--olur", f"2026/7{node.grants}", "--purpose", "denetim", "--live",
        "--camera", 2, "--ends", "2099-12-31", "--training", "Eğitim salonu", "--agreement-signed",
        day_of(SystemClock().now_us()),
    )  # fmt: skip
    node.grants += 1
    return node.grants


def grant_of(own, person):
    """The newest grant of a person."""
    return next(one for one in own.get("/grants")["grants"] if one["account_name"] == person.name)


@pytest.mark.proves("D-11.3", "D-11.5c")
def test_another_person_takes_over_by_keys_alone(open_page, api, node, people):
    page = open_page(CLERK, "/grants")
    former = grant_of(api(page), FORMER)
    page.trap.allow(r"status of 409 .*/replacement$")
    keys = Keys(page)
    keys.take(page.get_by_role("link", name=FORMER.display_name))
    keys.take(page.get_by_role("button", name="Kişiyi değiştir", exact=True))
    form = page.get_by_role("group", name="Kişiyi değiştir", exact=True)
    person = form.get_by_role("combobox", name="Kişi", exact=True)
    expect(person).to_be_focused()
    expect(form).to_contain_text(f"Yetki {former['number']} hemen biter. 0 açık görüntü kapanacak.")
    page.keyboard.type("onur")
    expect(page.get_by_role("option", name=NEXT.display_name)).to_be_visible()
    keys.press("ArrowDown")
    keys.press("Enter")
    expect(person).to_have_value(re.compile(NEXT.display_name))
    olur, send = form.get_by_label("Olur sayısı"), form.get_by_role("button", name="Kişiyi değiştir")
    keys.fill(olur, former["olur_no"])
    keys.fill(form.get_by_label("Olur tarihi"), "".join(reversed(OLUR_ON.split("-"))))
    keys.fill(form.get_by_role("textbox", name="Eğitim", exact=True), "Eğitim salonu")
    keys.take(send)

    expect(olur).to_have_attribute("aria-invalid", "true")
    expect(olur).to_have_accessible_description(re.compile("Olur"))
    assert grant_of(api(page), FORMER)["state"] == "active"
    keys.reach(olur, "Shift+Tab")
    page.keyboard.press("Control+A")
    page.keyboard.type(f"2026/{FIRST_OLUR + 800}")
    keys.take(send)
    node.grants += 1
    expect(page.get_by_role("heading", name=NEXT.display_name)).to_be_visible()
    expect(page.get_by_text("İkinci kişinin etkinleştirmesi bekleniyor.")).to_be_visible()
    made = grant_of(api(page), NEXT)
    assert (made["state"], made["cameras"], grant_of(api(page), FORMER)["state"]) == (
        "awaiting_activation", 1, "replaced",
    )  # fmt: skip


@pytest.mark.proves("D-12.3b")
def test_other_cameras_need_a_new_olur_and_the_grant_goes_on_until_then(open_page, api, node, people):
    node.allow(WAITING, [3], playback=True)
    page = open_page(CLERK, "/grants")
    page.get_by_role("link", name=WAITING.display_name).first.click()
    page.get_by_role("button", name="Kapsamı değiştir", exact=True).click()
    form = page.get_by_role("group", name="Kapsamı değiştir", exact=True)
    olur = form.get_by_label("Olur sayısı")
    expect(olur).to_be_focused()
    expect(form).to_contain_text("yenisi etkinleştirilene kadar sürer")
    page.keyboard.press("Escape")
    expect(form).to_have_count(0)
    expect(page.get_by_role("button", name="Kapsamı değiştir", exact=True)).to_be_focused()
    page.keyboard.press("Enter")
    olur.fill("2026/990")
    form.get_by_label("Olur tarihi").fill("3.2.2026")
    form.get_by_label("14 · Liman").check()
    form.get_by_role("button", name="Yeni kapsamı gönder").click()
    node.grants += 1
    expect(page.get_by_text("İkinci kişinin etkinleştirmesi bekleniyor.")).to_be_visible()
    states = [one["state"] for one in api(page).get("/grants")["grants"] if one["account_name"] == WAITING.name]
    assert states[:2] == ["awaiting_activation", "active"]


@pytest.mark.proves("D-12.11")
def test_what_would_begin_is_read_first_enter_begins_it_escape_leaves(open_page, api, waiting):
    page = open_page(HEAD, "/grants?show=waiting", locale="en-GB")
    own = api(page)
    grant = next(one for one in own.get("/grants")["grants"] if one["number"] == waiting)
    page.goto(f"{own.host}/grants/{grant['id']}")
    page.get_by_role("button", name="Activate", exact=True).click()
    dialog = page.get_by_role("dialog", name=f"Activate grant {waiting}?")
    last = day_of(own.get(f"/grants/{grant['id']}")["would_end_us"] - 1)
    told = (
        WAITING.display_name,
        "2 · Cumhuriyet Meydanı",
        "Live",
        f"{last.year} 24:00",
        grant["olur_no"],
        "Eğitim salonu",
    )
    for words in told:
        expect(dialog).to_contain_text(words)
    expect(dialog.get_by_role("button", name="Activate")).to_be_focused()
    page.keyboard.press("Escape")
    expect(dialog).to_have_count(0)
    assert own.get(f"/grants/{grant['id']}")["state"] == "awaiting_activation"
    page.get_by_role("button", name="Activate", exact=True).press("Enter")
    expect(dialog.get_by_role("button", name="Activate")).to_be_focused()
    page.keyboard.press("Enter")
    expect(dialog).to_have_count(0)
    expect(page.get_by_text("179 days left")).to_be_visible()
    assert own.get(f"/grants/{grant['id']}")["state"] == "active"


@pytest.mark.parametrize("there", UNKNOWN)
@pytest.mark.parametrize("person", [CLERK, HEAD], ids=["tr", "en"])
def test_the_address_of_no_grant_says_so_and_leads_back(open_page, people, person, there):
    page = open_page(person, "/help")
    page.trap.allow(r"status of 4(04|22) .*/grants/")
    page.goto(page.url.replace("/help", f"/grants/{there}"))
    words, way = THERE_IS_NONE[person.language]
    expect(page.get_by_role("heading", name=words)).to_be_visible()
    page.get_by_role("link", name=way).click()
    expect(
        page.get_by_role("region", name="İzleme yetkileri" if person is CLERK else "Viewing authority")
    ).to_be_visible()
