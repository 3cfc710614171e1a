"""Turkish letters, dates, times as official papers write them."""

import unicodedata
from datetime import date, datetime, time, timedelta

_UPPER = str.maketrans({"i": "İ", "ı": "I"})
_LOWER = str.maketrans({"İ": "i", "I": "ı"})
_ASCII = str.maketrans("çğıöşüÇĞİÖŞÜ", "cgiosuCGIOSU")


def upper(text: str) -> str:
    """Capitals as Turkish has them: i becomes İ, ı becomes I. Typst's and Python's own know only English."""
    return text.translate(_UPPER).upper()


def lower(text: str) -> str:
    """Small letters as Turkish has them: İ becomes i, I becomes ı."""
    return text.translate(_LOWER).lower()


def plain_ascii(text: str) -> str:
    """The nearest spelling without any special letter, for programs that know none."""
    return unicodedata.normalize("NFKD", text.translate(_ASCII)).encode("ascii", "ignore").decode()


def written(value: date | time | datetime) -> str:
    """21.11.2026 · 14.05 · 21.11.2026 14.05: between hours and minutes stands a point (TDK)."""
    if isinstance(value, datetime):
        return value.strftime("%d.%m.%Y %H.%M")
    return value.strftime("%d.%m.%Y") if isinstance(value, date) else value.strftime("%H.%M")


def written_exactly(value: datetime) -> str:
    """21.11.2026 14.05.30."""
    return value.strftime("%d.%m.%Y %H.%M.%S")


def duration(length: timedelta) -> str:
    """2 gün 4 sa 12 dk 31 sn: to the second, without the parts that are nothing."""
    seconds = round(length.total_seconds())
    if not seconds:
        return "1 sn’den az" if length else "0 sn"
    days, rest = divmod(seconds, 86_400)
    parts = ((days, "gün"), (rest // 3600, "sa"), (rest // 60 % 60, "dk"), (rest % 60, "sn"))
    return " ".join(f"{number(count)} {unit}" for count, unit in parts if count)


def number(value: float, decimals: int = 0) -> str:
    """1.250,5: a point between thousands, a comma before decimals."""
    return f"{value:,.{decimals}f}".translate(str.maketrans(",.", ".,"))
