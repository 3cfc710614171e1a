"""Packages built from real footage, recorded by the real writer."""

import importlib.util
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

import pytest
import pyzipper

from vms.archive.archive import Archive
from vms.archive.checkpoints import node_key, public_bytes, write_checkpoint
from vms.documents.seal import Seal
from vms.footage.bundle.order import CameraOrder, Order
from vms.footage.bundle.package import Built, Keys, build
from vms.footage.bundle.unpacking import PackageFolder
from vms.kernel.span import Span

TESTS = Path(__file__).parents[2]


def _load(name: str, path: Path):
    spec = importlib.util.spec_from_file_location(name, path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


_footage = _load("playback_conftest", TESTS / "streams" / "playback" / "conftest.py")
for _name in (
    "clock", "disk_path", "make_volume", "volume", "key", "start_us", "make_writer", "wait_until_fixture", "clip",
    "long_gop_clip", "b_frame_clip", "h265_clip", "make_clip", "new_camera", "archive", "camera", "when_held",
    "when_closed", "decode_stream_fixture",
):  # fmt: skip
    globals()[_name] = getattr(_footage, _name)
sys.modules["certificates"] = _load("certificates", TESTS / "documents" / "certificates.py")
mutations = sys.modules["mutations"] = _load("mutations", Path(__file__).parent / "mutations.py")

SECOND_US = 1_000_000
HOUR_US = 3600 * SECOND_US
PASSPHRASE = "hk3ta-mmq2n-wd5ye-rrs2k"
REQUEST = {"number": "2026/118", "authority": "Cumhuriyet Başsavcılığı", "operator": "Ayşe Işık"}


@dataclass
class Package:
    """A package with the folder it was unpacked into."""

    built: Built
    folder: Path

    @property
    def unpacked(self) -> PackageFolder:
        return PackageFolder(self.folder)

    @property
    def manifest(self) -> dict:
        return self.built.manifest

    @property
    def films(self) -> list[dict]:
        return [film for camera in self.manifest["cameras"] for film in camera["films"]]

    def content(self, name: str) -> bytes:
        return (self.folder / name).read_bytes()


@pytest.fixture(scope="session")
def authority():
    return sys.modules["certificates"].Authority()


@pytest.fixture(scope="session")
def seal(authority, tmp_path_factory) -> Seal:
    path = authority.pkcs12("Deneme Büyükşehir Belediyesi", "parola", tmp_path_factory.mktemp("seal") / "seal.p12")
    return Seal.at(path, "parola")


@pytest.fixture(scope="session")
def forger(tmp_path_factory) -> Seal:
    """A seal of the institution's name that is not the institution's."""
    path = tmp_path_factory.mktemp("forger") / "seal.p12"
    return Seal.at(sys.modules["certificates"].Authority().pkcs12("Deneme Büyükşehir Belediyesi", "x", path), "x")


@pytest.fixture
def node(tmp_path):
    """The node's signing key."""
    return node_key(tmp_path / "keys" / "node.key")


@pytest.fixture
def keys(seal, node) -> Keys:
    return Keys(PASSPHRASE, seal, public_bytes(node))


@pytest.fixture
def sign_chain(volume, clock, node) -> Callable[[], object]:
    """Write a checkpoint, as the node does every hour."""
    return lambda: write_checkpoint(volume, clock, node)


@pytest.fixture
def order_for(key, start_us):
    """Factory: an order of one camera, or of `cameras`."""

    def make(*spans: Span, cameras=None, **facts) -> Order:
        of_one = [CameraOrder(key.camera_id, 7, "Meydan doğu", "Cumhuriyet Meydanı", spans, start_us - HOUR_US)]
        return Order(
            "NAZAR-2026-118-1", "Deneme Büyükşehir Belediyesi", REQUEST, cameras or of_one, start_us + HOUR_US,
            "nazar-vms 0.1.0", **facts,
        )  # fmt: skip

    return make


@pytest.fixture
def build_package(archive, keys, tmp_path):
    """Factory: build an order, unpack it with the library that everybody has."""
    made = []

    def make(order: Order, of: Archive | None = None, with_keys: Keys | None = None) -> Package:
        path = tmp_path / f"package-{len(made)}.zip"
        made.append(path)
        built = build(of or archive, order, with_keys or keys, path)
        folder = tmp_path / f"unpacked-{len(made)}"
        unpack(path, folder)
        return Package(built, folder)

    return make


def unpack(path: Path, folder: Path) -> None:
    with pyzipper.AESZipFile(path) as file:
        file.setpassword(PASSPHRASE.encode())
        file.extractall(folder)


@pytest.fixture
def recorded(camera, archive, key, when_closed, sign_chain) -> Span:
    """Three segments of three seconds, one run, signed."""
    start_us = camera.at_us
    for number in range(3):
        camera.record(3, is_new_run=number == 0, clock_offset_us=1_250_000)
    when_closed(archive, key, camera.at_us)
    sign_chain()
    return Span(start_us, camera.at_us)


@pytest.fixture
def package(recorded, order_for, build_package) -> Package:
    """From the middle of the second second to the end of the eighth."""
    return build_package(order_for(Span(recorded.start_us + 1_500_000, recorded.start_us + 8 * SECOND_US)))


@pytest.fixture
def other_camera_id() -> Callable[[int], UUID]:
    return lambda number: UUID(int=(0x01980000_0000_7000_8000 << 48) + 100 + number)
