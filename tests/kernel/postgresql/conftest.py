"""A real PostgreSQL of Debian's, started for this folder."""

import os
import shutil
import signal
import subprocess
import tempfile
from importlib.util import find_spec
from itertools import count
from pathlib import Path

import pytest
import sqlalchemy as sa

from vms.kernel.clock import ManualClock
from vms.kernel.database import Database
from vms.kernel.migration import upgrade

BINARIES = max(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: int(path.parent.name), default=Path("/none"))
READY_S = 60


class Server:
    """A server in a folder of its own, reached by a Unix socket only."""

    def __init__(self):
        self.folder = Path(tempfile.mkdtemp(prefix="nazar-pg-"))  # pytest's own folders let no other user in
        self._as = ()
        if os.geteuid() == 0:  # it refuses to run as root
            self._as = ("setpriv", "--reuid", "postgres", "--regid", "postgres", "--clear-groups")
            shutil.chown(self.folder, "postgres", "postgres")
        self._run("initdb", "-D", "data", "-U", "nazar", "-A", "trust", "-E", "UTF8", "--locale", "C.UTF-8", "-N")
        with (self.folder / "log").open("wb") as log:
            self._process = subprocess.Popen(
                [*self._as, BINARIES / "postgres", "-D", "data", "-k", self.folder, "-c", "listen_addresses="],
                cwd=self.folder, stdout=log, stderr=log,
            )  # fmt: skip
        self._run("pg_isready", "-h", self.folder, "-t", READY_S, "-q", until_ready=True)
        self._numbers = count(1)

    def _run(self, program, *arguments, until_ready=False):
        words = [*self._as, BINARIES / program, *map(str, arguments)]
        while subprocess.run(words, cwd=self.folder, capture_output=True, check=not until_ready).returncode:
            assert self._process.poll() is None, (self.folder / "log").read_text()

    def url(self, name):
        return sa.URL.create("postgresql+psycopg", "nazar", database=name, query={"host": str(self.folder)})

    def make(self, template="template0"):
        """A new database like `template`: its address."""
        name = f"nazar_{next(self._numbers)}"
        engine = sa.create_engine(self.url("postgres"), isolation_level="AUTOCOMMIT")
        with engine.connect() as connection:
            connection.exec_driver_sql(f"CREATE DATABASE {name} TEMPLATE {template}")
        engine.dispose()
        return self.url(name)

    def stop(self):
        self._process.send_signal(signal.SIGINT)
        self._process.wait(60)
        shutil.rmtree(self.folder)


@pytest.fixture(scope="session")
def server():
    if not (BINARIES / "initdb").exists():
        pytest.skip("postgresql is not installed: apt has none here")
    if find_spec("psycopg") is None:
        pytest.skip("psycopg is not installed: `make setup` installs it")
    server = Server()
    yield server
    server.stop()


@pytest.fixture(scope="session")
def upgraded(server):
    """The name of a database with today's schema, to be copied."""
    url = server.make()
    engine = sa.create_engine(url)
    upgrade(engine)
    engine.dispose()
    return url.database


@pytest.fixture
def empty(server):
    """A database that was never upgraded."""
    engine = sa.create_engine(server.make())
    yield engine
    engine.dispose()


@pytest.fixture
def database(server, upgraded):
    """One of today's schema."""
    database = Database(sa.create_engine(server.make(upgraded)))
    yield database
    database.close()


@pytest.fixture
def clock():
    return ManualClock()
