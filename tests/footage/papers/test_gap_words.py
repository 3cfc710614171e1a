"""No code of a program stands on paper: what is written beside the cause of missing footage is Turkish."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

import recorder
import vms.archive
from vms.archive.model import Cause
from vms.archive.stream_writer import NO_VOLUME
from vms.archive.volume_state import OK
from vms.footage.bundle.shortfall import AWAY, DAMAGED, NOT_YET
from vms.footage.papers.gap_words import detail_words

RECORDER, ARCHIVE = Path(recorder.__path__[0]), Path(vms.archive.__path__[0])
CODE = re.compile(r"[a-z]+(_[a-z]+)*")
TELLING = {"SourceError", "open_gap", "restart_at_sync", "wait_for_sync", "on_discontinuity", "end"}
ENDING = {"_reason_to_end", "_rotate_if_due"}  # of a run: why it ends


def trees(folder, name=""):
    return [ast.parse(one.read_text()) for one in folder.rglob(f"{name or '*'}.py") if "simcam" not in one.parts]


def codes(trees) -> Iterator[str]:
    """The strings by which a recorder says why no footage comes: where it raises, tells, ends, fails to store."""
    constants = {
        target.id: node.value.value
        for tree in trees for node in tree.body if isinstance(node, ast.Assign) and isinstance(node.value, ast.Constant)
        for target in node.targets if isinstance(target, ast.Name)
    }  # fmt: skip
    for node in (node for tree in trees for node in ast.walk(tree)):
        for told in told_in(node):
            for part in ast.walk(told):
                value = constants.get(part.id) if isinstance(part, ast.Name) else getattr(part, "value", None)
                if isinstance(value, str) and CODE.fullmatch(value) and value not in set(Cause):
                    yield value


def told_in(node) -> list[ast.AST]:
    if isinstance(node, ast.Call):
        name = getattr(node.func, "attr", getattr(node.func, "id", ""))
        return node.args if name in TELLING else []
    if isinstance(node, ast.Tuple):
        return node.elts if any(ast.unparse(one).startswith("Cause.") for one in node.elts) else []
    if isinstance(node, ast.FunctionDef):
        return [one for one in ast.walk(node) if isinstance(one, ast.Return)] if node.name in ENDING else []
    if isinstance(node, ast.Assign) and any(ast.unparse(one).endswith("storage_fault") for one in node.targets):
        return [node.value]
    return []


def states_of_disks() -> set[str]:
    """What a volume that takes no footage says: `Writer.volume_states`, beside what its index and folder refuse."""
    own = {
        node.value.value for tree in trees(ARCHIVE, "volume_state") for node in tree.body
        if isinstance(node, ast.Assign) and isinstance(node.value, ast.Constant)
    }  # fmt: skip
    refused = {
        node.args[1].value for tree in [*trees(ARCHIVE, "volume"), *trees(ARCHIVE, "index")] for node in ast.walk(tree)
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "VmsError"
    }  # fmt: skip
    return {one for one in own | refused | {NO_VOLUME} if CODE.fullmatch(str(one))} - {OK, *BEFORE_USE}


BEFORE_USE = {"volume_not_empty"}  # of a folder that is to become a volume


def test_the_codes_of_the_recorder_are_found_in_its_source():
    found = set(codes(trees(RECORDER)))
    assert {
        "wrong_password", "timeout", "no_route", "reconfigured", "taken_out", "not_running", "first_start", "stopped",
        "late", "time_taken", "no_whole_picture", "disk_behind", "sequence_restart", "busy", "clock_step",
    } <= found  # fmt: skip
    assert {"volume_full", "volume_failed", "index_damaged", "no_volume", "wrong_volume"} <= states_of_disks()


@pytest.mark.proves("D-10.2c")
def test_each_code_of_a_gap_has_turkish_words():
    codes_told = {*codes(trees(RECORDER)), *states_of_disks(), "not_recovered", AWAY, DAMAGED, NOT_YET}
    assert [one for one in sorted(codes_told) if not detail_words(Cause.UNKNOWN, one)] == []


def test_a_code_without_words_is_not_printed_and_words_are():
    assert detail_words(Cause.NETWORK, "no_such_code") == ""
    assert detail_words(Cause.NETWORK, "no_route") == "kameraya ağdan ulaşılamamış"
    own = "NAZAR-3-1: disk hatası; disk geri gelmedi"
    assert detail_words("not_packed", own) == own
