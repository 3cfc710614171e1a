"""The past of four cameras on one clock, with what is missing said by its cause."""

import re
import time
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from node_processes import PLACES, wait_until
from playwright.sync_api import expect

pytestmark = [pytest.mark.sockets, pytest.mark.system]
NUMBERS = [place.number for place in PLACES]
US = 1_000_000
ABSENT = 3  # the camera with a gap
ABSENT_INDEX = next(index for index, place in enumerate(PLACES) if place.number == ABSENT)
UNREADABLE = r"status of (410|500) "
SECOND_US = 1_446_946_200 * US  # 2015-11-08T01:30:00Z, an hour after the first 03:30


@pytest.fixture
def gap(node, desk):
    """A gap of one camera with footage on both sides."""
    return desk.gap_of(node, ABSENT, ABSENT_INDEX)


@pytest.mark.proves("D-11.4b")
def test_four_cameras_play_in_step_over_a_gap_whose_cause_is_named(desk, gap):
    others = [number for number in NUMBERS if number != ABSENT]
    desk.open(NUMBERS, gap["start_us"] - 2 * US)
    for number in NUMBERS:
        desk.wait_for(number, "video")
    desk.toggle()
    desk.wait_for(ABSENT, "gap")
    slate = desk.tile(ABSENT).locator("[data-cause]")
    expect(slate).to_have_attribute("data-cause", "camera_offline")
    expect(slate).to_contain_text("Bu anda kayıt yok")
    expect(slate.get_by_role("button")).to_have_count(2)  # both edges are offered
    assert ABSENT not in desk.picture_times_us()
    desk.assert_in_step(others)
    slate.get_by_role("button", name=re.compile("Sonraki")).click()
    desk.wait_for(ABSENT, "video")
    desk.assert_in_step(NUMBERS)
    assert min(desk.picture_times_us().values()) >= gap["end_us"] - 2 * US


def test_a_jump_into_a_gap_that_is_drawn_asks_for_no_footage(desk, gap):
    desk.open([2], gap["start_us"] - 3 * US, span_s=20 * 86_400)
    legend = desk.page.get_by_role("list", name="Zaman çizgisindeki işaretler")
    expect(legend).to_contain_text("kamera henüz devrede değildi")  # the time line is there, its gap is explained
    expect(legend).to_contain_text("Kayıt var")
    refused = []
    desk.page.on("response", lambda answer: refused.append(answer.url) if answer.status == 404 else None)
    box = desk.page.get_by_role("slider", name="Oynatma imleci").bounding_box()
    desk.page.mouse.click(box["x"] + box["width"] * 0.3, box["y"] + box["height"] - 8)
    desk.wait_for(2, "gap")
    expect(desk.tile(2)).to_contain_text("kamera henüz devrede değildi")
    assert refused == []


def test_a_paused_picture_steps_and_jumps_by_keys(desk, gap):
    desk.open([2], gap["start_us"] - 3 * US)
    desk.wait_for(2, "video")
    desk.page.keyboard.press(".")  # from here on the clock stands in the middle of a picture
    first_us = wait_until(lambda: desk.still_us(2), 5, "a picture")
    desk.page.keyboard.press(".")
    wait_until(lambda: moved(desk, first_us, 40_000, 300_000), 5, "a picture on")
    desk.page.keyboard.press(",")
    wait_until(lambda: moved(desk, first_us, 0, 0), 5, "a picture back")
    desk.page.keyboard.press("g")
    dialog = desk.page.get_by_role("dialog", name="Zamana git")
    dialog.get_by_role("textbox").fill("-1s")
    dialog.get_by_role("textbox").press("Enter")
    expect(dialog).to_have_count(0)
    wait_until(lambda: moved(desk, first_us, -1_300_000, -800_000), 5, "a second back")


def moved(desk, first_us, least_us, most_us):
    """Whether the paused picture is that much later than the first one, by its own time code."""
    at_us = desk.still_us(2)
    return at_us is not None and least_us <= at_us - first_us <= most_us


