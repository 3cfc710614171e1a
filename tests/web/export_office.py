"""Packages of a request over HTTP, as tests order, build and look at them."""

import importlib.util
import sys
from pathlib import Path

import pytest

from vms.archive.checkpoints import node_key
from vms.audit.model import AuditEntry
from vms.cli.acting import program
from vms.documents.seal import Seal
from vms.footage.exports.building import Workshop

SECOND_US = 1_000_000
_SPEC = importlib.util.spec_from_file_location(
    "certificates_of_web", Path(__file__).parents[1] / "documents" / "certificates.py"
)
_certificates = importlib.util.module_from_spec(_SPEC)
sys.modules["certificates_of_web"] = _certificates
_SPEC.loader.exec_module(_certificates)


@pytest.fixture(scope="session")
def seal(tmp_path_factory):
    path = tmp_path_factory.mktemp("seal") / "seal.p12"
    return Seal.at(_certificates.Authority().pkcs12("Deneme Belediyesi", "parola", path), "parola")


@pytest.fixture
def workshop(office, tmp_path):
    """What `vms jobs` does with the same files."""
    site = office.site
    archive = site.app.state.backends.archive
    key = node_key(tmp_path / "keys" / "node.key")
    return Workshop(site.database, archive, site.clock, site.exports, key, program("jobs"))


@pytest.fixture
def found(office):
    """A request of four of the ten seconds, approved and looked for; its footage is settled."""
    made = office.register(3, 7)
    office.approve(made)
    office.post(office.officer, made, "search")
    office.site.clock.advance(60)
    return made


@pytest.fixture
def ordered(office, found):
    answer = office.post(office.officer, found, "exports")
    assert answer.status_code == 201, answer.text
    return found


@pytest.fixture
def ready(ordered, workshop):
    assert workshop.run_once()
    return ordered


def rows(office, made, person=None):
    return (person or office.officer).get(f"/requests/{made['id']}/exports").json()


def file_of(made, number=1):
    return f"/requests/{made['id']}/exports/{number}/file"


def acts(office):
    with office.site.database.reading() as session:
        return [(entry.act, entry.actor_name) for entry in session.query(AuditEntry).order_by(AuditEntry.sequence)]
