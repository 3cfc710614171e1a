"""The list of who has not read or watched what, for spreadsheets."""

import csv
import io
from collections.abc import Iterable

from vms.training.queries import Gap, name_of

CSV_MARK = "\ufeff"  # without it spreadsheets take Turkish letters for others
HEADER = ("unit", "person", "registry_no", "account", "training", "version")
_FORMULA = ("=", "+", "-", "@", "\t", "\r")  # a spreadsheet would reckon what begins so


def csv_of(gaps: Iterable[Gap]) -> str:
    """RFC 4180, the header first. A text that a spreadsheet would take for a formula gets an apostrophe before it."""
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(HEADER)
    for gap in gaps:
        number = "" if gap.person is None else gap.person.registry_no or ""
        current = gap.current
        row = (gap.unit_name, name_of(gap), number, gap.account.name, current.material.title, current.version.number)
        writer.writerow([_cell(str(one)) for one in row])
    return CSV_MARK + text.getvalue()


def _cell(text: str) -> str:
    return f"'{text}" if text.startswith(_FORMULA) else text
