"""A real directory, a real provider, each in processes of their own."""

import importlib.util
import sys
from pathlib import Path

import pytest

from vms.kernel.clock import SystemClock
from vms.people.directory.ldap import LdapDirectory, LdapPlace
from vms.people.directory.oidc import OidcPlace, OidcProvider

_HERE = Path(__file__).parent
# `--import-mode=importlib` puts no test folder on the path; these modules are shared by the tests beside them.
for _name in ("real_slapd", "provider_process"):
    _spec = importlib.util.spec_from_file_location(_name, _HERE / f"{_name}.py")
    assert _spec is not None
    assert _spec.loader is not None
    _module = importlib.util.module_from_spec(_spec)
    sys.modules[_name] = _module
    _spec.loader.exec_module(_module)

from provider_process import CLIENT_ID, CLIENT_SECRET, PERSON, ProviderProcess  # noqa: E402
from real_slapd import BASE, DISABLED, SERVICE, SERVICE_PASSWORD, RealSlapd, Staff  # noqa: E402

from vms.cli.settings.sign_in import ACTIVE_DIRECTORY_FILTER  # noqa: E402

STAFF = {
    "zeynep": Staff("zeynep", "Zeynep Çelik", "Deniz-Kokusu-1905"),
    "omer": Staff("omer", "Ömer Şahin", "Yakamoz-Gecesi-1881"),
    "ayrilan": Staff("ayrilan", "Ayrılan Kişi", "Eski-Parola-1453", control=DISABLED),
}


@pytest.fixture
def staff():
    """Who is in the directory at first."""
    return STAFF


@pytest.fixture
def slapd(tmp_path):
    """A directory with three people, one of them disabled. Skipped nowhere: `make setup` installs it."""
    folder = tmp_path / "slapd"
    folder.mkdir()
    server = RealSlapd(folder, STAFF.values())
    server.start()
    yield server
    server.stop()


@pytest.fixture
def place_of(slapd):
    """Factory: where the directory is, with changes."""

    def build(**changes):
        values = {
            "urls": slapd.urls, "base_dn": f"ou=people,{BASE}", "bind_dn": SERVICE, "bind_password": SERVICE_PASSWORD,
            "user_filter": ACTIVE_DIRECTORY_FILTER, "name_attribute": "sAMAccountName",
            "display_attribute": "displayName", "id_attribute": "objectGUID", "ca_file": slapd.ca_file,
        }  # fmt: skip
        return LdapPlace(**values | changes)

    return build


@pytest.fixture
def directory(place_of, clock):
    return LdapDirectory(place_of(), clock)


BACK = "https://nazar.example/api/v1/session/oidc/back"


@pytest.fixture(scope="session")
def provider_process():
    process = ProviderProcess()
    yield process
    process.stop()


@pytest.fixture
def remote(provider_process):
    """The institution's provider, well-behaved until it is told otherwise."""
    provider_process.order(back=BACK, spoil={}, shift_s=0, person=PERSON)
    return provider_process


@pytest.fixture
def provider_of(remote):
    """Factory: our side of it, with changes. Its clock is the machine's: the other process has no other."""

    def build(**changes):
        values = {
            "issuer": remote.address, "client_id": CLIENT_ID, "client_secret": CLIENT_SECRET, "back_address": BACK,
        }  # fmt: skip
        return OidcProvider(OidcPlace(**values | changes), SystemClock())

    return build
