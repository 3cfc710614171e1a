"""The list of who has not read or watched what, for spreadsheets."""

from collections.abc import Iterable

from vms.kernel.spreadsheet import MARK, csv_row
from vms.training.queries import Gap, name_of

HEADER = ("unit", "person", "registry_no", "account", "training", "version")


def csv_of(gaps: Iterable[Gap]) -> str:
    """The header first, then a row for each of them."""
    rows = [HEADER]
    for gap in gaps:
        number = "" if gap.person is None else gap.person.registry_no or ""
        current = gap.current
        version = str(current.version.number)
        rows.append((gap.unit_name, name_of(gap), number, gap.account.name, current.material.title, version))
    return MARK + "".join(map(csv_row, rows))
