"""Checks of how people prove who they are: directory, sign-in page, what is asked of everybody."""

from vms.cli.checks.finding import Finding, ok, problem, warning
from vms.cli.parts.sign_in import ldap_directory, oidc_provider
from vms.cli.settings.node import DataPaths, Settings
from vms.cli.settings.service_password import open_to_others
from vms.cli.settings.sign_in import LdapSettings, OidcSettings, SignInSettings
from vms.kernel.clock import Clock
from vms.kernel.errors import VmsError


def check_sign_in(settings: Settings, paths: DataPaths, clock: Clock) -> list[Finding]:
    """Both answer, if they are set; their passwords lie where nobody else reads them. Takes up to their time-outs."""
    findings: list[Finding] = []
    ldap, oidc = settings.sign_in.ldap, settings.sign_in.oidc
    if ldap is not None:
        findings += [*_check_file(ldap, paths), _check_ldap(ldap, paths, clock)]
    if oidc is not None:
        findings += [*_check_file(oidc, paths), _check_oidc(oidc, paths, clock)]
    return findings


def check_proof(chosen: SignInSettings) -> Finding:
    """What article 11(4) wants of a node that is in use and a new one does not begin with."""
    missing = [
        name
        for name, is_there in (
            ("sign_in.second_factor", chosen.second_factor or chosen.ldap is not None or chosen.oidc is not None),
            ("sign_in.is_single_session", chosen.is_single_session),
            ("sign_in.policy.is_asked", chosen.policy.counts),
        )
        if not is_there
    ]
    if not missing:
        return ok("sign-in", "One session a person, proved twice, after accepting the rules")
    return warning(
        "sign-in", f"Off: {', '.join(missing)}",
        "Article 11(4) wants a second factor or the institution's directory, one session a person, and its rules "
        "accepted. Switch them on in [sign_in] once the clock is right and everybody has a telephone at hand.",
    )  # fmt: skip


def _check_ldap(chosen: LdapSettings, paths: DataPaths, clock: Clock) -> Finding:
    try:
        directory = ldap_directory(chosen, paths, clock)
        assert directory is not None
        directory.look()
    except VmsError as err:
        remedy = "Check sign_in.ldap: urls, ca_file, bind_dn with its password, base_dn, user_filter."
        return problem("directory", err.message, f"{remedy} Local accounts go on. Code: {err.code}.")
    return ok("directory", "The directory answers our service account")


def _check_oidc(chosen: OidcSettings, paths: DataPaths, clock: Clock) -> Finding:
    try:
        provider = oidc_provider(chosen, paths, clock)
        assert provider is not None
        provider.discovered()
    except VmsError as err:
        remedy = "Check sign_in.oidc: issuer, ca_file, password_file."
        return problem("sign-in page", err.message, f"{remedy} Local accounts go on. Code: {err.code}.")
    return ok("sign-in page", "The institution's sign-in page describes itself")


def _check_file(chosen: LdapSettings | OidcSettings, paths: DataPaths) -> list[Finding]:
    return open_to_others(None if chosen.password_file is None else paths.root / chosen.password_file, "directory")
