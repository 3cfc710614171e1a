import json
from dataclasses import replace
from urllib.parse import parse_qs, urlsplit

import pytest
from provider_process import PERSON

from vms.kernel.clock import US_PER_SECOND, ManualClock, SystemClock
from vms.kernel.errors import Kind, VmsError
from vms.kernel.secrets import SecretBox
from vms.people.directory.addresses import is_safe, own_place
from vms.people.directory.flow import FLOW_US, Flow
from vms.people.directory.oidc import OidcPlace, OidcProvider

pytestmark = pytest.mark.sockets


def refused(call, *arguments):
    with pytest.raises(VmsError) as refusal:
        call(*arguments)
    return refusal.value.kind, refusal.value.code


@pytest.mark.proves("S-4")
def test_the_provider_says_who_came_back(provider_of, remote):
    provider = provider_of()
    url, flow = provider.begin("/live")
    found = provider.finish(flow, remote.visit(url))
    assert (found.subject, found.name, found.display_name) == ("f3b1", "zeynep", "Zeynep Çelik")


def test_what_is_asked_binds_the_answer(provider_of, remote):
    url, flow = provider_of().begin("/live")
    asked = {name: values[0] for name, values in parse_qs(urlsplit(url).query).items()}
    assert url.startswith(remote.address + "/authorize?")
    assert asked["redirect_uri"] == "https://nazar.example/api/v1/session/oidc/back"
    assert (asked["response_type"], asked["code_challenge_method"]) == ("code", "S256")
    assert (asked["state"], asked["nonce"]) == (flow.state, flow.nonce)
    assert flow.verifier not in url
    assert len({flow.state, flow.nonce, flow.verifier}) == 3
    assert provider_of().begin("/live")[1].state != flow.state


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"state": "x"}, "sign_in_expired"), ({"state": ""}, "sign_in_expired"), ({"code": ""}, "provider_refused"),
        ({"code": "invented"}, "provider_refused"), ({"iss": "https://evil.example"}, "provider_refused"),
        ({"error": "access_denied", "code": ""}, "provider_refused"),
    ],
)  # fmt: skip
def test_another_answer_is_refused(provider_of, remote, change, code):
    provider = provider_of()
    url, flow = provider.begin("/live")
    answer = remote.visit(url) | change
    assert refused(provider.finish, flow, answer) == (Kind.UNAUTHENTICATED, code)


def test_a_code_of_another_browsers_sign_in_opens_nothing(provider_of, remote):
    """Who gets hold of a code has neither its verifier nor its nonce."""
    provider = provider_of()
    theirs = remote.visit(provider.begin("/live")[0])
    own_url, own_flow = provider.begin("/live")
    remote.visit(own_url)
    assert refused(provider.finish, own_flow, theirs | {"state": own_flow.state})[1] == "provider_refused"


def test_a_code_counts_once(provider_of, remote):
    provider = provider_of()
    url, flow = provider.begin("/live")
    answer = remote.visit(url)
    assert provider.finish(flow, answer).name == "zeynep"
    assert refused(provider.finish, flow, answer)[1] == "provider_refused"


@pytest.mark.parametrize(
    "spoil",
    [
        {"iss": "https://evil.example"}, {"aud": "other"}, {"aud": ["other"]}, {"exp": 1}, {"nonce": "x"}, {"sub": ""},
        {"preferred_username": None}, {"preferred_username": ["zeynep"]}, {"azp": "other", "aud": ["nazar", "other"]},
    ],
)  # fmt: skip
def test_a_token_that_is_not_for_us_or_not_of_now_is_refused(provider_of, remote, spoil):
    remote.order(spoil=spoil, person=PERSON | {k: v for k, v in spoil.items() if k in PERSON})
    provider = provider_of()
    url, flow = provider.begin("/live")
    assert refused(provider.finish, flow, remote.visit(url))[1] == "provider_refused"


def test_names_of_the_institutions_own_domain_are_cut(provider_of, remote):
    provider = provider_of(domain="Belediye.example")
    for given, expected in (("zeynep@belediye.example", "zeynep"), ("zeynep@evil.example", "zeynep@evil.example")):
        remote.order(person=PERSON | {"preferred_username": given})
        url, flow = provider.begin("/live")
        assert provider.finish(flow, remote.visit(url)).name == expected


