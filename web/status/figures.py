"""How figures, sizes and times are written for people, Turkish and English."""

from datetime import datetime
from zoneinfo import ZoneInfo

from vms.kernel.clock import US_PER_SECOND, to_datetime
from web.status.words import Words

_UNITS = ("B", "kB", "MB", "GB", "TB", "PB")
_MONTHS_EN = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_SWAP = str.maketrans(",.", ".,")


class Figures:
    """Writes figures in one language and one zone (tr: 1.250.000 · 12,5 · %25 · 21.11.2025 14:05:30)."""

    def __init__(self, words: Words, zone: ZoneInfo) -> None:
        self._words = words
        self._zone = zone
        self._is_turkish = words.language == "tr"

    def number(self, value: float, decimals: int = 0) -> str:
        """A number with grouping."""
        text = f"{value:,.{decimals}f}"
        return text.translate(_SWAP) if self._is_turkish else text

    def percent(self, share: float, decimals: int = 0) -> str:
        """A share of one as percent."""
        number = self.number(share * 100, decimals)
        return f"%{number}" if self._is_turkish else f"{number}%"

    def size(self, size_bytes: float) -> str:
        """Bytes in powers of 1000 with three digits: 1,4 GB."""
        unit = 0
        while size_bytes >= 999.5 and unit < len(_UNITS) - 1:
            size_bytes /= 1000
            unit += 1
        return f"{self.number(size_bytes, 1 if unit and size_bytes < 99.95 else 0)} {_UNITS[unit]}"

    def duration(self, duration_us: float) -> str:
        """A length of time with its two largest units: 2 sa 05 dk."""
        seconds = max(0, round(duration_us / US_PER_SECOND))
        if seconds < 60:
            return self._words.page("seconds", count=seconds)
        if seconds < 3600:
            return self._words.page("minutes", minutes=seconds // 60, seconds=f"{seconds % 60:02d}")
        if seconds < 86_400:
            return self._words.page("hours", hours=seconds // 3600, minutes=f"{seconds % 3600 // 60:02d}")
        return self._words.page("days_hours", days=seconds // 86_400, hours=seconds % 86_400 // 3600)

    def offset(self, offset_us: int) -> str:
        """A clock's distance with its sign: +0,42 sn."""
        seconds = offset_us / US_PER_SECOND
        decimals = 2 if abs(seconds) < 10 else 0
        shown = round(seconds, decimals)
        sign = "+" if shown > 0 else "−" if shown < 0 else "±"
        return f"{sign}{self._words.page('seconds', count=self.number(abs(seconds), decimals))}"

    def time(self, at_us: int) -> str:
        """The time of day: 14:05:30."""
        return self._local(at_us).strftime("%H:%M:%S")

    def date(self, at_us: int) -> str:
        """The day: 21.11.2025, or 21 Nov 2025."""
        at = self._local(at_us)
        if self._is_turkish:
            return at.strftime("%d.%m.%Y")
        return f"{at.day} {_MONTHS_EN[at.month - 1]} {at.year}"

    def moment(self, at_us: int) -> str:
        """Day and time."""
        return f"{self.date(at_us)} {self.time(at_us)}"

    def moment_near(self, at_us: int, now_us: int) -> str:
        """The time alone when it is of today, else with its day."""
        is_today = self._local(at_us).date() == self._local(now_us).date()
        return self.time(at_us) if is_today else self.moment(at_us)

    def _local(self, at_us: int) -> datetime:
        return to_datetime(at_us).astimezone(self._zone)
