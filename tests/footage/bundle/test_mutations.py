"""Every known way to change a package is found; `tests/browser/footage/test_verifier_agrees.py` asks the page too."""

import json
import os
import struct
import sys
from datetime import UTC, datetime
from io import BytesIO
from random import Random

import pytest
import pyzipper

from vms.footage.bundle.container import new_container
from vms.footage.bundle.unpacking import PackageFile, PackageFolder
from vms.footage.bundle.verify import verify
from vms.kernel.errors import VmsError

PASSPHRASE = "hk3ta-mmq2n-wd5ye-rrs2k"
mutations = sys.modules["mutations"]


@pytest.mark.parametrize("mutation", mutations.MUTATIONS, ids=lambda one: one.name)
@pytest.mark.proves("edge-57")
def test_what_is_said_of_it(mutation, package, forger):
    fingerprint = verify(package.unpacked).signer.fingerprint
    mutation.change(mutations.Hand(package.folder, forger, package.manifest))
    report = verify(PackageFolder(package.folder))
    assert report.is_sound == mutation.is_sound, report.problems
    assert not report.is_delivered
    said = " ".join(map(str, report.problems))
    assert all(name in said for name in mutation.names), said
    assert len(report.notes) == mutation.notes, report.notes
    is_untouched = mutation.name in {"nothing", "what systems leave"}
    assert verify(PackageFolder(package.folder), certificate=fingerprint).is_delivered == is_untouched


@pytest.mark.system
@pytest.mark.filterwarnings("ignore:.*subject key identifier")
@pytest.mark.parametrize("how", mutations.SIGNINGS)
def test_a_signature_says_whose_it_is(how, package, forger, tmp_path):
    options, is_sound = mutations.SIGNINGS[how]
    mutations.sign_by_openssl(mutations.Hand(package.folder, forger, package.manifest), options, tmp_path)
    report = verify(PackageFolder(package.folder))
    assert report.is_sound == is_sound
    assert is_sound or [one.file for one in report.problems] == ["manifest.p7s"]


@pytest.mark.long
def test_any_value_of_a_signed_manifest_is_looked_at_without_falling(package, forger):
    hand = mutations.Hand(package.folder, forger, package.manifest)
    found = set()
    for seed in range(200):
        where = mutations.scramble(hand, Random(seed))
        report = verify(PackageFolder(package.folder))
        found.add(report.is_sound)
        assert "Traceback" not in " ".join(map(str, report.problems + report.notes)), where
        json.dumps(report.to_json())
    assert found == {True, False}


def test_a_folder_that_cannot_be_looked_into_is_named(package, monkeypatch):
    (package.folder / "video" / "closed").mkdir()
    scandir = os.scandir

    def refused(path):
        if path.name == "closed":
            raise PermissionError
        return scandir(path)

    monkeypatch.setattr("vms.footage.bundle.unpacking.os.scandir", refused)
    (problem,) = verify(PackageFolder(package.folder)).problems
    assert str(problem) == "video/closed was not delivered with this package."


def parts_of(content: bytes) -> tuple[bytes, bytes, bytes]:
    """A container's parts, directory, end."""
    size_bytes, at = struct.unpack("<2L", content[-10:-2])
    return content[:at], content[at : at + size_bytes], content[-22:]


def contained(parts: bytes, directory: bytes, count: int, comment: bytes = b"") -> bytes:
    return parts + directory + struct.pack(
        "<4s4H2LH", b"PK\5\6", 0, 0, count, count, len(directory), len(parts), len(comment)
    ) + comment  # fmt: skip


def added(content: bytes, name: str, data: bytes) -> bytes:
    """One more part, as a program would add it."""
    file = BytesIO(content)
    with pyzipper.AESZipFile(file, "a", encryption=pyzipper.WZ_AES) as container:
        container.setpassword(PASSPHRASE.encode())
        container.writestr(name, data)
    return file.getvalue()


@pytest.fixture
def opened(tmp_path):
    def open_(content: bytes) -> PackageFile:
        path = tmp_path / "changed.zip"
        path.write_bytes(content)
        return PackageFile(path, PASSPHRASE)

    return open_


def test_bytes_that_belong_to_no_part_of_the_container(package, opened):
    content = package.built.path.read_bytes()
    parts, directory, _ = parts_of(content)
    count = len(package.unpacked.names())
    assert contained(parts, directory, count) == content
    hidden = parts[: parts.index(b"PK\3\4", 4)]
    changes = (
        b"#!/bin/sh\n" + content,  # a program before it
        contained(parts + hidden, directory, count),  # a part that the directory does not tell
        contained(parts, directory, count, b"PK\5\6 and more"),
        contained(parts, directory + b"\0", count),
        content + b"\0",
        content.replace(b"README.txt", b"README.exe", 1),  # a name that the directory does not tell
        content.replace(bytes.fromhex("0199070002004145030000"), bytes.fromhex("0199070002004145010000"), 1),
        added(content, "video/x.mp4", b"x"),
    )
    for number, changed in enumerate(changes):
        assert changed != content, number
        with pytest.raises(VmsError, match="package_unreadable"):
            opened(changed)
    opened(content).close()


def test_a_name_twice_in_the_container(package, opened, tmp_path):
    """Laid out as ours: two files, of which each program shows one."""
    path = tmp_path / "twice.zip"
    with new_container(path, PASSPHRASE, datetime(2026, 11, 21, tzinfo=UTC), lambda _: None) as container:
        for name in package.unpacked.names():
            container.add(name, [package.content(name)])
        with pytest.warns(UserWarning, match="Duplicate name"):
            container.add("README.txt", [b"another"])
    changed = PackageFile(path, PASSPHRASE)
    (problem,) = verify(changed).problems
    assert problem.file == "README.txt"
    changed.close()
