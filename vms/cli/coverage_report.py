"""The coverage of each camera, for the terminal."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import typer
from rich.console import Console
from rich.table import Table

from vms.archive.archive import Archive
from vms.archive.coverage import Coverage, coverage, wanted_span
from vms.archive.model import StreamKey
from vms.archive.rules import MIN_RETENTION_DAYS
from vms.cameras.model import Camera
from vms.kernel.clock import US_PER_DAY, US_PER_SECOND, iso
from vms.kernel.span import Span

SHOWN_UNKNOWN = 20


@dataclass(frozen=True, slots=True)
class CameraCoverage:
    """One camera with what exists of its main stream."""

    number: int
    name: str
    camera_id: str
    coverage: Coverage

    def to_json(self) -> dict[str, Any]:
        """Plain values; times as RFC 3339, lengths in seconds."""
        found = self.coverage
        return {
            "number": self.number,
            "name": self.name,
            "camera_id": self.camera_id,
            "is_proven": found.is_proven,
            "wanted_from": found.wanted and iso(found.wanted.start_us),
            "wanted_until": found.wanted and iso(found.wanted.end_us),
            "oldest": _moment(found.oldest_us),
            "continuous_since": _moment(found.continuous_since_us),
            "covered_fraction": round(found.covered_fraction, 6),
            "missing_s": {cause.value: us / US_PER_SECOND for cause, us in sorted(found.missing_us.items())},
            "unknown": [{"start": iso(gap.start_us), "end": _moment(gap.end_us)} for gap in found.unknown],
        }


def read_coverage(archive: Archive, cameras: list[Camera], now_us: int) -> Iterator[CameraCoverage]:
    """One camera after the other, from its oldest footage to now: some 15 ms for 21 days each."""
    for camera in cameras:
        stream = StreamKey(camera.id, "main")
        first = archive.first(stream)
        wanted = wanted_span(now_us, camera.commissioned_us, MIN_RETENTION_DAYS)
        starts = [now_us - 1]
        starts += [] if wanted is None else [wanted.start_us]
        starts += [] if first is None else [first.span.start_us]
        span = Span(min(starts), now_us)
        timeline = archive.timeline(stream, span, now_us, camera.commissioned_us)
        found = coverage(timeline, now_us, camera.commissioned_us, MIN_RETENTION_DAYS)
        yield CameraCoverage(camera.number, camera.name, str(camera.id), found)


def print_coverage(cameras: list[CameraCoverage], *, as_json: bool) -> None:
    """A table with a verdict, what is missing by cause, and the holes that nobody can explain; or JSON."""
    if as_json:
        typer.echo(json.dumps([camera.to_json() for camera in cameras]))
        return
    table = Table("No", "Camera", "20 days", "Footage", "Oldest (UTC)", "Unbroken since", box=None)
    for camera in cameras:
        found = camera.coverage
        table.add_row(
            str(camera.number), camera.name, _verdict(found), f"{_floor(found.covered_fraction * 100):.2f} %",
            _minute(found.oldest_us), _minute(found.continuous_since_us),
        )  # fmt: skip
    Console().print(table)
    for camera in cameras:
        _print_missing(camera)
    short = sum(1 for camera in cameras if not camera.coverage.is_proven)
    verdict = f"{short} of them not proven" if short else "all proven"
    typer.echo(f"{len(cameras)} cameras, {MIN_RETENTION_DAYS} days since commissioning: {verdict}")


def _verdict(found: Coverage) -> str:
    if not found.is_proven:
        return "NOT PROVEN"
    is_whole = found.wanted is not None and found.wanted.duration_us >= MIN_RETENTION_DAYS * US_PER_DAY
    return "proven" if is_whole else "so far"  # in service for less


def _print_missing(camera: CameraCoverage) -> None:
    if camera.coverage.missing_us:
        typer.echo(f"missing: camera {camera.number}: {_missing(camera.coverage)}")
    gaps = camera.coverage.unknown
    for gap in gaps[:SHOWN_UNKNOWN]:
        typer.echo(f"review: camera {camera.number}: {_second(gap.start_us)} .. {_second(gap.end_us)}: cause unknown")
    if len(gaps) > SHOWN_UNKNOWN:
        typer.echo(f"review: camera {camera.number}: and {len(gaps) - SHOWN_UNKNOWN} more (--json lists them)")


def _missing(found: Coverage) -> str:
    largest = sorted(found.missing_us.items(), key=lambda item: -item[1])
    return ", ".join(f"{cause.value} {_length(us)}" for cause, us in largest)


def _length(duration_us: int) -> str:
    seconds = round(duration_us / US_PER_SECOND)
    if seconds < 60:
        return f"{seconds} s"
    if seconds < 3600:
        return f"{seconds // 60} min {seconds % 60} s"
    if seconds < 86_400:
        return f"{seconds // 3600} h {seconds % 3600 // 60} min"
    return f"{seconds // 86_400} d {seconds % 86_400 // 3600} h"


def _floor(percent: float) -> float:
    """Never rounded up to a hundred."""
    return int(percent * 100) / 100


def _moment(at_us: int | None) -> str | None:
    return None if at_us is None else iso(at_us)


def _minute(at_us: int | None) -> str:
    return "" if at_us is None else f"{iso(at_us)[:10]} {iso(at_us)[11:16]}"


def _second(at_us: int | None) -> str:
    return "now" if at_us is None else iso(at_us)[:19] + "Z"
