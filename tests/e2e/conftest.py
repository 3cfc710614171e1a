"""Whole processes of the product, started and stopped by tests."""

import importlib.util
import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

DEADLINE_S = 30.0

# `--import-mode=importlib` puts no test folder on the path; these modules are shared by the tests beside them.
for _name in ("footage_evidence", "live_node", "kill_rounds", "kill_proof", "torn_files", "disks"):
    _spec = importlib.util.spec_from_file_location(_name, Path(__file__).with_name(f"{_name}.py"))
    assert _spec is not None
    assert _spec.loader is not None
    _module = importlib.util.module_from_spec(_spec)
    sys.modules[_name] = _module
    _spec.loader.exec_module(_module)


class Processes:
    """Starts programs, keeps their output in files, ends them all."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._running: list[subprocess.Popen] = []

    def start(self, *arguments, name="process", **options) -> subprocess.Popen:
        log = (self._folder / f"{name}-{len(self._running)}.log").open("wb")
        options.setdefault("stdout", log)
        process = subprocess.Popen(
            [str(argument) for argument in arguments], stderr=log, start_new_session=True, **options
        )
        process.log_path = Path(log.name)
        self._running.append(process)
        return process

    def vms(self, *arguments, **options) -> subprocess.Popen:
        return self.start(sys.executable, "-m", "vms", *arguments, name=str(arguments[0]), **options)

    def stop(self) -> None:
        for process in self._running:
            if process.poll() is None:
                os.killpg(process.pid, signal.SIGKILL)
                process.wait(10)


@pytest.fixture
def processes(tmp_path):
    folder = tmp_path / "logs"
    folder.mkdir()
    running = Processes(folder)
    yield running
    running.stop()


@pytest.fixture(scope="module")
def module_processes(tmp_path_factory):
    """Processes for scenarios that run side by side for all tests of a file."""
    running = Processes(tmp_path_factory.mktemp("logs"))
    yield running
    running.stop()


@pytest.fixture(scope="session")
def vms_once():
    """Run `vms …` to its end: (exit code, standard output, standard error)."""

    def run(*arguments, timeout=60):
        done = subprocess.run(
            [sys.executable, "-m", "vms", *[str(argument) for argument in arguments]],
            capture_output=True, text=True, timeout=timeout, check=False,
        )  # fmt: skip
        return done.returncode, done.stdout, done.stderr

    return run


def wait_until(condition: Callable[[], object], deadline_s: float = DEADLINE_S, what: str = "") -> object:
    """The first truthy answer of `condition`; fails the test when the deadline passes."""
    deadline = time.monotonic() + deadline_s
    while True:
        answer = condition()
        if answer:
            return answer
        if time.monotonic() > deadline:
            pytest.fail(f"still not so after {deadline_s:.0f} s: {what or condition}")
        time.sleep(0.02)


@pytest.fixture(scope="session")
def eventually():
    return wait_until


@pytest.fixture(scope="session")
def free_port():
    """A TCP port that was free a moment ago."""

    def pick() -> int:
        with socket.create_server(("127.0.0.1", 0)) as server:
            return server.getsockname()[1]

    return pick


@pytest.fixture(scope="session")
def probe():
    """What ffprobe says of a file: streams and packets."""

    def run(path):
        done = subprocess.run(
            ["ffprobe", "-v", "error", "-count_packets", "-show_streams", "-show_format", "-of", "json", str(path)],
            capture_output=True, text=True, timeout=60, check=False,
        )  # fmt: skip
        assert done.returncode == 0, done.stderr
        assert not done.stderr, done.stderr
        return json.loads(done.stdout)

    return run


@pytest.fixture(scope="session")
def frame_hashes():
    """MD5 of every decoded frame in presentation order, as ffmpeg sees it."""

    def run(*paths):
        hashes = []
        for path in paths:
            done = subprocess.run(
                ["ffmpeg", "-v", "error", "-i", str(path), "-f", "framemd5", "-"],
                capture_output=True, text=True, timeout=120, check=False,
            )  # fmt: skip
            assert done.returncode == 0, done.stderr
            assert not done.stderr, done.stderr
            hashes += [line.rsplit(",", 1)[1].strip() for line in done.stdout.splitlines() if line[:1] == "0"]
        return hashes

    return run
