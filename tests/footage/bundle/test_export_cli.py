"""`vms export verify`."""

import hashlib
import json
import os
import sys
from pathlib import Path

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
    told = json.loads(run(package.folder, "--json"))
    assert (told["is_sound"], told["package"], told["problems"]) == (True, "NAZAR-2026-118-1", [])
    assert told["is_compared_with_minutes"] is False
    for path in (package.built.path, package.folder):
        for compared in (
            (path, "--certificate", told["certificate_sha256"]),
            (package.built.path, "--sha256", package.built.sha256),
        ):
            said = run(*compared)
            assert "every file is what was delivered" in said
            assert "Deneme Büyükşehir Belediyesi" in said
            assert json.loads(run(*compared, "--json"))["is_compared_with_minutes"] is True


@pytest.mark.proves("edge-57")
def test_nothing_is_claimed_before_the_minutes_were_asked(run, package, forger):
    """Whoever signs another text with a certificate of the same name has a package that fits itself."""
    fingerprint = json.loads(run(package.folder, "--json"))["certificate_sha256"]
    hand = sys.modules["mutations"].Hand(package.folder, forger, package.manifest)
    hand.exchange_and_sign("README.txt", b"Nothing.")
    said = run(package.folder)
    assert "delivered" not in said
    assert "Whether the institution signed them is not proven" in said
    assert "another certificate" in run(package.folder, "--certificate", fingerprint, code=1)
    assert "delivered" not in run(package.folder, "--certificate", " ")


def test_names_play_no_tricks_with_the_terminal(run, package):
    for name in (b"\x1b[2Kx", b"\xff", b"[red]", "\u202egnp".encode()):
        Path(os.fsdecode(os.fsencode(package.folder) + b"/" + name)).touch()
    said = run(package.folder, code=1)
    for sentence in ("\\x1b[2Kx was not", "\\udcff was not", "[red] was not", "\\u202egnp was not"):
        assert sentence in said
    files = {problem["file"] for problem in json.loads(run(package.folder, "--json", code=1))["problems"]}
    assert files == {"\x1b[2Kx", "\udcff", "[red]", "\u202egnp"}


def test_names_in_the_list_are_no_markup(run, package, forger):
    hand = sys.modules["mutations"].Hand(package.folder, forger, package.manifest)
    hand.write("[/x]", b"x")
    listed = {"file": "[/x]", "size_bytes": 1, "sha256": hashlib.sha256(b"x").hexdigest()}
    hand.sign_changed(lambda values: values["files"].append(listed))
    assert "agree with one another" in run(package.folder)


def test_an_emptied_list_of_checksums_is_a_changed_one(run, package):
    (package.folder / "SHA256SUMS.txt").write_bytes(b"")
    assert run(package.folder, code=1).startswith("SHA256SUMS.txt is not the file that was delivered.\n")


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
    assert "a folder has none" in run(package.folder, "--sha256", package.built.sha256, code=2)
    assert "another certificate" in run(package.folder, "--certificate", "ab" * 32, code=1)
    (tmp_path / "passphrase.txt").write_text("wrong")
    assert "passphrase_wrong" in run(package.built.path, code=1)
    assert json.loads(run(package.built.path, "--json", code=1))["code"] == "passphrase_wrong"
    (tmp_path / "no.zip").write_bytes(b"PK")
    assert "package_unreadable" in run(tmp_path / "no.zip", code=1)
