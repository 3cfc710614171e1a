"""The whole story of viewing authority in front of the screen: from the register of people to day 181 and its log.

Day 1 is today, by the real clock. Then the node is switched off, its machine's clock is set to the last seconds of day
180 (`machine_clock`: outside the product, alike for all its processes), and it is switched on. From there on time runs
as it does: what ends the picture is the node's own clock passing 00:00 of day 181 in Europe/Istanbul, with the right
that the activation of day 1 wrote. No row is written for the test, no job is called, nothing in the product is told.
"""

import json
import re
import shutil
import sqlite3
import time
from contextlib import closing
from datetime import datetime, timedelta

import pytest
from keyboard import Keys
from machine_clock import MachineClock
from node_processes import ADMINISTRATOR, PLACES, Node, Person
from offices import apply_for, come_first, open_post, post_guard, record_signature, register
from playwright.sync_api import expect
from typer.testing import CliRunner
from wall_page import Wall

from vms.cli.app import app
from vms.kernel.clock import US_PER_DAY, US_PER_SECOND, to_datetime
from vms.kernel.days import ZONE, day_of, start_us

pytestmark = [pytest.mark.sockets, pytest.mark.system, pytest.mark.long]
CLERK = Person("katip", "Kayit-defteri-1930", "registry_clerk", "Nur Aksoy")
CHIEF = Person("koruma", "Gece-devriyesi-1931", "guard_supervisor", "Metin Kurt")
GUARD = Person("bekci", "Gece-nobeti-1923", "guard", "İbrahim Çağdaş")
MANAGER = Person("mudur", "Sahil-yolu-1932", "department_head", "Şule Işık")
RENEWED = "Liman-yolu-1933"  # the manager's second password
STREET, SQUARE, _, HARBOUR = PLACES
BLACK_WITHIN_S = 2.0
US = US_PER_SECOND


@pytest.fixture
def town(node, tmp_path):
    """A node of its own with three of the other's simulated cameras, the people of the offices, one unit."""
    town = Node(tmp_path)
    town.rtsp = node.rtsp
    for place in (STREET, SQUARE, HARBOUR):
        town.register(PLACES.index(place), place)
    for person in (ADMINISTRATOR, CLERK, CHIEF):
        town.admit(person)
    town.vms("unit", "add", "Zabıta Dairesi", "--kind", "municipality")
    town.vms("person", "add", "Kemal Aydın", "--unit", "Zabıta Dairesi")
    town.vms("unit", "change", "Zabıta Dairesi", "--supervisor", "Kemal Aydın")
    try:
        town.serve()
        yield town
    finally:
        town.stop()


@pytest.fixture
def machine(tmp_path):
    """The clock of the machine the town's node runs on."""
    folder = tmp_path / "machine"
    folder.mkdir()
    return MachineClock(folder)


@pytest.fixture
def refused(town):
    """(status, code) with which a page's person is refused the picture of a place."""
    ids = {camera["number"]: camera["id"] for camera in json.loads(town.vms("camera", "list", "--json"))}

    def refused(page, place):
        answer = page.request.get(f"{town.address}/api/v1/live/{ids[place.number]}/snapshot.jpg")
        return answer.status, answer.json()["code"]

    return refused


def numbers(page, town):
    """Of the cameras the page's person may see."""
    return sorted(camera["number"] for camera in page.request.get(f"{town.address}/api/v1/cameras").json()["cameras"])


