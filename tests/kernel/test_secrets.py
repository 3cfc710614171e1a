import multiprocessing

import pytest
from cryptography.fernet import Fernet

from vms.kernel.errors import Kind, VmsError
from vms.kernel.secrets import SecretBox


@pytest.mark.proves("C-4")
def test_what_is_sealed_comes_back_and_is_unreadable_meanwhile(tmp_path):
    path = tmp_path / "keys" / "secret.key"
    sealed = SecretBox.at(path).seal("rtsp://viewer:şifre@host/x")
    assert b"viewer" not in sealed
    assert SecretBox.at(path).open(sealed) == "rtsp://viewer:şifre@host/x"
    assert path.stat().st_mode & 0o777 == 0o600
    assert [entry.name for entry in path.parent.iterdir()] == ["secret.key"]


def test_another_key_or_a_changed_byte_is_told(tmp_path):
    sealed = SecretBox.at(tmp_path / "a").seal("text")
    for box, content in (
        (SecretBox.at(tmp_path / "b"), sealed),
        (SecretBox.at(tmp_path / "a"), sealed[:-1] + b"!"),
        (SecretBox.at(tmp_path / "a"), b""),
    ):
        with pytest.raises(VmsError) as refusal:
            box.open(content)
        assert (refusal.value.kind, refusal.value.code) == (Kind.CORRUPT, "secret_unreadable")


@pytest.mark.parametrize("content", [b"", b"no key", Fernet.generate_key()[:-4]], ids=["empty", "words", "cut"])
def test_a_file_that_holds_no_key_is_told_and_left_alone(tmp_path, content):
    (tmp_path / "key").write_bytes(content)
    with pytest.raises(VmsError) as refusal:
        SecretBox.at(tmp_path / "key")
    assert refusal.value.code == "secret_key_unreadable"
    assert (tmp_path / "key").read_bytes() == content


def seal(path):
    return SecretBox.at(path).seal("text")


@pytest.mark.sockets
def test_processes_that_start_at_once_share_one_key(tmp_path):
    path = tmp_path / "key"
    with multiprocessing.get_context("spawn").Pool(4) as pool:
        sealed = pool.map(seal, [path] * 8, chunksize=1)
    assert {SecretBox.at(path).open(content) for content in sealed} == {"text"}
