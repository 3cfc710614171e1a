import asyncio
import contextlib
import io
import os
import signal
import subprocess
import sys
import threading
from dataclasses import replace
from pathlib import Path

import pytest

from vms.cli.node.child_process import ChildSpec, exit_words, pause_s
from vms.cli.node.line_relay import MAX_WAITING_LINES, LineRelay
from vms.cli.node.supervisor import Supervisor

pytestmark = pytest.mark.sockets

# Tiny programs: each appends its own words to a file, so that the order of events can be read afterwards.
STAYS = """
import signal, sys, threading
name, book, code = sys.argv[1], sys.argv[2], int(sys.argv[3])
def write(word):
    with open(book, "a") as file: file.write(f"{name} {word}\\n")
over = threading.Event()
signal.signal(signal.SIGTERM, lambda *_: over.set())
print(f"hello from {name}", flush=True)
write("up")
over.wait()
write("down")
sys.exit(code)
"""
CRASHES = "import sys; open(sys.argv[2], 'a').write(sys.argv[1] + ' up\\n'); sys.exit(3)"
STUBBORN = """
import signal, sys, time
signal.signal(signal.SIGTERM, signal.SIG_IGN)
open(sys.argv[2], "a").write(sys.argv[1] + " up\\n")
while True: signal.pause()
"""


def child(program: str, name: str, book: Path, *, code: int = 0, rank: int = 0, grace_s: float = 10.0) -> ChildSpec:
    return ChildSpec(name, [sys.executable, "-c", program, name, str(book), str(code)], rank, grace_s)


async def until(condition, within_s: float = 15.0) -> None:
    async with asyncio.timeout(within_s):
        while not condition():  # noqa: ASYNC110 - what another process wrote has no event here
            await asyncio.sleep(0.02)


def lines(book: Path) -> list[str]:
    return book.read_text().splitlines() if book.exists() else []


def supervise(specs, during, *, stream=None) -> tuple[int, Supervisor]:
    async def main() -> tuple[int, Supervisor]:
        supervisor = Supervisor(specs, stream or io.StringIO(), pause_scale=0.05)
        task = asyncio.create_task(supervisor.run())
        try:
            await during(supervisor)
        finally:
            supervisor.ask_stop()
            code = await asyncio.wait_for(task, 30)
        return code, supervisor

    return asyncio.run(main())


def test_a_child_begins_when_what_it_needs_is_there(tmp_path):
    book = tmp_path / "book"

    async def camera_is_up():
        await until(lambda: "camera up" in lines(book))

    specs = [replace(child(STAYS, "recorder", book), after=camera_is_up), child(STAYS, "camera", book)]

    async def during(_):
        await until(lambda: len(lines(book)) == 2)

    code, _ = supervise(specs, during)
    assert (lines(book)[:2], code) == (["camera up", "recorder up"], 0)


def test_a_child_that_still_waits_is_stopped_at_once(tmp_path):
    book = tmp_path / "book"
    specs = [replace(child(STAYS, "recorder", book), after=asyncio.Event().wait), child(STAYS, "camera", book)]

    async def during(_):
        await until(lambda: lines(book) == ["camera up"])

    code, supervisor = supervise(specs, during)
    assert (lines(book), code) == (["camera up", "camera down"], 0)
    assert supervisor.children[0].starts == 0


def test_stops_by_rank_with_the_recorder_last(tmp_path):
    book = tmp_path / "book"

    async def during(_):
        await until(lambda: len(lines(book)) == 3)

    specs = [
        child(STAYS, "recorder", book, rank=2),
        child(STAYS, "jobs", book, rank=1),
        child(STAYS, "web", book, rank=0),
    ]
    stream = io.StringIO()
    code, _ = supervise(specs, during, stream=stream)
    assert code == 0
    assert lines(book)[3:] == ["web down", "jobs down", "recorder down"]
    assert "recorder | hello from recorder\n" in stream.getvalue()


def test_a_crashing_child_is_started_again_and_touches_nobody(tmp_path):
    book = tmp_path / "book"
    seen = {}

    async def during(supervisor):
        await until(lambda: lines(book).count("web up") >= 3 and "recorder up" in lines(book))
        seen["pid"] = supervisor.children[0].pid
        seen["exit"] = supervisor.children[1].last_exit  # later it may be the end of what was started anew

    _, supervisor = supervise([child(STAYS, "recorder", book, rank=2), child(CRASHES, "web", book)], during)
    assert supervisor.children[0].starts == 1
    assert seen["pid"] is not None
    assert supervisor.children[1].starts >= 3
    assert seen["exit"] == 3


