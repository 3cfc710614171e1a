"""The settings over HTTP: shown, changed, tried; never a secret in any answer."""

import importlib.util
import sys
import tomllib
from pathlib import Path

import pytest
from settings_office import LETTERHEAD, MAIL, MAIL_FILE, entries, put, refused, rows, seen
from sqlalchemy import event
from sqlalchemy.orm import Session

from vms.cameras.rules import RetentionScope
from vms.cameras.service import set_retention
from vms.cli.paper_options import person_of
from vms.cli.settings.node import load_settings
from vms.people.model import Account
from vms.people.organisation_model import Person
from vms.people.rules import Role

_SPEC = importlib.util.spec_from_file_location(
    "real_mail_server", Path(__file__).parents[2] / "reminders" / "real_mail_server.py"
)
_real = importlib.util.module_from_spec(_SPEC)
sys.modules["real_mail_server"] = _real
_SPEC.loader.exec_module(_real)


@pytest.fixture
def admin(site):
    """Who keeps the node going, with an address of their own."""
    admin = site.add_person("tolga", Role.SYSADMIN)
    with site.database.writing() as session:
        person = person_of(session, site.clock, session.get_one(Account, admin.account.id))
        session.get_one(Person, person.id).email = "tolga@example.org"
    return admin


@pytest.fixture
def auditor(site):
    return site.add_person("denetci", Role.AUDITOR)


def test_settings_are_for_who_keeps_the_node_going(site):
    for role in Role:
        if role not in {Role.SYSADMIN, Role.PUBLIC, Role.EXTERNAL_AUTHORITY, Role.API_CLIENT, Role.SHARED_ACCOUNT}:
            person = site.add_person(f"p-{role.value.replace('_', '-')}", role)
            assert person.code("/settings") == (403, "action_not_allowed"), role
    assert site.caller.request("GET", "/api/v1/settings").status_code == 401


def test_each_setting_says_its_value_and_where_it_comes_from(site, admin):
    site.paths.settings.write_text("[live]\nmax_viewers = 30\n\n[footage]\n# four hours is enough\ntarget_hours = 5\n")
    assert put(admin, LETTERHEAD).status_code == 200
    answer = seen(admin)
    found = rows(answer)
    assert (answer["file"], answer["has_file"], answer["problem"]) == (str(site.paths.settings), True, "")
    by_hand, console = found["footage.target_hours"], found["institution.name"]
    assert (by_hand["value"], by_hand["source"], by_hand["line"], by_hand["locked"]) == (5, "file", 6, "by_hand")
    assert (by_hand["running"], by_hand["is_waiting"]) == (4, True)
    assert (console["value"], console["source"], console["locked"]) == ("Deneme Belediyesi", "console", None)
    default, disks = found["retention.days"], found["volumes"]
    assert (default["value"], default["source"], default["minimum"], default["article"]) == (21, "default", 20, "9(1)")
    assert disks["value"] == [f"{site.paths.root / 'volumes' / 'main'} · 1.0GiB"]  # the one that is used without any
    assert (disks["locked"], disks["example"].splitlines()[0]) == ("file_only", "[[volumes]]")
    assert [row["key"] for row in found.values() if row["is_waiting"]] == [
        "live.max_viewers", "footage.target_hours", "institution.name", "institution.query_url",
    ]  # fmt: skip
    assert found["live.max_viewers"]["example"] == "[live]\nmax_viewers = 30"
    assert found["sign_in.ldap.urls"]["example"] == "[sign_in.ldap]\nurls = []"
    assert found["mail.ca_file"]["example"] == '[mail]\n# ca_file = ""'
    assert all(tomllib.loads(row["example"]) is not None for row in found.values())
    sections = {one["name"]: one for one in answer["sections"]}
    assert sections["institution"]["is_set_up"]
    assert not sections["mail"]["is_set_up"]
    assert sections["footage"]["processes"] == ["web", "jobs"]


