"""The derived copy beside the original: what was masked is gone, the original is untouched, nobody takes one for the
other."""

import hashlib
import io
import zipfile
from zoneinfo import ZoneInfo

import av
import numpy as np
import pytest

from vms.footage.bundle.derived import derived_name
from vms.footage.bundle.order import CameraOrder, Derived
from vms.footage.bundle.package import build, planned_bytes
from vms.footage.bundle.unpacking import PackageFolder
from vms.footage.bundle.verdict import Code
from vms.footage.bundle.verify import verify
from vms.footage.bundle.watermark import Watermark
from vms.kernel.span import Span
from vms.media.painting import Planes
from vms.media.redraw import Redrawing

SECOND_US = 1_000_000
MASKS = [[(0.5, 0.0), (1.0, 0.0), (1.0, 0.5), (0.5, 0.5)]]
WORDS = "TÜRETİLMİŞ KOPYA · Talep 118 · Çağlar Işık"
NAME = "turev/kamera-0007-20251121T170501-1-turev.mp4"


@pytest.fixture
def order_derived(recorded, order_for, key, start_us):
    """Factory: an order of seconds 1.5 to 8 with a derived copy."""

    def make(masks=MASKS, watermark=WORDS):
        span = Span(recorded.start_us + 1_500_000, recorded.start_us + 8 * SECOND_US)
        camera = CameraOrder(
            key.camera_id, 7, "Meydan doğu", "Cumhuriyet Meydanı", [span], start_us, derived=Derived(masks, watermark)
        )
        return order_for(span, cameras=[camera])

    return make


def frames(content: bytes):
    with av.open(io.BytesIO(content), format="mp4") as container:
        return [(frame.pts, frame.to_ndarray(format="yuv420p")) for frame in container.decode(video=0)]


