from dataclasses import replace

import pytest

from recorder.simcam.onvif.masks import MAX_MASKS, Mask, Masks
from recorder.simcam.onvif.soap import SoapFaultError

TRIANGLE = Mask("", ((-0.5, -0.5), (0.0, 0.5), (0.5, -0.5)), "Color", (16.0, 128.0, 128.0), is_enabled=True)


def test_kept_exactly():
    masks = Masks()
    token = masks.create(TRIANGLE)
    assert masks.all() == (replace(TRIANGLE, token=token),)


def test_a_rectangle_covers_at_least_what_was_asked():
    masks = Masks()
    masks.adjustment = "rectangle"
    masks.create(TRIANGLE)
    assert masks.all()[0].polygon == ((-0.5, -0.5), (-0.5, 0.5), (0.5, 0.5), (0.5, -0.5))


def test_a_change_is_adjusted_too():
    masks = Masks()
    token = masks.create(TRIANGLE)
    masks.adjustment = "shrunk"
    masks.change(replace(TRIANGLE, token=token))
    assert masks.all()[0].polygon[0][0] == pytest.approx(-0.45)


def test_tokens_are_never_used_twice():
    masks = Masks()
    first = masks.create(TRIANGLE)
    masks.delete(first)
    assert masks.create(TRIANGLE) != first
    with pytest.raises(SoapFaultError):
        masks.delete(first)


def test_there_is_a_limit():
    masks = Masks()
    for _ in range(MAX_MASKS):
        masks.create(TRIANGLE)
    with pytest.raises(SoapFaultError):
        masks.create(TRIANGLE)
