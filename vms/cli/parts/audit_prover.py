"""Proves the audit log in a process of its own, in the name of who asked.

`python -m vms.cli.parts.audit_prover DATA`, who acts as JSON on its standard input.
"""

import asyncio
import contextlib
import json
import os
import sys
from pathlib import Path
from uuid import UUID

from vms.audit.entry import Actor
from vms.cli.settings.node import DataPaths
from vms.cli.timed.audit import AuditJob
from vms.kernel.clock import SystemClock
from vms.kernel.database import Database
from vms.kernel.errors import Kind, VmsError

_NICER = 10


class ChildProver:
    """Starts that process and waits for it: a million hashes would hold the caller's own interpreter for a minute."""

    def __init__(self, paths: DataPaths) -> None:
        self._root = paths.root

    async def __call__(self, by: Actor) -> None:
        """See `web.audit_proof.Prove`. VmsError(UNAVAILABLE, `verification_unavailable`): it ended before its end."""
        process = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "vms.cli.parts.audit_prover", str(self._root), stdin=asyncio.subprocess.PIPE
        )
        try:
            await process.communicate(_told(by))
        finally:
            if process.returncode is None:
                with contextlib.suppress(ProcessLookupError):
                    process.kill()
                await process.wait()
        if process.returncode != 0:
            raise VmsError(
                Kind.UNAVAILABLE, "verification_unavailable",
                f"The verification ended with exit code {process.returncode}. Run `vms audit verify` on the server.",
            )  # fmt: skip


def _told(by: Actor) -> bytes:
    ids = {name: None if value is None else value.hex for name, value in _ids(by)}
    return json.dumps({"name": by.name, "address": by.address, **ids}).encode()


def _ids(by: Actor) -> tuple[tuple[str, UUID | None], ...]:
    return ("person_id", by.person_id), ("session_id", by.session_id)


def _actor(told: str) -> Actor:
    values = json.loads(told)
    person, session = (None if values[name] is None else UUID(values[name]) for name in ("person_id", "session_id"))
    return Actor(person, values["name"], session, values["address"])


if __name__ == "__main__":
    os.nice(_NICER)  # recording and pictures come first
    paths = DataPaths(Path(sys.argv[1]))
    AuditJob(paths, SystemClock(), Database.at(paths.database)).verify(_actor(sys.stdin.read()))
