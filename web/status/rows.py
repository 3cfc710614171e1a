"""The status page's rows: facts turned into sentences and shapes, nothing left for the template to decide."""

from dataclasses import dataclass

from vms.archive.model import Cause, Gap
from vms.cameras.status import CameraState
from vms.kernel.span import Span
from web.facts import VOLUME_OK, VolumeFacts
from web.overview import CameraView, Overview
from web.status.alarms import AlarmRow, AlarmRows
from web.status.figures import Figures
from web.status.words import CAUSES, DETAILS, STATES, VOLUMES, Words

SHOWN_GAPS = 20
STRIP_WIDTH = 1440  # one unit a minute


@dataclass(frozen=True, slots=True)
class Badge:
    """A state as shape with words; the shape tells it without colour (triangle, diamond, disc, ring, square)."""

    shape: str
    text: str
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Bar:
    """A piece of a strip, in units of its width."""

    kind: str
    start: float
    width: float


@dataclass(frozen=True, slots=True)
class CameraRow:
    """One camera, ready to print."""

    id: str
    number: int
    name: str
    badge: Badge
    picture: str
    frames: str
    rate: str
    recorded_until: str
    strip: list[Bar]
    gap_summary: str
    gaps: list[str]
    oldest: str
    oldest_age: str
    is_below_minimum: bool
    missing: str
    offset: str


@dataclass(frozen=True, slots=True)
class VolumeRow:
    """One volume, ready to print."""

    name: str
    badge: Badge
    used_share: float
    used: str
    free: str
    footage: str
    days_left: str
    risk: str


