"""Signing in with the password of the institution's directory at the console's own route, by `[sign_in.ldap]` alone."""

import importlib.util
import sys
from http import HTTPStatus
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from caller import Caller

from vms.cli.parts.sign_in import sign_in_parts
from vms.cli.settings.node import DataPaths, Settings
from vms.people.directory.staff import create_staff_account
from vms.people.rules import Role
from web.app import create_app
from web.backends import Parts

pytestmark = [pytest.mark.sockets, pytest.mark.system]

_PATH = Path(__file__).parents[2] / "people" / "directory" / "real_slapd.py"
_spec = importlib.util.spec_from_file_location("real_slapd", _PATH)
_module = importlib.util.module_from_spec(_spec)
sys.modules["real_slapd"] = _module
_spec.loader.exec_module(_module)

ZEYNEP = _module.Staff("zeynep", "Zeynep Çelik", "Deniz-Kokusu-1905")
LOCAL = "correct horse battery"


@pytest.fixture
def slapd(tmp_path):
    folder = tmp_path / "slapd"
    folder.mkdir()
    server = _module.RealSlapd(folder, [ZEYNEP])
    server.start()
    yield server
    server.stop()


@pytest.fixture
def node(site, slapd, tmp_path):
    """The site as its settings assemble it, with the directory and nothing else said."""
    ldap = {
        "urls": list(slapd.urls), "base_dn": f"ou=people,{_module.BASE}", "bind_dn": _module.SERVICE,
        "password": _module.SERVICE_PASSWORD, "ca_file": slapd.ca_file,
    }  # fmt: skip
    settings = Settings.model_validate({"sign_in": {"ldap": ldap}})
    old = site.app.state.backends
    parts = Parts(old.database, old.archive, old.hub, site.console)
    sign_in = sign_in_parts(settings, DataPaths(tmp_path), site.clock)
    with site.database.writing() as session:
        create_staff_account(session, site.clock, "zeynep", "Zeynep Çelik", "ldap", roles=[Role.GUARD])
    return Caller(create_app(site.node, site.clock, ZoneInfo("Europe/Istanbul"), parts, sign_in=sign_in))


def sign_in(node, name, password):
    return node.post("/api/v1/session", json={"name": name, "password": password})


def test_the_directorys_password_opens_the_console_at_once(node):
    answer = sign_in(node, "zeynep", ZEYNEP.password)
    assert answer.status_code == HTTPStatus.OK
    assert (answer.json()["name"], answer.json()["roles"], answer.json()["next_step"]) == ("zeynep", ["guard"], None)
    refused = sign_in(node, "zeynep", "not the password")
    assert (refused.status_code, refused.json()["code"]) == (HTTPStatus.UNAUTHORIZED, "sign_in_failed")


def test_without_the_directory_accounts_of_nazars_own_go_on(site, node, slapd):
    site.add_account("ayse")
    slapd.stop()
    away = sign_in(node, "zeynep", ZEYNEP.password)
    assert (away.status_code, away.json()["code"]) == (HTTPStatus.SERVICE_UNAVAILABLE, "directory_unavailable")
    assert sign_in(node, "ayse", LOCAL).status_code == HTTPStatus.OK
