"""Many scenarios recorded side by side: simulated cameras, real sockets, a whole recorder, a volume on disk."""

import asyncio
import logging
import resource
from collections.abc import Awaitable, Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from uuid import NAMESPACE_URL, uuid5

from nasty_clips import clip, encode
from nasty_evidence import decode, examine
from nasty_outcome import Outcome, Show
from nasty_pace import HurriedClock, HurriedLoop, Pace

from recorder.shard import Shard
from recorder.simcam.camera import SimCamera, SimStream
from recorder.simcam.clip import Clip
from recorder.simcam.faults import FAULTS
from recorder.simcam.server import SimServer
from recorder.source import SourceStats
from vms.archive.archive import Archive
from vms.archive.check import Level, check_volume
from vms.archive.model import Flag, Segment, StreamKey
from vms.archive.volume import Volume
from vms.archive.writer import ArchiveWriter
from vms.cameras.config import CameraConfig
from vms.cameras.status import CameraStatus
from vms.cli.wiring import source_opener
from vms.kernel.clock import US_PER_DAY
from vms.kernel.span import Span

PASSWORD = "pa55-w0rd-of-the-camera"
USER = "officer-of-the-watch"
ENOUGH_UNITS = 200
DEADLINE_S = 45.0  # of a machine that has nothing else to do; a scenario that needs more has failed


@dataclass
class Play:
    """A scenario while it runs, for its script."""

    server: SimServer
    camera: SimCamera
    clock: HurriedClock
    shard: Shard
    number: int
    moments: dict[str, int] = field(default_factory=dict)

    @property
    def status(self) -> CameraStatus:
        found = [status for status in self.shard.status().cameras if status.number == self.number]
        return found[0] if found else CameraStatus("", self.number, "", "main")

    def note(self, name: str) -> None:
        """Remember the time of something."""
        self.moments[name] = self.clock.now_us()

    async def until(self, condition: Callable[[], object]) -> None:
        """Wait for something the recorder does."""
        while not condition():  # noqa: ASYNC110 - the recorder sets no event for tests
            await asyncio.sleep(0.1)

    async def units(self, count: int) -> None:
        """Wait until so many more pictures were received."""
        wanted = self.status.access_units + count
        await self.until(lambda: self.status.access_units >= wanted)


@dataclass
class Scenario:
    """A camera with what is wrong with it.

    `fault` and `after` go into its address, `board` is switched on at the camera; `script` acts while it records.
    """

    name: str
    fault: str | Sequence[str] = ()
    after: int = 0
    clip: Clip | None = None
    transport: str = "tcp"
    camera: dict = field(default_factory=dict)
    board: Sequence[str] = ()
    knows_password: bool = True
    script: Callable[[Play], Awaitable[None]] | None = None
    enough_units: int = ENOUGH_UNITS
    is_decodable: bool = True
    url: str = ""  # another address than the camera's


class _Listener(logging.Handler):
    """Keeps every record as it was said, before any redaction."""

    def __init__(self) -> None:
        super().__init__(logging.DEBUG)
        self.records: list[logging.LogRecord] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.records.append(record)


_BASE: list[Clip] = []


def base_clip() -> Clip:
    """Four seconds of 25 pictures, a key picture each second, every picture several packets long."""
    if not _BASE:
        _BASE.append(clip(encode()))
    return _BASE[0]


def play(
    scenarios: Sequence[Scenario], folder: Path, speed: float, step: Callable | None = None, wall_error_s: float = 0
) -> Show:
    """Record all `scenarios` until each has enough; time runs `speed` times faster.

    The machine's clock starts `wall_error_s` wrong; `step(clock, plays)` runs beside the cameras and may set it.
    """
    listener = _Listener()
    root = logging.getLogger()
    before = root.level
    root.addHandler(listener)
    root.setLevel(logging.DEBUG)
    try:
        stage = Stage(scenarios, folder, speed, wall_error_s)
        with asyncio.Runner(loop_factory=lambda: HurriedLoop(stage.pace)) as runner:
            runner.run(stage.run(step))
    finally:
        root.removeHandler(listener)
        root.setLevel(before)
    return stage.judge(listener.records)


