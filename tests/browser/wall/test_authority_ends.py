"""Authority that ends while its pictures are watched: black within seconds, with the reason; the other tile goes on."""

import time
from datetime import datetime

import pytest
from node_processes import Person
from playwright.sync_api import expect
from wall_page import Wall

from vms.kernel.days import ZONE

pytestmark = pytest.mark.long

WITHIN_S = 5.0
LEAST_SHIFT_S = 12
GUARD_OF_A_SHIFT = Person("nobetci", "Sabah-nobeti-1919", "guard", "Hasan Er")
CHIEF = Person("amir", "Devriye-defteri-1921", "guard_supervisor", "Kenan Kurtul")
RELIEVED = Person("gececi", "Aksam-vardiyasi-1922", "guard", "Cem Tuna")
VIEWER = Person("izleyici", "Gorevli-bakis-1920", "authorised_viewer", "Elif Kaya")


@pytest.mark.proves("D-11.5a", "edge-75", "edge-82", "edge-89")
def test_a_shift_that_ends_blackens_its_own_tile_with_the_reason(open_page, node):
    node.admit(GUARD_OF_A_SHIFT)
    node.allow(GUARD_OF_A_SHIFT, [127])
    began_s = time.time()
    page = open_page(GUARD_OF_A_SHIFT, "/help")
    shift_s = LEAST_SHIFT_S + 5 * (time.time() - began_s)  # long enough to be watched first, also by a busy machine
    ends_s = int(time.time() + shift_s)
    node.vms(
        "authority", "assign", GUARD_OF_A_SHIFT.name, "--post", "Kısa nöbet", "--camera", 2, "--letter", "2026/15",
        "--until", datetime.fromtimestamp(ends_s, ZONE).strftime("%Y-%m-%dT%H:%M:%S"), "--training", "Eğitim",
    )  # fmt: skip
    page.goto(f"{node.address}/live")
    wall = Wall(page)
    wall.wait_until_live([127, 2], shift_s * 1000)
    assert time.time() < ends_s
    left_ms = (ends_s + WITHIN_S - time.time()) * 1000
    expect(wall.page.get_by_text("Bu kameraya görevlendirmeniz bitti")).to_be_visible(timeout=left_ms)
    assert time.time() >= ends_s
    expect(wall.tile(2).locator("video")).to_have_count(0)
    wall.wait_until_moving([127])


@pytest.mark.proves("edge-82", "D-11.1a")
def test_a_guard_who_is_taken_off_the_post_mid_shift_sees_its_tiles_close(open_page, node):
    for person in (CHIEF, RELIEVED):
        node.admit(person)
    node.allow(RELIEVED, [127, 2])
    wall = Wall(open_page(RELIEVED))
    wall.wait_until_live([127, 2])
    desk = open_page(CHIEF, "/assignments")
    desk.get_by_role("button", name=f"{RELIEVED.display_name}: görevden al").click()
    form = desk.get_by_role("group", name="Görevden al")
    form.get_by_label("Neden").fill("Vardiya değişti")
    form.get_by_role("button", name="Görevden al").click()
    expect(form).to_have_count(0)
    reason = wall.page.get_by_text("Bu kameraya görevlendirmeniz bitti — görevlendiren: Koruma ve Güvenlik.")
    expect(reason).to_have_count(2, timeout=WITHIN_S * 1000)
    expect(wall.page.locator("video")).to_have_count(0)


@pytest.mark.proves("D-12.3b", "D-11.5c")
def test_a_withdrawn_grant_blackens_its_own_tile_with_the_reason(open_page, node):
    node.admit(VIEWER)
    for number in (127, 3):
        node.allow(VIEWER, [number], playback=True)
    wall = Wall(open_page(VIEWER))
    wall.wait_until_live([127, 3])
    wall.wait_for_seconds_of(3, 3)
    node.vms("authority", "withdraw", node.grants, "--why", "Komisyon kararı")
    expect(wall.page.get_by_text("Yetkiniz geri alındı")).to_be_visible(timeout=WITHIN_S * 1000)
    expect(wall.tile(3).locator("video")).to_have_count(0)
    wall.wait_until_moving([127])