@pytest.mark.proves("D-11.1a", "D-11.1b", "D-11.2b", "D-11.5a", "D-11.5b", "D-12.11", "C-1", "C-7")
@pytest.mark.proves("edge-60", "edge-75", "edge-81", "edge-89")
def test_from_the_register_of_people_to_day_181_and_its_log(town, machine, come, open_page, refused, tmp_path):
    day_1 = day_of(machine.now_us())
    began_s = time.monotonic()
    desk, chief, clerk = come(ADMINISTRATOR), come(CHIEF, "/assignments"), come(CLERK, "/assignments")
    slowness_s = (time.monotonic() - began_s) / 3  # what a signing in takes here now
    register(desk, town.address, GUARD, "Güvenlik görevlisi")
    register(desk, town.address, MANAGER, "Daire başkanı")
    post(chief, clerk, day_1)

    guard, manager = (open_page(None, "/sign-in", at=town) for _ in range(2))
    come_first(guard, town.address, GUARD)
    wall = Wall(guard)
    wall.wait_until_live([STREET.number, SQUARE.number])
    assert sorted(wall.cameras()) == numbers(guard, town) == [SQUARE.number, STREET.number]
    assert refused(guard, HARBOUR) == (403, "no_assignment")
    guard.goto(f"{town.address}/playback")
    expect(guard.locator("[data-refusal='playback_needs_olur']")).to_be_visible()

    come_first(manager, town.address, MANAGER)
    assert (numbers(manager, town), refused(manager, HARBOUR)) == ([], (403, "no_grant")), "a post shows no picture"
    clerk.goto(f"{town.address}/grants/new")
    apply_for(clerk, MANAGER, "2026/118", day_1, (HARBOUR,))
    grant = clerk.url
    expect(clerk.get_by_text("İkinci kişinin etkinleştirmesi bekleniyor.")).to_be_visible()
    expect(clerk.get_by_role("button", name="Etkinleştir")).to_have_count(0)
    assert refused(manager, HARBOUR) == (403, "no_grant"), "an application opens nothing"
    manager.get_by_role("link", name="Canlı").click()
    desk.goto(grant)
    desk.get_by_role("button", name="Etkinleştir").click()
    dialog = desk.get_by_role("dialog", name="Yetki 1 etkinleştirilsin mi?")
    for told in (MANAGER.display_name, HARBOUR.name, "2026/118"):
        expect(dialog).to_contain_text(told)
    dialog.get_by_role("button", name="Etkinleştir").press("Enter")
    expect(desk.get_by_text("179 gün kaldı")).to_be_visible()
    Wall(manager).wait_until_live([HARBOUR.number])  # the empty wall that was open has it by itself

    for page in (desk, chief, clerk, guard, manager):
        page.close()
    town.end_serve()
    another_grant_on_day_6(town, machine)
    end_us = start_us(day_1 + timedelta(days=180))  # day 1 counts: 00:00 of day 181, Europe/Istanbul
    machine.set(end_us - round(min(10 + 4 * slowness_s, 60) * US))
    town.serve(**machine.environment())
    manager = watch_the_end(open_page, town, machine, end_us, slowness_s)
    prove(town, tmp_path / "copy")
    renew(open_page, town, manager, grant, day_1)


def post(chief, clerk, day_1):
    """The guard's papers: the signature, a post with two cameras, the letter."""
    clerk.reload()
    record_signature(clerk, GUARD, day_1)
    open_post(chief, "Merkez", (STREET, SQUARE))
    now = datetime.now(ZONE)
    post_guard(chief, GUARD, "2026/7", now - timedelta(minutes=1), now + timedelta(hours=8))
    expect(chief.get_by_text("1 görevli")).to_be_visible()


def another_grant_on_day_6(town, machine):
    """A second Olur, for the square: five days later, while the node is off, so that it ends five days later."""
    machine.set(machine.now_us() + 5 * US_PER_DAY)
    with machine.shown_here():
        town.vms(
            "authority", "grant", MANAGER.name, "--olur", "2026/130", "--purpose", "denetim", "--live", "--training",
            "Eğitim salonu", "--camera", SQUARE.number,
        )  # fmt: skip
        town.vms("authority", "activate", 2, environment={"NAZAR_AUTHORITY__TWO_PERSON": "false"})