class Stage:
    """One simulated network with one recorder."""

    def __init__(self, scenarios: Sequence[Scenario], folder: Path, speed: float, wall_error_s: float) -> None:
        self._scenarios = scenarios
        self.pace = Pace(speed)
        self.clock = clock = HurriedClock(self.pace)
        clock.step_wall(wall_error_s)
        self._volume = Volume.create(folder / "volume", clock, 0)
        self._writer = ArchiveWriter([self._volume], clock)
        self._server = SimServer(clock)
        self._stats: dict[int, list[SourceStats]] = {}
        self._kinds: dict[int, set[str]] = {}
        self._configs: list[CameraConfig] = []
        self._opener = source_opener(clock)
        self._shard = Shard(self._writer, lambda: self._configs, self._open, clock, socket_path=folder / "tap")
        self._plays: list[Play] = []
        self._rss: list[int] = []
        self._statuses: dict[int, CameraStatus] = {}
        self._start_us = clock.now_us()

    async def run(self, step: Callable | None) -> None:
        """Record until every scenario has enough, then stop in order."""
        self._writer.recover()
        self._writer.start()
        await self._server.start()
        for number, scenario in enumerate(self._scenarios):
            self._set_up(number, scenario)
        recording = asyncio.create_task(self._shard.run())
        try:
            async with asyncio.timeout(DEADLINE_S * self.pace.speed):
                await self._perform(recording, step)
        except TimeoutError:
            waiting = [s.name for s, p in zip(self._scenarios, self._plays, strict=True) if not self._is_done(s, p)]
            logging.getLogger("stage").exception("these never had enough: %s", waiting)
        finally:
            self._statuses = {status.number: status for status in self._shard.status().cameras}
            recording.cancel()
            await asyncio.wait([recording])
            await asyncio.to_thread(self._writer.stop)
            await self._server.stop()

    async def _perform(self, recording: asyncio.Task, step: Callable | None) -> None:
        scripts = [s.script(p) for s, p in zip(self._scenarios, self._plays, strict=True) if s.script]
        if step is not None:
            scripts.append(step(self.clock, self._plays))
        tasks = [asyncio.create_task(script) for script in scripts]
        pairs = list(zip(self._scenarios, self._plays, strict=True))
        while not all(task.done() for task in tasks) or not all(self._is_done(s, p) for s, p in pairs):
            await asyncio.sleep(0.2)
            self._rss.append(_rss_bytes())
            for task in (recording, *tasks):
                if task.done():
                    await task
        await asyncio.gather(*tasks)

    def _is_done(self, scenario: Scenario, play: Play) -> bool:
        return play.status.access_units >= scenario.enough_units

    def _set_up(self, number: int, scenario: Scenario) -> None:
        wanted = dict(scenario.camera)
        stream = SimStream("main", clip=scenario.clip or base_clip())
        camera = self._server.add(SimCamera(f"cam{number}", streams=(stream,), **wanted))
        asked = [scenario.fault] if isinstance(scenario.fault, str) else scenario.fault
        for fault in (*asked, *scenario.board):
            assert fault.partition(":")[0] in FAULTS, fault  # an address with an unknown fault would play without any
        for fault in scenario.board:
            camera.faults.set(fault)
        url = self._server.url(camera.name, fault=scenario.fault, after=scenario.after, with_credentials=True)
        url = scenario.url or url
        if not scenario.knows_password:
            url = url.replace(camera.password, PASSWORD)
        self._configs.append(
            CameraConfig(
                self._key(scenario).camera_id, number, scenario.name, "security", url, None, scenario.transport, True,
                self.clock.now_us(),
            )
        )  # fmt: skip
        self._plays.append(Play(self._server, camera, self.clock, self._shard, number))

    def _key(self, scenario: Scenario) -> StreamKey:
        return StreamKey(uuid5(NAMESPACE_URL, scenario.name), "main")

    def _open(self, config: CameraConfig, stream: str):
        source = self._opener(config, stream)
        self._stats.setdefault(config.number, []).append(source.stats)
        self._kinds.setdefault(config.number, set()).add(source.kind)
        return source

    def judge(self, records: list[logging.LogRecord]) -> Show:
        """Read everything back."""
        archive = Archive([self._volume])
        span = Span(self._start_us - US_PER_DAY, self.clock.now_us() + US_PER_DAY)
        problems = list(check_volume(self._volume, Level.FULL))
        found = [
            sorted((row for _, row in archive.segments(self._key(scenario), span)), key=lambda row: row.sequence)
            for scenario in self._scenarios
        ]
        decoded = self._decode(found)
        outcomes = {}
        for number, (scenario, segments) in enumerate(zip(self._scenarios, found, strict=True)):
            key = self._key(scenario)
            footage = scenario.clip or base_clip()
            paths = [self._volume.path / segment.path for segment in segments]
            outcomes[scenario.name] = Outcome(
                scenario.name, footage, segments, [examine(path, footage, *decoded[path]) for path in paths],
                archive.timeline(key, Span(self._start_us, span.end_us), self.clock.now_us()),
                self._statuses[number], self._stats.get(number, []), self._kinds.get(number, set()),
                [problem for problem in problems if problem.camera_id in (key.camera_id, None)],
                self._plays[number].moments, [r for r in records if f"camera {number}:" in r.getMessage()],
            )  # fmt: skip
        formatter = logging.Formatter()
        errors = [formatter.format(record) for record in records if record.levelno >= logging.ERROR or record.exc_info]
        said_text = "\n".join(formatter.format(record) for record in records)
        half = self._rss[len(self._rss) // 2] if self._rss else 0
        still_open = [str(problem) for problem in problems if problem.code == "unfinished_file"]
        self._volume.close()
        return Show(outcomes, errors, said_text, self._rss[-1] - half if self._rss else 0, still_open)

    def _decode(self, found: Sequence[Sequence[Segment]]) -> dict[Path, tuple[str, int]]:
        """All files; those a decoder is bound to complain about by themselves."""
        good: list[Path] = []
        others: list[list[Path]] = []
        for scenario, segments in zip(self._scenarios, found, strict=True):
            for segment in segments:
                path = self._volume.path / segment.path
                is_good = scenario.is_decodable and not segment.flags & (Flag.DAMAGED | Flag.NO_SYNC)
                if is_good:
                    good.append(path)
                else:
                    others.append([path])
        with ThreadPoolExecutor(2) as pool:
            answers = pool.map(decode, [good[::2], good[1::2], *others])
            return {path: answer for one in answers for path, answer in one.items()}


def _rss_bytes() -> int:
    return int(Path("/proc/self/statm").read_text().split()[1]) * resource.getpagesize()
