"""One changed byte anywhere is found, and the sentence names the file it is in."""

from bisect import bisect_right
from contextlib import closing, suppress
from itertools import accumulate

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from vms.footage.bundle.unpacking import PackageFile, PartUnreadableError, read_whole
from vms.footage.bundle.verdict import Code
from vms.footage.bundle.verify import verify
from vms.kernel.errors import VmsError

pytestmark = pytest.mark.long

PASSPHRASE = "hk3ta-mmq2n-wd5ye-rrs2k"


class InMemory:
    """A package whose bytes a test changes."""

    def __init__(self, contents: dict[str, bytes]) -> None:
        self.contents = contents

    def names(self) -> list[str]:
        return list(self.contents)

    def chunks(self, name: str):
        yield self.contents[name]


@pytest.fixture
def contents(package) -> dict[str, bytes]:
    return {name: package.content(name) for name in package.unpacked.names()}


def flipped(content: bytes, offset: int, bit: int) -> bytes:
    changed = bytearray(content)
    changed[offset] ^= 1 << bit
    return bytes(changed)


@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_a_bit_of_any_unpacked_file(contents, data):
    name = data.draw(st.sampled_from(sorted(contents)))
    offset = data.draw(st.integers(0, len(contents[name]) - 1))
    changed = contents | {name: flipped(contents[name], offset, data.draw(st.integers(0, 7)))}
    report = verify(InMemory(changed))
    assert [problem.file for problem in report.problems] == [name], (name, offset, report.problems)


def test_every_byte_of_the_signature(contents):
    for offset in range(len(contents["manifest.p7s"])):
        changed = contents | {"manifest.p7s": flipped(contents["manifest.p7s"], offset, offset % 8)}
        assert [problem.file for problem in verify(InMemory(changed)).problems] == ["manifest.p7s"], offset


def test_files_taken_away_added_or_exchanged(contents):
    (film,) = [name for name in contents if name.startswith("video/")]
    without = {name: content for name, content in contents.items() if name != film}
    assert [str(one) for one in verify(InMemory(without)).problems] == [f"{film} was delivered, but is not here."]
    (one,) = verify(InMemory(contents | {"video/more.mp4": b"x"})).problems
    assert (one.code, one.file) == (Code.UNKNOWN, "video/more.mp4")
    (one,) = verify(InMemory(contents | {film: contents["README.txt"]})).problems
    assert str(one) == f"{film} is not the file that was delivered."
    for name in ("manifest.json", "manifest.p7s", "SHA256SUMS.txt"):
        rest = {other: content for other, content in contents.items() if other != name}
        assert (Code.MISSING, name) in {(one.code, one.file) for one in verify(InMemory(rest)).problems}


def test_a_manifest_of_another_form_is_not_believed(contents):
    for content in (b"", b"{}", b"[]", b'{"format": "nazar-export/1"}', b"\xff", b'{"format": "nazar-export/2"}'):
        report = verify(InMemory(contents | {"manifest.json": content}))
        assert [problem.file for problem in report.problems] == ["manifest.json"]
        assert (report.manifest, report.signer) == (None, None)


@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_a_bit_of_the_container(package, contents, data, tmp_path):
    """Its own fields (times, versions) may change without a byte of a file: then what was given is the same."""
    content = package.built.path.read_bytes()
    offset, bit = data.draw(st.integers(0, len(content) - 1)), data.draw(st.integers(0, 7))
    path = tmp_path / "changed.zip"
    path.write_bytes(flipped(content, offset, bit))
    with suppress(VmsError), closing(PackageFile(path, PASSPHRASE)) as changed:
        if verify(changed).is_sound:
            assert {name: _read(changed, name) for name in changed.names()} == contents


def _read(package: PackageFile, name: str) -> bytes | None:
    try:
        return read_whole(package, name, 1 << 30)
    except PartUnreadableError:
        return None


def test_a_changed_film_is_named_also_inside_the_container(package, tmp_path):
    content = package.built.path.read_bytes()
    sizes = [(name, len(package.content(name))) for name in ("OKUBENI.txt", "README.txt", "dogrula.html")]
    before = list(accumulate(size for _, size in sizes))
    offset = before[-1] + 20_000  # inside the film, which comes behind them
    assert bisect_right(before, offset) == len(sizes)
    path = tmp_path / "changed.zip"
    path.write_bytes(flipped(content, offset, 3))
    changed = PackageFile(path, PASSPHRASE)
    (film,) = package.films
    assert [str(one) for one in verify(changed).problems] == [f"{film['file']} is not the file that was delivered."]
    changed.close()
