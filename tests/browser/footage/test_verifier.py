"""The offline verifier in Chromium: opened from a folder, without network, as whoever received a package does it."""

import hashlib
import importlib.util
import re
import shutil
from dataclasses import replace
from pathlib import Path

import pytest
from playwright.sync_api import expect

from vms.footage.bundle.order import CameraOrder, Derived
from vms.footage.bundle.time_stamp import StampAuthority, stamp
from vms.footage.bundle.verify import verify
from vms.kernel.errors import Kind, VmsError
from vms.kernel.span import Span

_spec = importlib.util.spec_from_file_location(
    "bundle_conftest", Path(__file__).parents[2] / "footage" / "bundle" / "conftest.py"
)
assert _spec is not None
assert _spec.loader is not None
_module = importlib.util.module_from_spec(_spec)
_spec.loader.exec_module(_module)
for _name in (
    "clock", "disk_path", "make_volume", "volume", "key", "start_us", "make_writer", "wait_until_fixture", "clip",
    "new_camera", "archive", "camera", "when_closed", "authority", "seal", "forger", "keys", "sign_chain", "order_for",
    "build_package", "recorded", "package",
):  # fmt: skip
    globals()[_name] = getattr(_module, _name)
node_signing_key = _module.node
_stamps_spec = importlib.util.spec_from_file_location(
    "stamps_of_pages", Path(__file__).parents[2] / "footage" / "real_stamps.py"
)
_stamps = importlib.util.module_from_spec(_stamps_spec)
_stamps_spec.loader.exec_module(_stamps)

pytestmark = [pytest.mark.sockets, pytest.mark.system, pytest.mark.long]

OPEN = "Dosyalar birbirini tutuyor; şimdi imzayı tutanakla karşılaştırın."
SOUND = "Bütün dosyalar teslim edildiği gibidir."
UNSOUND = "Bu paket, teslim edilen paket değildir."


@pytest.fixture
def node(node_signing_key):
    """Here the recorder's signing key: no server runs in these tests."""
    return node_signing_key


@pytest.fixture
def verifier(browser, package):
    """Opens a package's own page; whatever it asks of a network or says in the console fails the test."""
    said, asked = [], []
    context = browser.new_context(offline=True, locale="tr-TR", viewport={"width": 1280, "height": 800})

    def open_(folder: Path):
        page = context.new_page()
        page.on("console", lambda message: said.append(message.text))
        page.on("pageerror", lambda error: said.append(str(error)))
        page.on("request", lambda request: asked.append(request.url))
        page.goto((folder / "dogrula.html").as_uri())
        page.locator("#folder").set_input_files(folder)
        return page

    yield open_
    context.close()
    assert said == []
    assert [url for url in asked if not url.startswith(("file:", "blob:"))] == []


def change(path: Path, offset: int) -> None:
    content = bytearray(path.read_bytes())
    content[offset] ^= 1
    path.write_bytes(content)


@pytest.mark.proves("D-12.2", "edge-57")
def test_it_says_that_all_is_right_and_plays_the_film(verifier, package):
    page = verifier(package.folder)
    expect(page.get_by_role("heading", name=OPEN)).to_be_visible(timeout=20_000)
    expect(page.locator(".verdict")).to_contain_text("kayıt zinciri tamam")
    expect(page.locator("#result")).to_contain_text("Cumhuriyet Başsavcılığı")
    expect(page.locator("#result")).to_contain_text("Kamera 7 · Meydan doğu")
    expect(page.locator(".film")).to_contain_text("İstenen andan 0,5 sn önce başlar. Kamera saati farkı: 1,3 sn.")
    page.get_by_role("button", name="Oynat").click()
    page.wait_for_function("() => document.querySelector('video')?.currentTime > 0.2")
    duration_s = page.evaluate("document.querySelector('video').duration")
    assert abs(duration_s - 7) < 0.05
    page.evaluate("document.querySelector('video').currentTime = 5.5")  # the index lets it jump
    page.wait_for_function(
        "() => { const video = document.querySelector('video'); return !video.seeking && video.currentTime > 5.4 }"
    )


