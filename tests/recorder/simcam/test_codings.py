"""Rare codings a simulated camera can be asked for, and how faults are asked for by address."""

import itertools

import av
import pytest

from recorder.simcam.camera import SimStream
from recorder.simcam.faults import FAULTS
from recorder.simcam.faults.board import FaultBoard, orders_of_query
from recorder.simcam.variants import _PLANS, build_variant
from vms.kernel.errors import VmsError

CODINGS = sorted(name for name, fault in FAULTS.items() if fault.coding)


@pytest.mark.parametrize(
    ("coding", "codec"),
    [(coding, "h264") for coding in CODINGS]
    + [(coding, "h265") for coding in ("resolution", "parameter_sets", "invisible_sets", "b_frames", "sets_once")],
)
def test_rare_codings_decode(coding, codec):
    clip = build_variant(coding, SimStream("main", codec), "street", "Test")
    decoder = av.CodecContext.create("h264" if clip.codec == "h264" else "hevc", "r")
    decoder.options = {"err_detect": "explode"}
    sets = b"".join(b"\0\0\0\1" + nal for nal in clip.parameter_sets) if coding == "sets_once" else b""
    frames = []
    for index, unit in enumerate(clip.units[:200]):
        data = b"".join(b"\0\0\0\1" + nal for nal in unit.nals)
        frames += decoder.decode(av.Packet(sets + data if index == 0 else data))
    frames += decoder.decode(None)
    assert len(frames) == len(clip.units[:200])
    sizes = {(frame.width, frame.height) for frame in frames}
    assert len(sizes) == (2 if coding == "resolution" else 1)
    assert _is_what_it_says(coding, clip)


def _is_what_it_says(coding, clip):
    """Whether the clip shows the trait it is named after, seen in its units alone."""
    steps = {b.dts_90k - a.dts_90k for a, b in itertools.pairwise(clip.units)}
    syncs = [unit.dts_90k for unit in clip.units if unit.is_sync]
    sets = {unit.nals[:2] for unit in clip.units if unit.is_sync}
    return {
        "resolution": len(sets) == 2,
        "parameter_sets": len(sets) == 2,
        "invisible_sets": len(sets) == 2,
        "b_frames": any(unit.pts_90k - unit.dts_90k not in (0, 6000) for unit in clip.units),
        "long_gop": syncs == [0, 900_000],
        "variable_rate": len(steps) > 3,
        "intra_refresh": len(syncs) == 1,
        "many_slices": min(len(unit.nals) for unit in clip.units) >= 8,
        "sets_once": all(len(unit.nals) <= 2 for unit in clip.units),
        "interlaced": True,
        "one_fps": steps == {90_000},
    }[coding]


def test_every_coding_has_a_plan():
    assert set(CODINGS) == set(_PLANS)


def test_address_names_faults_with_numbers_and_start():
    orders = orders_of_query([("fault", "loss_p:25"), ("user", "x"), ("fault", "bye"), ("after", "7")])
    assert [(o.name, o.value, o.after) for o in orders] == [("loss_p", 25, 7), ("bye", 0, 7)]


@pytest.mark.parametrize("query", [[("fault", "nothing")], [("fault", "bye:x")], [("after", "soon")]])
def test_bad_orders_are_refused(query):
    with pytest.raises(VmsError) as refused:
        orders_of_query(query)
    assert refused.value.code == "fault_unknown"


def test_board_tells_when_it_changed():
    board = FaultBoard()
    board.set("bye")
    board.set("garbage", 3)
    board.clear("bye")
    assert (board.generation, [(o.name, o.value) for o in board.orders()]) == (3, [("garbage", 3)])
