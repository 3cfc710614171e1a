"""What the simulated cameras look at: drawn scenes, one to a file."""

from recorder.simcam.scenes.harbour import Harbour
from recorder.simcam.scenes.lens import HOME, Aim
from recorder.simcam.scenes.lobby import Lobby
from recorder.simcam.scenes.scene import Point, Scene
from recorder.simcam.scenes.square import Square
from recorder.simcam.scenes.street import Street
from vms.kernel.errors import Kind, VmsError

SCENES: dict[str, type[Scene]] = {"street": Street, "square": Square, "lobby": Lobby, "harbour": Harbour}

LEAST_PX, MOST_PX = 90, 2160  # heights

__all__ = ["HOME", "SCENES", "Aim", "Point", "Scene", "build_scene", "is_drawable", "neighbour_window"]


def is_drawable(width: int, height: int) -> bool:
    """Whether scenes can be drawn at this size: 16:9, even numbers."""
    return width * 9 == height * 16 and width % 2 == height % 2 == 0 and LEAST_PX <= height <= MOST_PX


def build_scene(name: str, width: int, height: int, title: str, is_night: bool = False) -> Scene:
    """The scene of that name at that size (even numbers); VmsError(INVALID, `scene_unknown`) otherwise."""
    return _known(name)(width, height, title, is_night)


def neighbour_window(name: str) -> tuple[Point, ...]:
    """Corners of the window that privacy forbids to film, x and y from 0 to 1."""
    return _known(name).neighbour_window()


def _known(name: str) -> type[Scene]:
    if name not in SCENES:
        choices = ", ".join(SCENES)
        raise VmsError(Kind.INVALID, "scene_unknown", f"There is no such scene. Choose one of: {choices}.")
    return SCENES[name]
