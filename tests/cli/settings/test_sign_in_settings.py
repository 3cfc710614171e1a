import pytest
from pydantic import ValidationError

from vms.cli.checks.finding import Level
from vms.cli.checks.sign_in import check_proof
from vms.cli.parts.sign_in import sign_in_parts, sign_in_rules
from vms.cli.settings.node import DataPaths, Settings
from vms.cli.settings.service_password import password_of
from vms.cli.settings.sign_in import PolicySettings, SignInSettings
from vms.kernel.clock import SystemClock
from vms.kernel.errors import VmsError
from vms.kernel.logging import redactor
from vms.kernel.settings import load
from vms.people.policy import TEXTS
from vms.people.rules import Role

LDAP = {
    "urls": ["ldaps://dc1.belediye.example"], "base_dn": "dc=belediye,dc=example", "bind_dn": "cn=nazar",
    "password": "service-password-1",
}  # fmt: skip
OIDC = {
    "issuer": "https://login.belediye.example/realms/x", "client_id": "nazar", "address": "https://nazar.belediye.example",
    "password": "client-secret-1",
}  # fmt: skip


def test_an_installation_that_says_nothing_asks_for_a_password():
    rules = sign_in_rules(SignInSettings())
    assert (rules.asks_factor, rules.policy) == (False, None)
    assert (rules.is_single_session, rules.admits_unknown_staff, rules.remembered_passwords) == (False, False, 5)


@pytest.mark.proves("D-11.4a", "D-11.4b")
def test_a_second_factor_and_the_directives_own_words_are_asked_for_by_a_word_each():
    asked = {"second_factor": True, "policy": {"is_asked": True}}
    rules = sign_in_rules(loaded(asked).sign_in)
    assert rules.asks_factor
    assert rules.exempt_roles == frozenset()
    assert (rules.policy.version, dict(rules.policy.texts)) == ("1", TEXTS)


@pytest.mark.proves("E-22")
def test_an_installation_has_its_own_words_and_duties(tmp_path):
    file = tmp_path / "nazar.toml"
    file.write_text(
        '[sign_in]\nsecond_factor_exempt = ["guard"]\n[sign_in.policy]\nversion = "2026-1"\ntr = "Sözümüz"\n'
    )
    rules = sign_in_rules(load(Settings, file, {}).sign_in)
    assert rules.exempt_roles == {Role.GUARD}
    assert (rules.policy.version, rules.policy.texts["tr"]) == ("2026-1", "Sözümüz")


@pytest.mark.parametrize(
    ("policy", "is_asked"),
    [
        ({}, False),
        ({"tr": "Sözümüz"}, True),
        ({"en": "Our words"}, True),
        ({"tr": "Sözümüz", "is_asked": False}, False),
    ],
)
def test_words_of_ones_own_are_asked_for_unless_told_otherwise(policy, is_asked):
    assert (sign_in_rules(loaded({"policy": policy}).sign_in).policy is not None) == is_asked


def test_the_environment_says_the_same_with_commas():
    environment = {
        "NAZAR_SIGN_IN__SECOND_FACTOR_EXEMPT": "guard, technician", "NAZAR_SIGN_IN__POLICY__IS_ASKED": "false",
        "NAZAR_SIGN_IN__SECOND_FACTOR": "false",
    }  # fmt: skip
    rules = sign_in_rules(load(Settings, None, environment).sign_in)
    assert rules.exempt_roles == {Role.GUARD, Role.TECHNICIAN}
    assert (rules.policy, rules.asks_factor) == (None, False)


def refused(sign_in):
    with pytest.raises(ValidationError):
        loaded(sign_in)
    return True


def loaded(sign_in):
    return Settings.model_validate({"sign_in": sign_in})


@pytest.mark.parametrize(
    "changes",
    [
        {"urls": []}, {"urls": ["http://dc1"]}, {"urls": ["ldap://user@dc1"]}, {"urls": ["ldap://"]},
        {"user_filter": "(uid=x)"}, {"user_filter": "((uid={name})"}, {"password": None}, {"password_file": "x"},
        {"timeout_s": 0}, {"check_s": 1}, {"start_tls": False},
    ],
)  # fmt: skip
def test_a_directory_that_would_get_passwords_wrongly_is_refused(changes):
    assert refused({"ldap": LDAP | changes})


@pytest.mark.parametrize(
    "changes",
    [
        {"issuer": "http://login.belediye.example"}, {"address": "http://nazar.belediye.example"},
        {"address": "https://nazar.belediye.example/x"}, {"address": "nazar"}, {"client_id": ""}, {"password": None},
    ],
)  # fmt: skip
def test_a_provider_over_a_line_that_others_read_is_refused(changes):
    assert refused({"oidc": OIDC | changes})


def test_passwords_come_from_a_file_and_leave_every_log(tmp_path):
    (tmp_path / "ldap.password").write_text("a-long-service-password\n")
    chosen = loaded({"ldap": LDAP | {"password": None, "password_file": "ldap.password"}}).sign_in.ldap
    assert password_of(chosen, tmp_path, "sign_in.ldap", "sign_in_password_unreadable") == "a-long-service-password"
    assert "a-long-service-password" not in redactor.redact("bind with a-long-service-password")
    (tmp_path / "ldap.password").write_text("\n")
    for _ in range(2):
        with pytest.raises(VmsError) as refusal:
            password_of(chosen, tmp_path, "sign_in.ldap", "sign_in_password_unreadable")
        assert refusal.value.code == "sign_in_password_unreadable"
        (tmp_path / "ldap.password").unlink(missing_ok=True)


def test_the_web_process_gets_what_the_settings_say(tmp_path):
    settings = loaded({"ldap": LDAP, "oidc": OIDC})
    parts = sign_in_parts(settings, DataPaths(tmp_path), SystemClock())
    assert parts.directory is not None
    assert parts.provider.is_over_tls
    assert set(parts.provider_labels) == {"tr", "en"}
    assert parts.first_run_code == tmp_path / "keys" / "first-run.code"
    sealed = parts.box.seal("secret")
    assert sign_in_parts(settings, DataPaths(tmp_path), SystemClock()).box.open(sealed) == "secret"
    bare = sign_in_parts(Settings(), DataPaths(tmp_path), SystemClock())
    assert (bare.directory, bare.provider) == (None, None)


@pytest.mark.proves("D-11.4a", "D-11.4b")
def test_the_doctor_says_what_of_article_11_is_off():
    finding = check_proof(SignInSettings())
    assert finding.level is Level.WARNING
    assert finding.message == "Off: sign_in.second_factor, sign_in.is_single_session, sign_in.policy.is_asked"
    whole = SignInSettings(second_factor=True, is_single_session=True, policy=PolicySettings(is_asked=True))
    assert check_proof(whole).level is Level.OK
