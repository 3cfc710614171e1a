"""From the address to moving pictures."""

import pytest
from node_processes import ADMINISTRATOR, GUARD, GUARDED, PLACES
from playwright.sync_api import expect
from wall_page import Wall, sign_in

pytestmark = [pytest.mark.sockets, pytest.mark.system]
WRONG = {"tr": "Kullanıcı adı ya da parola yanlış.", "en": "User name or password is wrong."}


@pytest.mark.parametrize(("locale", "language"), [("tr-TR", "tr"), ("en-GB", "en")])
def test_a_wrong_password_is_said_in_the_readers_language(node, open_page, locale, language):
    page = open_page(None, "/sign-in", locale=locale)
    sign_in(page, node.address, ADMINISTRATOR, "not-the-password")
    expect(page.get_by_role("alert")).to_have_text(WRONG[language])
    expect(page.locator("html")).to_have_attribute("lang", language)
    assert page.locator("input[name=username]").input_value() == ADMINISTRATOR.name
    assert page.locator("input[name=password]").input_value() == ""


@pytest.mark.proves("D-6.1")
def test_signing_in_leads_to_a_wall_on_which_every_tile_moves(node, open_page):
    page = open_page(None, "/")
    page.wait_for_url("**/sign-in*")
    sign_in(page, node.address, ADMINISTRATOR)
    wall = Wall(page)
    numbers = [place.number for place in PLACES]
    wall.wait_until_live(numbers)
    expect(wall.grid).to_have_attribute("data-layout", "2x2")  # four cameras fill it
    assert wall.cameras() == sorted(numbers)
    times = wall.wait_until_moving(numbers)
    assert len({tuple(found) for found in times.values()}) == len(numbers)


def test_a_guard_sees_only_the_guards_cameras(guard_wall):
    guard_wall.wait_until_live(GUARDED)
    assert sorted(guard_wall.cameras()) == sorted(GUARDED)


def test_an_address_waits_behind_the_sign_in(node, open_page):
    page = open_page(None, "/playback?span_s=600")
    page.wait_for_url("**/sign-in?next=*")
    sign_in(page, node.address, GUARD)
    page.wait_for_url("**/playback?span_s=600")
