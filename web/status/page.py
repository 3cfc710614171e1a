"""The status page: how the node is, in plain words, without pictures."""

from dataclasses import dataclass
from typing import Any
from zoneinfo import ZoneInfo

from fastapi import FastAPI, Request
from fastapi.responses import HTMLResponse

from web.authorisation import Access, declares
from web.facts import VOLUME_OK, RecorderReport
from web.language import Language, language_of
from web.overview import Observer, Overview
from web.pages.page_templates import page_templates
from web.status.figures import Figures
from web.status.rows import Rows
from web.status.words import DETAILS, PARTS, SWEEPS, Words
from web.workers import Workers

FULL_SOON_DAYS = 20.0  # article 9(1): nothing may go before, so a volume that fills sooner loses new footage


@dataclass(frozen=True, slots=True)
class Tile:
    """One of the numbers at the top; `shape` only when a person should act."""

    title: str
    value: str
    hint: str
    shape: str = ""


@dataclass(frozen=True, slots=True)
class ProcessLine:
    """One process, ready to print."""

    shape: str
    title: str
    text: str


class StatusPage:
    """Renders the page and the part of it that changes."""

    def __init__(self, zone: ZoneInfo) -> None:
        self._zone = zone
        self._templates = page_templates()

    def page(self, view: Overview, language: Language) -> str:
        """The whole document."""
        return self._templates.get_template("status.html").render(self._values(view, language))

    def fragment(self, view: Overview, language: Language) -> str:
        """What lies inside `<main>`."""
        return self._templates.get_template("status_body.html").render(self._values(view, language))

    def _values(self, view: Overview, language: Language) -> dict[str, Any]:
        words = Words(language)
        figures = Figures(words, self._zone)
        rows = Rows(view, words, figures)
        parts = ", ".join(words.of(PARTS, part) for part in sorted(view.unread))
        return {
            "words": words,
            "language": language,
            "moment": figures.moment(view.now_us),
            "zone": self._zone.key,
            "tiles": _tiles(view, words, rows),
            "unread": words.page("unread", parts=parts) if parts else "",
            "all_well": _all_well(view, words),
            "alarms": rows.alarms(),
            "cameras": rows.cameras(),
            "volumes": rows.volumes(),
            "processes": _processes(view, words, figures),
        }


def _tiles(view: Overview, words: Words, rows: Rows) -> list[Tile]:
    """Not recording, frozen, under 20 days, days until full: the numbers a technician reads first."""
    days = [volume.days_until_full for volume in view.volumes if volume.days_until_full is not None]
    soonest = min(days, default=None)
    is_at_risk = any(volume.is_retention_at_risk for volume in view.volumes)
    is_soon = soonest is not None and soonest < FULL_SOON_DAYS
    missing, frozen, short = len(view.missing), len(view.frozen), len(view.below_minimum)
    of_all = words.page("of_cameras", count=len(view.cameras))
    risk = words.page("at_risk") if is_at_risk else ""
    return [
        Tile(words.page("missing"), str(missing), of_all, "critical" if missing else ""),
        Tile(words.page("frozen"), str(frozen), words.page("frozen_hint"), "warning" if frozen else ""),
        Tile(words.page("below_minimum"), str(short), words.page("coverage_hint"), "warning" if short else ""),
        Tile(words.page("until_full"), rows.days(soonest), risk, "warning" if is_at_risk or is_soon else ""),
    ]


def _all_well(view: Overview, words: Words) -> str:
    """One quiet line when nothing asks for a person; empty otherwise."""
    recording = sum(1 for camera in view.cameras if camera.is_recording)
    trouble = view.missing or view.frozen or view.below_minimum or view.failed_volumes or view.unread
    away = any(report.status is None for report in view.recorders)
    if trouble or away or not recording or any(volume.is_retention_at_risk for volume in view.volumes):
        return ""
    return words.page("all_well", count=recording)


def _processes(view: Overview, words: Words, figures: Figures) -> list[ProcessLine]:
    lines = [_recorder(report, words, figures) for report in view.recorders]
    sweep = view.sweep
    if sweep is None:
        return [*lines, ProcessLine("off", words.page("sweep"), words.page("sweep_none"))]
    is_ok = sweep.outcome == VOLUME_OK
    text = words.page(
        "sweep_line",
        time=figures.moment_near(sweep.finished_us, view.now_us),
        outcome=words.of(SWEEPS, sweep.outcome),
        count=figures.number(sweep.deleted_segments),
    )
    return [*lines, ProcessLine("recording" if is_ok else "warning", words.page("sweep"), text)]


def _recorder(report: RecorderReport, words: Words, figures: Figures) -> ProcessLine:
    title = words.page("recorder", name=report.name)
    status = report.status
    if status is None:
        return ProcessLine("stopped", title, words.of(DETAILS, "absent"))
    text = words.page(
        "recorder_up",
        cameras=len(status.cameras),
        cpu=figures.duration(status.cpu_s * 1e6),
        memory=figures.size(status.rss_bytes),
        time=figures.duration(max(0, status.now_us - status.started_us)),
    )
    return ProcessLine("recording", title, text)


def add_status_page(app: FastAPI, observer: Observer, zone: ZoneInfo, workers: Workers) -> None:
    """Serve `/status` with its refreshing part. Looks on `workers`."""
    page = StatusPage(zone)

    @app.get("/status", include_in_schema=False, dependencies=[declares(Access.NODE_STATUS)])
    async def status(request: Request) -> HTMLResponse:
        language = language_of(request)
        return _html(await workers.run(lambda: page.page(observer.look(), language)), language)

    @app.get("/status/fragment", include_in_schema=False, dependencies=[declares(Access.NODE_STATUS)])
    async def fragment(request: Request) -> HTMLResponse:
        language = language_of(request)
        return _html(await workers.run(lambda: page.fragment(observer.look(), language)), language)


def _html(text: str, language: Language) -> HTMLResponse:
    headers = {"Cache-Control": "no-store", "Content-Language": language, "Vary": "Accept-Language"}
    return HTMLResponse(text, headers=headers)
