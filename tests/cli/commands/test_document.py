"""`vms document`, with the settings it stands on."""

import json

import pytest
from typer.testing import CliRunner

from vms.audit.entry import Subject
from vms.audit.model import AuditEntry
from vms.cli import db, document
from vms.cli.parts.document_desk import desk_of, seal_of
from vms.cli.settings.node import DataPaths, load_settings
from vms.documents.rules import Kind
from vms.documents.service import NewDocument, cancel, issue_new
from vms.kernel.clock import SystemClock
from vms.kernel.database import Database
from vms.kernel.days import ZONE
from vms.kernel.errors import VmsError
from vms.kernel.logging import redactor

SETTINGS = '[institution]\nname = "Örnek Belediyesi"\nquery_url = "https://belge.example.bel.tr/"\n'
FIELDS = {"person": {"name": "Ayşegül Işıldak"}, "day": "2026-11-21"}


@pytest.fixture
def paths(tmp_path):
    paths = DataPaths(tmp_path)
    paths.settings.write_text(SETTINGS)
    return paths


@pytest.fixture
def run(tmp_path):
    def run(app, *arguments, code=0):
        result = CliRunner().invoke(app, [*map(str, arguments), "--data", str(tmp_path)])
        assert result.exit_code == code, (result.output, result.exception)
        return result.stdout

    return run


@pytest.fixture
def issued(paths, run):
    run(db.app, "upgrade")
    database = Database.at(paths.database)
    desk = desk_of(load_settings(paths, {}), paths, ZONE)
    with database.writing() as session:
        new = NewDocument(kind=Kind.AGREEMENT, fields=FIELDS, subject=Subject("account", "7"))
        made = issue_new(session, SystemClock(), desk.press, desk.store, new)
    yield made, database
    database.close()


def test_documents_are_listed_and_written_out(run, issued, tmp_path):
    made, database = issued
    (row,) = json.loads(run(document.app, "list", "--json"))
    assert (row["number"], row["state"], row["code"]) == (made.number, "issued", made.code)
    assert "issued" in run(document.app, "list", "--kind", "P-08")
    assert json.loads(run(document.app, "list", "--state", "signed", "--json")) == []
    target = tmp_path / "paper.pdf"
    assert made.pdf_sha256.hex() in run(document.app, "render", made.number, "-o", target)
    assert target.read_bytes().startswith(b"%PDF-")
    with database.reading() as session:
        assert [one.act for one in session.query(AuditEntry)][-1] == "document_read"


def test_a_file_is_proved_or_not(run, issued, tmp_path):
    made, database = issued
    paper, stranger = tmp_path / "paper.pdf", tmp_path / "x.pdf"
    run(document.app, "render", made.number, "-o", paper)
    assert "is, to the bit, a file of" in run(document.app, "verify-file", paper)
    stranger.write_bytes(paper.read_bytes() + b"\n% changed")
    assert "carries the code of" in run(document.app, "verify-file", stranger)
    with database.writing() as session:
        cancel(session, SystemClock(), made.id, "Deneme")
    assert "cancelled" in run(document.app, "verify-file", paper, code=1)


def test_a_specimen_shows_the_letterhead(run, paths, tmp_path):
    fields, target = tmp_path / "fields.json", tmp_path / "specimen.pdf"
    fields.write_text(json.dumps(FIELDS))
    run(document.app, "render", "--specimen", "P-08", "--fields", fields, "-o", target)
    assert target.read_bytes().startswith(b"%PDF-")
    run(document.app, "render", "-o", target, code=2)
    paths.settings.write_text("")
    result = CliRunner().invoke(
        document.app,
        ["render", "--specimen", "P-08", "--fields", str(fields), "-o", str(target), "--data", str(tmp_path)],
    )
    assert result.exception.code == "letterhead_missing"


def test_a_register_with_a_lost_or_changed_file_is_found_out(run, issued, paths):
    made, _ = issued
    assert "1 files named, 0 with problems, 0 that no document names" in run(document.app, "check")
    (path,) = paths.documents.glob("??/*")
    content = path.read_bytes()
    path.write_bytes(content[:-1])
    assert f"{made.number}: " in run(document.app, "check", code=1)
    path.unlink()
    assert "document_file_missing" in run(document.app, "check", code=1)


@pytest.mark.parametrize(
    "text",
    [
        '[institution]\nname = "X"\n',
        '[institution]\nname = "X"\nquery_url = "ftp://x"\n',
        '[institution]\nname = "X"\nquery_url = "https://user:secret@x"\n',
        '[institution]\nname = "X"\nquery_url = "https://x/?a=b"\n',
        '[institution]\nname = "X"\nquery_url = "https://x"\nlogos = "y"\n',
        '[institution]\nname = "X"\nquery_url = "https://x"\n[institution.seal]\nfile = "a.p12"\n',
    ],
)
def test_settings_that_make_no_letterhead_are_refused(paths, text):
    paths.settings.write_text(text)
    with pytest.raises(VmsError) as refusal:
        load_settings(paths, {})
    assert refusal.value.code == "settings_invalid"
    assert "secret" not in str(refusal.value)


def test_the_seals_password_comes_from_a_file_or_variable_and_stays_out_of_words(paths):
    seal = '[institution.seal]\nfile = "keys/seal.p12"\n'
    paths.settings.write_text(SETTINGS + seal)
    settings = load_settings(paths, {"NAZAR_INSTITUTION__SEAL__PASSWORD": "çok gizli parola"})
    assert "gizli" not in repr(settings)
    for wanted, environment, more in (
        ("seal_unreadable", {"NAZAR_INSTITUTION__SEAL__PASSWORD": "çok gizli parola"}, ""),
        ("seal_password_unreadable", {}, 'password_file = "keys/none"\n'),
    ):
        paths.settings.write_text(SETTINGS + seal + more)
        with pytest.raises(VmsError) as refusal:
            seal_of(load_settings(paths, environment).institution.seal, paths.root)
        assert refusal.value.code == wanted
        assert "gizli" not in str(refusal.value)
    assert "gizli" not in redactor.redact("pkcs12: çok gizli parola")
