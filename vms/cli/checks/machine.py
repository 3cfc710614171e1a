"""Checks of the machine: interpreter, libraries, clock, limits, ports."""

import ctypes
import errno
import importlib
import resource
import shutil
import socket
import sys

from vms.cli.checks.finding import Finding, ok, problem, warning

NEEDED_PYTHON = (3, 11)
NEEDED_SQLITE = (3, 37, 0)  # STRICT tables of the volume index
# One socket and one segment file a camera, the index's files, viewers: 500 cameras fit.
WANTED_OPEN_FILES = 4096
LIBRARIES = ("aiortc", "alembic", "apscheduler", "av", "cryptography", "cv2", "fastapi", "jinja2", "numpy", "onvif",
             "prometheus_client", "pydantic", "sqlalchemy", "uvicorn", "wsdiscovery", "zeep")  # fmt: skip
_TIMEX_BYTES = 256  # larger than any `struct timex`
_TIME_ERROR = 5  # adjtimex(2): the clock is not synchronised


def check_python() -> Finding:
    """The interpreter is new enough."""
    version = ".".join(str(part) for part in sys.version_info[:3])
    if sys.version_info < NEEDED_PYTHON:
        return problem("python", f"Python {version} is too old.", "Install Python 3.11 or newer.")
    return ok("python", f"Python {version}")


def check_libraries(names: tuple[str, ...] = LIBRARIES) -> Finding:
    """Every library can be loaded (a wheel for another machine fails only here)."""
    broken = []
    for name in names:
        try:
            importlib.import_module(name)
        except (ImportError, OSError) as err:
            broken.append(f"{name} ({type(err).__name__})")
    if broken:
        return problem("libraries", f"These cannot be loaded: {', '.join(broken)}.", "Run `make setup` again.")
    return ok("libraries", f"{len(names)} libraries load")


def check_sqlite(version: str) -> Finding:
    """SQLite knows STRICT tables."""
    if tuple(int(part) for part in version.split(".")) < NEEDED_SQLITE:
        return problem("sqlite", f"SQLite {version} is too old.", "Use a Python with SQLite 3.37 or newer.")
    return ok("sqlite", f"SQLite {version}")


def check_ffmpeg() -> Finding:
    """The ffmpeg program helps a person look at files; the product itself never starts it."""
    found = shutil.which("ffprobe")
    if found is None:
        return ok("ffmpeg", "ffprobe is not installed; only the tests and the benchmarks use it")
    return ok("ffmpeg", "ffprobe is there, for looking at files by hand")


def clock_state() -> int:
    """What the kernel says of its clock (adjtimex(2), read-only); -1 when it cannot be asked."""
    buffer = ctypes.create_string_buffer(_TIMEX_BYTES)  # modes = 0: only read
    return int(ctypes.CDLL(None, use_errno=True).adjtimex(buffer))


def check_clock(state: int) -> Finding:
    """The machine's clock follows a time server: footage is evidence by its time."""
    if state == _TIME_ERROR:
        return warning(
            "clock", "The machine's clock is not synchronised; footage may carry a wrong time.",
            "Install and start chrony (or systemd-timesyncd) and let it reach a time server (containers: on the host).",
        )  # fmt: skip
    if state < 0:
        return warning("clock", "The kernel does not tell whether the clock is synchronised.", "Check it on the host.")
    return ok("clock", "The clock is synchronised")


def check_open_files() -> Finding:
    """Enough sockets and files may be open at once."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    if hard != resource.RLIM_INFINITY and hard < WANTED_OPEN_FILES:
        return warning(
            "open_files", f"This user may open {hard} files at once; {WANTED_OPEN_FILES} are wanted.",
            "Set LimitNOFILE=65536 in the service, or `ulimit -n`.",
        )  # fmt: skip
    if soft < WANTED_OPEN_FILES:
        return warning(
            "open_files", f"The limit of open files is {soft}; large installations need {WANTED_OPEN_FILES}.",
            "Set LimitNOFILE=65536 in the service, or `ulimit -n 65536`.",
        )  # fmt: skip
    return ok("open_files", f"{soft} files may be open at once")


def check_port(host: str, port: int, *, is_ours: bool) -> Finding:
    """The web port is free, or held by this very node."""
    if port == 0:
        return ok("port", "A free port is chosen at start")
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as err:
            return _port_finding(port, err, is_ours=is_ours)
    return ok("port", f"Port {port} is free")


def _port_finding(port: int, err: OSError, *, is_ours: bool) -> Finding:
    if err.errno == errno.EADDRINUSE and is_ours:
        return ok("port", f"Port {port} is in use, and this node is running")
    if err.errno == errno.EADDRINUSE:
        return problem("port", f"Port {port} is taken by another program.", "Choose another: web.port, or --port.")
    if err.errno == errno.EACCES:
        return problem("port", f"This user may not use port {port}.", "Choose a port above 1023: web.port, or --port.")
    return problem("port", f"The web address cannot be used: {err.strerror}.", "Correct web.host in nazar.toml.")
