"""What ends a case early stands on a letter of the register, chosen by keys alone."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from footage_offices import AUTHORITY, field, scan
from keyboard import Keys
from node_processes import PLACES, Person
from playwright.sync_api import expect

pytestmark = [pytest.mark.sockets, pytest.mark.system, pytest.mark.long, pytest.mark.proves("D-0.2")]
PERSON = Person("sonlandiran", "Ince-zarf-1976", "registry_clerk", "Işık Çağlar")
SECOND_US = 1_000_000


class Register:
    """Letters, requests and holds by the API, as short as the test needs them."""

    def __init__(self, context, api):
        self.context, self.api = context, api

    def post(self, path, body):
        answer = self.context.request.post(f"{self.api}{path}", data=body)
        assert answer.status == 201, answer.text()
        return answer.json()

    def words(self, no):
        now = datetime.now(UTC)
        return {
            "sender": "authority", "sender_name": AUTHORITY, "no": no, "on": f"{now + timedelta(hours=3):%Y-%m-%d}",
            "served_us": int(now.timestamp()) * SECOND_US, "channel": "kep", "subject": "Kavga",
        }  # fmt: skip

    def letter(self, no, file=None):
        made = self.post("/letters", self.words(no))["letter"]
        if file is not None:
            path, kind = f"{self.api}/letters/{made['id']}/file", {"Content-Type": "image/png"}
            answer = self.context.request.put(path, data=file.read_bytes(), headers=kind)
            assert answer.status == 200, answer.text()
        return made

    def scope(self, camera_id):
        now_us = int(datetime.now(UTC).timestamp() - 2) * SECOND_US
        interval = {"from_us": now_us - 600 * SECOND_US, "until_us": now_us}
        return {"cameras": [camera_id], "intervals": [interval]}


@pytest.fixture
def desk(open_page, api, node, tmp_path):
    """A clerk who may also sign, with a request, a hold, a letter without its file, one with it."""
    node.admit(PERSON)
    node.vms("user", "role", "give", PERSON.name, "vms_unit_head")
    page = open_page(PERSON, "/requests")
    register = Register(page.context, f"{node.address}/api/v1")
    camera_id = page.context.request.get(f"{register.api}/requests/choices").json()["cameras"]
    camera_id = next(one["id"] for one in camera_id if one["number"] == PLACES[0].number)
    claim = {"origin": "external", "authority_kind": "prosecutor"}
    scope = register.scope(camera_id)
    asked = {**scope, "claim": claim, "letter": register.words("İLK-1"), "subject": "Kavga"}
    request = register.post("/requests", asked)
    hold = {**scope, "basis": "pre_investigation", "reason": "Soruşturma bekleniyor", "incident": "Kavga"}
    kept = register.post("/holds", hold)
    register.letter("DOSYASIZ-1")
    register.letter("SON-1", scan(tmp_path / "yazi.png"))
    return page, Keys(page), request["id"], kept["id"]


def choose(page, keys, label, shown=lambda _: None):
    """The letter with its file; the one without is there, and not to be chosen."""
    choice = page.get_by_role("combobox", name=re.compile(f"^{label}")).or_(field(page, label)).first
    keys.fill(choice, "DOSYASIZ")
    without = page.get_by_role("option", name=re.compile("DOSYASIZ-1.*dosyası yok"))
    expect(without).to_have_attribute("data-combobox-disabled", "true")
    keys.strike("ControlOrMeta+a")
    keys.write("SON-1")
    expect(page.get_by_role("option")).to_have_count(1)
    shown("choice")
    keys.press("ArrowDown")
    keys.strike("Enter")
    expect(choice).to_have_value(re.compile("SON-1"))


def test_a_request_is_withdrawn_and_a_hold_released_by_a_letter_of_the_register(desk, node):
    page, keys, request_id, hold_id = desk
    page.goto(f"{node.address}/requests/{request_id}")
    keys.take(page.get_by_role("button", name="Makam geri çekti"))
    form = page.get_by_role("group", name="Makam geri çekti")
    expect(form).to_contain_text(f"{AUTHORITY} gönderdi")
    expect(form.get_by_role("link", name="gelen yazılara kaydedin")).to_be_visible()
    send = form.get_by_role("button", name="Makam geri çekti")
    expect(send).to_be_disabled()
    choose(page, keys, "Geri çekme yazısı")
    keys.take(send)
    expect(form).to_have_count(0)
    expect(page.locator("main header")).to_contain_text("geri çekildi")
    expect(page.get_by_role("region", name="Teslim zinciri")).to_contain_text("SON-1")

    page.goto(f"{node.address}/holds/{hold_id}")
    keys.take(page.get_by_role("button", name="Kararla serbest bırak"))
    form = page.get_by_role("group", name="Kararla serbest bırak")
    choose(page, keys, "Karar")
    keys.fill(field(form, "Neden"), "Soruşturma açılmadı")
    keys.take(form.get_by_role("button", name="Kararla serbest bırak"))
    expect(page.get_by_text("Bitti: Soruşturma açılmadı")).to_be_visible()
    page.get_by_role("link", name=re.compile("^SON-1")).press("Enter")
    expect(page.get_by_role("dialog")).to_contain_text("EBYS numarası dışında değişmez")