def test_a_derived_copy_is_called_that_and_plays(verifier, recorded, order_for, key, start_us, build_package):
    span = Span(recorded.start_us, recorded.end_us)
    drawn = Derived([[(0.5, 0.0), (1.0, 0.0), (1.0, 0.5)]], "TÜRETİLMİŞ KOPYA")
    camera = CameraOrder(key.camera_id, 7, "Meydan doğu", "Meydan", [span], start_us, derived=drawn)
    page = verifier(build_package(order_for(span, cameras=[camera])).folder)
    expect(page.get_by_role("heading", name=OPEN)).to_be_visible(timeout=20_000)
    expect(page.locator(".verdict")).to_contain_text(
        re.compile(r"turev/kamera-\S+ türetilmiş kopyadır: .* kanıt değildir")
    )
    expect(page.get_by_role("heading", name="Türetilmiş kopyalar (kanıt değildir)")).to_be_visible()
    copy = page.locator(".film").nth(1)
    expect(copy).to_contain_text("1 maske. Üzerindeki yazı: “TÜRETİLMİŞ KOPYA”.")
    copy.get_by_role("button", name="Oynat").click()
    page.wait_for_function("() => document.querySelector('video')?.currentTime > 0.2")
    assert abs(page.evaluate("document.querySelector('video').duration") - 9) < 0.05
    page.evaluate("document.querySelector('video').currentTime = 8")
    page.wait_for_function(
        "() => { const video = document.querySelector('video'); return !video.seeking && video.currentTime > 7.9 }"
    )


@pytest.mark.parametrize(("kind", "digest"), [("rsa:2048", "sha256"), ("ec", "sha384"), ("rsa:2048", "sha512")])
def test_a_time_stamp_is_proved(verifier, recorded, order_for, build_package, keys, tmp_path, kind, digest):
    responder = _stamps.Responder(tmp_path / "tsa", key=kind, digest=digest)
    stamped = replace(keys, stamps=StampAuthority("Deneme ZDS", responder))
    package = build_package(order_for(recorded), with_keys=stamped)
    page = verifier(package.folder)
    expect(page.get_by_role("heading", name=OPEN)).to_be_visible(timeout=20_000)
    said = page.locator("dt", has_text="Zaman damgası").locator("+ dd")
    expect(said).to_contain_text(f"veren: {_stamps.NAME}. Ona güveniliyorsa imza o anda vardı.")
    expect(said).to_contain_text(f"{package.built.stamped_at.year}")
    page.close()
    other = stamp(stamped.stamps, b"another signature").answer
    (package.folder / "manifest.tsr").write_bytes(other)
    sums = package.folder / "SHA256SUMS.txt"  # whoever changes the list as well is found out by the stamp itself
    lines = [line for line in sums.read_text().splitlines(True) if "manifest.tsr" not in line]
    lines.append(f"{hashlib.sha256(other).hexdigest()}  manifest.tsr\n")
    sums.write_text("".join(sorted(lines, key=lambda line: line[66:])))
    page = verifier(package.folder)
    expect(page.get_by_role("heading", name=UNSOUND)).to_be_visible(timeout=20_000)
    assert page.locator(".verdict li").all_inner_texts() == [
        "manifest.tsr içindeki zaman damgası manifest.p7s dosyasına ait değil."
    ]


def test_a_time_stamp_that_was_not_obtained_is_told(verifier, recorded, order_for, build_package, keys, package):
    page = verifier(package.folder)
    expect(page.locator("dt", has_text="Zaman damgası").locator("+ dd")).to_have_text("İstenmemiş.", timeout=20_000)
    page.close()

    def away(_question):
        raise VmsError(Kind.UNAVAILABLE, "time_stamp_unreachable", "The time stamp authority is away.")

    without = build_package(order_for(recorded), with_keys=replace(keys, stamps=StampAuthority("Deneme ZDS", away)))
    page = verifier(without.folder)
    expect(page.get_by_role("heading", name=OPEN)).to_be_visible(timeout=20_000)
    words = "Zaman damgası istenmiş (Deneme ZDS), bu pakette yok. Alınıp alınmadığını tutanak söyler."
    expect(page.locator(".verdict li", has_text=words)).to_be_visible()
    expect(page.locator("dt", has_text="Zaman damgası").locator("+ dd")).to_have_text(words)