def test_now_can_be_reached_from_the_past(desk, gap):
    desk.open([2], gap["start_us"] - 3 * US)
    desk.page.keyboard.press("End")
    desk.wait_for(2, "video")
    wait_until(lambda: time.time_ns() // 1000 - desk.picture_times_us().get(2, 0) < 9 * US, 15, "nearly now")
    shown_us = desk.picture_times_us()[2]
    wait_until(lambda: desk.picture_times_us().get(2, 0) > shown_us + US, 10, "it goes on")


# Turkey's clocks last went back on 8 November 2015 at 04:00, forward on 29 March 2015 at 03:00.
def test_the_repeated_hour_is_asked_for_and_the_skipped_one_refused(desk, gap):
    desk.open([2], gap["start_us"] - 3 * US)
    desk.page.keyboard.press("g")
    dialog = desk.page.get_by_role("dialog", name="Zamana git")
    field = dialog.get_by_role("textbox")
    field.fill("08.11.2015 03:30")
    go = dialog.get_by_role("button", name="Git", exact=True)
    expect(go).to_be_disabled()
    choices = dialog.get_by_role("radio")
    expect(choices).to_have_count(2)
    expect(dialog).to_contain_text("birinci (UTC+3)")
    expect(dialog).to_contain_text("ikinci (UTC+2)")
    field.fill("29.03.2015 03:30")
    expect(dialog.get_by_role("alert")).to_contain_text("Bu saat o gün yaşanmadı")
    expect(dialog.get_by_role("button", name="En yakın geçerli an: 04:00:00")).to_be_visible()
    expect(go).to_be_disabled()
    field.fill("08.11.2015 03:30")
    choices.nth(1).press(" ")
    expect(go).to_be_enabled()
    go.press("Enter")
    expect(dialog).to_have_count(0)
    expect(desk.page).to_have_url(re.compile(rf"[?&]at={SECOND_US}(&|$)"))
    expect(desk.tile(2)).to_have_attribute("data-view", "gap")
    expect(desk.page.get_by_role("slider")).to_have_attribute("aria-valuetext", re.compile(r"03 30 00 \(UTC\+2\)"))
    desk.page.reload()  # what a colleague sees who is sent the address
    expect(desk.page.get_by_role("slider")).to_have_attribute("aria-valuetext", re.compile(r"03 30 00 \(UTC\+2\)"))


@pytest.fixture
def old_file(node, desk, gap):
    """The file of a camera that ends at its gap: its path, when it ends."""
    before = [path for path in node.files_of(desk.ids[ABSENT]) if begun_us(path) < gap["start_us"]]
    return before[-1], gap["start_us"]


def begun_us(path):
    """When a segment begins, by its name."""
    moment = datetime.strptime(path.name.split("-")[0], "%Y%m%dT%H%M%S.%fZ").replace(tzinfo=UTC)
    return round(moment.timestamp() * US)


def test_playback_goes_on_behind_a_damaged_part(desk, old_file):
    path, end_us = old_file
    size = path.stat().st_size
    with path.open("r+b") as file:  # the middle, as a bad disk would
        file.seek(size // 3)
        file.write(b"\xa5" * (size // 3))
    desk.page.trap.allow(UNREADABLE)
    desk.open([2, ABSENT], (begun_us(path) + end_us) // 2)  # bytes and time do not grow quite alike
    desk.toggle()
    desk.wait_for(ABSENT, "lost")
    expect(desk.tile(ABSENT)).to_contain_text("Bu bölüm okunamadı")
    desk.wait_for(ABSENT, "video", 25_000)
    desk.assert_in_step([2, ABSENT])


def test_playback_goes_on_behind_a_file_deleted_while_it_plays(desk, old_file, gap):
    path, end_us = old_file
    desk.page.trap.allow(UNREADABLE)
    desk.open([2, ABSENT], gap["end_us"] + 2 * US)
    desk.wait_for(ABSENT, "video")
    path.unlink()
    desk.page.keyboard.press("g")
    dialog = desk.page.get_by_role("dialog", name="Zamana git")
    dialog.get_by_role("textbox").fill(in_turkey(end_us - 2 * US))
    dialog.get_by_role("textbox").press("Enter")
    desk.wait_for(ABSENT, "lost")
    desk.wait_for(2, "video")
    desk.toggle()
    desk.wait_for(ABSENT, "gap")
    desk.tile(ABSENT).get_by_role("button", name=re.compile("Sonraki")).click()
    desk.wait_for(ABSENT, "video")
    desk.assert_in_step([2, ABSENT])


def in_turkey(at_us):
    """As a person types it."""
    return datetime.fromtimestamp(at_us // US, ZoneInfo("Europe/Istanbul")).strftime("%d.%m.%Y %H:%M:%S")
