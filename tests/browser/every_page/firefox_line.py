"""Firefox ESR for Playwright: `python firefox_line.py ARGUMENTS` starts it, then passes on what the two say.

Playwright has each new page pretend a colour scheme, by a command that browsers learned lately, and gives up where it
is unknown. What this Firefox does not know of `emulation.*` is answered as done: the page looks as the browser has it.
"""

import asyncio
import json
import re
import sys
from asyncio.subprocess import PIPE

from websockets.asyncio.client import ClientConnection, connect
from websockets.asyncio.server import ServerConnection, serve

FIREFOX = "/usr/bin/firefox-esr"
_LISTENS = re.compile(rb"WebDriver BiDi listening on (ws://\S+)")
_PLAIN = {"max_size": None, "ping_interval": None, "compression": None}


async def main() -> int:
    """Until Firefox ends; its exit code."""
    firefox = await asyncio.create_subprocess_exec(FIREFOX, *sys.argv[1:], stderr=PIPE)
    async for line in firefox.stderr:
        found = _LISTENS.search(line)
        told = await _listen(found[1].decode()) if found else line
        sys.stderr.buffer.write(told)
        sys.stderr.buffer.flush()
    return await firefox.wait()


async def _listen(address: str) -> bytes:
    server = await serve(lambda own: _pass_on(own, address), "127.0.0.1", 0, **_PLAIN)
    port = server.sockets[0].getsockname()[1]
    return f"WebDriver BiDi listening on ws://127.0.0.1:{port}\n".encode()


async def _pass_on(own: ServerConnection, address: str) -> None:
    """One session, whose path is Playwright's: `/session`. Ends with either side."""
    async with connect(address + own.request.path, **_PLAIN) as theirs:
        line = _Line(own, theirs)
        ways = [asyncio.create_task(line.ask()), asyncio.create_task(line.answer())]
        await asyncio.wait(ways, return_when=asyncio.FIRST_COMPLETED)
        for way in ways:
            way.cancel()


class _Line:
    """What goes to and fro."""

    def __init__(self, own: ServerConnection, theirs: ClientConnection) -> None:
        self._own = own
        self._theirs = theirs
        self._pretences: set[int] = set()

    async def ask(self) -> None:
        async for message in self._own:
            asked = json.loads(message)
            if asked["method"].startswith("emulation."):
                self._pretences.add(asked["id"])
            await self._theirs.send(message)

    async def answer(self) -> None:
        async for message in self._theirs:
            await self._own.send(self._answered(message) if self._pretences else message)

    def _answered(self, message: str) -> str:
        told = json.loads(message)
        if told.get("id") not in self._pretences:
            return message
        self._pretences.discard(told["id"])
        is_unknown = told.get("error") == "unknown command"
        return json.dumps({"type": "success", "id": told["id"], "result": {}}) if is_unknown else message


if __name__ == "__main__":
    sys.exit(asyncio.run(main()))