@pytest.mark.proves("edge-57")
def test_only_the_fingerprint_of_the_minutes_makes_it_green(verifier, package, forger):
    fingerprint = verify(package.unpacked).signer.fingerprint
    page = verifier(package.folder)
    expect(page.get_by_role("heading", name=OPEN)).to_be_visible(timeout=20_000)
    expect(page.locator(".verdict")).to_have_class("verdict open")
    field = page.get_by_label("Tutanaktaki parmak izi")
    field.fill(fingerprint[:60].upper())
    expect(page.get_by_text("Buraya kadar aynı; 4 hane kaldı.")).to_be_visible()
    expect(page.get_by_role("heading", name=OPEN)).to_be_visible()
    field.fill(":".join(fingerprint[at : at + 2] for at in range(0, 64, 2)).upper())
    expect(page.get_by_text("Aynı: imza tutanaktaki kurumundur.")).to_be_visible()
    expect(page.get_by_role("heading", name=SOUND)).to_be_visible()
    expect(page.locator(".verdict")).to_have_class("verdict sound")
    page.get_by_role("button", name="English").click()  # what was typed stays
    expect(page.get_by_role("heading", name="Every file is what was delivered.")).to_be_visible()
    page.get_by_role("button", name="Türkçe").click()
    for typed in (fingerprint[:-1] + ("0" if fingerprint[-1] != "0" else "1"), fingerprint + "0", "x"):
        field.fill(typed)
        expect(page.get_by_text("Farklı: bu imza tutanaktaki kurumun değildir.")).to_be_visible()
        expect(page.get_by_role("heading", name=UNSOUND)).to_be_visible()
        expect(page.locator(".verdict")).to_contain_text("tutanaktaki sertifikadan başka bir sertifika imzalamış")
    field.fill("")
    expect(page.get_by_role("heading", name=OPEN)).to_be_visible()
    page.close()
    # whoever changes a file, signs all anew and bears the same name
    _module.mutations.Hand(package.folder, forger, package.manifest).exchange_and_sign("README.txt", b"Nothing.")
    page = verifier(package.folder)
    expect(page.get_by_role("heading", name=OPEN)).to_be_visible(timeout=20_000)
    expect(page.locator("#result")).to_contain_text("Deneme Büyükşehir Belediyesi")
    page.get_by_label("Tutanaktaki parmak izi").fill(fingerprint)
    expect(page.get_by_role("heading", name=UNSOUND)).to_be_visible()


@pytest.mark.proves("edge-57")
def test_everything_is_told_in_words_and_in_local_time(verifier, package, forger):
    def tell(values: dict) -> None:
        values["request"] |= {
            "letter_date": "2026-11-20",
            "served_at": "2026-11-20T09:15:00.000000Z",
            "authority_kind": "law_enforcement",
        }
        span = {"start": "2026-11-20T21:30:00.000000Z", "end": "2026-11-20T22:00:00.000000Z"}
        camera = values["cameras"][0]
        camera["missing"] = [
            span | {"cause": "disk_failure", "detail": "volume_away"}, span | {"cause": "unknown", "detail": ""},
        ]  # fmt: skip
        place = {"camera": camera["camera"]["id"], "volume": "", "sequence": 0, **span}
        values["damaged"] = [place | {"file": None}, place | {"file": camera["films"][0]["file"]}]

    _module.mutations.Hand(package.folder, forger, package.manifest).sign_changed(tell)
    page = verifier(package.folder)
    expect(page.get_by_role("heading", name=OPEN)).to_be_visible(timeout=20_000)
    facts = page.locator("#result")
    for term, value in (
        ("Tebliğ tarihi ve saati", "20.11.2026 12:15:00"),
        ("Yazı tarihi", "20.11.2026"),
        ("Makam türü", "Kolluk kuvveti"),
    ):
        expect(page.locator("dt", has_text=re.compile(f"^{term}$")).locator("+ dd")).to_have_text(value)
    expect(facts).to_contain_text("Disk arızası: kayıt diski takılı değildi")
    expect(page.locator("td", has_text=re.compile("^Neden bilinmiyor$"))).to_be_visible()
    times = "21.11.2026 00:30:00 – 21.11.2026 01:00:00"
    expect(page.locator(".verdict")).to_contain_text(f"Kamera 7: {times} arası kaydın bir bölümü diskte okunamadı")
    page.get_by_role("button", name="English").click()
    for term, value in (
        ("Served", "20 Nov 2026, 12:15:00"),
        ("Date of the letter", "20 Nov 2026"),
        ("Kind of authority", "Law enforcement"),
    ):
        expect(page.locator("dt", has_text=re.compile(f"^{term}$")).locator("+ dd")).to_have_text(value)
    expect(facts).to_contain_text("Disk failure: the recording disk was not attached")


