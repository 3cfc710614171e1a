"""The wall worked by keys alone, kept on the server, called up by number or name."""

import re

import pytest
from node_processes import ADMINISTRATOR, PLACES, wait_until
from playwright.sync_api import expect
from wall_page import Wall

pytestmark = [pytest.mark.sockets, pytest.mark.system]
NUMBERS = [place.number for place in PLACES]


def tab_to(page, target, most=60):
    """Press Tab until `target` has the focus."""
    for _ in range(most):
        if target.evaluate("(node) => node === document.activeElement"):
            return
        page.keyboard.press("Tab")
    pytest.fail(f"{target} cannot be reached by Tab")


def choose(page, button, item):
    """Open a menu, walk to `item`, take it: by keys."""
    tab_to(page, button)
    page.keyboard.press("Enter")
    wanted = page.get_by_role("menuitem", name=item, exact=True)
    expect(wanted).to_be_visible()
    for _ in range(20):
        if wanted.evaluate("(node) => node === document.activeElement"):
            break
        page.keyboard.press("ArrowDown")
    expect(wanted).to_be_focused()
    page.keyboard.press("Enter")
    expect(wanted).to_have_count(0)


def call(page, number):
    """Type a camera's number, then Enter."""
    for digit in str(number):
        page.keyboard.press(digit)
    page.keyboard.press("Enter")


def put_into(wall, cell, number):
    """Call a camera into the cell that has the focus; the focus stays there."""
    expect(wall.cell(cell)).to_be_focused()
    call(wall.page, number)
    expect(wall.cell(cell).locator(f"[data-camera='{number}']")).to_be_visible()
    expect(wall.cell(cell)).to_be_focused()


@pytest.mark.proves("D-6.1")
def test_a_wall_is_built_by_keys_alone_and_found_again_on_another_machine(wall, open_page):
    page = wall.page
    choose(page, page.get_by_role("button", name="Yerleşim: 1 + 5"), "2×2")
    expect(wall.grid).to_have_attribute("data-layout", "2x2")
    choose(page, page.get_by_role("button", name="Yerleşim: 2×2"), "1 + 5")
    expect(wall.grid).to_have_attribute("data-layout", "1+5")
    tab_to(page, wall.cell(0))
    put_into(wall, 0, 127)
    page.keyboard.press("ArrowRight")
    put_into(wall, 1, 14)
    page.keyboard.press("Shift+ArrowLeft")  # the two change places, the focus goes along
    expect(wall.cell(0)).to_be_focused()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Delete")
    expect(wall.cell(3)).to_be_focused()
    assert wall.cameras() == [14, 127, 3]
    choose(page, page.get_by_role("button", name="Görünüm", exact=True), "Görünümü sakla")
    dialog = page.get_by_role("dialog")
    expect(dialog.get_by_role("textbox")).to_be_focused()
    page.keyboard.type("Gece nöbeti")
    page.keyboard.press("Enter")
    expect(dialog).to_have_count(0)
    expect(page.get_by_role("button", name="Gece nöbeti")).to_be_visible()

    elsewhere = Wall(open_page(ADMINISTRATOR))
    choose(elsewhere.page, elsewhere.page.get_by_role("button", name="Görünüm", exact=True), "Gece nöbeti")
    expect(elsewhere.grid).to_have_attribute("data-layout", "1+5")
    expect(elsewhere.cell(0).locator("[data-camera='14']")).to_be_visible()
    assert elsewhere.cameras() == [14, 127, 3]
    elsewhere.wait_until_live([14, 127, 3])


def test_a_number_calls_a_camera_and_an_unknown_one_is_said(wall):
    page = wall.page
    wall.cell(5).click()
    put_into(wall, 5, 127)
    call(page, 999)
    expect(page.get_by_text("Bu numarada kamera yok: 999")).to_be_visible()
    assert 999 not in wall.cameras()


def test_search_without_turkish_letters_finds_them(wall):
    page = wall.page
    wall.cell(4).click()
    page.keyboard.press("/")
    expect(page.locator(":focus")).to_have_attribute("aria-label", "Kamera ara")
    page.keyboard.type("isik")
    rows = page.locator("[data-row]")
    expect(rows).to_have_count(1)
    expect(rows.first).to_contain_text("Işık Sokak")
    page.keyboard.press("Enter")
    expect(wall.cell(4).locator("[data-camera='127']")).to_be_visible()


