"""The delivered file: opens with ordinary programs, says what is in it, proves itself."""

import hashlib
import json
import os
import shutil
import signal
import subprocess
from itertools import pairwise
from uuid import UUID

import pytest
import pyzipper

from vms.archive.model import StreamKey
from vms.footage.bundle.manifest import FORMAT, listed_files, parsed
from vms.footage.bundle.order import CameraOrder
from vms.footage.bundle.package import build, planned_bytes, remove_half_built
from vms.footage.bundle.read_me import read_me_files
from vms.footage.bundle.unpacking import PackageFile
from vms.footage.bundle.verdict import Code
from vms.footage.bundle.verifier_page import verifier_page
from vms.footage.bundle.verify import verify
from vms.kernel.errors import VmsError
from vms.kernel.span import Span

SECOND_US = 1_000_000
PASSPHRASE = "hk3ta-mmq2n-wd5ye-rrs2k"
SEVEN_ZIP = shutil.which("7z") or shutil.which("7zz")
TEXTS = {"OKUBENI.txt", "README.txt", "dogrula.html"}


@pytest.mark.proves("D-12.2", "A-47")
def test_it_holds_what_it_says(package):
    manifest = parsed(package.content("manifest.json"))
    assert manifest == package.manifest
    assert list(manifest)[:4] == ["format", "package", "institution", "made_at"]
    assert (manifest["format"], manifest["request"]["number"]) == (FORMAT, "2026/118")
    names = set(package.unpacked.names())
    films = {film["file"] for film in package.films}
    assert films == {"video/kamera-0007-20251121T170501-1.mp4"}  # local time
    assert names == films | TEXTS | {"manifest.json", "manifest.p7s", "SHA256SUMS.txt"}
    for one in listed_files(manifest):
        content = package.content(one["file"])
        assert (len(content), hashlib.sha256(content).hexdigest()) == (one["size_bytes"], one["sha256"])
    path = package.built.path
    assert (path.stat().st_size, hashlib.sha256(path.read_bytes()).hexdigest()) == (
        package.built.size_bytes, package.built.sha256,
    )  # fmt: skip
    assert path.stat().st_mode & 0o077 == 0
    assert hashlib.sha256(package.content("manifest.json")).hexdigest() == package.built.manifest_sha256


@pytest.mark.proves("edge-57")
def test_years_later_it_is_still_what_was_delivered(package):
    fingerprint = verify(package.unpacked).signer.fingerprint
    for opened in (package.unpacked, PackageFile(package.built.path, PASSPHRASE)):
        report = verify(opened, certificate=fingerprint.upper())
        assert (report.problems, report.notes) == ([], [])
        assert "Deneme Büyükşehir Belediyesi" in report.signer.name
        assert report.signer.at.isoformat() == "2025-11-21T15:05:00+00:00"
        assert report.files == len(package.unpacked.names())
        opened.close()
    assert [one.code for one in verify(package.unpacked, certificate="0" * 64).problems] == [Code.CERTIFICATE]


def test_the_passphrase_is_needed(package):
    with pytest.raises(VmsError, match="passphrase_wrong"):
        PackageFile(package.built.path, "hk3ta-mmq2n-wd5ye-rrs2j")
    with pyzipper.AESZipFile(package.built.path) as file:
        assert {info.wz_aes_strength for info in file.infolist()} == {3}
        assert {info.wz_aes_version for info in file.infolist()} == {2}
        assert {info.CRC for info in file.infolist()} == {0}
    secret = package.content(package.films[0]["file"])[200:264]
    assert secret not in package.built.path.read_bytes()


