"""A scene that stands, as encoders make it: judged by pictures that went through one."""

from bisect import bisect_right
from functools import lru_cache

import numpy as np
import pytest

from recorder.simcam.encoder import EncoderSettings, StreamEncoder
from recorder.simcam.nal import SYNTAX
from recorder.simcam.scenes import build_scene
from vms.kernel.clock import US_PER_SECOND
from vms.media.still import difference, to_jpeg
from web.watching.standing_scene import ALIKE, Look, followed

BEGIN_US = 1_795_000_000_000_000
WIDTH, HEIGHT, GOP_S = 320, 180, 2
QUANTISERS = range(22, 30)  # where rate control wanders between one key frame and the next
LOOK_EVERY_S = 20
LOBBY = build_scene("lobby", WIDTH, HEIGHT, "Lobby")


def scene(second: float) -> np.ndarray:
    """Something moves, a clock runs."""
    at_us = BEGIN_US + round(second * US_PER_SECOND)
    return LOBBY.draw(at_us, at_us)


def hangs_from(begin_s):
    """The sensor gives its last picture again from a second on."""
    return lambda second: scene(min(second, begin_s))


def empty_corridor(levels):
    """Nothing moves but the sensor's noise; no clock."""
    picture, chance = scene(0), np.random.default_rng(3)

    def draw(_second):
        noisy = picture.copy()
        noisy[:HEIGHT] = np.clip(noisy[:HEIGHT] + np.rint(chance.normal(0, levels, (HEIGHT, WIDTH))), 0, 255)
        return noisy

    return draw


def clip_of_ten_seconds(second: float) -> np.ndarray:
    return scene(second % 10)


@lru_cache(maxsize=2000)
def coded(codec: str, luma_and_chroma: bytes, quantiser: int) -> bytes:
    """The still of a key frame."""
    extra = (("qp", str(quantiser)),)
    encoder = StreamEncoder(EncoderSettings(codec, WIDTH, HEIGHT, 5, 300, GOP_S, extra=extra))
    picture = np.frombuffer(luma_and_chroma, np.uint8).reshape(HEIGHT * 3 // 2, WIDTH)
    (unit,) = [*encoder.encode(picture, 0), *encoder.flush()]
    rest = [nal for nal in unit.nals if not SYNTAX[codec].is_parameter_set(nal)]
    return to_jpeg(codec, encoder.parameter_sets, [b"".join(len(nal).to_bytes(4, "big") + nal for nal in rest)], 160)


def filmed(draw, seconds, codec="h264"):
    """`look_at` of a camera that saw `draw`."""
    chance = np.random.default_rng(7)
    seen_s = range(0, seconds, GOP_S)
    jpegs = [coded(codec, draw(second).tobytes(), int(chance.choice(QUANTISERS))) for second in seen_s]
    looks = [Look(BEGIN_US + at_s * US_PER_SECOND, jpeg) for at_s, jpeg in zip(seen_s, jpegs, strict=True)]
    times = [look.at_us for look in looks]
    return lambda at_us: looks[bisect_right(times, at_us) - 1]


def judged(look_at, seconds):
    """What is said of the camera at each look, by second."""
    current, said = None, {}
    for second in range(LOOK_EVERY_S, seconds + 1, LOOK_EVERY_S):
        current = followed(current, look_at, BEGIN_US + second * US_PER_SECOND - 1)
        said[second] = current.stands
    return said


@pytest.mark.proves("edge-100")
@pytest.mark.parametrize("codec", ["h264", "h265"])
def test_a_sensor_that_hangs_is_found_after_a_minute_whatever_the_encoder_makes_of_it(codec):
    said = judged(filmed(hangs_from(30), 200, codec), 200)
    assert not any(stands for second, stands in said.items() if second < 90)
    assert said[140]
    assert said[200]


def test_variants_of_one_picture_are_alike_but_not_equal():
    stills = {coded("h264", scene(0).tobytes(), quantiser) for quantiser in QUANTISERS}
    assert len(stills) == len(QUANTISERS)
    assert max(difference(one, other) for one in stills for other in stills) < ALIKE


def test_a_scene_that_moves_again_is_released_at_the_next_look():
    said = judged(filmed(lambda second: scene(second if second > 150 else 0), 180), 180)
    assert said[140]
    assert not said[160]


@pytest.mark.parametrize("levels", [0.5, 1, 3])
def test_an_empty_corridor_never_stands(levels):
    assert not any(judged(filmed(empty_corridor(levels), 200), 200).values())


@pytest.mark.parametrize("draw", [scene, clip_of_ten_seconds])
def test_what_moves_never_stands(draw):
    assert not any(judged(filmed(draw, 200), 200).values())
