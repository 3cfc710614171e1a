"""The steps of signing in, by keyboard alone: set-up, a code, rules to accept; a session ended from elsewhere."""

import json
import re
import time
from pathlib import Path

import cv2
import numpy as np
import pyotp
import pytest
from node_processes import Node, Person, wait_until
from playwright.sync_api import expect
from watched_page import Trap

pytestmark = [pytest.mark.sockets, pytest.mark.system, pytest.mark.long]

CHIEF = Person("mudur", "Ova-ruzgari-1453", "sysadmin", "Gülşen İnce")
GUARD = Person("nobetci", "Kopru-basi-1789", "guard", "Şükrü Öz")
KEEPER = Person("bekci", "Liman-feneri-1863", "guard", "İsmet Çınar")
AUDITOR = Person("denetci", "Kis-gunesi-1881", "auditor", "Ilgın Üstün")
RULES = "Ekrandan görüntü alınmaz.\nParola paylaşılmaz."
SETTINGS = f"""[sign_in]
second_factor = true
second_factor_exempt = ["sysadmin", "auditor"]
[sign_in.policy]
version = "2026-1"
tr = '''{RULES}'''
[sign_in.oidc]
issuer = "https://127.0.0.1:1/realms/belediye"
client_id = "nazar"
password_file = "oidc.secret"
address = "https://nazar.belediye.example"
label_tr = "Belediye hesabıyla giriş yap"
"""
STEP_S = 30
REFUSED_CODE = r"status of 403 .*/api/v1/session/code"
OVER = r"status of 401 "
NOT_YET = r"status of 403 .*/api/v1/"


AXE = Path(__file__).parents[3] / "web" / "console" / "node_modules" / "axe-core" / "axe.min.js"
AXE_OPTIONS = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"],
    "rules": {"target-size": {"enabled": True}},  # axe leaves it out unless told
    "resultTypes": ["violations"],
    "preload": False,
}
RUN_AXE = """(options) => axe.run(document, options).then(({ violations }) => violations.flatMap((rule) =>
  rule.nodes.map((node) => `${rule.id}: ${node.target} ${node.html.slice(0, 160)} | ${node.failureSummary}`)))"""


class BareNode(Node):
    """A node without cameras, without accounts."""

    def open(self):
        self._start("serve", "--data", self.data, "--port", self.port)
        self.wait_for_web()


