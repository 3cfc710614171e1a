"""What is installed is what is used, pinned in one way."""

import ast
import re
import sys
import tomllib
from functools import cache
from importlib.metadata import packages_distributions
from pathlib import Path

ROOT = Path(__file__).parents[2]
PACKAGES = ("vms", "recorder", "streams", "retention", "web")


@cache
def named() -> set[str]:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    return {re.match(r"[a-z0-9-]+", line).group() for line in project["dependencies"]}


@cache
def used() -> set[str]:
    modules = set()
    for package in PACKAGES:
        for path in (ROOT / package).rglob("*.py"):
            for node in ast.walk(ast.parse(path.read_bytes())):
                if isinstance(node, ast.Import):
                    modules |= {alias.name.partition(".")[0] for alias in node.names}
                elif isinstance(node, ast.ImportFrom) and not node.level:
                    modules.add(node.module.partition(".")[0])
    foreign = modules - set(sys.stdlib_module_names) - set(PACKAGES) - {"tests"}
    distributions = packages_distributions()
    return {distributions[module][0].lower().replace("_", "-") for module in foreign}


def pins(name: str) -> dict[str, str]:
    return dict(re.findall(r"^([a-z0-9._-]+)==(\S+)", (ROOT / name).read_text(), re.MULTILINE))


def test_every_library_that_is_imported_is_named():
    assert used() - named() == set()


def test_every_library_that_is_named_is_imported():
    by_others = {"websockets", "tzdata"}  # by uvicorn, chosen by name (`ws="websockets-sansio"`); by zoneinfo
    assert named() - used() == by_others


def test_a_server_gets_the_versions_that_are_tested_without_the_tests():
    everything, runtime = pins("constraints.txt"), pins("constraints-runtime.txt")
    assert runtime.items() < everything.items()
    assert named() <= runtime.keys()
    assert {"pytest", "mypy", "ruff", "hypothesis", "httpx"} & runtime.keys() == set()


def test_the_pins_name_no_place():
    for name in ("constraints.txt", "constraints-runtime.txt"):
        assert "://" not in (ROOT / name).read_text(), name
