"""A film gives the recorder's own files back, so the recorder's signature vouches for its pictures."""

import copy
import hashlib
from datetime import UTC, datetime

import pytest

from vms.footage.bundle.checksums import CHECKSUMS_NAME, checksums
from vms.footage.bundle.manifest import packed
from vms.footage.bundle.rebuilt import FilmReader, NotTheFootageError, rebuild
from vms.footage.bundle.verdict import Code
from vms.footage.bundle.verify import verify
from vms.kernel.span import Span

SECOND_US = 1_000_000


def rebuilt(package, content: bytes, step: int = 1000) -> int:
    (film,) = package.films
    chunks = (content[at : at + step] for at in range(0, len(content), step))
    reader = FilmReader(chunks)
    found = rebuild(reader, package.manifest["cameras"][0]["camera"], film["segments"])
    assert reader.drain() == (len(content), hashlib.sha256(content).hexdigest())
    return found


@pytest.mark.parametrize("step", [1, 977, 1 << 20])
def test_whole_segments_come_back_to_the_byte(recorded, order_for, build_package, start_us, step):
    package = build_package(order_for(Span(start_us + 2 * SECOND_US, start_us + 9 * SECOND_US)))
    (film,) = package.films
    assert [segment["rebuild"] is None for segment in film["segments"]] == [True, False, False]
    assert rebuilt(package, package.content(film["file"]), step) == 2
    assert verify(package.unpacked).rebuilt == 2


def test_another_picture_under_the_same_name_is_found(recorded, order_for, build_package):
    package = build_package(order_for(recorded))
    content = bytearray(package.content(package.films[0]["file"]))
    content[len(content) // 2] ^= 1
    with pytest.raises(NotTheFootageError, match="segment 1"):
        rebuilt(package, bytes(content))


def test_whoever_signs_other_pictures_with_the_right_key_is_found_out(recorded, order_for, build_package, seal):
    """The institution's own signature is not enough: the recorder's chain stands against it."""
    package = build_package(order_for(recorded))
    manifest = copy.deepcopy(package.manifest)
    (film,) = manifest["cameras"][0]["films"]
    path = package.folder / film["file"]
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(content)
    film["sha256"] = hashlib.sha256(content).hexdigest()
    said = packed(manifest)
    (package.folder / "manifest.json").write_bytes(said)
    (package.folder / "manifest.p7s").write_bytes(seal.over(said, datetime(2026, 11, 21, tzinfo=UTC)))
    names = [name for name in package.unpacked.names() if name != CHECKSUMS_NAME]
    digests = {name: hashlib.sha256(package.content(name)).hexdigest() for name in names}
    (package.folder / CHECKSUMS_NAME).write_bytes(checksums(digests))
    (problem,) = verify(package.unpacked).problems
    assert problem.code == Code.CHAIN
    assert f"the pictures of segment 1 in {film['file']}" in str(problem)


@pytest.mark.parametrize("cut", [0, 7, 100, 1500, -1])
def test_a_film_that_is_torn_is_no_film(recorded, order_for, build_package, cut):
    package = build_package(order_for(recorded))
    content = package.content(package.films[0]["file"])[:cut]
    with pytest.raises(ValueError, match=r"film|box"):
        rebuild(FilmReader(iter([content])), package.manifest["cameras"][0]["camera"], package.films[0]["segments"])
