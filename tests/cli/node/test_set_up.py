"""What `make` says while it sets a fresh machine up."""

import os
import re
import subprocess
from pathlib import Path

ROOT = Path(__file__).parents[3]
# Each step is told before it is done.
TOLD_AND_DONE = (
    "Set-up 1 of 4: ", "-m venv", r"Set-up 2 of 4: \d+ Python packages", "pip install", "Set-up 3 of 4: ",
    "ci --silent", "Set-up 4 of 4: ", "run --silent build", "vms demo --data data",
)  # fmt: skip


def test_every_step_of_a_set_up_is_told_before_it_is_done():
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("MAKE", "MFLAGS"))}
    answer = subprocess.run(
        ["make", "--dry-run", "--always-make", "demo"], cwd=ROOT, env=environment, check=True, timeout=60,
        capture_output=True, text=True,
    )  # fmt: skip
    at = 0
    for expected in TOLD_AND_DONE:
        found = re.compile(expected).search(answer.stdout, at)
        assert found, f"{expected} does not follow: {answer.stdout[at:]}"
        at = found.end()
