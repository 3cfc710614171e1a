"""What tests of many folders stand on: real clips, an empty database, cheap hashes; how workers share them out."""

import ctypes
import gc
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from fractions import Fraction
from pathlib import Path
from typing import NamedTuple

import av
import numpy as np
import pytest
from hypothesis import settings
from xdist.scheduler import LoadFileScheduling

from vms.kernel.database import Database
from vms.kernel.migration import upgrade
from vms.people.passwords import PASSWORDS, Passwords

TICKS_PER_SECOND = 90_000

settings.register_profile("unhurried", deadline=None)  # a busy machine is no failure
settings.load_profile("unhurried")


_CAPABILITIES_V3 = 0x20080522
_DAC_OVERRIDE, _DAC_READ_SEARCH = 1 << 1, 1 << 2


@contextmanager
def plain_owner() -> Iterator[None]:
    """Within it this thread is refused what the modes of files refuse, also for root (capabilities(7))."""
    libc = ctypes.CDLL(None, use_errno=True)
    header, data = (ctypes.c_uint32 * 2)(_CAPABILITIES_V3, 0), (ctypes.c_uint32 * 6)()
    assert libc.capget(header, data) == 0
    before = data[0]
    data[0] &= ~(_DAC_OVERRIDE | _DAC_READ_SEARCH)
    assert libc.capset(header, data) == 0
    try:
        yield
    finally:
        data[0] = before
        assert libc.capset(header, data) == 0


@pytest.fixture(name="plain_owner")
def plain_owner_fixture() -> Callable[[], AbstractContextManager[None]]:
    """See `plain_owner`."""
    return plain_owner


class Picture(NamedTuple):
    """One encoded picture in decoding order; its parameter sets stand before it when it is a key frame."""

    annexb: bytes
    pts_90k: int
    is_key: bool


def moving_frames(width: int, height: int, fps: int, frames: int, pix_fmt: str = "yuv420p") -> Iterator[av.VideoFrame]:
    """A sliding gradient with a square that walks over it: no two of the first 256 pictures are alike."""
    rows, columns = np.mgrid[0:height, 0:width]
    for index in range(frames):
        image = np.empty((height, width, 3), np.uint8)
        image[..., 0] = columns + 3 * index
        image[..., 1] = rows + index
        image[..., 2] = (columns + rows) // 2
        side = max(8, height // 6)
        top, left = (5 * index) % (height - side), (7 * index) % (width - side)
        image[top : top + side, left : left + side] = (255 - index % 256, index % 256, 40)
        frame = av.VideoFrame.from_ndarray(image, format="rgb24").reformat(format=pix_fmt)
        frame.pts, frame.time_base = index, Fraction(1, fps)
        yield frame


def encoder_options(codec: str, gop: int, bframes: int, extra: dict[str, str] | None) -> dict[str, str]:
    """Settings under which the same call always gives the same bytes."""
    options = {"preset": "veryfast", "threads": "1"}
    parameters = f"keyint={gop}:min-keyint={gop}:scenecut=0:bframes={bframes}:b-adapt=0:open-gop=0"
    if codec == "libx264":
        options |= {"x264-params": parameters}
    else:
        options |= {"x265-params": f"{parameters}:repeat-headers=1:log-level=none:pools=none:frame-threads=1"}
    for name, value in (extra or {}).items():
        joined = name in options and name.endswith("-params")
        options[name] = f"{options[name]}:{value}" if joined else value
    return options


def _encode_clip(
    *,
    codec: str = "libx264",
    width: int = 160,
    height: int = 120,
    fps: int = 25,
    frames: int = 50,
    gop: int = 25,
    bframes: int = 0,
    options: dict[str, str] | None = None,
    pix_fmt: str = "yuv420p",
) -> list[Picture]:
    encoder = av.CodecContext.create(codec, "w")
    encoder.width, encoder.height, encoder.pix_fmt = width, height, pix_fmt
    encoder.time_base, encoder.framerate = Fraction(1, fps), Fraction(fps)
    encoder.options = encoder_options(codec, gop, bframes, options)
    packets = [
        packet for frame in moving_frames(width, height, fps, frames, pix_fmt) for packet in encoder.encode(frame)
    ]
    packets += encoder.encode(None)
    return [
        Picture(bytes(packet), round(packet.pts * packet.time_base * TICKS_PER_SECOND), packet.is_keyframe)
        for packet in packets
    ]


def _write_mp4(
    path: Path,
    *,
    codec: str = "libx264",
    width: int = 160,
    height: int = 120,
    fps: int = 25,
    frames: int = 50,
    gop: int = 25,
    bframes: int = 0,
    options: dict[str, str] | None = None,
) -> Path:
    with av.open(str(path), "w", format="mp4") as container:
        stream = container.add_stream(codec, rate=fps, options=encoder_options(codec, gop, bframes, options))
        stream.width, stream.height, stream.pix_fmt = width, height, "yuv420p"
        for frame in moving_frames(width, height, fps, frames):
            container.mux(stream.encode(frame))
        container.mux(stream.encode(None))
    return path


class _ByFile(LoadFileScheduling):
    """As `--dist loadfile`; the tests of the browser share one node, so they all go to one worker."""

    def _split_scope(self, nodeid: str) -> str:
        return "tests/browser" if nodeid.startswith("tests/browser/") else super()._split_scope(nodeid)


def pytest_xdist_make_scheduler(config, log):
    return _ByFile(config, log)


def pytest_collection_finish(session):
    """Look for rubbish less often, and not among what stays to the end: that was a tenth of the tests' time."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(5_000, 10, 10)


@pytest.fixture(scope="session")
def migrated(tmp_path_factory) -> Path:
    """A control database of today without a row, to be copied: all its migrations take a quarter of a second."""
    path = tmp_path_factory.mktemp("database") / "nazar.db"
    database = Database.at(path)
    upgrade(database.engine)
    database.close()
    return path


@pytest.fixture
def cheap_passwords(monkeypatch) -> None:
    """Argon2id at its lowest price for this process: what a hash has to cost is proved in `tests/people`."""
    cheap = Passwords(time_cost=1, memory_kib=8)
    for name in ("_hasher", "_nobody"):
        monkeypatch.setattr(PASSWORDS, name, getattr(cheap, name))


@pytest.fixture(scope="session")
def encode_clip() -> Callable[..., list[Picture]]:
    """Factory: `encode_clip(codec="libx264"|"libx265", width, height, fps, frames, gop, bframes, options, pix_fmt)`.

    Gives pictures (annexb, pts_90k, is_key) in decoding order. Equal calls are encoded once a session.
    `options` go to the encoder; `x264-params` / `x265-params` are appended to the ones set here.
    """
    made: dict[str, list[Picture]] = {}

    def encode(**wanted) -> list[Picture]:
        key = repr(sorted(wanted.items()))
        if key not in made:
            made[key] = _encode_clip(**wanted)
        return list(made[key])

    return encode


@pytest.fixture(scope="session")
def write_mp4() -> Callable[..., Path]:
    """Factory: `write_mp4(path, …)` encodes the same pictures into an ordinary MP4 file, written by libav."""
    return _write_mp4