def test_a_killed_child_comes_back(tmp_path):
    book = tmp_path / "book"

    async def during(supervisor):
        await until(lambda: lines(book) == ["recorder up"])
        os.kill(supervisor.children[0].pid, signal.SIGKILL)
        await until(lambda: lines(book) == ["recorder up", "recorder up"])

    code, supervisor = supervise([child(STAYS, "recorder", book)], during)
    assert code == 0
    assert supervisor.children[0].starts == 2


def test_a_child_that_does_not_listen_is_killed_after_its_grace(tmp_path):
    book = tmp_path / "book"

    async def during(_):
        await until(lambda: lines(book) == ["jobs up"])

    code, supervisor = supervise([child(STUBBORN, "jobs", book, grace_s=0.3)], during)
    assert code == 1
    assert supervisor.children[0].last_exit == -signal.SIGKILL


def test_the_second_stop_kills(tmp_path):
    book = tmp_path / "book"

    async def during(supervisor):
        await until(lambda: lines(book) == ["jobs up"])
        supervisor.ask_stop()

    code, supervisor = supervise([child(STUBBORN, "jobs", book, grace_s=20)], during)
    assert code == 1
    assert supervisor.children[0].last_exit == -signal.SIGKILL


def test_a_failing_farewell_makes_the_exit_code(tmp_path):
    book = tmp_path / "book"

    async def during(_):
        await until(lambda: lines(book) == ["jobs up"])

    code, _ = supervise([child(STAYS, "jobs", book, code=5)], during)
    assert code == 1


def test_a_program_that_does_not_exist_is_tried_again(tmp_path):
    book = tmp_path / "book"

    async def during(supervisor):
        await until(lambda: supervisor.children[1].starts >= 2 and lines(book) == ["recorder up"])

    _, supervisor = supervise([child(STAYS, "recorder", book), ChildSpec("web", ["/nonexistent/vms"])], during)
    assert supervisor.children[0].starts == 1


def test_children_end_when_the_supervisor_is_killed(tmp_path):
    book = tmp_path / "book"
    program = f"""
import asyncio, sys
from vms.cli.node.child_process import ChildSpec
from vms.cli.node.supervisor import Supervisor
spec = ChildSpec("recorder", [sys.executable, "-c", {STAYS!r}, "recorder", {str(book)!r}, "0"])
sys.exit(asyncio.run(Supervisor([spec]).run()))
"""
    supervisor = subprocess.Popen([sys.executable, "-c", program], stderr=subprocess.DEVNULL)
    try:
        asyncio.run(until(lambda: lines(book) == ["recorder up"]))
        supervisor.kill()
        supervisor.wait()
        asyncio.run(until(lambda: lines(book) == ["recorder up", "recorder down"]))
    finally:
        with contextlib.suppress(ProcessLookupError):
            supervisor.kill()


def test_pauses_grow_to_half_a_minute():
    assert [pause_s(failures, 0) for failures in range(1, 8)] == [1, 2, 4, 8, 16, 30, 30]
    assert pause_s(10_000, 1) == 37.5
    assert pause_s(1, -1) == 0.75


def test_ends_in_words():
    assert exit_words(-9) == "was ended by SIGKILL"
    assert exit_words(2) == "ended with exit code 2"
    assert exit_words(None) == "could not be started"


class _Blocked(io.StringIO):
    """A terminal that was stopped with Ctrl+S."""

    def __init__(self):
        super().__init__()
        self.gate = threading.Event()
        self.entered = threading.Event()

    def write(self, text):
        self.entered.set()
        self.gate.wait(10)
        return super().write(text)


def test_a_stopped_terminal_costs_lines_not_time():
    stream = _Blocked()
    relay = LineRelay(stream)
    relay.put("web", b"first")
    assert stream.entered.wait(5)
    for _ in range(MAX_WAITING_LINES + 7):
        relay.put("web", b"rtsp://admin:secret@10.0.0.7/cam0 refused")
    stream.gate.set()
    relay.close()
    text = stream.getvalue()
    assert "7 lines of log were dropped" in text
    assert "10.0.0.7" not in text
    assert "rtsp://***" in text