def test_what_is_set_counts_for_whoever_starts_and_is_told_from_what_to_what(site, admin, auditor):
    assert put(admin, LETTERHEAD | {"institution.unit": "  "}).status_code == 200
    answer = put(admin, {"institution.name": "Örnek Belediyesi", "footage.viewing_days": 20}, reason="Encümen 2026/7")
    assert answer.status_code == 200, answer.text
    loaded = load_settings(site.paths, {})
    assert loaded.institution.name == "Örnek Belediyesi"
    assert loaded.footage.viewing_days == 20
    told = entries(auditor)
    assert sorted(told[:2]) == [
        ("institution.name", {"after": "Deneme Belediyesi", "before": None, "reason": ""}),
        ("institution.query_url", {"after": "https://belge.example.bel.tr", "before": None, "reason": ""}),
    ]
    assert sorted(told[2:]) == [
        ("footage.viewing_days", {"after": 20, "before": 30, "reason": "Encümen 2026/7"}),
        ("institution.name", {"after": "Örnek Belediyesi", "before": "Deneme Belediyesi", "reason": "Encümen 2026/7"}),
    ]


def test_taking_all_back_leaves_no_file(site, admin):
    assert put(admin, LETTERHEAD).status_code == 200
    assert put(admin, dict.fromkeys(LETTERHEAD)).status_code == 200
    assert not site.paths.console_settings.exists()
    assert load_settings(site.paths, {}).institution is None


def test_setting_what_is_set_already_writes_nothing(site, admin, auditor):
    assert put(admin, LETTERHEAD).status_code == 200
    before = site.paths.console_settings.stat().st_mtime_ns, len(entries(auditor))
    assert put(admin, LETTERHEAD).status_code == 200
    assert (site.paths.console_settings.stat().st_mtime_ns, len(entries(auditor))) == before


@pytest.mark.proves("D-9.1b", "edge-21", "C-9")
@pytest.mark.parametrize("days", [19, 0, -5])
def test_nothing_sets_less_than_twenty_days(site, admin, days):
    assert refused(admin, {"retention.days": days}, reason="tasarruf") == ("retention_below_minimum", "retention.days")
    assert not site.paths.console_settings.exists()


@pytest.mark.proves("D-9.1b")
def test_a_retention_for_everything_that_counts_before_the_settings_is_told(site, admin):
    assert put(admin, {"retention.days": 20}, reason="Olur 2026/3").status_code == 200
    assert seen(admin)["global_days"] is None
    with site.database.writing() as session:
        set_retention(session, site.clock, RetentionScope.GLOBAL, "", 30, "uzun")
    assert seen(admin)["global_days"] == 30


@pytest.mark.parametrize(
    ("values", "code", "setting"),
    [
        ({"web.port": 9000}, "setting_locked", "web.port"),
        ({"institution.logo": "/etc/passwd"}, "setting_locked", "institution.logo"),
        ({"mail.password_file": "/etc/passwd"}, "setting_locked", "mail.password_file"),
        ({"sign_in.ldap.password": "x"}, "setting_locked", "sign_in.ldap.password"),
        ({"nothing.at_all": 1}, "setting_unknown", "nothing.at_all"),
        ({"mail": {"host": "x"}}, "request_invalid", None),
        ({"institution.name": 5}, "settings_invalid", "institution.name"),
        ({"institution.name": "a\u202eb"}, "settings_invalid", "institution.name"),
        ({"institution.name": "a\nb"}, "settings_invalid", "institution.name"),
        ({"institution.name": "Yalnız ad"}, "settings_invalid", "institution.query_url"),
        ({"mail.host": "a b", "mail.from": "x@example.org"}, "settings_invalid", "mail.host"),
        ({"footage.target_hours": True}, "settings_invalid", "footage.target_hours"),
        ({"footage.separate": ["register-approve", "x"]}, "settings_invalid", "footage.separate.1"),
        ({"footage.target_hours": 30}, "settings_invalid", "footage"),
        ({"footage.target_hours": 5}, "decision_needed", None),
    ],
)
def test_what_breaks_a_rule_is_refused_and_nothing_is_kept(site, admin, auditor, values, code, setting):
    is_decided = code != "decision_needed"
    assert refused(admin, values, reason="karar" if is_decided else " ") == (code, setting)
    assert not site.paths.console_settings.exists()
    assert entries(auditor) == []


def test_what_the_file_says_is_not_changed_here(site, admin):
    site.paths.settings.write_text("[retention]\ndays = 25\n")
    assert refused(admin, {"retention.days": 30}, reason="karar") == ("setting_locked", "retention.days")


def test_two_administrators_do_not_write_over_each_other(site, admin):
    first = seen(admin)["version"]
    assert put(admin, LETTERHEAD, version=first).status_code == 200
    assert refused(admin, MAIL, version=first)[0] == "settings_changed"
    assert load_settings(site.paths, {}).mail is None


