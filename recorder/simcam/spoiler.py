"""All faults that hold for one connection, in the order they apply."""

from collections.abc import Sequence
from dataclasses import dataclass

from recorder.simcam.faults import FAULTS
from recorder.simcam.faults.board import FaultBoard, FaultOrder
from recorder.simcam.faults.fault import Fault, Line
from recorder.simcam.packet import Piece


@dataclass(slots=True)
class _Running:
    order: FaultOrder
    fault: Fault
    since: int  # picture at which it sets in


class Spoiler:
    """Faults its address asked for plus those on the camera's board, which may change at any time."""

    def __init__(self, line: Line, board: FaultBoard) -> None:
        assert FAULTS
        self._line = line
        self._board = board
        self._asked: list[_Running] = []
        self._switched: list[_Running] = []
        self._generation = -1
        self._turn = 0

    def ask(self, orders: Sequence[FaultOrder]) -> None:
        """Take what an address asks for; only the first address that asks counts."""
        if not self._asked:
            self._asked = [_Running(order, order.build(self._line), order.after) for order in orders]

    def faults(self) -> list[Fault]:
        """All of them, for the dialogue."""
        self._refresh()
        return [running.fault for running in self._asked + self._switched]

    def coding(self) -> str | None:
        """Another way to code the pictures, if a fault wants one."""
        return next((fault.coding for fault in self.faults() if fault.coding), None)

    def next_turn(self) -> list[tuple[Fault, int]]:
        """Faults that hold for the next picture, with their count of pictures; empty when all is well."""
        self._refresh()
        turn = self._turn
        self._turn += 1
        if not self._asked and not self._switched:
            return []
        return [(run.fault, turn - run.since) for run in self._asked + self._switched if turn >= run.since]

    def _refresh(self) -> None:
        if self._generation == self._board.generation:
            return
        self._generation = self._board.generation
        known = {running.order: running for running in self._switched}
        self._switched = [
            known.get(order) or _Running(order, order.build(self._line), self._turn) for order in self._board.orders()
        ]


def spoil_pieces(faults: Sequence[tuple[Fault, int]], pieces: list[Piece]) -> list[Piece]:
    """Let every fault change the packets of one picture."""
    for fault, number in faults:
        pieces = fault.on_pieces(number, pieces)
    return pieces
