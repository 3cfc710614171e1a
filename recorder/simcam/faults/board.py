"""Which faults a camera has now, or an address asks for."""

from collections.abc import Iterable
from dataclasses import dataclass

from recorder.simcam.faults.fault import FAULTS, Fault, Line
from vms.kernel.errors import Kind, VmsError

MAX_FAULTS = 16


@dataclass(frozen=True, slots=True)
class FaultOrder:
    """One fault to build: by name, with its number, from the picture `after` on (counted from PLAY)."""

    name: str
    value: float
    after: int = 0

    def build(self, line: Line) -> Fault:
        """A fresh fault for one connection."""
        return FAULTS[self.name](self.value, line)


def order(name: str, value: float | None = None, after: int = 0) -> FaultOrder:
    """A checked order; VmsError(INVALID, `fault_unknown`) when nobody knows that name."""
    if name not in FAULTS:
        raise VmsError(
            Kind.INVALID, "fault_unknown", "There is no such fault. `vms simcam --list-faults` names them all."
        )
    return FaultOrder(name, FAULTS[name].default_value if value is None else value, max(0, after))


def orders_of_query(query: Iterable[tuple[str, str]]) -> list[FaultOrder]:
    """Orders in an address: `?fault=loss_p:25&fault=bye&after=10` (`after` holds for all of them).

    Raises VmsError(INVALID) for unknown names and for what is no number.
    """
    pairs = list(query)
    try:
        after = int(next((value for name, value in pairs if name == "after"), "0"))
        orders = []
        for name, text in pairs:
            if name == "fault":
                fault_name, _, value = text.partition(":")
                orders.append(order(fault_name, float(value) if value else None, after))
    except ValueError as err:
        raise VmsError(
            Kind.INVALID, "fault_unknown", "A fault is written name or name:number, after=number. Correct it."
        ) from err
    return orders[:MAX_FAULTS]


class FaultBoard:
    """Switches of one camera. Connections look at `generation` to learn that something changed."""

    def __init__(self) -> None:
        self._orders: dict[str, FaultOrder] = {}
        self.generation = 0

    def set(self, name: str, value: float | None = None) -> None:
        """Switch a fault on, from the next picture or request of every connection."""
        self._orders[name] = order(name, value)
        self.generation += 1

    def clear(self, name: str | None = None) -> None:
        """Switch one fault off, or all of them."""
        if name is None:
            self._orders.clear()
        else:
            self._orders.pop(name, None)
        self.generation += 1

    def has(self, name: str) -> bool:
        """Whether that fault is switched on. Any thread."""
        return name in self._orders

    def orders(self) -> list[FaultOrder]:
        """What is switched on."""
        return list(self._orders.values())
