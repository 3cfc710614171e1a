"""`vms export verify`."""

import json

import pytest
from typer.testing import CliRunner

from vms.cli.export import app

PASSPHRASE = "hk3ta-mmq2n-wd5ye-rrs2k"


@pytest.fixture
def run(tmp_path):
    secret = tmp_path / "passphrase.txt"
    secret.write_text(PASSPHRASE + "\r\nnot this\n", encoding="utf-8")

    def run(*arguments, code=0) -> str:
        result = CliRunner().invoke(app, ["verify", *map(str, arguments), "--passphrase-file", str(secret)])
        assert result.exit_code == code, (result.output, result.exception)
        return result.stdout or result.stderr

    return run


@pytest.mark.proves("edge-57")
def test_a_package_and_its_folder(run, package):
    for path in (package.built.path, package.folder):
        said = run(path)
        assert "every file is what was delivered" in said
        assert "Deneme Büyükşehir Belediyesi" in said
    told = json.loads(run(package.built.path, "--sha256", package.built.sha256, "--json"))
    assert (told["is_sound"], told["package"], told["problems"]) == (True, "NAZAR-2026-118-1", [])
    assert json.loads(run(package.folder, "--certificate", told["certificate_sha256"], "--json"))["is_sound"]


def test_what_was_changed_is_said_in_one_sentence(run, package):
    (film,) = package.films
    path = package.folder / film["file"]
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(content)
    said = run(package.folder, code=1)
    assert said.startswith(f"{film['file']} is not the file that was delivered.\n")
    told = json.loads(run(package.folder, "--json", code=1))
    assert [problem["code"] for problem in told["problems"]] == ["file_changed"]


def test_another_hash_certificate_or_passphrase(run, package, tmp_path):
    assert "is not, to the bit, the package in the minutes" in run(package.built.path, "--sha256", "00", code=1)
    assert "another certificate" in run(package.folder, "--certificate", "ab" * 32, code=1)
    (tmp_path / "passphrase.txt").write_text("wrong")
    assert "passphrase_wrong" in run(package.built.path, code=1)
    assert json.loads(run(package.built.path, "--json", code=1))["code"] == "passphrase_wrong"
    (tmp_path / "no.zip").write_bytes(b"PK")
    assert "package_unreadable" in run(tmp_path / "no.zip", code=1)
