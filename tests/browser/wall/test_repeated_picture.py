"""A camera whose sensor hangs: bytes flow, the clock runs, the scene stands."""

import pytest
from node_processes import WATCHER
from playwright.sync_api import expect
from wall_page import Wall

pytestmark = [pytest.mark.sockets, pytest.mark.system, pytest.mark.long]
HANGING = 43
FOUND_MS = 110_000  # a minute of equal pictures, looked at every twenty seconds


@pytest.mark.proves("edge-100")
def test_a_camera_that_repeats_one_picture_is_shown_as_frozen(open_page, node, spare_cameras):
    wall = Wall(open_page(WATCHER))
    wall.wait_for(HANGING, "frozen", FOUND_MS)
    expect(wall.tile(HANGING)).to_contain_text("Donuk görüntü")
    expect(wall.tile(HANGING)).to_contain_text("Kamera aynı kareyi yineliyor.")
    node.order("clear", spare_cameras[HANGING])
    wall.wait_for(HANGING, "live", 40_000)
    wall.wait_until_moving([HANGING])
    node.vms("camera", "remove", HANGING)
