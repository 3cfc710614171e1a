"""Rounds of start, first pictures, a random moment, SIGKILL."""

import random
from collections.abc import Callable
from dataclasses import dataclass

from footage_evidence import StreamRows
from live_node import Life, Node

US = 1_000_000
EARLIEST_S, LATEST_S = 0.3, 2.5  # after the first pictures of a life
LOSS_LIMIT_US = 1_000_000


@dataclass(frozen=True)
class Loss:
    """What one kill cost one camera."""

    round: int
    camera: int
    lost_us: int
    recorded_us: int  # from the first picture of that life to its end


def run_rounds(
    node: Node, rounds: int, seed: int, after_kill: Callable[[Life], None] = lambda _life: None
) -> list[Life]:
    """Kill the recorder `rounds` times at moments drawn from `seed`; the last life that is returned ended well."""
    moments = random.Random(seed)
    lives = []
    for _ in range(rounds):
        life = node.start_recording()
        assert life.outlives(moments.uniform(EARLIEST_S, LATEST_S)), "the recorder ended by itself"
        life.read_first_pictures()
        life.kill()
        lives.append(life)
        after_kill(life)
    last = node.start_recording()
    assert last.outlives(1.0)
    assert last.end_well() == 0
    return [*lives, last]


def losses(node: Node, lives: list[Life], rows: dict[str, StreamRows]) -> list[Loss]:
    """For each kill and camera: kill minus end of the footage it left, or minus the first picture if none was left."""
    found = []
    for number, life in enumerate(lives):
        if not life.killed_us:
            continue
        for camera, stream in node.streams.items():
            kept_until_us = rows[str(stream.camera_id)].end_before(life.killed_us)
            first_us = life.first_pictures_us[camera]
            from_us = max(kept_until_us, first_us)
            found.append(Loss(number, camera, life.killed_us - from_us, life.killed_us - first_us))
    return found


def story(found: list[Loss]) -> str:
    """The figures in one line."""
    lost = sorted(loss.lost_us for loss in found)
    worst = max(found, key=lambda loss: loss.lost_us)
    return (
        f"{len(lost)} losses: median {lost[len(lost) // 2] / US:.3f} s, "
        f"95th of 100 {lost[len(lost) * 95 // 100] / US:.3f} s, "
        f"worst {lost[-1] / US:.3f} s (kill {worst.round}, camera {worst.camera})"
    )
