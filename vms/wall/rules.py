"""What a saved view or a tour may be."""

from collections.abc import Sequence
from uuid import UUID

from vms.kernel.errors import Kind, VmsError

# How many tiles each layout has. More than 36 pictures nobody watches, and no machine shows.
LAYOUTS: dict[str, int] = {
    "1": 1, "1x2": 2, "2x2": 4, "1+5": 6, "1+7": 8, "3x3": 9, "4x4": 16, "5x5": 25, "6x6": 36, "p1x3": 3, "p2x4": 8,
}  # fmt: skip

MAX_CELLS = 36
MAX_NAME_CHARACTERS = 80
MAX_VIEWS = 200  # of one person
MAX_TOURS = 50  # of one person
MAX_TOUR_STOPS = 100
MIN_DWELL_S = 5  # shorter, and nothing can be looked at
MAX_DWELL_S = 300


def check_name(name: str) -> str:
    """`name` without blanks around it; VmsError(INVALID, `view_name_invalid`)."""
    name = name.strip()
    if not 0 < len(name) <= MAX_NAME_CHARACTERS or not name.isprintable():
        raise VmsError(
            Kind.INVALID, "view_name_invalid",
            f"A view or tour has a name of 1 to {MAX_NAME_CHARACTERS} printable characters. Correct it.",
        )  # fmt: skip
    return name


def check_layout(layout: str) -> str:
    """`layout` when the wall knows it; VmsError(INVALID, `layout_unknown`)."""
    if layout not in LAYOUTS:
        raise VmsError(Kind.INVALID, "layout_unknown", f"The wall has the layouts {', '.join(LAYOUTS)}. Choose one.")
    return layout


def check_cells(layout: str, cells: Sequence[str | None]) -> list[str | None]:
    """Exactly one camera id (as `str(UUID)`) or None for each tile of `layout`.

    Tiles left out are empty. VmsError(INVALID, `cells_invalid`): a camera beyond the layout's last tile, or no id.
    """
    tiles = LAYOUTS[check_layout(layout)]
    refusal = VmsError(
        Kind.INVALID, "cells_invalid", f"This layout has {tiles} tiles, each empty or with one camera. Correct them.",
        tiles=tiles,
    )  # fmt: skip
    if len(cells) > MAX_CELLS or any(cell is not None for cell in cells[tiles:]):
        raise refusal
    try:
        known = [None if cell is None else str(UUID(cell)) for cell in cells[:tiles]]
    except ValueError:
        raise refusal from None
    return known + [None] * (tiles - len(known))


def check_dwell(dwell_s: int) -> int:
    """`dwell_s` when one can look at a view that long; VmsError(INVALID, `dwell_invalid`)."""
    if not MIN_DWELL_S <= dwell_s <= MAX_DWELL_S:
        raise VmsError(
            Kind.INVALID, "dwell_invalid",
            f"A tour stays {MIN_DWELL_S} to {MAX_DWELL_S} seconds at each view. Correct it.",
            minimum=MIN_DWELL_S, maximum=MAX_DWELL_S,
        )  # fmt: skip
    return dwell_s


def check_room(taken: int, limit: int) -> None:
    """VmsError(CONFLICT, `view_limit_reached`) when somebody has as many views (or tours) as one may keep."""
    if taken >= limit:
        raise VmsError(
            Kind.CONFLICT, "view_limit_reached", f"One person keeps at most {limit} of these. Delete one first.",
            limit=limit,
        )  # fmt: skip
