"""pytest plugin: prints which tests prove which clause (`make requirements`)."""

import re
from collections import defaultdict
from pathlib import Path

CLAUSES = Path(__file__).parents[1] / "vms" / "CLAUSES.md"


def clauses() -> list[tuple[str, str]]:
    """Each id of `vms/CLAUSES.md` with its sentence, in the file's order."""
    rows = re.findall(r"^\| (\S+) \| (.+) \|$", CLAUSES.read_text(), re.MULTILINE)
    return [(name, sentence) for name, sentence in rows if name != "id"]


def pytest_addoption(parser):
    parser.addoption("--requirements", action="store_true", help="print clause -> tests instead of running")


def pytest_collection_finish(session):
    if not session.config.getoption("--requirements"):
        return
    table = defaultdict(list)
    for item in session.items:
        for mark in item.iter_markers("proves"):
            for clause in mark.args:
                table[clause].append(item.nodeid)
    says = dict(clauses())
    for clause in sorted(table):
        print(f"\n{clause}: {says[clause]}")
        for node in table[clause]:
            print(f"  {node}")
    print(f"\n{len(table)} clauses and edge cases are proven by {sum(map(len, table.values()))} tests")
