"""Signing in on the institution's own page, by a provider that is another site to the browser."""

import importlib.util
import json
import sys
from pathlib import Path

import pytest
from node_processes import ADMINISTRATOR, Node, Person
from playwright.sync_api import expect
from watched_page import Trap

from web.sign_in import OIDC_BACK

pytestmark = [pytest.mark.sockets, pytest.mark.system, pytest.mark.long, pytest.mark.proves("S-4")]

_PLACE = Path(__file__).parents[2] / "people" / "directory" / "provider_process.py"
_spec = importlib.util.spec_from_file_location("provider_process", _PLACE)
_module = importlib.util.module_from_spec(_spec)
sys.modules["provider_process"] = _module
_spec.loader.exec_module(_module)

LABEL = "Belediye hesabıyla giriş yap"
ZEYNEP = Person("zeynep", "Deniz-kokusu-1905", "auditor", "Zeynep Çelik")
STRANGER = Person("omer", "Yakamoz-gecesi-1881", "", "Ömer Şahin")
SETTINGS = f"""[sign_in.oidc]
issuer = "{{issuer}}"
client_id = "{_module.CLIENT_ID}"
password_file = "oidc.secret"
address = "{{address}}"
label_tr = "{LABEL}"
"""


@pytest.fixture(scope="module")
def provider():
    """The institution's: two people have an account there. Its name is another site than that of the node."""
    process = _module.ProviderProcess()
    process.address = process.address.replace("127.0.0.1", "localhost")
    people = {
        one.name: {
            "password": one.password,
            "person": {"sub": f"id-of-{one.name}", "preferred_username": one.name, "name": one.display_name},
        }
        for one in (ZEYNEP, STRANGER)
    }
    process.order(issuer=process.address, people=people)
    yield process
    process.stop()


@pytest.fixture(scope="module")
def office(provider, tmp_path_factory):
    """A node without cameras. One of the two people has an account there as well."""
    office = Node(tmp_path_factory.mktemp("office"))
    provider.order(back=office.address + OIDC_BACK)
    office.data.mkdir()
    (office.data / "nazar.toml").write_text(SETTINGS.format(issuer=provider.address, address=office.address))
    (office.data / "oidc.secret").write_text(_module.CLIENT_SECRET)
    for person in (ADMINISTRATOR, ZEYNEP):
        office.admit(person)
    office.vms("user", "link", ZEYNEP.name, "oidc")
    try:
        office.serve()
        yield office
    finally:
        office.stop()


@pytest.fixture
def page(office, provider, browser):
    """The sign-in page in a browser that has been nowhere yet, on the way to `/help`."""
    context = browser.new_context(viewport={"width": 1280, "height": 800}, locale="tr-TR")
    trap = Trap(context, f"127.0.0.1:{office.port}")
    trap.allow(f"^foreign request: {provider.address}/")
    page = context.new_page()
    page.goto(f"{office.address}/help")
    page.wait_for_url("**/sign-in?next=*")
    yield page
    context.close()
    assert trap.caught == []


def go_to_provider(page, provider):
    """By the button, to the provider's page."""
    page.get_by_role("link", name=LABEL).click()
    page.wait_for_url(f"{provider.address}/authorize?*")


def sign_in_there(page, person, password=None):
    """On the provider's page."""
    page.get_by_label("Kullanıcı").fill(person.name)
    page.get_by_label("Parola").fill(password or person.password)
    page.get_by_role("button", name="Devam et").click()


def session_of(page, office):
    """What the server says of who is signed in: (status, answer)."""
    answer = page.context.request.get(f"{office.address}/api/v1/session")
    return answer.status, answer.json()


def test_who_signs_in_on_the_institutions_page_comes_back_to_where_they_were_going(page, office, provider):
    go_to_provider(page, provider)
    sign_in_there(page, ZEYNEP, "not-the-password")
    expect(page.get_by_role("alert")).to_have_text("Kullanıcı ya da parola yanlış.")
    assert session_of(page, office)[0] == 401
    sign_in_there(page, ZEYNEP)
    page.wait_for_url(f"{office.address}/help")
    expect(page.get_by_role("heading", level=1, name="Yardım")).to_be_visible()
    expect(page.get_by_role("button", name=ZEYNEP.display_name)).to_be_visible()
    status, who = session_of(page, office)
    assert (status, who["name"], who["roles"], who["next_step"]) == (200, ZEYNEP.name, [ZEYNEP.role], None)

    page.get_by_role("button", name=ZEYNEP.display_name).click()
    page.get_by_role("button", name="Oturumu kapat").click()
    page.wait_for_url("**/sign-in")
    page.goto(f"{office.address}/account")
    page.wait_for_url("**/sign-in?next=*")
    page.get_by_role("link", name=LABEL).click()  # the provider knows this browser: nothing is typed
    page.wait_for_url(f"{office.address}/account")
    expect(page.get_by_role("heading", name="Açık oturumlarım")).to_be_visible()


def test_whom_nobody_gave_an_account_here_is_told_so_and_let_in_nowhere(page, office, provider):
    go_to_provider(page, provider)
    sign_in_there(page, STRANGER)
    page.wait_for_url(f"{office.address}/sign-in?problem=staff_unknown")
    told = page.get_by_role("alert")
    expect(told).to_have_text("Burada bir hesabınız yok. Hesap açması için yöneticinize başvurun.")
    assert session_of(page, office)[0] == 401
    refused = json.loads(office.vms("audit", "list", "--act", "sign_in_refused", "--json"))
    assert (refused[-1]["outcome"], refused[-1]["detail"]) == ("staff_unknown", {"why": "unknown_name"})
