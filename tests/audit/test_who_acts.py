"""Production code never lets an act go into the log without saying whose it was."""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
# By module: the use cases that take `by`.
AUDITED = {
    "vms.people.service": {"create_account", "change_account", "set_password", "disable", "enable"},
    "vms.people.sessions": {"end_sessions"},
    "vms.authority.grants.activation": {"activate"},
    "vms.authority.agreements.service": {"record_agreement", "withdraw_agreement", "introduce_text"},
    "vms.authority.postings.assignments": {"assign", "end_assignment"},
    "vms.authority.breaches.entries": {"read_breach_entry"},
    "vms.authority.breaches.paper": {"print_breach"},
    "vms.authority.breaches.service": {"record_breach", "change_breach"},
    "vms.authority.duty_changes": {"report_duty_change", "end_papers", "end_papers_of_closed", "end_papers_of_gone"},
    "vms.authority.grants.endings": {"withdraw", "close", "suspend", "reinstate"},
    "vms.authority.grants.service": {"enter", "submit", "correct", "cancel"},
    "vms.authority.papers": {
        "print_agreement",
        "print_authority",
        "print_application",
        "print_posting",
        "print_review",
    },
    "vms.authority.postings.posts": {"open_post", "change_cameras", "close_post"},
    "vms.authority.grants.renewals": {"register_renewal", "complete"},
    "vms.authority.grants.replacements": {"change_scope", "replace_person"},
    "vms.authority.rights": {"settle", "revoke_kind", "limit_kind"},
    "vms.authority.shared_reviews.service": {"review"},
    "vms.authority.work_orders.service": {"open_work_order", "close_work_order", "settle_work_order"},
    "vms.documents.initials": {"initial"},
    "vms.documents.ebys_number": {"note_ebys_number"},
    "vms.footage.letters.applications": {"register_application", "answer_application"},
    "vms.footage.requests.assigning": {"assign"},
    "vms.footage.requests.closing": {"withdraw", "answer", "close_delivered"},
    "vms.footage.delivery.delivering": {
        "check_may_hand_over",
        "check_may_prepare",
        "check_may_sign",
        "hand_over",
        "prepare",
        "sign",
    },
    "vms.footage.exports.service": {"_row", "check_may_order", "order", "replace", "retry"},
    "vms.footage.exports.giving_up": {"give_up"},
    "vms.footage.holds.asks": {"ask_for_hold", "answer_with_hold", "decline", "reopen"},
    "vms.footage.holds.links": {"link_holds"},
    "vms.footage.holds.service": {"place", "entered", "sign", "release", "expire", "make_void"},
    "vms.footage.letters.correcting": {"check_may_change", "check_may_file", "correct_letter"},
    "vms.footage.letters.files": {"file_letter", "read_file", "read_letter_inside"},
    "vms.footage.letters.service": {"register_letter", "assign_letter", "finish_letter"},
    "vms.footage.holds.placing": {"place_and_tell"},
    "vms.footage.delivery.purging": {"run_once"},
    "vms.footage.papers.records": {"print_answer", "print_form", "print_hold_record", "print_unreached"},
    "vms.footage.requests.service": {"register", "correct", "check_may_register", "register_again"},
    "vms.footage.requests.review": {"approve", "return_for_papers", "complete", "refuse", "refuse_overdue"},
    "vms.footage.requests.searching": {"record_search"},
    "vms.footage.holds.second_look": {"look_again"},
    "vms.footage.exports.taking": {"may_be_given", "note_given", "show_passphrase", "take"},
    "vms.footage.upkeep": {"run_once"},
    "vms.footage.requests.viewing": {"settle_viewing", "take_from_unfit"},
    "vms.training.service": {
        "add_material",
        "change_material",
        "add_version",
        "publish",
        "withdraw",
        "acknowledge",
    },
    "vms.training.session_paper": {"print_session"},
    "vms.training.sessions": {"enter_session", "change_session", "call_off"},
    "vms.wall.service": {"create_view", "change_view", "delete_view", "create_tour", "change_tour", "delete_tour"},
    "vms.cameras.central": {"end_central_recording", "end_with_camera", "record_centrally"},
    "vms.cameras.placements": {"change_words", "correct", "move"},
    "vms.cameras.service": {"register", "change", "retire", "set_retention", "end_retention"},
}


def unsigned_calls(path):
    """Calls of audited use cases, imported by name, that do not say `by`."""
    tree = ast.parse(path.read_text())
    names = {
        alias.asname or alias.name
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom)
        for alias in node.names
        if alias.name in AUDITED.get(node.module or "", ())
    }
    for node in ast.walk(tree):
        is_audited = isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in names
        if is_audited and "by" not in {keyword.arg for keyword in node.keywords}:
            yield f"{path.relative_to(ROOT)}:{node.lineno} {node.func.id}"


@pytest.mark.parametrize("package", ["vms", "web", "retention"])
def test_every_use_case_is_told_who_acts(package):
    files = [path for path in (ROOT / package).rglob("*.py") if "node_modules" not in path.parts]
    assert files
    assert [call for path in files for call in unsigned_calls(path)] == []


def test_the_lint_finds_what_it_is_for(tmp_path):
    path = ROOT / "tests" / "audit" / "conftest.py"
    assert list(unsigned_calls(path)) == []
    asked = {name for names in AUDITED.values() for name in names}
    for module, names in AUDITED.items():
        source = (ROOT / (module.replace(".", "/") + ".py")).read_text()
        takes = {
            node.name
            for node in ast.parse(source).body
            if isinstance(node, ast.FunctionDef) and "by" in {one.arg for one in node.args.kwonlyargs}
        }
        assert names <= takes
        assert takes <= asked | {"set_language"}