def luma(picture):
    return picture[: picture.shape[0] * 2 // 3].astype(int)


@pytest.mark.proves("A-47")
def test_the_original_stays_and_the_copy_beside_it_shows_nothing_of_what_is_masked(order_derived, build_package):
    package = build_package(order_derived(watermark=""))
    plain, (film,), (derived,) = build_package(order_derived()), package.films, package.manifest["derived"]
    assert film["sha256"] == plain.films[0]["sha256"]  # of bytes that no copy changed
    assert derived["file"] == NAME == derived_name(film["file"])
    assert derived["original"] == {"file": film["file"], "sha256": film["sha256"]}
    assert (derived["masks"], derived["watermark"]) == ([[list(corner) for corner in MASKS[0]]], "")
    content = package.content(NAME)
    assert (len(content), hashlib.sha256(content).hexdigest()) == (derived["size_bytes"], derived["sha256"])
    original, copy = frames(package.content(film["file"])), frames(content)
    assert [at for at, _ in copy] == [at for at, _ in original]
    assert derived["pictures"] == len(copy) == 7 * 25
    height, width = luma(copy[0][1]).shape
    for (_, shown), (_, before) in list(zip(copy, original, strict=True))[::20]:
        assert abs(luma(shown)[: height // 2, width // 2 :] - 16).max() <= 6
        rest = slice(height // 2 + 4, height), slice(0, width // 2 - 4)
        assert abs(luma(shown)[rest] - luma(before)[rest]).mean() < 12  # the rest is the same picture


def test_the_words_and_the_time_are_burnt_in(order_derived, build_package):
    package = build_package(order_derived(masks=[]))
    plain = build_package(order_derived(masks=[], watermark=" "))
    (derived,) = package.manifest["derived"]
    assert derived["watermark"] == WORDS
    words, without = frames(package.content(NAME)), frames(plain.content(NAME))
    for (_, one), (_, other) in list(zip(words, without, strict=True))[::40]:
        assert np.count_nonzero(luma(one) > 200) > 50
        assert abs(luma(one) - luma(other)).max() > 100


def test_the_time_goes_on_and_is_that_of_the_municipality():
    planes = Planes(*(np.full(size, 60, np.uint8) for size in ((360, 640), (180, 320), (180, 320))))

    def burnt(at_us, zone="Europe/Istanbul"):
        copy = Planes(*(plane.copy() for plane in planes))
        Watermark("TÜRETİLMİŞ KOPYA", ZoneInfo(zone), 640, 360).on(copy, at_us)
        return copy.luma

    assert (burnt(1_700_000_000_000_000) == burnt(1_700_000_000_999_999)).all()
    assert (burnt(1_700_000_000_000_000) != burnt(1_700_000_001_000_000)).any()
    assert (burnt(1_700_000_000_000_000) != burnt(1_700_000_000_000_000, "UTC")).any()


def test_verifying_calls_it_derived_and_finds_the_byte_that_changed(order_derived, build_package):
    package = build_package(order_derived())
    report = verify(package.unpacked)
    assert (report.problems, report.rebuilt) == ([], 1)
    assert [(note.code, note.file) for note in report.notes] == [(Code.DERIVED, NAME)]
    assert "derived copy (türetilmiş kopya)" in str(report.notes[0])
    assert "proves nothing" in str(report.notes[0])
    changed = bytearray(package.content(NAME))
    changed[len(changed) // 2] ^= 1
    (package.folder / NAME).write_bytes(changed)
    report = verify(PackageFolder(package.folder))
    assert [(problem.code, problem.file) for problem in report.problems] == [(Code.CHANGED, NAME)]


def test_the_texts_in_it_say_that_a_copy_proves_nothing(order_derived, build_package, package):
    with_copy = build_package(order_derived())
    assert "Türetilmiş kopya hiçbir şeyi kanıtlamaz" in with_copy.content("OKUBENI.txt").decode("utf-8-sig")
    assert "A derived copy proves nothing" in with_copy.content("README.txt").decode("utf-8-sig")
    assert "turev/" not in package.content("OKUBENI.txt").decode("utf-8-sig")
    assert package.manifest["derived"] == []


@pytest.fixture
def three_films(monkeypatch):
    """Each segment is a film of its own."""
    monkeypatch.setattr("vms.footage.bundle.cut.MAX_FILM_US", 3 * SECOND_US)


def test_copies_lie_behind_all_films_and_the_texts_name_them_in_that_order(three_films, order_derived, build_package):
    package = build_package(order_derived())
    with zipfile.ZipFile(package.built.path) as file:
        folders = [name.partition("/")[0] for name in file.namelist() if "/" in name]
    assert folders == ["video"] * 3 + ["turev"] * 3
    assert [one["original"]["file"] for one in package.manifest["derived"]] == [one["file"] for one in package.films]
    assert verify(package.unpacked).problems == []
    for name in ("OKUBENI.txt", "README.txt"):
        text = package.content(name).decode("utf-8-sig")
        assert text.index("  video/ ") < text.index("  turev/ ") < text.index("  dogrula.html ")


def test_a_segment_that_fails_in_a_later_film_lets_nothing_be_encoded_in_vain(
    three_films, order_derived, archive, keys, tmp_path, volume, monkeypatch
):
    order, encoded = order_derived(), []
    build(archive, order, keys, tmp_path / "first.zip")
    with zipfile.ZipFile(tmp_path / "first.zip") as file:
        third = [one.header_offset for one in file.infolist() if one.filename.startswith("video/")][2]
    last = sorted((volume.path / "segments").rglob("*.mp4"))[2]
    opened = Redrawing._open

    def counted(copy, frame):
        encoded.append(copy)
        return opened(copy, frame)

    def progress(written_bytes):
        if written_bytes > third + 700:  # the third film was begun, and planned as a whole
            last.unlink(missing_ok=True)

    monkeypatch.setattr(Redrawing, "_open", counted)

    built = build(archive, order, keys, tmp_path / "second.zip", progress)
    assert not last.exists()
    assert (len(built.manifest["cameras"][0]["films"]), len(built.manifest["derived"])) == (2, 2)
    assert len(encoded) == 2  # once each; the first try was over before it encoded anything


def test_it_is_not_larger_than_the_disk_was_asked_for(order_derived, build_package, archive):
    order = order_derived()
    assert build_package(order).built.size_bytes < planned_bytes(archive, order) + 40_000  # manifest, texts, signature


def test_a_place_that_cannot_be_decoded_is_named_and_the_copy_goes_on(order_derived, build_package, volume):
    file = sorted((volume.path / "segments").rglob("*.mp4"))[1]
    content = bytearray(file.read_bytes())
    at = content.index(b"mdat") + 8  # the key frame of its first second: nothing of that second can be shown
    content[at : at + 400] = bytes(400)
    file.write_bytes(content)
    package = build_package(order_derived())
    (derived,), (damage,) = package.manifest["derived"], package.manifest["damaged"]
    assert damage["file"] == package.films[0]["file"]
    (place,) = derived["undecoded"]
    assert place["start"] == damage["start"]
    assert 4 * 25 < derived["pictures"] < 7 * 25
    assert verify(package.unpacked).problems == []


def test_whoever_lets_go_of_it_is_heard_while_pictures_are_encoded(order_derived, archive, keys, tmp_path):
    class StopError(Exception):
        pass

    heard = []

    def progress(size_bytes):
        heard.append(size_bytes)
        if heard.count(size_bytes) > 20:  # no byte was written, and still it is asked
            raise StopError

    path = tmp_path / "stopped.zip"
    with pytest.raises(StopError):
        build(archive, order_derived(), keys, path, progress)
    assert list(tmp_path.glob("stopped*")) == []