def test_a_folder_that_is_no_package_is_called_that(verifier, package, tmp_path):
    page = verifier(package.folder)
    expect(page.get_by_role("heading", name=OPEN)).to_be_visible(timeout=20_000)
    (tmp_path / "other").mkdir()
    (tmp_path / "other" / "letter.txt").write_bytes(b"x")
    page.locator("#folder").set_input_files(tmp_path / "other")
    expect(page.get_by_role("heading", name="Denetlenemedi.")).to_be_visible()
    expect(page.locator(".verdict")).to_contain_text("Bu klasörde paket yok.")


def test_what_a_signed_list_leaves_out_does_not_leave_the_page_half(verifier, package, forger):
    def tell(values: dict) -> None:
        """A copy of which nobody says what was drawn into it."""
        (one,) = [one for one in values["files"] if one["file"] == "README.txt"]
        camera = values["cameras"][0]
        original = {name: camera["films"][0][name] for name in ("file", "sha256")}
        values["derived"] = [one | {"original": original, "camera": camera["camera"]["id"]}]

    _module.mutations.Hand(package.folder, forger, package.manifest).sign_changed(tell)
    page = verifier(package.folder)
    expect(page.get_by_role("heading", name=UNSOUND)).to_be_visible(timeout=20_000)
    expect(page.locator(".verdict li")).to_have_text(
        ["manifest.json teslim edilen dosya değildir: sonradan değiştirilmiş."]
    )


def test_one_changed_byte_of_any_file_is_said_in_one_sentence(verifier, package, tmp_path):
    for name in package.unpacked.names():
        if name == "dogrula.html":
            continue
        folder = tmp_path / "changed"
        shutil.copytree(package.folder, folder)
        change(folder / name, (folder / name).stat().st_size // 2)
        page = verifier(folder)
        expect(page.get_by_role("heading", name=UNSOUND)).to_be_visible(timeout=20_000)
        sentences = page.locator(".verdict li").all_inner_texts()
        assert sentences == [f"{name} teslim edilen dosya değildir: sonradan değiştirilmiş."], name
        page.close()
        shutil.rmtree(folder)


def test_files_missing_or_added_are_named_in_english_too(verifier, package):
    (film,) = package.films
    (package.folder / film["file"]).rename(package.folder / "video" / "other.mp4")
    page = verifier(package.folder)
    expect(page.get_by_role("heading", name=UNSOUND)).to_be_visible(timeout=20_000)
    page.get_by_role("button", name="English").click()
    assert sorted(page.locator(".verdict li").all_inner_texts()) == sorted([
        f"{film['file']} was delivered, but is not here.",
        "video/other.mp4 was not delivered with this package.",
    ])  # fmt: skip


def test_files_picked_one_by_one_find_their_place(verifier, package):
    page = verifier(package.folder)
    expect(page.get_by_role("heading", name=OPEN)).to_be_visible(timeout=20_000)
    page.reload()
    picked = [package.folder / name for name in package.unpacked.names()]
    page.locator("#files").set_input_files(picked)
    expect(page.get_by_role("heading", name=OPEN)).to_be_visible(timeout=20_000)
    (package.folder / "more").mkdir()
    shutil.copy(package.folder / "README.txt", package.folder / "more")
    page.locator("#files").set_input_files([*picked, package.folder / "more" / "README.txt"])  # which of the two?
    expect(page.get_by_role("heading", name=UNSOUND)).to_be_visible(timeout=20_000)
    expect(page.locator(".verdict li")).to_have_text([re.compile("^README.txt ")])
