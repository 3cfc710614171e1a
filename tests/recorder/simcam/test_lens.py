import numpy as np
import pytest

from recorder.simcam import timecode
from recorder.simcam.scenes import Aim, build_scene
from recorder.simcam.scenes.lens import HOME, turn
from recorder.simcam.scenes.sprite import Planes

AT_US = 1_750_000_000_000_000


def spot(x: int, y: int) -> Planes:
    planes = Planes(np.full((180 * 3 // 2, 320), 16, np.uint8), 320, 180)
    planes.y[y - 4 : y + 4, x - 4 : x + 4] = 235
    return planes


def middle_of_light(planes: Planes) -> tuple[float, float]:
    rows, columns = np.nonzero(planes.y > 128)
    return columns.mean(), rows.mean()


@pytest.mark.parametrize(
    ("aim", "place"),
    [
        (Aim(pan=1.0), (160 - 80, 90)),  # the head turns right, things go left
        (Aim(tilt=0.5), (160, 90 + 22.5)),  # the head looks up, things go down
        (Aim(zoom=1.0), (160, 90)),
    ],
)
def test_the_head_moves_the_picture(aim, place):
    planes = spot(160, 90)
    turn(planes, aim)
    assert middle_of_light(planes) == pytest.approx(place, abs=3)


def test_zoom_enlarges():
    planes = spot(160, 90)
    turn(planes, Aim(zoom=1.0))
    assert np.count_nonzero(planes.y > 128) == pytest.approx(16 * 64, rel=0.15)


@pytest.mark.parametrize(("aim", "is_covered"), [(HOME, True), (Aim(-1, -1, 1), False)])
def test_the_time_code_stays_readable(aim, is_covered):
    picture = build_scene("square", 320, 180, "Square").draw(AT_US, AT_US, aim, is_covered=is_covered)
    assert timecode.read(picture[:180]) == AT_US