@pytest.mark.system
@pytest.mark.skipif(SEVEN_ZIP is None, reason="7-Zip is not installed")
def test_seven_zip_opens_it(package, tmp_path):
    subprocess.run([SEVEN_ZIP, "t", f"-p{PASSPHRASE}", package.built.path], check=True, capture_output=True)
    subprocess.run(
        [SEVEN_ZIP, "x", f"-p{PASSPHRASE}", f"-o{tmp_path / 'seven'}", package.built.path],
        check=True,
        capture_output=True,
    )
    for name in package.unpacked.names():
        assert (tmp_path / "seven" / name).read_bytes() == package.content(name)
    wrong = subprocess.run([SEVEN_ZIP, "t", "-pwrong", package.built.path], check=False, capture_output=True)
    assert wrong.returncode != 0


@pytest.mark.system
def test_ordinary_tools_say_the_same(package, tmp_path, authority):
    root = tmp_path / "root.pem"
    root.write_bytes(authority.root)
    subprocess.run(
        ["openssl", "cms", "-verify", "-binary", "-inform", "DER", "-in", package.folder / "manifest.p7s", "-content",
         package.folder / "manifest.json", "-CAfile", root, "-purpose", "any", "-out", "/dev/null"],
        check=True, capture_output=True,
    )  # fmt: skip
    subprocess.run(["sha256sum", "--quiet", "--strict", "-c", "SHA256SUMS.txt"], check=True, cwd=package.folder)
    film = package.folder / package.films[0]["file"]
    told = subprocess.run(
        ["ffprobe", "-v", "error", "-count_frames", "-show_entries", "format=duration:stream=nb_read_frames,codec_name",
         "-of", "json", film],
        check=True, capture_output=True,
    )  # fmt: skip
    values = json.loads(told.stdout)
    assert told.stderr == b""
    assert values["streams"] == [{"codec_name": "h264", "nb_read_frames": "175"}]
    assert abs(float(values["format"]["duration"]) - 7) < 0.05


def test_the_names_in_the_container_tell_no_person_place_or_case(package):
    with pyzipper.AESZipFile(package.built.path) as file:
        plain = " ".join(file.namelist())
    for word in ("Meydan", "118", "Başsavcı", "Işık"):
        assert word not in plain


@pytest.mark.proves("edge-56")
def test_ten_cameras_their_size_known_before(
    volume, make_writer, new_camera, clip, start_us, other_camera_id, wait_until, order_for, build_package, archive,
    sign_chain,
):  # fmt: skip
    writer, orders = make_writer(volume), []
    asked = Span(start_us + 1_200_000, start_us + 7 * SECOND_US)
    for number in range(10):
        key = StreamKey(other_camera_id(number), "main")
        camera = new_camera(writer.stream(key), clip, start_us)
        camera.record(4, is_new_run=True)
        camera.record(4)
        orders.append(CameraOrder(key.camera_id, number + 1, f"Kamera {number}", "Meydan", [asked]))
    wait_until(lambda: all(len(archive.segments(one.key, asked)) == 2 for one in orders))
    sign_chain()
    order = order_for(cameras=orders)
    planned = planned_bytes(archive, order)
    package = build_package(order)
    assert len(package.films) == 10
    assert planned <= package.built.size_bytes < planned + 100_000
    assert {film["duration_ms"] for film in package.films} == {6000}
    proofs = package.manifest["chain"]["proofs"]
    assert (len(proofs), {proof["state"] for proof in proofs}) == (10, {"proven"})
    assert len(package.manifest["chain"]["checkpoints"]) == 1
    assert verify(package.unpacked).is_sound


class StoppedError(Exception):
    pass


@pytest.mark.proves("edge-56")
def test_stopped_or_killed_half_way_nothing_is_passed_off_as_a_package(recorded, archive, order_for, keys, tmp_path):
    path = tmp_path / "half.zip"

    def stop(written_bytes: int) -> None:
        if written_bytes > 60_000:
            raise StoppedError

    with pytest.raises(StoppedError):
        build(archive, order_for(recorded), keys, path, stop)
    assert not path.exists()
    path.write_bytes(b"what a killed process left")
    with pytest.raises(FileExistsError):
        build(archive, order_for(recorded), keys, path)
    assert path.read_bytes() == b"what a killed process left"
    remove_half_built(path)
    built = build(archive, order_for(recorded), keys, path)
    assert path.stat().st_size == built.size_bytes
    remove_half_built(tmp_path / "never there.zip")


