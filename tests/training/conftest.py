"""The small municipality of `tests/authority`, a store, real files to read and to watch."""

import importlib.util
import sys
from fractions import Fraction
from pathlib import Path

import av
import numpy as np
import pypdfium2
import pytest

from vms.cli.parts.film_examiner import ChildFilmExaminer
from vms.cli.parts.paper_examiner import ChildExaminer
from vms.documents.forms.training import Topic
from vms.documents.store import FileStore
from vms.training.service import add_material, add_version, publish
from vms.training.upload import Examiners

_SPEC = importlib.util.spec_from_file_location("town", Path(__file__).parents[1] / "authority" / "conftest.py")
_town = importlib.util.module_from_spec(_SPEC)
sys.modules["town"] = _town
_SPEC.loader.exec_module(_town)
for _name in ("migrated", "clock", "town", "desk", "at", "day"):
    globals()[_name] = getattr(_town, _name)


@pytest.fixture(scope="session")
def make_film(tmp_path_factory):
    """Factory: a film of `seconds`, as MP4 with H.264 and AAC unless it is told otherwise."""

    def make(name="film.mp4", codec="libx264", pix_fmt="yuv420p", seconds=2, audio="aac", size=160):
        path = tmp_path_factory.mktemp("film") / name
        with av.open(str(path), "w") as container:
            video = container.add_stream(codec, rate=10)
            video.width, video.height, video.pix_fmt = size, size, pix_fmt
            sound = container.add_stream(audio, rate=48_000) if audio else None
            for index in range(10 * seconds):
                picture = np.full((size, size, 3), index * 5 % 256, np.uint8)
                frame = av.VideoFrame.from_ndarray(picture, format="rgb24").reformat(format=pix_fmt)
                frame.pts, frame.time_base = index, Fraction(1, 10)
                container.mux(video.encode(frame))
            if sound is not None:
                silence = av.AudioFrame.from_ndarray(np.zeros((1, 48_000), np.float32), format="flt", layout="mono")
                silence.sample_rate, silence.pts = 48_000, 0
                container.mux(sound.encode(silence))
                container.mux(sound.encode(None))
            container.mux(video.encode(None))
        return path

    return make


@pytest.fixture(scope="session")
def film(make_film):
    return make_film()


@pytest.fixture(scope="session")
def paper(tmp_path_factory):
    """A PDF of two pages."""
    path = tmp_path_factory.mktemp("paper") / "guide.pdf"
    with pypdfium2.PdfDocument.new() as document:
        for _ in range(2):
            document.new_page(200, 20)  # a strip: a page without text is searched for codes for a second
        document.save(path)
    return path


@pytest.fixture
def store(tmp_path):
    return FileStore(tmp_path / "training")


@pytest.fixture(scope="session")
def examiners():
    return Examiners(ChildExaminer(), ChildFilmExaminer())


@pytest.fixture
def publish_file(town, store, examiners):
    """Factory: a published version of a (new) material; gives both."""

    def published(path, title="Kamera kullanımı", material=None):
        if material is None:
            material = town.act(add_material, title, list(Topic))
        version = add_version(town.database, town.clock, store, examiners, material.id, path, by=town.clerk)
        town.act(publish, material)
        return material, version

    return published
