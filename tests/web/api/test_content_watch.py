"""A camera that repeats one picture, as the archive shows it."""

import asyncio

import still_node

from vms.archive.archive import Archive
from vms.archive.model import StreamKey
from vms.cameras.status import CameraState


class Lens:
    """Records on, second by second, either a scene that moves or one of its pictures again and again."""

    def __init__(self, camera, clock, archive, key, when_held, row):
        self._camera, self._clock, self._row = camera, clock, row
        self._when_held = lambda: when_held(archive, key, camera.at_us)
        self._fragments = camera.clip.fragments(0)

    def record(self, *, repeats):
        camera = self._camera
        if not repeats:
            camera.record(10)
        else:
            camera._second = 0
            camera.begin()
            for _ in range(10):
                camera._fragments = camera.clip.fragments(0, 1)
                camera._second = 0
                camera.go_on(1)
            camera.end()
        camera._second = 0
        self._clock.advance(10)
        self._when_held()
        self._row.recorded_until_us = camera.at_us


def test_one_picture_again_and_again_is_a_frozen_scene(
    make_site, clock, hub, volume, make_writer, clip, when_held, new_camera
):
    archive = Archive([volume])
    site = make_site(clock, archive, hub)
    gate = site.add_camera("Gate")
    key = StreamKey(gate.id, "main")
    row = still_node.status(1)
    row.camera_id = str(gate.id)
    site.node.recorder_list = [still_node.recorder(row)]
    lens = Lens(new_camera(make_writer(volume).stream(key), clip, clock.now_us()), clock, archive, key, when_held, row)
    backends = site.app.state.backends

    def judged():
        asyncio.run(backends.content.run_once())
        return backends.content.frozen()

    def passes(seconds, *, repeats):
        return [bool(lens.record(repeats=repeats) or judged()) for _ in range(seconds // 10)]

    assert not any(passes(120, repeats=False))
    repeated = passes(120, repeats=True)
    assert not any(repeated[:6])  # not before a minute of it
    assert repeated[-1]
    person = site.add_person("ayse")
    site.allow(person, gate)
    assert person.get("/cameras").json()["cameras"][0]["is_content_frozen"] is True
    assert not passes(30, repeats=False)[-1]
    passes(100, repeats=True)
    assert judged() == {gate.id}
    row.state = CameraState.WAITING
    clock.advance(30)
    assert judged() == frozenset()