def watch_the_end(open_page, town, machine, end_us, slowness_s):
    """Day 180: two pictures; when real time reaches 00:00 of day 181 the first grant's is gone, the other goes on.

    By keys alone, from the sign-in page on. The focus is on the tile that ends: it stays there, and is still seen.
    """
    page = open_page(None, "/live", at=town)
    page.wait_for_url("**/sign-in*")
    keys, wall = Keys(page), Wall(page)
    keys.sign_in(MANAGER)
    wall.wait_until_live([HARBOUR.number, SQUARE.number])
    assert wall.cameras() == [SQUARE.number, HARBOUR.number]
    keys.reach(wall.cell(0))
    keys.press("ArrowRight")
    expect(wall.cell(1)).to_be_focused()
    expect(wall.tile(HARBOUR.number).get_by_role("timer")).to_contain_text("Yetkinin bitmesine")
    assert machine.now_us() < end_us, "this machine was too slow to see day 180"
    left_s = (end_us - machine.now_us()) / US
    ended = wall.page.get_by_text("Yetkiniz sona erdi — yenileme: birim amirinizin yazısı.")
    expect(ended).to_be_visible(timeout=(left_s + BLACK_WITHIN_S + slowness_s) * 1000)
    assert machine.now_us() >= end_us, "not a moment before"
    assert to_datetime(machine.now_us()).astimezone(ZONE).strftime("%H:%M") == "00:00"
    expect(wall.tile(HARBOUR.number).locator("video")).to_have_count(0)
    wall.wait_until_moving([SQUARE.number])
    expect(wall.cell(1)).to_be_focused()
    keys.press("ArrowLeft")
    expect(wall.cell(0)).to_be_focused()
    return page


def renew(open_page, town, manager, grant, day_1):
    """The unit supervisor's letter, then a new password of the manager's: the tile goes on. By keys alone."""
    clerk = open_page(None, "/grants?show=all", at=town)
    clerk.wait_for_url("**/sign-in*")
    keys = Keys(clerk)
    keys.sign_in(CLERK)
    keys.take(clerk.get_by_role("row").filter(has_text="2026/118").get_by_role("link"))
    clerk.wait_for_url(grant)
    keys.take(clerk.get_by_role("button", name="Yenile", exact=True))
    form = clerk.get_by_role("group", name="Yenile", exact=True)
    expect(form.get_by_label("Yazı sayısı")).to_be_focused()
    clerk.keyboard.type("ZD-41")
    keys.fill(form.get_by_label("Yazı tarihi"), f"0101{day_1.year + 1}")  # reads alike in every order of day and month
    keys.take(form.get_by_role("button", name="Kaydet"))
    expect(clerk.get_by_text("Kişinin yeni parola belirlemesi bekleniyor")).to_be_visible()
    manager.trap.allow(r"status of 40[34] .*/(my-authority|live/sessions/)")
    keys = Keys(manager)
    keys.take(manager.get_by_role("link", name="Yetkilerim", exact=True))  # what is asked next is refused
    dialog = manager.get_by_role("dialog", name="Parolayı değiştir")
    expect(dialog.get_by_label("Şimdiki parola")).to_be_focused()
    manager.keyboard.type(MANAGER.password)
    for label in ("Yeni parola", "Yeni parola, yeniden"):
        keys.fill(dialog.get_by_label(label, exact=True), RENEWED)
    manager.keyboard.press("Enter")
    expect(dialog).to_have_count(0)
    keys.take(manager.get_by_role("link", name="Canlı", exact=True))
    Wall(manager).wait_until_moving([HARBOUR.number, SQUARE.number])


def prove(town, copy):
    """All of it is in the log, which verifies; in a copy with one row changed the entry is named."""
    assert "nothing is wrong" in town.vms("audit", "verify")
    shutil.copytree(town.data, copy, ignore=shutil.ignore_patterns("volumes", "run", "nazar.db*"))
    with closing(sqlite3.connect(town.data / "nazar.db")) as source, closing(sqlite3.connect(copy / "nazar.db")) as raw:
        source.backup(raw)
        raw.execute("DROP TRIGGER audit_entry_no_update")
        wanted = "SELECT max(sequence) FROM audit_entry WHERE act = 'grant_activated'"
        (sequence,) = raw.execute(wanted).fetchone()
        raw.execute("UPDATE audit_entry SET actor_name = 'kimse' WHERE sequence = ?", (sequence,))
        raw.commit()
    done = CliRunner().invoke(app, ["audit", "verify", "--data", str(copy)])
    assert done.exit_code == 1
    assert re.search(rf"entry {sequence} \(.*grant_activated\): it is not what was written", done.output), done.output