class Rows:
    """Writes rows in one language for one look at the node."""

    def __init__(self, view: Overview, words: Words, figures: Figures) -> None:
        self._view = view
        self._words = words
        self._figures = figures
        self._none = words.page("unknown")

    def cameras(self) -> list[CameraRow]:
        """Every camera: those that need a person first, then by number."""
        views = sorted(
            self._view.cameras, key=lambda one: (not (one.is_missing or one.is_frozen), one.registered.number)
        )
        return [self._camera(one) for one in views]

    def volumes(self) -> list[VolumeRow]:
        """Every volume."""
        return [self._volume(volume) for volume in self._view.volumes]

    def alarms(self) -> list[AlarmRow]:
        """Every open alarm, many of one kind in one line."""
        return AlarmRows(self._words, self._figures, self._view.now_us).of(self._view.alarms)

    def _camera(self, view: CameraView) -> CameraRow:
        status, footage = view.status, view.footage
        has_rate = status is not None and status.bits_per_s > 0
        gaps = [gap for gap in (footage.gaps if footage else ()) if gap.cause is not Cause.NOT_COMMISSIONED]
        oldest_us = footage.oldest_us if footage else None
        return CameraRow(
            id=view.registered.camera_id,
            number=view.registered.number,
            name=view.registered.name,
            badge=self._camera_badge(view),
            picture=_picture(view) or self._none,
            frames=self._figures.number(status.frames_per_s, 1) if status and has_rate else self._none,
            rate=self._figures.number(status.bits_per_s / 1e6, 2) if status and has_rate else self._none,
            recorded_until=self._near(status.recorded_until_us if status else None),
            strip=self._strip(view),
            gap_summary=self._gap_summary(gaps) if footage else self._none,
            gaps=self._gap_lines(gaps),
            oldest=self._figures.date(oldest_us) if oldest_us is not None else self._none,
            oldest_age=self._figures.duration(self._view.now_us - oldest_us) if oldest_us is not None else "",
            is_below_minimum=view.is_below_minimum(self._view.now_us),
            missing=self._missing(view),
            offset=self._offset(status.clock_offset_us if status else None),
        )

    def _missing(self, view: CameraView) -> str:
        """How much of the demanded days is missing, with the largest cause; empty while they are proven."""
        found = view.coverage
        if found is None or not found.missing_us or not view.is_below_minimum(self._view.now_us):
            return ""
        cause = max(found.missing_us, key=found.missing_us.__getitem__)
        time = self._figures.duration(found.missing_in_all_us)
        return self._words.page("missing_line", time=time, cause=self._words.of(CAUSES, cause))

    def _near(self, at_us: int | None) -> str:
        return self._none if at_us is None else self._figures.moment_near(at_us, self._view.now_us)

    def _offset(self, offset_us: int | None) -> str:
        return self._none if offset_us is None else self._figures.offset(offset_us)

    def _camera_badge(self, view: CameraView) -> Badge:
        status = view.status
        if not view.registered.is_enabled:
            return Badge("off", self._words.of(STATES, "off"))
        if status is None:
            return Badge("stopped", self._words.of(STATES, "absent"), self._words.of(DETAILS, "absent"))
        if view.is_frozen:
            age = self._figures.duration(view.picture_age_us or 0)
            return Badge("warning", self._words.of(STATES, "frozen"), age)
        detail = status.detail or ("no_storage" if status.state is CameraState.NO_STORAGE else "")
        return Badge(
            _CAMERA_SHAPES[status.state], self._words.of(STATES, status.state), self._words.of(DETAILS, detail)
        )

    def _strip(self, view: CameraView) -> list[Bar]:
        if view.footage is None:
            return []
        gaps = [bar for gap in view.footage.gaps if (bar := self._gap_bar(gap)) is not None]
        return [*(self._bar("footage", span) for span in view.footage.recordings), *gaps]

    def _gap_bar(self, gap: Gap) -> Bar | None:
        end_us = gap.end_us if gap.end_us is not None else self._view.now_us
        if gap.cause is Cause.NOT_COMMISSIONED or end_us <= gap.start_us:
            return None
        part = Span(gap.start_us, end_us).clip(self._view.day)
        return self._bar("gap", part) if part else None

    def _bar(self, kind: str, span: Span) -> Bar:
        unit_us = self._view.day.duration_us / STRIP_WIDTH
        start = (span.start_us - self._view.day.start_us) / unit_us
        least = 4 if kind == "gap" else 2  # a hole of seconds must still be seen
        width = max(span.duration_us / unit_us, least)
        return Bar(kind, round(min(start, STRIP_WIDTH - width), 2), round(width, 2))

    def _gap_summary(self, gaps: list[Gap]) -> str:
        if not gaps:
            return self._words.page("no_gaps")
        time = self._figures.duration(sum(self._length_us(gap) for gap in gaps))
        key = "one_gap" if len(gaps) == 1 else "gap_count"
        return self._words.page(key, count=len(gaps), time=time)

    def _length_us(self, gap: Gap) -> int:
        end_us = self._view.now_us if gap.end_us is None else gap.end_us
        return max(0, end_us - max(gap.start_us, self._view.day.start_us))

    def _gap_lines(self, gaps: list[Gap]) -> list[str]:
        latest = sorted(gaps, key=lambda gap: gap.start_us, reverse=True)
        lines = [self._gap_line(gap) for gap in latest[:SHOWN_GAPS]]
        if len(gaps) > SHOWN_GAPS:
            lines.append(self._words.page("more_gaps", count=len(gaps) - SHOWN_GAPS))
        return lines

    def _gap_line(self, gap: Gap) -> str:
        end = self._words.page("until_now") if gap.end_us is None else self._near(gap.end_us)
        cause, detail = self._words.of(CAUSES, gap.cause), self._words.of(DETAILS, gap.detail)
        return f"{self._near(gap.start_us)} – {end}: {cause}" + (f" ({detail})" if detail else "")

    def _volume(self, volume: VolumeFacts) -> VolumeRow:
        used_bytes = volume.total_bytes - volume.free_bytes
        is_ok = volume.state == VOLUME_OK
        shape = "stopped" if not is_ok else "warning" if volume.is_retention_at_risk else "recording"
        size = self._figures.size
        return VolumeRow(
            name=volume.name,
            badge=Badge(shape, self._words.of(VOLUMES, volume.state)),
            used_share=used_bytes / volume.total_bytes if volume.total_bytes else 0.0,
            used=(
                self._words.page("of_total", used=size(used_bytes), total=size(volume.total_bytes))
                + f" · {self._figures.percent(used_bytes / volume.total_bytes)}"
                if volume.total_bytes
                else self._none
            ),
            free=size(volume.free_bytes) if volume.total_bytes else self._none,
            footage=size(volume.footage_bytes) if volume.footage_bytes is not None else self._none,
            days_left=self._words.page("measuring") if volume.is_measuring else self._days(volume.days_until_full),
            risk=self._words.page("at_risk") if volume.is_retention_at_risk else "",
        )

    def days(self, count: float | None) -> str:
        """Days until the first volume is full; says when that is still being measured."""
        if count is None and any(volume.is_measuring for volume in self._view.volumes):
            return self._words.page("measuring")
        return self._days(count)

    def _days(self, count: float | None) -> str:
        """Without pretending to know decimals beyond a week."""
        if count is None:
            return self._none
        return self._words.page("days", count=self._figures.number(count, 1 if count < 7 else 0))


_CAMERA_SHAPES = {
    CameraState.RECORDING: "recording",
    CameraState.CONNECTING: "connecting",
    CameraState.LIVE_ONLY: "live",
    CameraState.WAITING: "stopped",
    CameraState.NO_STORAGE: "stopped",
}
_CODECS = {"h264": "H.264", "h265": "H.265", "hevc": "H.265"}


def _picture(view: CameraView) -> str:
    """Codec and size, as far as known: H.264 · 1920×1080."""
    status = view.status
    if status is None or not status.codec:
        return ""
    codec = _CODECS.get(status.codec, status.codec)
    return f"{codec} · {status.width}×{status.height}" if status.width else codec
