"""Confidentiality agreements: taking one back says first what rests by it, another text is signed from then on."""

import re

import pytest
from node_processes import Person
from playwright.sync_api import expect
from wall_page import Wall

pytestmark = [pytest.mark.sockets, pytest.mark.system, pytest.mark.long]

CLERK = Person("mukavele", "Murekkep-izi-1956", "registry_clerk", "Filiz Er")
CLERK_EN = Person("signer", "Murekkep-izi-1957", "registry_clerk", "Filiz Kar", "en")
VIEWER = Person("imzaci", "Imza-gunu-1958", "authorised_viewer", "Baran Uçar")
GUARD = Person("imzalayan", "Imza-gunu-1959", "guard", "Tuna Sezer")
WITHIN_MS = 5_000


@pytest.fixture(scope="module")
def people(node):
    for person in (CLERK, CLERK_EN, VIEWER, GUARD):
        node.admit(person)
    node.allow(VIEWER, [127], playback=True)
    node.allow(GUARD, [2])


@pytest.mark.proves("D-11.2b")
def test_taking_an_agreement_back_says_what_rests_and_closes_its_pictures(open_page, api, node, people):
    wall = Wall(open_page(VIEWER))
    wall.wait_until_live([127])
    page = open_page(CLERK, "/agreements")
    (grant,) = [one for one in api(page).get("/grants")["grants"] if one["account_name"] == VIEWER.name]
    page.get_by_label("Kişi").fill("baran")
    page.get_by_role("button", name=f"{VIEWER.display_name}: sözleşmeyi geri al").click()
    form = page.get_by_role("group", name="Sözleşmeyi geri al")
    expect(form.get_by_label("Neden")).to_be_focused()
    expect(form).to_contain_text(f"1 yetki hemen askıya alınır: {grant['number']} ({VIEWER.display_name}).")
    expect(wall.video(127)).to_be_visible()  # saying so has done nothing
    page.keyboard.type("Kişi vazgeçti")
    page.keyboard.press("Enter")
    expect(page.get_by_role("row").filter(has_text=VIEWER.display_name)).to_contain_text("Geri alındı")
    expect(wall.page.locator("video")).to_have_count(0, timeout=WITHIN_MS)
    found = api(page).get(f"/grants/{grant['id']}")
    assert (found["state"], found["missing"]) == ("suspended", ["nda_missing"])


@pytest.mark.proves("D-11.2b", "edge-91")
def test_a_guards_agreement_names_the_post_and_escape_leaves_all_as_it_is(open_page, api, people):
    page = open_page(CLERK_EN, "/agreements", locale="en-GB")
    page.get_by_role("button", name=f"{GUARD.display_name}: withdraw the agreement").click()
    form = page.get_by_role("group", name="Withdraw the agreement")
    expect(form).to_contain_text(f"1 assignment shows no picture: {GUARD.name} ({GUARD.display_name}).")
    page.keyboard.press("Escape")
    expect(form).to_have_count(0)
    rows = [one for one in api(page).get("/assignments")["assignments"] if one["account_name"] == GUARD.name]
    assert [one["state"] for one in rows] == ["active"]


@pytest.mark.proves("edge-91")
def test_another_text_is_signed_from_then_on_and_old_signatures_stay(open_page, api, people):
    page = open_page(CLERK_EN, "/agreements", locale="en-GB")
    page.trap.allow(r"status of 409 .*/agreement-texts$")
    page.get_by_role("button", name="New version of the text").click()
    form = page.get_by_role("group", name="New version of the text")
    version = form.get_by_label("Version")
    expect(version).to_be_focused()
    expect(form).to_contain_text("Signatures of before go on counting")
    form.get_by_role("switch").check()
    expect(form).to_contain_text(re.compile(rf"suspended at once|shows? no picture: .*{GUARD.display_name}"))
    form.get_by_role("switch").uncheck()
    version.fill("1")
    form.get_by_role("button", name="Let this be signed from now on").click()
    expect(version).to_have_attribute("aria-invalid", "true")
    version.fill("2026/2")
    version.press("Enter")
    expect(form).to_have_count(0)
    expect(page.get_by_text("The text that is signed now: version 2026/2.")).to_be_visible()
    rows = [one for one in api(page).get("/agreements")["agreements"] if one["person_name"] == GUARD.display_name]
    assert [(one["version"], one["counts"]) for one in rows] == [("1", True)]