def violations(page):
    """What axe finds in the whole document as it stands now, motion ended."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE.read_text(encoding="utf-8"))
    page.evaluate("document.getAnimations().forEach((one) => one.finish())")
    return page.evaluate(RUN_AXE, AXE_OPTIONS)


@pytest.fixture(scope="module")
def new_node(tmp_path_factory):
    """`vms serve` without cameras, without anybody. Guards need a second factor, all accept the institution's rules,
    whose own sign-in page is away.
    """
    node = BareNode(tmp_path_factory.mktemp("new-node"))
    node.data.mkdir()
    (node.data / "nazar.toml").write_text(SETTINGS)
    (node.data / "oidc.secret").write_text("client-secret-1")
    try:
        node.open()
        yield node
    finally:
        node.stop()


@pytest.fixture
def visit(new_node, browser):
    """Factory of pages of that node, each of another browser; at the end nothing may have gone wrong in any of them."""
    traps, contexts = [], []

    def visit(path="/"):
        context = browser.new_context(viewport={"width": 1280, "height": 800}, locale="tr-TR", reduced_motion="reduce")
        contexts.append(context)
        trap = Trap(context, f"127.0.0.1:{new_node.port}")
        traps.append(trap)
        page = context.new_page()
        page.trap = trap
        page.goto(new_node.address + path)
        return page

    yield visit
    for context in contexts:
        context.close()
    assert [text for trap in traps for text in trap.caught] == []


@pytest.fixture(scope="module")
def set_up(new_node, browser):
    """The set-up page, gone through: how it looked to axe, where it led."""
    context = browser.new_context(locale="tr-TR", reduced_motion="reduce")
    page = context.new_page()
    code = re.search(r"Kod / code:  (\S+)", (new_node.folder / "serve.log").read_text())[1]
    page.goto(new_node.address)
    page.wait_for_url("**/set-up")
    expect(page.locator("input[name=code]")).to_be_focused()
    found = violations(page)
    keys = page.keyboard
    for text in ("yanlis", CHIEF.display_name, CHIEF.name):
        keys.type(text)
        keys.press("Tab")
    keys.type(CHIEF.password)
    page.locator("input[name=again]").focus()
    keys.type(CHIEF.password)
    keys.press("Enter")
    expect(page.get_by_text("Kod yanlış.")).to_be_visible()
    page.locator("input[name=code]").fill(code)
    keys.press("Enter")
    accept_rules(page)
    page.wait_for_url("**/admin/**")
    context.close()
    return found


@pytest.fixture
def admit(new_node, set_up):
    """`admit(person)`: with an account from now on."""

    def admit(person):
        if person.name not in names(new_node):
            new_node.admit(person)

    return admit


def names(node):
    """Of all accounts."""
    return [row["name"] for row in json.loads(node.vms("user", "list", "--json"))]


def enter(page, person):
    """Name and password, typed."""
    page.wait_for_url("**/sign-in*")
    expect(page.locator("input[name=username]")).to_be_focused()
    page.keyboard.type(person.name)
    page.keyboard.press("Tab")
    page.keyboard.type(person.password)
    page.keyboard.press("Enter")


def accept_rules(page):
    """Read, Tab, Enter."""
    rules = page.get_by_role("region", name="İzleme kuralları")
    expect(rules).to_be_focused()
    expect(rules).to_have_text(RULES)
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")


def scanned(page):
    """What a telephone reads from the screen; empty while it reads nothing."""
    shot = page.get_by_role("img", name=re.compile("kare kod")).screenshot()
    return cv2.QRCodeDetector().detectAndDecode(cv2.imdecode(np.frombuffer(shot, np.uint8), cv2.IMREAD_GRAYSCALE))[0]


@pytest.fixture
def signed_in(new_node, visit):
    """`signed_in(person, path)`: a page of another browser that signed in, the rules accepted."""

    def signed_in(person, path):
        page = visit("/sign-in")
        api = f"{new_node.address}/api/v1/session"
        body = {"name": person.name, "password": person.password}
        assert page.context.request.post(api, data=body).ok
        assert page.context.request.post(f"{api}/policy", data={"version": "2026-1"}).ok
        page.goto(new_node.address + path)
        return page

    return signed_in


def test_a_new_node_is_set_up_in_the_browser_once(set_up, new_node, visit):
    assert set_up == []
    assert not (new_node.data / "keys" / "first-run.code").exists()
    page = visit("/set-up")
    page.wait_for_url("**/sign-in")
    assert CHIEF.name in names(new_node)


@pytest.mark.proves("C-11", "D-11.4a", "D-11.4b")
def test_a_second_factor_is_set_up_at_the_first_sign_in_and_asked_for_at_the_next(visit, admit):
    admit(GUARD)
    page = visit("/help")
    keys = page.keyboard
    enter(page, GUARD)
    expect(page.get_by_role("button", name="Kare kodu göster")).to_be_focused()
    keys.press("Enter")
    expect(page.locator("input[name=code]")).to_be_focused()
    found = violations(page)
    totp = pyotp.parse_uri(wait_until(lambda: scanned(page), what="a telephone can read the QR code"))
    assert page.locator("output").inner_text().replace(" ", "") == totp.secret
    keys.type(totp.at(time.time()))
    keys.press("Enter")
    codes = page.get_by_role("list", name="Yedek kodlarınız").get_by_role("listitem")
    expect(codes).to_have_count(10)
    found += violations(page)
    page.get_by_role("checkbox", name="Kodları sakladım").focus()
    keys.press("Space")
    keys.press("Tab")
    keys.press("Enter")
    expect(page.get_by_role("region", name="İzleme kuralları")).to_be_focused()
    found += violations(page)
    accept_rules(page)
    expect(page.get_by_role("heading", level=1, name="Yardım")).to_be_visible()
    assert found == []

    again = visit("/help")
    again.trap.allow(REFUSED_CODE)
    enter(again, GUARD)
    expect(again.locator("input[name=code]")).to_be_focused()
    assert violations(again) == []
    again.keyboard.type("000000")
    again.keyboard.press("Enter")
    expect(again.get_by_role("alert")).to_contain_text("Kod yanlış")
    again.keyboard.type(totp.at(time.time() + STEP_S))  # the one that confirmed the telephone is used up
    again.keyboard.press("Enter")
    expect(again.get_by_role("heading", level=1, name="Yardım")).to_be_visible()


@pytest.mark.proves("D-11.4b")
def test_nothing_opens_before_the_rules_are_accepted_and_nobody_is_asked_twice(visit, admit):
    admit(AUDITOR)
    page = visit("/account")
    enter(page, AUDITOR)
    expect(page.get_by_text("Sürüm: 2026-1")).to_be_visible()
    address = page.url.split("/account")[0]
    refused = page.context.request.get(f"{address}/api/v1/cameras")
    assert refused.json()["code"] == "policy_acceptance_needed"
    accept_rules(page)
    expect(page.get_by_role("heading", name="Açık oturumlarım")).to_be_visible()
    assert page.context.request.get(f"{address}/api/v1/cameras").ok
    again = visit("/account")
    enter(again, AUDITOR)
    expect(again.get_by_role("heading", name="Açık oturumlarım")).to_be_visible()


@pytest.mark.proves("S-4")
def test_who_comes_back_from_the_institutions_page_in_vain_is_told_why(visit, set_up):
    page = visit("/sign-in?next=/help")
    page.get_by_role("link", name="Belediye hesabıyla giriş yap").focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/sign-in?problem=directory_unavailable")
    expect(page.get_by_role("alert")).to_contain_text("Kurumun oturum açma hizmetine ulaşılamıyor")
    assert violations(page) == []


@pytest.mark.proves("D-11.4a")
def test_a_session_that_is_ended_from_elsewhere_is_told_so(signed_in, admit):
    admit(AUDITOR)
    other, page = signed_in(AUDITOR, "/help"), signed_in(AUDITOR, "/account")
    other.trap.allow(OVER)
    expect(other.get_by_role("heading", level=1, name="Yardım")).to_be_visible()
    expect(page.get_by_text("bu oturum")).to_have_count(1)
    before = page.get_by_role("button", name="Oturumu kapat: 127.0.0.1").count()
    assert violations(page) == []
    page.get_by_role("button", name="Oturumu kapat: 127.0.0.1").first.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="Oturumu kapat: 127.0.0.1")).to_have_count(before - 1)
    dialog = other.get_by_role("dialog", name="Oturumunuz sona erdi")
    expect(dialog).to_contain_text("başka bir yerden kapatıldı")


@pytest.mark.proves("D-11.4a")
def test_a_lost_second_factor_is_taken_away_and_the_next_set_up_over_the_page(new_node, signed_in, admit):
    admit(KEEPER)
    page = signed_in(KEEPER, "/help")
    own, api = page.context.request, f"{new_node.address}/api/v1/session"
    totp = pyotp.TOTP(own.post(f"{api}/second-factor", data={}).json()["secret"])
    assert own.post(f"{api}/second-factor/confirm", data={"code": totp.at(time.time())}).ok
    page.reload()
    expect(page.get_by_role("heading", level=1, name="Yardım")).to_be_visible()

    chief = signed_in(CHIEF, f"/admin/accounts?open={own.get(api).json()['id']}")
    panel = chief.get_by_role("dialog", name=KEEPER.display_name)
    panel.get_by_role("button", name="İkinci adımı sıfırla").click()
    panel.get_by_role("alert").get_by_role("button", name="İkinci adımı sıfırla").click()
    expect(panel.get_by_role("status")).to_contain_text("İkinci adım sıfırlandı")

    for expected in (OVER, NOT_YET):
        page.trap.allow(expected)
    field = page.get_by_role("dialog", name="Oturumunuz sona erdi").locator("input[name=password]")
    expect(field).to_be_focused()
    page.keyboard.type(KEEPER.password)
    page.keyboard.press("Enter")
    expect(
        page.get_by_role("dialog", name="İkinci giriş adımı").get_by_role("button", name="Kare kodu göster")
    ).to_be_focused()
    expect(page.locator("h1", has_text="Yardım")).to_have_count(1)
    assert violations(page) == []
