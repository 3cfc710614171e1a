"""A guard hears of a training, watches it to its end, says so: by keys alone, with a real film in a real browser."""

import re
from fractions import Fraction

import av
import numpy as np
import pytest
from node_processes import Person
from playwright.sync_api import expect

pytestmark = [pytest.mark.sockets, pytest.mark.system, pytest.mark.long]

LEARNER = Person("ogrenen", "Yeni-baslayan-1945", "guard", "Sevgi Kurt")
TITLE = "Kamera sisteminin kullanımı"


@pytest.fixture
def training(node, tmp_path):
    """A film of two seconds, asked of everybody."""
    path = tmp_path / "film.mp4"
    with av.open(str(path), "w") as container:
        stream = container.add_stream("libx264", rate=10)
        stream.width, stream.height, stream.pix_fmt = 320, 180, "yuv420p"
        for index in range(20):
            picture = np.full((180, 320, 3), 10 * index, np.uint8)
            frame = av.VideoFrame.from_ndarray(picture, format="rgb24")
            frame.pts, frame.time_base = index, Fraction(1, 10)
            container.mux(stream.encode(frame))
        container.mux(stream.encode(None))
    node.vms("training", "add", path, "--title", TITLE, "--publish")


@pytest.mark.proves("D-17.1c")
def test_a_guard_watches_and_says_so_by_keys_alone(open_page, node, training):
    node.admit(LEARNER)
    page = open_page(LEARNER, "/help")
    bell = page.get_by_role("link", name=re.compile("Sizi bekleyen [0-9]+ iş"))
    expect(bell).to_be_visible()
    bell.press("Enter")
    row = page.get_by_role("listitem").filter(has_text=TITLE)
    expect(row).to_contain_text("Bekliyor")
    row.get_by_role("link").press("Enter")
    lesson = page.get_by_role("region", name=TITLE)
    understood = lesson.get_by_role("button", name="İzledim ve anladım")
    expect(understood).to_be_disabled()
    film = lesson.locator("video")
    film.evaluate("film => { film.muted = true; }")  # this machine has no sound card
    film.focus()
    page.keyboard.press("Space")
    expect(understood).to_be_enabled(timeout=30_000)
    understood.press("Enter")
    expect(lesson).to_contain_text("Tamamlandı")
    expect(lesson).to_be_focused()
    expect(page.get_by_role("link", name="Sizi bekleyen iş yok")).to_be_visible()
