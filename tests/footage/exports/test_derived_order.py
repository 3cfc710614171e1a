"""What may be asked of a derived copy."""

from uuid import UUID

import pytest

from vms.footage.exports.derived_order import DerivedWish, checked
from vms.kernel.errors import Kind, VmsError

CAMERA, OTHER = UUID(int=1), UUID(int=2)
MASK = [[0.1, 0.1], [0.4, 0.1], [0.4, 0.4]]


def wish(*cameras, is_marked=True):
    return checked(cameras, {CAMERA}, is_marked=is_marked)


def test_what_was_asked_comes_back_from_its_row():
    asked = wish((CAMERA, [MASK, [[0, 0], [1, 0], [1, 1], [0, 1]]]), is_marked=False)
    assert DerivedWish.from_json(asked.to_json()) == asked
    assert asked.cameras[CAMERA][0] == [(0.1, 0.1), (0.4, 0.1), (0.4, 0.4)]


@pytest.mark.parametrize(
    ("cameras", "is_marked", "code"),
    [
        ((), True, "derived_empty"),
        (((CAMERA, []),), False, "derived_empty"),
        (((OTHER, [MASK]),), True, "derived_camera"),
        (((CAMERA, [MASK]), (CAMERA, [])), True, "derived_camera"),
        (((CAMERA, [MASK] * 33),), True, "masks_too_many"),
        (((CAMERA, [MASK[:2]]),), True, "mask_corners"),
        (((CAMERA, [[[index / 40, index / 80 % 0.5] for index in range(33)]]),), True, "mask_corners"),
        (((CAMERA, [[[0.1, 0.1], [0.4], [0.4, 0.4]]]),), True, "mask_corners"),
        (((CAMERA, [[[0.1, 0.1], [1.01, 0.1], [0.4, 0.4]]]),), True, "mask_outside"),
        (((CAMERA, [[[0.1, 0.1], [float("nan"), 0.1], [0.4, 0.4]]]),), True, "mask_outside"),
        (((CAMERA, [[[0.1, 0.1], [0.2, 0.2], [0.3, 0.3]]]),), True, "mask_without_area"),
    ],
)
def test_what_cannot_be_drawn_is_refused(cameras, is_marked, code):
    with pytest.raises(VmsError) as refused:
        wish(*cameras, is_marked=is_marked)
    assert (refused.value.kind, refused.value.code) == (Kind.INVALID, code)


def test_a_camera_without_a_mask_may_have_the_watermark_alone():
    assert wish((CAMERA, []), is_marked=True).cameras == {CAMERA: []}
    assert wish((CAMERA, [MASK] * 32), is_marked=False).cameras[CAMERA]
