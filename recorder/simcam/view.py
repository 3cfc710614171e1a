"""What a simulated camera sees at a moment."""

from recorder.simcam.camera import SimCamera
from recorder.simcam.encoder import Picture
from recorder.simcam.scenes import Scene


def see(camera: SimCamera, scene: Scene, at_us: int) -> Picture:
    """The camera's picture of our moment `at_us`: its clock, its aim, its lens. Any thread; one at a time per scene."""
    return scene.draw(at_us + camera.clock_offset_us, at_us, camera.aim(), is_covered=camera.faults.has("covered"))
