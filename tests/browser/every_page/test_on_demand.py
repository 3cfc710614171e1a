"""What the first load leaves out is there when it is asked for."""

import re

import pytest
from node_processes import PLACES
from playwright.sync_api import expect

pytestmark = [pytest.mark.sockets, pytest.mark.system, pytest.mark.long]
NUMBERS = [place.number for place in PLACES]
QUIET_MS = 20_000
DIALOGS = re.compile(r"/assets/\w*Dialog-[\w-]+\.js")


def lose(page):
    """Lose every file that is asked for from now on, until the returned function is called."""
    page.trap.allow("net::ERR_|dynamically imported module")
    page.route(DIALOGS, lambda route: route.abort("connectionrefused"))
    return lambda: page.unroute(DIALOGS)


def test_a_dialog_that_could_not_be_fetched_opens_as_soon_as_the_server_is_back(wall):
    page = wall.page
    wall.wait_until_live(NUMBERS)
    tile = page.locator("[data-tile][tabindex='0']")
    tile.focus()
    find = lose(page)
    with page.expect_event("requestfailed", lambda request: "KeysDialog" in request.url):
        page.keyboard.press("?")
    expect(page.get_by_role("dialog")).to_have_count(0)
    wall.wait_until_moving(NUMBERS)
    find()
    expect(page.get_by_role("dialog")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_have_count(0)
    expect(tile).to_be_focused()


def test_a_quiet_page_fetches_every_dialog_so_that_it_opens_without_the_server(wall):
    page = wall.page
    names = set()

    def are_all_there(answer):
        names.update(re.findall(r"(\w+)Dialog-", answer.url))
        return names >= {"Keys", "SaveView", "Search", "SignIn", "Password"}

    with page.expect_event("response", are_all_there, timeout=QUIET_MS * 2):
        wall.wait_until_live(NUMBERS)
        assert names == set()
    lose(page)
    page.keyboard.press("Control+k")
    expect(page.get_by_role("dialog").get_by_role("combobox")).to_be_focused()
