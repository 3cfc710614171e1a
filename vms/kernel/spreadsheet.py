"""Rows as spreadsheets open them."""

import csv
import io
from collections.abc import Iterable

MARK = "\ufeff"  # before the first row; without it spreadsheets take Turkish letters for others
_FORMULA = ("=", "+", "-", "@", "\t", "\r")  # a spreadsheet would reckon what begins so


def csv_row(values: Iterable[object]) -> str:
    """A line of CSV (RFC 4180); None is an empty cell. What would be taken for a formula gets an apostrophe."""
    text = io.StringIO()
    csv.writer(text).writerow([_cell(value) for value in values])
    return text.getvalue()


def _cell(value: object) -> str:
    text = "" if value is None else str(value)
    return f"'{text}" if text.startswith(_FORMULA) else text
