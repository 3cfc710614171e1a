"""Who may what: the table in DESIGN.md is the code's own, and agrees with the requirements (7)."""

from pathlib import Path

import pytest

import web
from vms.people.rules import Role
from web.duties import matrix

LIVE_BY = {  # "★ live of assigned posts", "live only if assigned", "★ by grant", "technical view", "live of fixed set"
    "guard": "by assignment",
    "guard_supervisor": "by assignment",
    "technician": "by olur, by work_order",
    "shared_account": "by review",
    "auditor": "never",
    "api_client": "never",
    "external_authority": "never",
    "public": "never",
}
RECORDED_BY = {  # "may not: playback"; the footage officer's "locked interval of an assigned request"
    "guard": "never",
    "guard_supervisor": "never",
    "footage_officer": "by olur, by request",
    "shared_account": "never",
    "auditor": "never",
    "api_client": "never",
    "external_authority": "never",
    "public": "never",
}


def rows():
    lines = matrix().splitlines()[2:]
    return {
        cells[1].strip().strip("`"): [cell.strip() for cell in cells[2:-1]]
        for cells in (line.split("|") for line in lines)
    }


@pytest.mark.proves("D-11.1a", "D-11.1b", "D-11.2a")
def test_the_table_of_the_design_is_what_the_code_decides():
    design = (Path(web.__file__).parent / "DESIGN.md").read_text()
    assert matrix() in design, "print it with `python -m web.duties`"


@pytest.mark.proves("D-11.1b", "D-19.1", "edge-81")
@pytest.mark.parametrize("role", [role.value for role in Role])
def test_pictures_are_for_papers_not_for_roles(role):
    live, recorded, other, _ = rows()[role]
    assert live == LIVE_BY.get(role, "by olur")
    assert recorded == RECORDED_BY.get(role, "by olur")
    assert other == "never"
