import pytest

from recorder.simcam.camera import SimCamera
from recorder.simcam.scene_watch import WATCH_EVERY_S, SceneWatch
from recorder.simcam.scenes import SCENES

START_US = 1_750_000_000_000_000


@pytest.mark.parametrize("is_night", [False, True])
@pytest.mark.parametrize("scene", SCENES)
def test_something_comes_and_goes_in_every_scene(scene, is_night):
    watch = SceneWatch(SimCamera("cam0", scene=scene, is_night=is_night))
    looks = [watch.run_once(START_US + round(n * WATCH_EVERY_S * 1e6)) for n in range(120)]
    assert {look.is_moving for look in looks} == {True, False}
    assert not any(look.is_tampered for look in looks)


def test_a_covered_lens_is_tampering_and_no_movement():
    camera = SimCamera("cam0")
    watch = SceneWatch(camera)
    watch.run_once(START_US)
    camera.faults.set("covered")
    assert watch.run_once(START_US + 500_000) == (False, True)
    camera.faults.clear()
    assert not watch.run_once(START_US + 1_000_000).is_tampered


def test_a_picture_that_stands_still_does_not_move():
    watch = SceneWatch(SimCamera("cam0"))
    assert [watch.run_once(START_US).is_moving for _ in range(3)] == [False] * 3
