"""The table of who may what, made from the code that decides: `python -m web.duties` prints it for DESIGN.md."""

from collections.abc import Iterable

from vms.people.roles import MAY, SEES_BY, SHOWS_LIVE, SHOWS_PAST, Action, Paper
from vms.people.rules import Role

_HEAD = (
    "| role | own camera, live | own camera, recorded | other camera | actions |",
    "|---|---|---|---|---|",
)
_NEVER = "never"


def matrix() -> str:
    """A Markdown table: each role, on which paper a camera may become its own, what else it may do.

    An "own" camera is one that such a paper names for that account. For every other one there is no paper, so nobody
    sees it, live or recorded.
    """
    return "\n".join([*_HEAD, *(_row(role) for role in Role)])


def _row(role: Role) -> str:
    papers = SEES_BY[role]
    cells = [f"`{role}`", _papers(papers & SHOWS_LIVE), _papers(papers & SHOWS_PAST), _NEVER, _actions(MAY[role])]
    return f"| {' | '.join(cells)} |"


def _papers(papers: Iterable[Paper]) -> str:
    return ", ".join(f"by {paper}" for paper in Paper if paper in papers) or _NEVER


def _actions(actions: frozenset[Action]) -> str:
    return ", ".join(action for action in Action if action in actions) or "—"


if __name__ == "__main__":
    print(matrix())  # noqa: T201 - it is what the command is for
