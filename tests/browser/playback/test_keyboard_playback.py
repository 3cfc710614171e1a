"""Playback by keys alone: the focus is always seen, nothing holds it, it comes back where a dialog took it."""

import re
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from keyboard import UNSEEN, Keys
from node_processes import PLACES, wait_until
from playwright.sync_api import expect

pytestmark = [pytest.mark.sockets, pytest.mark.system, pytest.mark.long]
NUMBERS = [place.number for place in PLACES]
US = 1_000_000
ABSENT = 3  # the camera with a gap
ABSENT_INDEX = next(index for index, place in enumerate(PLACES) if place.number == ABSENT)


@pytest.fixture
def gap(node, desk):
    """A gap of one camera with footage on both sides."""
    return desk.gap_of(node, ABSENT, ABSENT_INDEX)


class PlaybackKeys(Keys):
    """On the playback page."""

    def go_to(self, text):
        """The time typed into the dialog of `g`."""
        self.strike("g")
        dialog = self.page.get_by_role("dialog", name="Zamana git")
        expect(dialog.get_by_role("textbox")).to_be_focused()  # the dialog is fetched when it is asked for first
        assert self.page.evaluate(UNSEEN) == ""
        self.page.keyboard.type(text)
        self.page.keyboard.press("Enter")
        expect(dialog).to_have_count(0)


@pytest.fixture
def keys(desk):
    """On the administrator's playback page."""
    return PlaybackKeys(desk.page)


def in_turkey(at_us):
    """As a person types it."""
    return datetime.fromtimestamp(at_us // US, ZoneInfo("Europe/Istanbul")).strftime("%d.%m.%Y %H:%M:%S")


@pytest.mark.proves("D-11.4b")
def test_four_cameras_are_chosen_and_taken_over_a_gap_by_keys_alone(desk, keys, gap):
    page = desk.page
    for place in PLACES:
        keys.reach(page.get_by_role("checkbox", name=f"{place.number} · {place.name}"))
        keys.press("Space")
    keys.reach(page.get_by_role("button", name="Seçilenleri izle"))
    keys.press("Enter")
    expect(page.get_by_role("heading", name="Kayıt izleme")).to_be_focused()
    assert page.evaluate(UNSEEN) == ""

    keys.go_to(in_turkey((gap["start_us"] + gap["end_us"]) // 2))  # into the gap: no silent jump
    desk.wait_for(ABSENT, "gap")
    for number in set(NUMBERS) - {ABSENT}:
        desk.wait_for(number, "video")
    slate = desk.tile(ABSENT)
    expect(slate).to_contain_text("Neden: kamera çevrimdışı")
    keys.reach(slate.get_by_role("button", name=re.compile(r"Önceki kare \d\d:\d\d:\d\d")))
    keys.press("Enter")
    desk.wait_for(ABSENT, "video")
    expect(slate.get_by_role("button", name=re.compile("Belediye girişi"))).to_be_focused()  # not lost with the slate
    keys.press("n")
    desk.wait_for(ABSENT, "gap")
    keys.reach(slate.get_by_role("button", name=re.compile(r"Sonraki kare \d\d:\d\d:\d\d")))
    keys.press("Enter")
    desk.wait_for(ABSENT, "video")
    assert min(desk.picture_times_us().values()) >= gap["end_us"] - 2 * US

    keys.press("k")
    keys.press("Shift+n")
    keys.press("ArrowLeft")  # before the gap, then over it
    desk.wait_for(ABSENT, "video")
    keys.press("l")
    desk.wait_for(ABSENT, "gap")
    desk.wait_for(ABSENT, "video")
    desk.assert_in_step(NUMBERS)
    keys.press("k")


def test_pictures_are_stepped_and_an_interval_is_marked_by_keys_alone(desk, keys, gap):
    page = desk.page
    desk.open([2, 14], gap["start_us"] - 8 * US)
    keys.press("2")  # the second camera's pictures
    expect(desk.tile(14)).to_have_attribute("data-chosen", "true")
    keys.press("1")
    for key, by in ((".", 1), (".", 1), (",", -1)):
        before_us = wait_until(lambda: desk.still_us(2), 5, "a picture")
        keys.press(key)
        wait_until(lambda: (desk.still_us(2) or before_us) * by > before_us * by, 5, f"a picture by {key}")  # noqa: B023

    marked = page.get_by_role("status").filter(has_text="İşaretli aralık")
    keys.press("[")
    expect(marked).to_contain_text("başlangıç")
    keys.press("ArrowRight")
    keys.press("]")
    expect(marked).to_contain_text("(5 sn)")
    expect(page).to_have_url(re.compile(r"[?&]in=\d+&out=\d+"))
    keys.reach(page.get_by_role("button", name="Aralığı temizle"))
    keys.press("Enter")
    expect(marked).to_have_count(0)
    expect(page.get_by_role("button", name="Aralığın başını işaretle")).to_be_focused()


def test_nothing_holds_the_focus_and_dialogs_give_it_back(desk, keys, gap):
    page = desk.page
    desk.open(NUMBERS, gap["start_us"] - 3 * US)
    slider = page.get_by_role("slider")
    table = page.locator("summary")
    keys.reach(slider)
    keys.press("ArrowRight")
    expect(slider).to_be_focused()
    keys.reach(table)
    keys.press("Tab")
    expect(table).not_to_be_focused()
    keys.reach(slider, "Shift+Tab")
    for name, title in (("Zamana git", "Zamana git"), ("Kameralar (4)", "Kameraları seçin")):
        opener = page.get_by_role("button", name=name, exact=True)
        keys.reach(opener, "Shift+Tab")
        page.keyboard.press("Enter")  # the dialog takes the focus a moment later
        dialog = page.get_by_role("dialog", name=title)
        expect(dialog.locator(":focus")).to_have_count(1)
        stops = [page.evaluate("document.activeElement.outerHTML") for _ in range(12) if keys.press("Tab") is None]
        assert len(set(stops)) > 2  # it goes round within the dialog
        expect(dialog.locator(":focus")).to_have_count(1)
        page.keyboard.press("Escape")
        expect(dialog).to_have_count(0)
        expect(opener).to_be_focused()
