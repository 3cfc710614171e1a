import numpy as np
import pytest

from vms.media.painting import Fill, Planes, burn

WIDTH, HEIGHT = 64, 48


@pytest.fixture
def planes():
    """A picture in which no sample has a value that paint has."""
    rng = np.random.default_rng(7)
    sizes = [(HEIGHT, WIDTH), (HEIGHT // 2, WIDTH // 2), (HEIGHT // 2, WIDTH // 2)]
    return Planes(*(rng.integers(40, 100, size, np.uint8) for size in sizes))


def copy_of(planes):
    return Planes(*(plane.copy() for plane in planes))


def test_a_mask_leaves_nothing_of_what_was_under_it_and_all_of_the_rest(planes):
    before = copy_of(planes)
    Fill([[(0.25, 0.25), (0.75, 0.25), (0.75, 0.75), (0.25, 0.75)]], WIDTH, HEIGHT).on(planes)
    assert (planes.luma[12:36, 16:48] == 16).all()
    assert (planes.blue[6:18, 8:24] == 128).all()
    assert (planes.red[6:18, 8:24] == 128).all()
    assert (planes.luma[:9] == before.luma[:9]).all()  # a margin of two pixels, and what shares a sample of colour
    assert (planes.luma[:, :13] == before.luma[:, :13]).all()
    assert (planes.blue[:4] == before.blue[:4]).all()


def test_a_mask_reaches_beyond_its_outline_and_into_the_corner_of_the_picture(planes):
    Fill([[(0, 0), (0.1, 0), (0.1, 0.1), (0, 0.1)], [(0.9, 0.9), (1, 0.9), (1, 1), (0.9, 1)]], WIDTH, HEIGHT).on(planes)
    assert (planes.luma[:6, :8] == 16).all()
    assert (planes.luma[-6:, -8:] == 16).all()


def test_an_outline_that_crosses_itself_hides_both_of_its_halves(planes):
    Fill([[(0.1, 0.1), (0.9, 0.9), (0.9, 0.1), (0.1, 0.9)]], WIDTH, HEIGHT).on(planes)
    assert (planes.luma[HEIGHT // 2, [12, 20, 44, 52]] == 16).all()


def test_an_area_thinner_than_a_pixel_is_hidden_too(planes):
    Fill([[(0.5, 0.2), (0.5001, 0.2), (0.5001, 0.8)]], WIDTH, HEIGHT).on(planes)
    assert (planes.luma[12:36, 30:34] == 16).all()


def test_letters_are_bright_on_a_darkened_picture(planes):
    before = copy_of(planes)
    letters = np.zeros((10, 20), np.uint8)
    letters[2:4, 4:8] = 255
    burn(planes, letters, 20, 10)
    assert (planes.luma[22:24, 14:18] == 235).all()
    assert (planes.luma[20, 10:30] < before.luma[20, 10:30]).all()
    assert (planes.luma[:20] == before.luma[:20]).all()
    burn(planes, letters, HEIGHT - 4, WIDTH - 6)  # what does not fit is cut off
    assert (planes.luma[HEIGHT - 2, WIDTH - 2 :] == 235).all()
