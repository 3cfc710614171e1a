"""Checks of the institution's directory and of its sign-in page."""

from vms.cli.finding import Finding, ok, problem
from vms.cli.service_password import open_to_others
from vms.cli.settings import DataPaths, Settings
from vms.cli.sign_in_parts import ldap_directory, oidc_provider
from vms.cli.sign_in_settings import LdapSettings, OidcSettings
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