def test_files_that_break_a_rule_are_told_with_what_still_runs(site, admin):
    site.paths.settings.write_text("[retention]\ndays = 7\n")
    answer = seen(admin)
    assert answer["problem_code"] == "retention_below_minimum"
    assert rows(answer)["retention.days"]["value"] == 21
    assert admin.code("/settings/restart", "POST") == (422, "retention_below_minimum")
    site.paths.settings.write_text("[retention\n")
    assert seen(admin)["problem_code"] == "settings_invalid"


def test_a_broken_file_of_the_console_is_named_and_what_breaks_the_rule_can_be_mended(site, admin):
    console = site.paths.console_settings
    console.write_text("[retention]\ndays = 19\n[footage]\nviewing_days = 20\n")
    answer = seen(admin)
    assert (answer["problem_code"], answer["problem_file"]) == ("retention_below_minimum", str(console))
    assert refused(admin, {"footage.viewing_days": 21}, reason="karar") == ("settings_kept_broken", "retention.days")
    mended = put(admin, {"retention.days": 20}, reason="karar")
    assert (mended.status_code, mended.json()["problem"], mended.json()["problem_file"]) == (200, "", "")
    site.paths.settings.write_text("[retention]\ndays = 7\n")
    assert seen(admin)["problem_file"] == str(site.paths.settings)


@pytest.mark.parametrize("damaged", [b"[retention\n", b"name = '\xff'"])
def test_a_damaged_file_of_the_console_is_told_and_not_written_over(site, admin, damaged):
    site.paths.settings.write_text("[live]\nmax_viewers = 30\n")
    site.paths.console_settings.write_bytes(damaged)
    answer = seen(admin)
    assert answer["problem_file"] == str(site.paths.console_settings)
    assert rows(answer)["live.max_viewers"]["source"] == "file"
    assert refused(admin, LETTERHEAD)[0] == "settings_kept_broken"
    assert site.paths.console_settings.read_bytes() == damaged


def test_no_entry_no_change(site, admin, auditor, monkeypatch):
    """The disk is full at the very moment of the commit: nothing new can be written, no file either."""
    assert put(admin, LETTERHEAD).status_code == 200
    kept, told = site.paths.console_settings.read_bytes(), entries(auditor)
    body = {"version": seen(admin)["version"], "values": {"institution.name": "Başka"}, "reason": ""}

    def no_room(*_, **__):
        raise OSError(28, "No space left on device")

    def full(_):
        if site.paths.console_settings.read_bytes() != kept:
            monkeypatch.setattr("tempfile.mkstemp", no_room)
            raise OSError(28, "No space left on device")

    event.listen(Session, "before_commit", full)
    try:
        assert admin.request("PUT", "/settings", json=body).status_code == 500
    finally:
        event.remove(Session, "before_commit", full)
    assert site.paths.console_settings.read_bytes() == kept
    assert entries(auditor) == told


SECRETS = {
    "institution.seal": "seal-secret-1905", "live.turn": "relay-secret-1907", "mail": "mail-secret-1923",
    "sign_in.ldap": "ldap-secret-1881", "sign_in.oidc": "oidc-secret-1938",
}  # fmt: skip
WITH_SECRETS = f"""
[institution]
name = "Deneme"
query_url = "https://belge.example.bel.tr"
[institution.seal]
file = "none.p12"
password = "{SECRETS["institution.seal"]}"
[live.turn]
url = "turn:127.0.0.1:9?transport=tcp"
username = "nazar"
password = "{SECRETS["live.turn"]}"
[sign_in.ldap]
urls = ["ldaps://127.0.0.1:9"]
base_dn = "dc=x"
bind_dn = "cn=x"
timeout_s = 1
password = "{SECRETS["sign_in.ldap"]}"
[sign_in.oidc]
issuer = "https://127.0.0.1:9"
client_id = "nazar"
address = "https://nazar.example"
timeout_s = 1
password = "{SECRETS["sign_in.oidc"]}"
"""


