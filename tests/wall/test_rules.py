from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vms.kernel.errors import VmsError
from vms.wall.rules import LAYOUTS, MAX_CELLS, check_cells, check_dwell, check_layout, check_name, check_room

CELLS = st.none() | st.uuids().map(str)


@given(st.sampled_from(sorted(LAYOUTS)), st.lists(CELLS, max_size=MAX_CELLS))
def test_a_view_has_one_entry_for_each_tile(layout, cells):
    tiles = LAYOUTS[layout]
    if any(cells[tiles:]):
        with pytest.raises(VmsError) as refusal:
            check_cells(layout, cells)
        assert refusal.value.code == "cells_invalid"
        return
    kept = check_cells(layout, cells)
    assert len(kept) == tiles
    assert [cell for cell in kept if cell] == [cell for cell in cells if cell]
    assert check_cells(layout, kept) == kept


def test_the_largest_layout_has_the_most_tiles():
    assert max(LAYOUTS.values()) == LAYOUTS["6x6"] == MAX_CELLS


@pytest.mark.parametrize("cell", ["", "camera 1", "' OR 1=1", "x" * 100_000, "\ud800"])
def test_a_tile_shows_a_camera_by_its_id(cell):
    with pytest.raises(VmsError) as refusal:
        check_cells("1", [cell])
    assert refusal.value.code == "cells_invalid"


def test_an_id_has_one_spelling():
    camera = uuid4()
    assert check_cells("1", [camera.hex.upper()]) == [str(UUID(camera.hex))]


def test_too_many_tiles_are_refused_even_when_empty():
    with pytest.raises(VmsError):
        check_cells("6x6", [None] * (MAX_CELLS + 1))


@pytest.mark.parametrize("name", ["", " ", "x" * 81, "two\nlines", "a\ud800"])
def test_a_bad_name_is_refused(name):
    with pytest.raises(VmsError) as refusal:
        check_name(name)
    assert refusal.value.code == "view_name_invalid"


def test_bounds_are_inside():
    assert check_name(" " + "ş" * 80 + " ") == "ş" * 80
    assert [check_dwell(5), check_dwell(300)] == [5, 300]
    check_room(199, 200)


@pytest.mark.parametrize(
    ("refused", "code"),
    [
        (lambda: check_dwell(4), "dwell_invalid"),
        (lambda: check_dwell(301), "dwell_invalid"),
        (lambda: check_layout("7x7"), "layout_unknown"),
        (lambda: check_cells("7x7", []), "layout_unknown"),
        (lambda: check_room(200, 200), "view_limit_reached"),
    ],
)
def test_what_lies_outside_is_refused(refused, code):
    with pytest.raises(VmsError) as refusal:
        refused()
    assert refusal.value.code == code
