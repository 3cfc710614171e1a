"""The steps after the password, over HTTP: a code, rules to accept, one session at a time, the first administrator."""

from http import HTTPStatus
from zoneinfo import ZoneInfo

import pyotp
import pytest

from vms.kernel.clock import US_PER_SECOND
from vms.people.first_run import have_code
from vms.people.organisation_rules import EmploymentKind, UnitKind
from vms.people.passwords import Passwords
from vms.people.person_service import PersonContent, register_person
from vms.people.policy import TEXTS
from vms.people.rules import AccountKind, Role
from vms.people.service import NewAccount, create_account
from vms.people.sign_in_rules import TICKET_US, Policy, SignInRules
from vms.people.unit_service import UnitContent, register_unit
from web.app import create_app
from web.backends import Parts
from web.sign_in import SignInParts

PASSWORD = "correct horse battery"
NEW = "another good one"
STRICT = SignInRules(asks_factor=True, is_single_session=True, policy=Policy("1", TEXTS))


CHEAP = Passwords(time_cost=1, memory_kib=8)


class Visitor:
    """A browser: it keeps cookies, and is somewhere."""

    def __init__(self, site, address="127.0.0.1"):
        from caller import Caller

        self._caller = Caller(site.app, address)
        self.cookies = {}

    def request(self, method, path, *, follow=True, **options):
        headers = (
            {"Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items())} if self.cookies else {}
        )
        headers |= options.pop("headers", {})
        answer = self._caller.request(method, f"/api/v1{path}", headers=headers, **options)
        for line in answer.headers.get_list("set-cookie"):
            name, _, rest = line.partition("=")
            value = rest.partition(";")[0].strip('"')
            self.cookies.pop(name, None)
            if "max-age=0" not in line.lower():
                self.cookies[name] = value
        return answer

    def get(self, path, **options):
        return self.request("GET", path, **options)

    def post(self, path, body=None, **options):
        return self.request("POST", path, json={} if body is None else body, **options)

    def sign_in(self, name="ayse", password=PASSWORD):
        return self.post("/session", {"name": name, "password": password})

    def code(self, method, path, **options):
        answer = self.request(method, path, **options)
        return answer.json()["code"] if answer.headers.get("content-type") == "application/problem+json" else ""


@pytest.fixture
def strict(site, tmp_path):
    """The site with everything asked that a node's settings ask by default."""
    return with_rules(site, STRICT, tmp_path / "keys" / "first-run.code")


def with_rules(site, rules, first_run_code=None, **more):
    """The site, its application assembled anew with these rules."""
    from caller import Caller

    old = site.app.state.backends
    sign_in = SignInParts(rules=rules, first_run_code=first_run_code, passwords=CHEAP, **more)
    parts = Parts(old.database, old.archive, old.hub, site.console)
    site.app = create_app(site.node, site.clock, ZoneInfo("Europe/Istanbul"), parts, sign_in=sign_in)
    site.caller = Caller(site.app)
    return site


@pytest.fixture
def browse(strict):
    return lambda address="127.0.0.1": Visitor(strict, address)


def now_s(site):
    return site.clock.now_us() // US_PER_SECOND


def enrol(site, visitor):
    """Set up the second factor; the authenticator, the codes on paper."""
    totp = pyotp.TOTP(visitor.post("/session/second-factor").json()["secret"])
    done = visitor.post("/session/second-factor/confirm", {"code": totp.at(now_s(site))})
    assert done.status_code == HTTPStatus.OK, done.text
    site.clock.advance(30)
    return totp, done.json()["codes"]


@pytest.fixture
def enrolled(strict, browse):
    """(a signed-in visitor past all steps, their authenticator, their paper)."""
    strict.add_account("ayse")
    visitor = browse()
    visitor.sign_in()
    totp, codes = enrol(strict, visitor)
    visitor.post("/session/policy", {"version": "1"})
    return visitor, totp, codes


@pytest.mark.proves("D-11.4a", "D-11.4b", "D-11.5b")
def test_a_new_person_goes_through_every_step_before_anything_opens(strict, browse):
    strict.add_account("ayse", must_change_password=True)
    visitor = browse()
    assert visitor.sign_in().json()["next_step"] == "password"
    assert visitor.code("GET", "/cameras") == "password_change_needed"
    changed = visitor.post("/session/password", {"old": PASSWORD, "new": NEW})
    assert changed.json()["next_step"] == "second_factor"
    assert visitor.code("GET", "/cameras") == "second_factor_set_up_needed"
    _, codes = enrol(strict, visitor)
    assert len(codes) == 10
    assert visitor.get("/session").json()["next_step"] == "policy"
    assert visitor.code("GET", "/cameras") == "policy_acceptance_needed"
    assert visitor.code("POST", "/session/policy", json={"version": "0"}) == "policy_changed"
    assert visitor.post("/session/policy", {"version": "1"}).json()["next_step"] is None
    assert visitor.get("/cameras").status_code == HTTPStatus.OK


@pytest.mark.proves("D-11.4a")
def test_from_then_on_signing_in_takes_two_steps(strict, browse, enrolled):
    _, totp, _ = enrolled
    visitor = browse()
    asked = visitor.sign_in()
    assert (asked.status_code, asked.json()["step"]) == (202, "code")
    assert asked.json()["until_us"] == strict.clock.now_us() + TICKET_US
    assert set(visitor.cookies) == {"nazar_ticket"}
    ticket = asked.headers["set-cookie"].lower()
    assert "httponly" in ticket
    assert "samesite=strict" in ticket
    assert visitor.code("GET", "/session") == "sign_in_needed"
    assert visitor.code("POST", "/session/code", json={"code": "000000"}) == "code_wrong"
    me = visitor.post("/session/code", {"code": totp.at(now_s(strict))})
    assert (me.json()["name"], me.json()["next_step"]) == ("ayse", None)
    assert set(visitor.cookies) == {"nazar_session"}
    assert visitor.get("/cameras").status_code == HTTPStatus.OK


def test_the_code_is_for_the_browser_that_gave_the_password(strict, browse, enrolled):
    _, totp, _ = enrolled
    browse().sign_in()
    assert browse().code("POST", "/session/code", json={"code": totp.at(now_s(strict))}) == "sign_in_expired"


def test_a_code_that_was_seen_opens_no_second_session(strict, browse, enrolled):
    _, totp, _ = enrolled
    first, second = browse(), browse()
    first.sign_in()
    second.sign_in()
    code = {"code": totp.at(now_s(strict))}
    assert first.post("/session/code", code).status_code == HTTPStatus.OK
    assert second.code("POST", "/session/code", json=code) == "code_wrong"


def test_a_lost_telephone_costs_a_code_on_paper(strict, browse, enrolled):
    _, _, codes = enrolled
    visitor = browse()
    visitor.sign_in()
    assert visitor.post("/session/code", {"code": codes[0].lower()}).status_code == HTTPStatus.OK
    assert visitor.get("/session/second-factor").json()["recovery_codes_left"] == 9


def test_wrong_codes_lock_the_second_step(strict, browse, enrolled):
    _, totp, _ = enrolled
    visitor = browse()
    visitor.sign_in()
    told = [visitor.code("POST", "/session/code", json={"code": "000000"}) for _ in range(6)]
    assert told == ["code_wrong"] * 5 + ["second_factor_locked"]
    locked = visitor.post("/session/code", {"code": totp.at(now_s(strict))})
    assert locked.json()["facts"]["until_us"] > strict.clock.now_us()


def test_the_qr_code_is_a_picture_of_the_secret_until_it_is_confirmed(strict, browse):
    strict.add_account("ayse")
    visitor = browse()
    visitor.sign_in()
    assert visitor.code("GET", "/session/second-factor/qr.svg") == "second_factor_not_begun"
    begun = visitor.post("/session/second-factor").json()
    assert begun["address"].startswith("otpauth://totp/Nazar:ayse?secret=" + begun["secret"])
    drawn = visitor.get("/session/second-factor/qr.svg")
    assert drawn.headers["content-type"] == "image/svg+xml"
    assert drawn.headers["cache-control"] == "no-store"
    assert drawn.text.startswith("<?xml")
    assert "<path" in drawn.text
    visitor.post("/session/second-factor/confirm", {"code": pyotp.TOTP(begun["secret"]).at(now_s(strict))})
    assert visitor.code("GET", "/session/second-factor/qr.svg") == "second_factor_not_begun"


def test_who_finds_an_open_console_replaces_no_factor(strict, enrolled):
    visitor, totp, _ = enrolled
    assert visitor.code("POST", "/session/second-factor", json={}) == "code_wrong"
    assert visitor.code("POST", "/session/second-factor/recovery-codes", json={"code": "000000"}) == "code_wrong"
    assert visitor.post("/session/second-factor", {"code": totp.at(now_s(strict))}).json()["secret"] != totp.secret
    strict.clock.advance(30)
    fresh = visitor.post("/session/second-factor/recovery-codes", {"code": totp.at(now_s(strict))})
    assert len(fresh.json()["codes"]) == 10


@pytest.mark.proves("D-11.4a")
def test_an_administrator_takes_a_factor_away_and_nobody_else_does(strict, browse, enrolled):
    visitor, _, _ = enrolled
    account_id = visitor.get("/session").json()["id"]
    administrator = strict.add_person("deniz", Role.SYSADMIN)
    path = f"/accounts/{account_id}/second-factor"
    assert visitor.code("DELETE", path) == "action_not_allowed"
    assert administrator.get(f"/accounts/{account_id}").json()["has_second_factor"]
    assert administrator.request("DELETE", path).status_code == HTTPStatus.NO_CONTENT
    assert not administrator.get(f"/accounts/{account_id}").json()["has_second_factor"]
    assert visitor.code("GET", "/session") == "sign_in_needed"
    again = browse()
    assert again.sign_in().json()["next_step"] == "second_factor"
    unknown = administrator.code("/accounts/00000000-0000-7000-8000-000000000001/second-factor", "DELETE")
    assert unknown == (404, "account_not_found")


@pytest.mark.proves("D-11.4a", "edge-79", "edge-84")
def test_a_second_sign_in_closes_the_first_which_is_told_why(strict, browse, enrolled):
    visitor, totp, _ = enrolled
    other = browse("10.9.9.9")
    other.sign_in()
    other.post("/session/code", {"code": totp.at(now_s(strict))})
    assert visitor.code("GET", "/cameras") == "signed_in_elsewhere"
    assert visitor.get("/cameras").status_code == HTTPStatus.UNAUTHORIZED
    assert other.get("/cameras").status_code == HTTPStatus.OK


def test_an_open_stream_ends_with_the_reason(strict, browse, enrolled):
    visitor, totp, _ = enrolled
    door = strict.app.state.backends.door
    caller = door.caller(visitor.cookies["nazar_session"])
    assert door.standing({caller}).refusal(caller, None, None) is None
    other = browse("10.9.9.9")
    other.sign_in()
    other.post("/session/code", {"code": totp.at(now_s(strict))})
    assert door.standing({caller}).refusal(caller, None, None).code == "signed_in_elsewhere"


@pytest.fixture
def wall(strict):
    """An account that is nobody's own, with the person responsible for it."""
    with strict.database.writing() as session:
        unit = register_unit(session, strict.clock, UnitContent(name="Belediye", kind=UnitKind.MUNICIPALITY))
        content = PersonContent(full_name="Ümit Ak", unit_id=unit.id, employment_kind=EmploymentKind.CIVIL_SERVANT)
        responsible = register_person(session, strict.clock, content)
        new = NewAccount(
            name="duvar", display_name="Duvar", kind=AccountKind.SHARED, responsible_person_id=responsible.id,
            password=PASSWORD,
        )  # fmt: skip
        return create_account(session, strict.clock, new, passwords=CHEAP)


@pytest.mark.proves("D-11.6")
def test_a_shared_account_may_be_open_in_several_places_and_has_no_telephone(strict, browse, wall):
    first, second = browse("10.0.0.1"), browse("10.0.0.2")
    assert first.sign_in("duvar").json()["next_step"] == "policy"
    first.post("/session/policy", {"version": "1"})
    assert second.sign_in("duvar").json()["next_step"] is None
    assert [one.get("/cameras").status_code for one in (first, second)] == [200, 200]


def test_own_sessions_are_listed_and_ended(site):
    several = with_rules(site, SignInRules())
    several.add_account("ayse")
    first, second = Visitor(several, "10.0.0.1"), Visitor(several, "10.0.0.2")
    first.sign_in()
    several.clock.advance(60)
    second.sign_in()
    listed = second.get("/sessions").json()
    assert [(row["address"], row["is_this"]) for row in listed["sessions"]] == [("10.0.0.2", True), ("10.0.0.1", False)]
    assert listed["before"] == {"at_us": several.clock.now_us() - 60 * US_PER_SECOND, "address": "10.0.0.1"}
    stranger = several.add_person("omer")
    assert stranger.code(f"/sessions/{listed['sessions'][1]['id']}", "DELETE") == (404, "session_not_found")
    assert second.request("DELETE", f"/sessions/{listed['sessions'][1]['id']}").status_code == HTTPStatus.NO_CONTENT
    assert first.code("GET", "/session") == "session_ended_by_other"
    assert len(second.get("/sessions").json()["sessions"]) == 1


def test_all_others_of_ones_own_are_ended_at_once(site):
    several = with_rules(site, SignInRules())
    several.add_account("ayse")
    stranger = several.add_person("omer")
    others, this = [Visitor(several, f"10.0.0.{at}") for at in (1, 2)], Visitor(several, "10.0.0.3")
    for visitor in (*others, this):
        visitor.sign_in()
    assert this.request("DELETE", "/sessions").status_code == HTTPStatus.NO_CONTENT
    assert [visitor.code("GET", "/session") for visitor in others] == ["session_ended_by_other"] * 2
    assert [row["is_this"] for row in this.get("/sessions").json()["sessions"]] == [True]
    assert stranger.get("/session").status_code == HTTPStatus.OK


@pytest.mark.proves("edge-77")
def test_no_former_password_comes_back(site):
    lenient = with_rules(site, SignInRules(remembered_passwords=2))
    lenient.add_account("ayse")
    visitor = Visitor(lenient)
    visitor.sign_in()
    change = {"old": PASSWORD, "new": NEW}
    assert visitor.post("/session/password", change).status_code == HTTPStatus.OK
    lenient.clock.advance(1)
    back = {"old": NEW, "new": PASSWORD}
    assert visitor.code("POST", "/session/password", json=back) == "password_used_before"


def test_the_ways_of_signing_in_are_told_before(strict, site):
    ways = Visitor(strict).get("/session/ways", headers={"Accept-Language": "en"}).json()
    assert ways["policy"] == {"version": "1", "text": TEXTS["en"]}
    assert (ways["provider"], ways["has_directory"], ways["needs_set_up"]) == (None, False, True)
    strict.add_account("ayse")
    assert Visitor(strict).get("/session/ways").json()["needs_set_up"] is False
    plain = with_rules(site, SignInRules())
    assert Visitor(plain).get("/session/ways").json()["policy"] is None


def test_the_first_administrator_is_who_reads_the_servers_terminal(strict, tmp_path):
    path = tmp_path / "keys" / "first-run.code"
    code = have_code(strict.database, path)
    first = {"name": "deniz", "display_name": "Deniz Ak", "password": PASSWORD, "language": "en"}
    visitor = Visitor(strict)
    assert visitor.code("POST", "/set-up", json=first | {"code": "wrong"}) == "set_up_code_wrong"
    assert visitor.code("POST", "/set-up", json=first | {"code": code, "password": "short"}) == "password_weak"
    made = visitor.post("/set-up", first | {"code": code})
    assert made.status_code == HTTPStatus.OK
    me = made.json()
    assert (me["name"], me["language"], me["may_see_health"], me["next_step"]) == ("deniz", "en", True, "second_factor")
    assert not path.exists()
    assert Visitor(strict).code("POST", "/set-up", json=first | {"code": code, "name": "x"}) == "set_up_over"


def test_a_node_without_a_set_up_page_has_none(site):
    first = {"code": "", "name": "deniz", "display_name": "D", "password": PASSWORD}
    assert Visitor(site).code("POST", "/set-up", json=first) == "set_up_over"