@pytest.mark.parametrize(("shift_s", "is_taken"), [(-330, True), (-400, False), (30, True), (120, False)])
def test_clocks_may_be_a_minute_apart(provider_of, remote, shift_s, is_taken):
    remote.order(shift_s=shift_s)
    provider = provider_of()
    url, flow = provider.begin("/live")
    answer = remote.visit(url)
    if is_taken:
        assert provider.finish(flow, answer).name == "zeynep"
    else:
        assert refused(provider.finish, flow, answer)[1] == "provider_refused"


def test_a_new_key_of_the_provider_is_fetched(provider_of, remote):
    provider = provider_of()
    url, flow = provider.begin("/live")
    provider.finish(flow, remote.visit(url))
    remote.order(new_key=True)
    url, flow = provider.begin("/live")
    assert provider.finish(flow, remote.visit(url)).name == "zeynep"


def test_a_wrong_client_secret_is_refused_by_the_provider(provider_of, remote):
    provider = provider_of(client_secret="wrong")
    url, flow = provider.begin("/live")
    assert refused(provider.finish, flow, remote.visit(url))[1] == "provider_refused"


@pytest.mark.parametrize("issuer", ["http://127.0.0.1:1", "{}/other"])
def test_a_provider_that_is_away_or_describes_another_is_told_so(provider_of, remote, issuer):
    provider = provider_of(issuer=issuer.format(remote.address))
    assert refused(provider.begin, "/live") == (Kind.UNAVAILABLE, "directory_unavailable")


def test_the_way_back_travels_sealed_and_for_ten_minutes(tmp_path):
    box = SecretBox.at(tmp_path / "secret.key")
    flow = Flow("state", "nonce", "verifier", "/live", FLOW_US)
    sealed = flow.sealed(box)
    assert "verifier" not in sealed
    assert Flow.opened(box, sealed, FLOW_US - 1) == flow
    other = SecretBox.at(tmp_path / "other.key")
    for box_, text, now_us in ((box, sealed, FLOW_US), (box, "", 0), (box, "ş", 0), (other, sealed, 0)):
        assert refused(Flow.opened, box_, text, now_us)[1] == "sign_in_expired"
    for content in ("[]", "{}", '{"state": "x"}', "no json", json.dumps({"account": "x", "mark": "", "until_us": 1})):
        assert refused(Flow.opened, box, box.seal(content).decode(), 0)[1] == "sign_in_expired"


def test_the_description_is_asked_for_once_an_hour(remote):
    clock = ManualClock(SystemClock().now_us())
    place = OidcPlace(issuer=remote.address, client_id="nazar", client_secret="x", back_address="https://n.example/b")
    provider = OidcProvider(place, clock)
    first = provider.discovered()
    assert provider.discovered() is first
    clock.advance(3600)
    assert provider.discovered() is not first


@pytest.mark.parametrize(
    ("place", "own"),
    [
        ("/live", "/live"), ("/playback?cameras=1&at=2", "/playback?cameras=1&at=2"), ("", "/"), ("live", "/"),
        ("//evil.example", "/"), ("/\\evil.example", "/"), ("https://evil.example/", "/"), ("/a\\..\\b", "/"),
        ("/live\r\nSet-Cookie: x=1", "/"), ("javascript:alert(1)", "/"), ("///evil.example", "/"),
    ],
)  # fmt: skip
def test_nobody_is_led_out_of_the_console(place, own):
    assert own_place(place) == own


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("https://login.example.org", True), ("http://login.example.org", False), ("http://127.0.0.1:8000/x", True),
        ("http://localhost", True), ("http://[::1]:1/", True), ("ftp://127.0.0.1", False), ("https://", False),
        ("http://127.0.0.1.evil.example", False), ("http://[bad", False),
        ("https://nazar:word@login.example.org", False), ("http://nazar@localhost", False),
    ],
)  # fmt: skip
def test_secrets_go_over_tls_or_stay_on_this_machine(url, expected):
    assert is_safe(url) is expected


def test_flows_are_told_apart_by_everything_in_them():
    flow = Flow("state", "nonce", "verifier", "/live", 5 * US_PER_SECOND)
    assert replace(flow, nonce="other") != flow