def test_an_enlarged_tile_takes_the_main_stream_without_a_gap(wall):
    wall.wait_until_live([2])
    expect(wall.video(2)).to_have_attribute("data-stream", "sub")
    wall.tile(2).dblclick()
    expect(wall.grid).to_have_attribute("data-zoomed", "true")
    black = wall.page.evaluate_handle(
        """() => {
          const seen = { longest_ms: 0, since: null, timer: 0 };
          const look = () => {
            const shown = document.querySelector("[data-camera='2'] video[data-shown='true']");
            const isBlack = !shown || shown.readyState < 2;
            if (!isBlack) seen.since = null;
            else seen.since ??= performance.now();
            if (seen.since !== null) seen.longest_ms = Math.max(seen.longest_ms, performance.now() - seen.since);
            seen.timer = requestAnimationFrame(look);
          };
          look();
          return seen;
        }"""
    )
    expect(wall.video(2)).to_have_attribute("data-stream", "main", timeout=10_000)
    size = wall.video(2).evaluate("(video) => [video.videoWidth, video.videoHeight]")
    assert size == [960, 540]
    wall.page.keyboard.press("Escape")
    expect(wall.grid).to_have_attribute("data-zoomed", "false")
    expect(wall.video(2)).to_have_attribute("data-stream", "sub", timeout=10_000)
    assert black.evaluate("(seen) => seen.longest_ms") <= 1_000


def test_full_screen_keeps_strips_with_watermark_and_nobody_watches_without_it(wall):
    page = wall.page
    wall.wait_until_live([127, 2])
    wall.cell(0).focus()
    page.keyboard.press("f")
    wait_until(lambda: page.evaluate("document.fullscreenElement !== null"), 5, "full screen")
    inside = page.evaluate_handle("document.fullscreenElement")
    assert inside.evaluate("(element) => element.tagName") == "DIV"  # never the video: it would lose all around it
    for number in (127, 2):
        assert inside.evaluate(
            "(element, number) => element.querySelector(`[data-camera='${number}'] time`) !== null", number
        )
    mark = page.get_by_text(re.compile(rf"{ADMINISTRATOR.display_name} · {ADMINISTRATOR.name} · "))
    assert mark.count() >= 2 * len(NUMBERS)
    assert mark.first.evaluate("(node) => document.fullscreenElement.contains(node)")
    wall.tile(2).get_by_text(re.compile(ADMINISTRATOR.name)).first.evaluate("(line) => line.parentElement.remove()")
    wall.wait_for(2, "tampered", 2_000)
    expect(wall.tile(2).locator("video")).to_have_count(0)
    wall.wait_for(127, "live")
    wall.tile(2).get_by_role("button", name="Yeniden izle").click()
    wall.wait_until_live([2])


@pytest.mark.proves("D-11.4b", "edge-85")
def test_no_key_no_menu_no_drag_gives_a_picture_away(wall):
    answers = []
    wall.page.on("response", lambda answer: answers.append((answer.headers.get("content-type", ""), answer.url)))
    wall.page.reload()
    wall.wait_until_live([2])
    video = wall.video(2)
    assert video.evaluate("(node) => [node.controls, node.disablePictureInPicture, node.disableRemotePlayback]") == [
        False, True, True,
    ]  # fmt: skip
    prevented = "(node) => !node.dispatchEvent(new MouseEvent('contextmenu', { bubbles: true, cancelable: true }))"
    assert video.evaluate(prevented)
    carried = """(node) => {
      const dataTransfer = new DataTransfer();
      node.dispatchEvent(new DragEvent('dragstart', { bubbles: true, cancelable: true, dataTransfer }));
      return [...dataTransfer.types, ...dataTransfer.files];
    }"""
    assert set(video.evaluate(carried)) <= {"application/x-nazar-cell"}  # which cell is moved, within the wall
    pictures = [url for kind, url in answers if kind.startswith(("image/", "video/"))]
    assert [url for url in pictures if not re.search(r"/api/v1/(live|playback)/|\.svg$|/favicon", url)] == []
    wall.page.emulate_media(media="print")
    assert wall.has_no_picture(2)


def test_a_view_that_was_changed_is_found_as_it_was_left_after_a_reload(wall, api, saved_view):
    page = wall.page
    page.goto(f"{api(page).host}/live?view={saved_view.rsplit('/', 1)[1]}")
    expect(wall.grid).to_have_attribute("data-layout", "2x2")
    kept = wall.cameras()
    page.reload()  # not changed: the address is the view's
    expect(wall.grid).to_have_attribute("data-layout", "2x2")
    expect(page).to_have_url(re.compile(r"\?view="))
    wall.cell(3).click()
    page.keyboard.press("Delete")
    expect(page).to_have_url(re.compile(r"/live$"))
    page.reload()
    expect(wall.grid).to_have_attribute("data-layout", "2x2")
    expect(wall.tile(kept[0])).to_be_visible()
    assert wall.cameras() == kept[:3]
