"""Real footage, recorded by the real writer, with the pictures it must show."""

import importlib.util
import io
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import av
import numpy as np
import pytest

from vms.archive.archive import Archive
from vms.archive.model import NO_FLAGS, SegmentHead, SegmentTail
from vms.kernel.span import Span
from vms.media import annexb, fmp4, h264, h265, init_segment
from vms.media.fragment import Sample

_spec = importlib.util.spec_from_file_location(
    "archive_conftest", Path(__file__).parents[2] / "archive" / "conftest.py"
)
assert _spec is not None
assert _spec.loader is not None
_module = importlib.util.module_from_spec(_spec)
_spec.loader.exec_module(_module)
for _name in ("clock", "disk_path", "make_volume", "volume", "key", "start_us", "make_writer", "wait_until_fixture"):
    globals()[_name] = getattr(_module, _name)

FRAME_90K = 3600
FRAME_US = 40_000
SECOND_US = 1_000_000


class Clip:
    """An encoded clip of 25 pictures a second: fragments of one second, and each picture as a decoder shows it."""

    def __init__(self, pictures) -> None:
        nals = annexb.split(pictures[0].annexb)
        is_h264 = h264.nal_type(nals[0]) in {h264.NalType.SPS, h264.NalType.DELIMITER}
        module, sets = (h264, (7, 8)) if is_h264 else (h265, (32, 33, 34))
        self.format = module.parse(*([nal for nal in nals if module.nal_type(nal) == kind] for kind in sets))
        self.init = init_segment.build(self.format)
        self.samples = []
        for index, picture in enumerate(pictures):
            vcl = [nal for nal in annexb.split(picture.annexb) if module.is_vcl(module.nal_type(nal))]
            shift = picture.pts_90k - pictures[0].pts_90k - index * FRAME_90K
            self.samples.append(Sample(annexb.to_length_prefixed(vcl), FRAME_90K, shift, picture.is_key))
        self.shown = decode_stream(self.init.data + b"".join(b"".join(one.buffers) for one in self.fragments(0)))

    def fragments(self, first_s: int, seconds: int | None = None):
        """Seconds `[first_s, first_s + seconds)` as the fragments of a file of their own."""
        count = len(self.samples) // 25 - first_s if seconds is None else seconds
        samples = (self.samples[(first_s + index) * 25 : (first_s + index + 1) * 25] for index in range(count))
        return [fmp4.build(index, index * 25 * FRAME_90K, one) for index, one in enumerate(samples)]


def decode_stream(data: bytes) -> list[np.ndarray]:
    """The pictures of a file, in the order shown."""
    with av.open(io.BytesIO(data), format="mp4") as container:
        return [frame.to_ndarray(format="yuv420p") for frame in container.decode(video=0)]


@dataclass
class Shown:
    """A picture the archive must give back: when it was, what it shows, whether a GOP begins with it."""

    at_us: int
    picture: np.ndarray
    is_key: bool


class Camera:
    """Records a clip second by second; `shown` is what the archive must hold."""

    def __init__(self, stream, clip: Clip, start_us: int) -> None:
        self.stream, self.clip, self.at_us = stream, clip, start_us
        self.shown: list[Shown] = []
        self._second = 0

    def record(self, seconds: int, *, is_new_run=False, flags=NO_FLAGS, is_left_open=False, **tail) -> int:
        """Write one segment (left open: without its end); returns where it ends."""
        self.begin(is_new_run=is_new_run)
        self.go_on(seconds)
        if not is_left_open:
            self.end(flags=flags, **tail)
        return self.at_us

    def begin(self, *, is_new_run=False) -> None:
        self._fragments = self.clip.fragments(self._second)
        self.stream.begin_segment(SegmentHead(self.at_us, self.clip.init, is_new_run))

    def go_on(self, seconds: int) -> None:
        for _ in range(seconds):
            assert self.stream.append(self._fragments.pop(0))
            for index in range(self._second * 25, self._second * 25 + 25):
                is_key = self.clip.samples[index].is_sync
                self.shown.append(Shown(self.at_us + (index % 25) * FRAME_US, self.clip.shown[index], is_key))
            self._second += 1
            self.at_us += SECOND_US

    def end(self, flags=NO_FLAGS, **tail) -> None:
        self.stream.end_segment(SegmentTail(self.at_us, flags, **tail))

    def pause(self, seconds: int) -> None:
        """Time without footage."""
        self.at_us += seconds * SECOND_US


@pytest.fixture(scope="session")
def clip(encode_clip) -> Clip:
    """Ten seconds, a key frame each second, no two pictures alike."""
    return Clip(encode_clip(frames=250, gop=25))


@pytest.fixture(scope="session")
def long_gop_clip(encode_clip) -> Clip:
    """Ten seconds, a key frame every two and a half."""
    return Clip(encode_clip(frames=250, gop=50))


@pytest.fixture(scope="session")
def b_frame_clip(encode_clip) -> Clip:
    return Clip(encode_clip(frames=100, gop=50, bframes=2))


@pytest.fixture(scope="session")
def h265_clip(encode_clip) -> Clip:
    return Clip(encode_clip(codec="libx265", frames=50, gop=25))


@pytest.fixture
def make_clip() -> type[Clip]:
    return Clip


@pytest.fixture
def new_camera() -> type[Camera]:
    return Camera


@pytest.fixture
def archive(volume) -> Archive:
    return Archive([volume])


@pytest.fixture
def camera(volume, make_writer, key, clip, start_us) -> Camera:
    return Camera(make_writer(volume).stream(key), clip, start_us)


@pytest.fixture
def when_held(wait_until) -> Callable[[Archive, object, int], None]:
    """Wait until the archive can play up to a moment: volume threads write behind the test."""

    def when_held(archive: Archive, key, until_us: int) -> None:
        def is_held() -> bool:
            held = archive.playables(key, Span(until_us - 1, until_us))
            return bool(held) and held[-1].end_us >= until_us

        wait_until(is_held, "the footage can be played")

    return when_held


@pytest.fixture
def when_closed(wait_until) -> Callable[[Archive, object, int], None]:
    """Wait until no file is open and the index knows footage up to a moment."""

    def when_closed(archive: Archive, key, until_us: int) -> None:
        def is_closed() -> bool:
            newest = archive.last(key)
            return newest is not None and newest.span.end_us >= until_us and not archive.running(key)

        wait_until(is_closed, "the segments are closed")

    return when_closed


@pytest.fixture(name="decode_stream")
def decode_stream_fixture():
    return decode_stream


@pytest.fixture
def names() -> Iterator[Callable[..., str]]:
    """Addresses of segments that can be read back: `volume/stream/sequence.mp4`."""
    return lambda volume, key, sequence: f"segments/{volume}/{key.name}/{sequence}.mp4"
