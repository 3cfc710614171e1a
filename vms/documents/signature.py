"""What is known of an electronic signature; it is found and judged by `signatures.py`, in a child process."""

from dataclasses import asdict, dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Signature:
    """One signature. `is_intact`: nothing it covers was changed, and what came after was only more signatures.

    `is_trusted`: its certificate leads to one of the roots that were given; False also when none were.
    """

    field: str
    name: str
    at: str
    is_intact: bool
    is_trusted: bool

    def to_json(self) -> dict[str, Any]:
        """For the table."""
        return asdict(self)