@pytest.mark.system
@pytest.mark.proves("C-4")
def test_no_answer_holds_a_secret(site, admin, auditor):
    site.paths.settings.write_text(WITH_SECRETS)
    signed_in = MAIL | {"mail.host": "127.0.0.1", "mail.port": 9, "mail.user": "nazar"}
    answers = [
        put(admin, signed_in | {"mail.password": SECRETS["mail"]}),
        put(admin, {"mail.password": SECRETS["mail"] + "x", "mail.user": "a\nb"}),
        put(admin, {"mail.password": SECRETS["mail"], "mail.port": 70_000}),
        put(admin, {"mail.password": SECRETS["mail"], "mail.tls": "none"}),
        put(admin, {"sign_in.oidc.password": SECRETS["sign_in.oidc"]}),
        admin.get("/settings"),
        admin.request("POST", "/settings/checks"),
        admin.request("POST", "/settings/test-mail"),
        auditor.get("/audit", params={"act": "setting_changed"}),
        auditor.get("/audit/entries.csv"),
    ]
    assert answers[0].status_code == 200, answers[0].text
    for answer in answers:
        for secret in SECRETS.values():
            assert secret not in answer.text, answer.request.url
    found = rows(answers[0].json())
    assert [found[f"{section}.password"]["is_set"] for section in SECRETS] == [True] * 5
    assert [found[f"{section}.password"]["value"] for section in SECRETS] == [None] * 5
    assert load_settings(site.paths, {}).mail.password.get_secret_value() == SECRETS["mail"]
    assert ("mail.password", {"after": "set", "before": "not set", "reason": ""}) in entries(auditor)
    for secret in SECRETS.values():  # the test would not see a secret that was never there
        assert secret in site.paths.settings.read_text() + site.paths.console_settings.read_text()


@pytest.mark.proves("C-4")
@pytest.mark.parametrize(
    ("url", "shown"),
    [
        ("https://zd.example.tr:8443/tsa/customer-4711", "https://zd.example.tr:8443/…"),
        ("https://zd.example.tr?key=customer-4711", "https://zd.example.tr/…"),
    ],
)
def test_of_the_time_stamp_authoritys_address_only_the_host_is_shown(site, admin, url, shown):
    site.paths.settings.write_text(f'[footage.time_stamp]\nurl = "{url}"\n')
    answer = admin.get("/settings")
    row = rows(answer.json())["footage.time_stamp.url"]
    assert (row["value"], row["is_waiting"]) == (shown, True)
    assert row["example"] == f'[footage.time_stamp]\nurl = "{shown}"'
    assert "4711" not in answer.text


def test_a_password_that_is_kept_is_sent_nowhere_else(site, admin):
    assert put(admin, MAIL | {"mail.user": "nazar", "mail.password": "first-password"}).status_code == 200
    for key, value in (("mail.host", "evil.example"), ("mail.port", 26), ("mail.tls", "tls"), ("mail.user", "other")):
        assert refused(admin, {key: value}) == ("password_needed", "mail.password"), key
    assert put(admin, {"mail.from": "kamera@example.org"}).status_code == 200
    assert put(admin, {"mail.host": "new.example", "mail.password": "second-password"}).status_code == 200
    assert put(admin, {"mail.user": None, "mail.password": None}).status_code == 200
    assert load_settings(site.paths, {}).mail.password is None


@pytest.mark.parametrize("nothing", ["", None])
def test_an_empty_password_is_none_that_was_given(site, admin, nothing):
    assert put(admin, MAIL | {"mail.user": "nazar", "mail.password": "first-password"}).status_code == 200
    kept = site.paths.console_settings.read_bytes()
    assert refused(admin, {"mail.host": "evil.example", "mail.password": nothing})[0] == "settings_invalid"
    assert site.paths.console_settings.read_bytes() == kept


@pytest.mark.parametrize("typed", [{}, {"mail.password": ""}, {"mail.password": None}])
def test_a_password_by_hand_is_sent_nowhere_else_whatever_is_typed(site, admin, typed):
    console = site.paths.console_settings
    console.write_text(MAIL_FILE)
    site.paths.settings.write_text("[mail]\npassword_file = 'keys/mail.password'\n")
    kept = console.read_bytes()
    for key, value in (("mail.host", "evil.example"), ("mail.port", 26), ("mail.tls", "tls"), ("mail.user", "other")):
        assert refused(admin, {key: value} | typed) == ("password_by_hand", key)
    said = put(admin, {"mail.host": "evil.example"} | typed).json()
    assert said["facts"]["place"] == "mail.password_file in nazar.toml"
    assert console.read_bytes() == kept
    assert put(admin, {"mail.from": "kamera@example.org"} | typed).status_code == 200


