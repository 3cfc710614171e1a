"""What signing in stands on, as this node's settings say."""

from pathlib import Path
from typing import TYPE_CHECKING

from vms.authority.duty_changes import end_papers_of_closed
from vms.cli.settings.node import DataPaths, Settings
from vms.cli.settings.service_password import password_of
from vms.cli.settings.sign_in import LdapSettings, OidcSettings, SignInSettings
from vms.kernel.clock import Clock
from vms.kernel.secrets import SecretBox
from vms.people.directory.port import WhenClosed
from vms.people.policy import TEXTS
from vms.people.sign_in_rules import Policy, SignInRules
from web.sign_in import OIDC_BACK, SignInParts

if TYPE_CHECKING:
    from vms.people.directory.ldap import LdapDirectory
    from vms.people.directory.oidc import OidcProvider

_UNREADABLE = "sign_in_password_unreadable"


def sign_in_parts(settings: Settings, paths: DataPaths, clock: Clock) -> SignInParts:
    """For the web process. VmsError(INVALID, `sign_in_password_unreadable`). Passwords are hidden from all logs."""
    chosen = settings.sign_in
    oidc = chosen.oidc
    return SignInParts(
        rules=sign_in_rules(chosen),
        box=SecretBox.at(paths.secret_key),
        directory=ldap_directory(chosen.ldap, paths, clock),
        provider=oidc_provider(oidc, paths, clock),
        provider_labels={} if oidc is None else {"tr": oidc.label_tr, "en": oidc.label_en},
        first_run_code=paths.first_run_code,
        when_closed=papers_end(settings, clock),
    )


def papers_end(settings: Settings, clock: Clock) -> WhenClosed:
    """What follows when the directory has closed an account: its person's papers end."""
    policy = settings.authority.policy()
    return lambda session, account, by: end_papers_of_closed(session, clock, account, by=by, policy=policy)


def sign_in_rules(chosen: SignInSettings) -> SignInRules:
    """What is asked of people."""
    policy = chosen.policy
    texts = {"tr": policy.tr or TEXTS["tr"], "en": policy.en or TEXTS["en"]}
    return SignInRules(
        asks_factor=chosen.second_factor,
        exempt_roles=frozenset(chosen.second_factor_exempt),
        is_single_session=chosen.is_single_session,
        remembered_passwords=chosen.remembered_passwords,
        policy=Policy(policy.version, texts) if policy.counts else None,
        admits_unknown_staff=chosen.unknown_staff == "admit_without_rights",
    )


def ldap_directory(chosen: LdapSettings | None, paths: DataPaths, clock: Clock) -> "LdapDirectory | None":
    """The directory, if there is one. VmsError as `sign_in_parts`."""
    if chosen is None:
        return None
    from vms.people.directory.ldap import LdapDirectory, LdapPlace  # noqa: PLC0415 - loaded only where there is one

    place = LdapPlace(
        urls=chosen.urls,
        base_dn=chosen.base_dn,
        bind_dn=chosen.bind_dn,
        bind_password=password_of(chosen, paths.root, "sign_in.ldap", _UNREADABLE),
        user_filter=chosen.user_filter,
        name_attribute=chosen.name_attribute,
        display_attribute=chosen.display_attribute,
        id_attribute=chosen.id_attribute,
        ca_file=_under(paths, chosen.ca_file),
        timeout_s=chosen.timeout_s,
    )
    return LdapDirectory(place, clock)


def oidc_provider(chosen: OidcSettings | None, paths: DataPaths, clock: Clock) -> "OidcProvider | None":
    """The provider, if there is one. VmsError as `sign_in_parts`."""
    if chosen is None:
        return None
    from vms.people.directory.oidc import OidcPlace, OidcProvider  # noqa: PLC0415 - loaded only where there is one

    place = OidcPlace(
        issuer=chosen.issuer,
        client_id=chosen.client_id,
        client_secret=password_of(chosen, paths.root, "sign_in.oidc", _UNREADABLE),
        back_address=chosen.address + OIDC_BACK,
        name_claim=chosen.name_claim,
        domain=chosen.domain,
        scope=chosen.scope,
        ca_file=_under(paths, chosen.ca_file),
        timeout_s=chosen.timeout_s,
        leeway_s=chosen.leeway_s,
    )
    return OidcProvider(place, clock)


def _under(paths: DataPaths, file: Path | None) -> Path | None:
    return None if file is None else paths.root / file
