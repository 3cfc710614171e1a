"""`vms training`: from a file to the list of who has not."""

import json

import pypdfium2
import pytest
from typer.testing import CliRunner

from vms.cli import training
from vms.cli.settings.node import DataPaths
from vms.kernel.clock import SystemClock
from vms.kernel.database import Database
from vms.kernel.migration import upgrade
from vms.people.passwords import Passwords
from vms.people.rules import Role
from vms.people.service import NewAccount, create_account

pytestmark = pytest.mark.long


@pytest.fixture
def paper(tmp_path):
    path = tmp_path / "guide.pdf"
    with pypdfium2.PdfDocument.new() as document:
        document.new_page(200, 20)  # a strip: a page without text is searched for codes for a second
        document.save(path)
    return path


@pytest.fixture
def run(tmp_path):
    data = tmp_path / "data"
    data.mkdir()
    database = Database.at(DataPaths(data).database)
    upgrade(database.engine)
    with database.writing() as session:
        new = NewAccount(name="guard", display_name="Güvenlik", roles=[Role.GUARD], password="not for this")
        create_account(session, SystemClock(), new, passwords=Passwords(time_cost=1, memory_kib=8))
    database.close()

    def run(*words):
        return CliRunner().invoke(training.app, [*map(str, words), "--data", str(data)])

    return run


@pytest.mark.proves("D-17.1c")
def test_a_file_is_kept_published_and_asked_for(run, paper):
    assert run("add", paper, "--title", "Kılavuz", "--topic", "viewing").exit_code == 0
    (row,) = json.loads(run("list", "--json").output)
    assert (row["title"], row["topics"], row["newest"], row["published"], row["missing"]) == (
        "Kılavuz",
        "viewing",
        1,
        None,
        0,
    )
    assert run("publish", row["id"]).exit_code == 0
    assert run("add", paper, "--material", row["id"], "--publish").exit_code == 0
    (row,) = json.loads(run("list", "--json").output)
    assert (row["newest"], row["published"], row["missing"]) == (2, 2, 1)
    (gap,) = json.loads(run("missing", "--json").output)
    assert gap == {"unit": "", "person": "Güvenlik", "account": "guard", "training": "Kılavuz", "version": 2}
    assert run("missing", "--csv").output.splitlines()[1] == ",Güvenlik,,guard,Kılavuz,2"
    assert "Güvenlik" in run("missing").output
    assert run("check").output == "1 files named, 0 with problems\n"
    assert "Kılavuz" in run("list").output


def test_a_file_that_was_changed_or_lost_is_found(run, paper, tmp_path):
    run("add", paper, "--title", "Kılavuz")
    (kept,) = (tmp_path / "data" / "training").glob("??/*")
    kept.write_bytes(b"something else")
    for code in ("document_file_changed", "document_file_missing"):
        found = run("check")
        assert (found.exit_code, code in found.output) == (1, True)
        kept.unlink(missing_ok=True)


def test_a_file_that_is_refused_leaves_no_material(run, paper):
    paper.write_bytes(paper.read_bytes()[:40])
    refused = run("add", paper, "--title", "Kılavuz")
    assert (refused.exit_code, refused.exception.code) == (1, "file_unreadable")
    assert json.loads(run("list", "--json").output) == []
    assert run("add", paper).exit_code == 2