@pytest.mark.proves("edge-56")
def test_killed_at_any_moment_it_is_built_after_restart(recorded, archive, order_for, keys, tmp_path):
    path, order = tmp_path / "killed.zip", order_for(recorded)
    whole = build(archive, order, keys, path)
    remove_half_built(path)
    for share in (0, 1, 20, 50, 80, 99):
        kill_at = whole.size_bytes * share // 100

        def work(kill_at=kill_at):
            for volume in archive.volumes:
                volume.index.forget()  # a connection may not cross a fork
            build(
                archive, order, keys, path, lambda written: written >= kill_at and os.kill(os.getpid(), signal.SIGKILL)
            )

        assert is_killed_in_child(work)
        with pytest.raises(VmsError, match="package_unreadable"):
            PackageFile(path, PASSPHRASE)
        remove_half_built(path)
        build(archive, order, keys, path)
        opened = PackageFile(path, PASSPHRASE)
        assert verify(opened).is_sound
        opened.close()
        remove_half_built(path)


def is_killed_in_child(work) -> bool:
    """Run `work` in a forked process; whether it was killed in it."""
    pid = os.fork()
    if pid == 0:
        try:
            work()
        finally:
            os._exit(1)  # whatever happens, the tests go on in one process only
    _, status = os.waitpid(pid, 0)
    return os.waitstatus_to_exitcode(status) == -signal.SIGKILL


def test_a_segment_that_fails_under_the_reader_is_left_out_and_the_package_begun_anew(
    recorded, archive, volume, order_for, keys, tmp_path, start_us
):
    path, order = sorted((volume.path / "segments").rglob("*.mp4"))[1], order_for(recorded)
    before_bytes = len(verifier_page()) + sum(len(content) for _, content in read_me_files(order))
    seen = []

    def progress(written_bytes: int) -> None:
        if written_bytes > before_bytes + 700:  # the film was begun: all of it is planned, its first segment is read
            path.unlink(missing_ok=True)
        seen.append(written_bytes)

    built = build(archive, order, keys, tmp_path / "package.zip", progress)
    (camera,) = built.manifest["cameras"]
    assert len(camera["films"]) == 2
    assert [(hole["cause"], hole["detail"]) for hole in camera["missing"]] == [("disk_failure", "segment_damaged")]
    assert sum(two < one for one, two in pairwise(seen)) == 1


def test_a_disk_without_room_leaves_nothing(recorded, archive, order_for, keys, tmp_path, monkeypatch):
    def full(_out, _data):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("vms.footage.bundle.container._Out.write", full)
    with pytest.raises(OSError, match="No space"):
        build(archive, order_for(recorded), keys, tmp_path / "package.zip")
    assert list(tmp_path.glob("package.zip")) == []


def test_cameras_are_told_apart_in_one_package(recorded, key, order_for, build_package, archive):
    nobody = CameraOrder(UUID(int=5), 9, "Depo", "", [recorded], recorded.start_us - SECOND_US)
    mine = CameraOrder(key.camera_id, 7, "Meydan", "", [recorded])
    package = build_package(order_for(cameras=[nobody, mine]))
    first, second = package.manifest["cameras"]
    assert (first["films"], first["given"], len(first["missing"])) == ([], [], 1)
    assert (len(second["films"]), second["missing"]) == (1, [])


def test_two_intervals_of_one_camera_have_their_own_films(recorded, order_for, build_package, start_us):
    asked = (Span(start_us, start_us + 2 * SECOND_US), Span(start_us + 7 * SECOND_US, start_us + 9 * SECOND_US))
    package = build_package(order_for(*asked))
    assert [film["duration_ms"] for film in package.films] == [2000, 2000]
    (proof,) = package.manifest["chain"]["proofs"]  # one checkpoint spans both
    assert [link[0] for link in proof["links"]] == [0, 1, 2]
    assert verify(package.unpacked).is_sound
