"""pytest plugin: prints which tests prove which clause (`make requirements`)."""

from collections import defaultdict


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
    for clause in sorted(table):
        print(f"\n{clause}")
        for node in table[clause]:
            print(f"  {node}")
    print(f"\n{len(table)} clauses and edge cases are proven by {sum(map(len, table.values()))} tests")
