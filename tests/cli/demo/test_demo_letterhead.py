import pytest

from vms.authority.grants.queries import grants
from vms.authority.postings.queries import assignments
from vms.cli.demo.command import SimulatedCameras, admit_demo_people, register_cameras, with_letterhead
from vms.cli.demo.letterhead import NAME, print_demo_papers
from vms.cli.parts.document_desk import seal_of
from vms.cli.serve import prepare
from vms.cli.settings.node import DataPaths, load_settings
from vms.documents.queries import Wanted, documents
from vms.kernel.clock import SystemClock
from vms.kernel.database import Database

ADDRESS = "http://127.0.0.1:8099/"
INSTITUTION = '[institution]\nname = "Konak Belediyesi"\nquery_url = "https://belge.konak.example"\n'


@pytest.fixture
def paths(tmp_path):
    paths = DataPaths(tmp_path)
    prepare(paths)
    register_cameras(paths, SimulatedCameras(5001, "camera-password"))
    admit_demo_people(paths)
    return paths


def printed(paths):
    database = Database.at(paths.database)
    with database.reading() as session:
        found = documents(session, Wanted())
        linked = {one.document_id for one in (*grants(session), *assignments(session))}
    database.close()
    assert {one.id for one in found} == linked - {None}
    return sorted(one.number.partition("/")[0] for one in found)


@pytest.mark.proves("D-0.1")
def test_the_papers_of_the_demonstration_are_printed_once(paths):
    settings, _ = with_letterhead(load_settings(paths, {}), paths, ADDRESS)
    assert settings.institution.name == NAME
    for _ in range(2):
        print_demo_papers(paths, settings, SystemClock())
        assert printed(paths) == ["P-09", "P-32"]


def test_its_processes_are_told_of_the_made_up_institution(paths):
    settings, environment = with_letterhead(load_settings(paths, {}), paths, ADDRESS)
    assert load_settings(paths, environment).institution == settings.institution
    again, _ = with_letterhead(load_settings(paths, {}), paths, ADDRESS)
    seals = [seal_of(one.institution.seal, paths.root) for one in (settings, again)]
    assert seals[0].fingerprint() == seals[1].fingerprint()  # made once: what was signed yesterday stays proved
    assert all(path.stat().st_mode & 0o077 == 0 for path in paths.root.glob("keys/demo-seal.*"))
    assert settings.institution.query_host == "127.0.0.1"
    assert not paths.settings.exists()  # nothing is written into anybody's settings


def test_who_has_a_letterhead_keeps_it(paths):
    paths.settings.write_text(INSTITUTION)
    settings, environment = with_letterhead(load_settings(paths, {}), paths, ADDRESS)
    assert (settings.institution.name, environment) == ("Konak Belediyesi", {})
