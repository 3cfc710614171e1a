"""Everything that is left of scenarios when they are over."""

import logging
from dataclasses import dataclass

from nasty_evidence import FileEvidence

from recorder.simcam.clip import Clip
from recorder.source import SourceStats
from vms.archive.model import Gap, Segment, Timeline
from vms.archive.problem import Problem
from vms.cameras.status import CameraStatus


@dataclass
class Outcome:
    """Everything that is left of a scenario."""

    name: str
    clip: Clip
    segments: list[Segment]
    files: list[FileEvidence]
    timeline: Timeline
    status: CameraStatus
    sources: list[SourceStats]
    kinds: set[str]
    problems: list[Problem]
    moments: dict[str, int]
    log: list[logging.LogRecord]

    @property
    def runs(self) -> list[list[int]]:
        """Numbers of segments, run by run."""
        runs: list[list[int]] = []
        for number, segment in enumerate(self.segments):
            if not number or segment.run != self.segments[number - 1].run:
                runs.append([])
            runs[-1].append(number)
        return runs

    @property
    def units(self) -> list[int | None]:
        """Whose pictures were recorded, from first to last."""
        return [unit for file in self.files for unit in file.units]

    @property
    def reasons(self) -> list[str]:
        """Details of those gaps."""
        return [gap.detail for gap in self.gaps]

    @property
    def gaps(self) -> list[Gap]:
        """Gaps between footage: not those before the first and behind the last."""
        first, last = self.segments[0].span.start_us, self.segments[-1].span.end_us
        return [gap for gap in self.timeline.gaps if gap.start_us >= first and (gap.end_us or last + 1) <= last]

    def resumed_us(self, moment: str) -> int:
        """How long after a moment of its script footage begins that was not there before."""
        at_us = self.moments[moment]
        starts = [self.segments[run[0]].span.start_us for run in self.runs]
        return min(start_us for start_us in starts if start_us >= at_us) - at_us

    def total(self, name: str) -> int:
        """A counter over all connections."""
        return sum(getattr(stats, name) for stats in self.sources)


@dataclass
class Show:
    """All outcomes of a stage, with what concerns the whole."""

    outcomes: dict[str, Outcome]
    errors: list[str]
    said: str
    growth_bytes: int
    still_open: list[str]

    def __getitem__(self, name: str) -> Outcome:
        return self.outcomes[name]