def test_a_password_of_a_variable_is_sent_nowhere_else(site, admin, monkeypatch):
    monkeypatch.setitem(site.settings._environment, "NAZAR_MAIL__PASSWORD", "by-variable")
    site.paths.console_settings.write_text(MAIL_FILE)
    said = put(admin, {"mail.host": "evil.example"})
    assert (said.status_code, said.json()["code"]) == (422, "password_by_hand")
    assert said.json()["facts"]["place"] == "the variable NAZAR_MAIL__PASSWORD"
    assert "by-variable" not in said.text


@pytest.mark.sockets
@pytest.mark.proves("S-6")
def test_a_test_mail_reaches_who_asked_with_what_was_just_saved(site, admin, tmp_path):
    assert admin.code("/settings/test-mail", "POST") == (409, "mail_missing")
    with _real.served(tmp_path) as server:
        assert put(admin, MAIL | {"mail.host": "127.0.0.1", "mail.port": server.port, "mail.tls": "none"}).is_success
        assert seen(admin)["mail_to"] == "tolga@example.org"
        assert admin.request("POST", "/settings/test-mail").status_code == 204
        assert server.recipients == ["tolga@example.org"]
        server.refusals = {"tolga@example.org": "550 no such user"}
        assert admin.code("/settings/test-mail", "POST") == (422, "mail_refused")
    assert admin.code("/settings/test-mail", "POST") == (503, "mail_server_away")
    other = site.add_person("adsiz", Role.SYSADMIN)
    assert other.code("/settings/test-mail", "POST") == (409, "mail_address_missing")


@pytest.mark.system
def test_every_part_that_is_set_up_is_tried(site, admin):
    site.paths.settings.write_text("[mail]\nhost = '127.0.0.1'\nport = 9\ntls = 'none'\nfrom = 'a@example.org'\n")
    checks = admin.request("POST", "/settings/checks").json()["checks"]
    found = {one["part"]: one["level"] for one in checks}
    assert (found["settings"], found["letterhead"], found["mail"]) == ("ok", "warning", "problem")
    assert {"volume", "live", "clock"} <= set(found)
    assert "directory" not in found
    (mail,) = (one for one in checks if one["part"] == "mail")
    assert "mail_server_away" in mail["remedy"]


def test_the_web_process_begins_anew_when_asked(site, admin):
    assert admin.code("/settings/restart", "POST") == (503, "restart_unavailable")
    asked = []
    site.renewal.when_asked(lambda: asked.append(1))
    assert admin.request("POST", "/settings/restart").status_code == 202
    assert asked == [1]


def test_the_file_itself_is_what_the_answer_says(site, admin):
    assert put(admin, LETTERHEAD).status_code == 200
    assert put(admin, LETTERHEAD | {"authority.two_person": False}, reason="Olur 2026/9").status_code == 200
    written = tomllib.loads(site.paths.console_settings.read_text())
    assert written == {
        "authority": {"two_person": False},
        "institution": {"name": "Deneme Belediyesi", "query_url": "https://belge.example.bel.tr"},
    }
    assert [one.name for one in site.paths.root.iterdir() if "former" in one.name] == []


@pytest.mark.proves("S-1f")
def test_a_chain_of_initials_is_changed_in_its_order_by_a_decision(site, admin, auditor):
    key = "initials.P-31"
    assert refused(admin, {key: ["Mühendis"]})[0] == "decision_needed"
    for wrong in (["Müdür", "MÜDÜR"], ["Müdür", ""], "Müdür"):
        assert refused(admin, {key: wrong}, reason="Olur 2026/7") == ("settings_invalid", key)
    for chain in (["Mühendis", "Müdür"], ["Müdür", "Mühendis"], []):
        assert put(admin, {key: chain}, reason="Olur 2026/7").status_code == 200
        assert rows(seen(admin))[key]["value"] == chain
        told = {kind.value: list(titles) for kind, titles in load_settings(site.paths, {}).initials.chains().items()}
        assert told == ({"P-31": chain} if chain else {})
    assert entries(auditor)[1] == (
        key, {"before": ["Mühendis", "Müdür"], "after": ["Müdür", "Mühendis"], "reason": "Olur 2026/7"},
    )  # fmt: skip
