"""Signing in on the institution's own page, over HTTP, with a provider in a process of its own."""

import importlib.util
import sys
from http import HTTPStatus
from pathlib import Path
from urllib.parse import urlencode, urlsplit
from zoneinfo import ZoneInfo

import pytest
from caller import Caller

from vms.kernel.clock import SystemClock
from vms.people.directory.oidc import OidcPlace, OidcProvider
from vms.people.directory.staff import create_staff_account
from vms.people.policy import TEXTS
from vms.people.sign_in_rules import Policy, SignInRules
from web.app import create_app
from web.backends import Parts
from web.sign_in import OIDC_BACK, SignInParts

pytestmark = pytest.mark.sockets

_HERE = Path(__file__).parents[2] / "people" / "directory"
_spec = importlib.util.spec_from_file_location("provider_process", _HERE / "provider_process.py")
_module = importlib.util.module_from_spec(_spec)
sys.modules["provider_process"] = _module
_spec.loader.exec_module(_module)

OWN = "https://nazar.example"
BEGIN = "/api/v1/session/oidc"


@pytest.fixture(scope="module")
def remote():
    process = _module.ProviderProcess()
    process.order(back=OWN + OIDC_BACK)
    yield process
    process.stop()


@pytest.fixture
def node(site, remote):
    """The site behind TLS, with the provider. Its clock is the machine's, as the provider's is."""
    remote.order(person=_module.PERSON)
    clock = SystemClock()
    place = OidcPlace(
        issuer=remote.address, client_id=_module.CLIENT_ID, client_secret=_module.CLIENT_SECRET,
        back_address=OWN + OIDC_BACK,
    )  # fmt: skip
    sign_in = SignInParts(
        rules=SignInRules(asks_factor=True, policy=Policy("1", TEXTS)),
        provider=OidcProvider(place, clock),
        provider_labels={"tr": "Belediye hesabıyla", "en": "With your municipality's account"},
    )
    old = site.app.state.backends
    parts = Parts(old.database, old.archive, old.hub, site.console)
    app = create_app(site.node, clock, ZoneInfo("Europe/Istanbul"), parts, sign_in=sign_in)
    return Caller(app, base_url=OWN)


@pytest.fixture
def zeynep(site):
    with site.database.writing() as session:
        return create_staff_account(session, site.clock, "zeynep", "Zeynep Çelik", "oidc")


def begun(node, to="/playback"):
    """Begin at the provider: (where the browser is sent, its cookie, the cookie's line)."""
    sent = node.get(f"{BEGIN}?{urlencode({'to': to})}")
    assert sent.status_code == HTTPStatus.SEE_OTHER
    line = sent.headers["set-cookie"]
    return sent.headers["location"], line.partition(";")[0], line


def back(node, answer, cookie):
    return node.get(f"{OIDC_BACK}?{urlencode(answer)}", headers={"Cookie": cookie} if cookie else {})


@pytest.mark.proves("S-4")
def test_the_institutions_page_lets_people_in(node, remote, zeynep):
    url, cookie, line = begun(node)
    assert {"httponly", "secure", "samesite=lax"} <= {part.strip().lower() for part in line.split(";")}
    landed = back(node, remote.visit(url), cookie)
    assert (landed.status_code, landed.headers["location"]) == (303, "/playback")
    session, gone = landed.headers.get_list("set-cookie")
    assert {"httponly", "secure", "samesite=strict"} <= {part.strip().lower() for part in session.split(";")}
    assert 'nazar_flow=""' in gone
    me = node.get("/api/v1/session", headers={"Cookie": session.partition(";")[0]}).json()
    assert (me["name"], me["next_step"]) == ("zeynep", "policy"), "the provider has a second factor of its own"


def problem(landed):
    assert landed.status_code == HTTPStatus.SEE_OTHER
    assert not any("nazar_session" in line for line in landed.headers.get_list("set-cookie"))
    return landed.headers["location"]


def test_an_answer_counts_in_the_browser_that_asked_and_in_no_other(node, remote, zeynep):
    url, cookie, _ = begun(node)
    answer = remote.visit(url)
    other_cookie = begun(node)[1]
    assert problem(back(node, answer, "")) == "/sign-in?problem=sign_in_expired"
    assert problem(back(node, answer, other_cookie)) == "/sign-in?problem=sign_in_expired"
    assert problem(back(node, answer, "nazar_flow=x")) == "/sign-in?problem=sign_in_expired"
    assert problem(back(node, {"error": "access_denied", "state": answer["state"]}, cookie)).endswith(
        "provider_refused"
    )
    assert back(node, answer, cookie).headers["location"] == "/playback"


def test_whom_nobody_gave_an_account_is_told_so(node, remote):
    url, cookie, _ = begun(node)
    assert problem(back(node, remote.visit(url), cookie)) == "/sign-in?problem=staff_unknown"


@pytest.mark.parametrize("to", ["//evil.example", "https://evil.example/", "/\\evil.example", "javascript:alert(1)"])
def test_nobody_is_sent_to_another_site(node, remote, zeynep, to):
    url, cookie, _ = begun(node, to)
    assert back(node, remote.visit(url), cookie).headers["location"] == "/"


def test_the_way_back_is_the_configured_address_whatever_the_host_header_says(node, remote):
    sent = node.get(BEGIN, headers={"Host": "evil.example"})
    assert urlencode({"redirect_uri": OWN + OIDC_BACK}) in urlsplit(sent.headers["location"]).query


def test_the_button_says_whose_page_it_is(node):
    ways = node.get("/api/v1/session/ways", headers={"Accept-Language": "en"}).json()
    assert ways["provider"] == "With your municipality's account"


def test_without_a_provider_there_is_no_way_to_it(site):
    for path in (BEGIN, OIDC_BACK):
        assert site.caller.get(path).json()["code"] == "no_provider"
