"""The division of duties, compared with the table of the requirements (7), which stands here in its own words."""

import pytest

from vms.people.roles import (
    MAY,
    OF_KIND,
    SEES_BY,
    WITHOUT_ACCOUNT,
    Action,
    Paper,
    actions_of,
    papers_of,
    roles_that_may,
)
from vms.people.rules import AccountKind, Role

LIVE_OR_PAST = {Paper.OLUR}

# role: (what it may do, on which papers it may be given a right to see), each row as §7 has it
TABLE = {
    # live view of assigned posts; report fault; write incident note; ask for a hold
    "guard": ("report_fault write_incident_note ask_for_hold", {Paper.ASSIGNMENT}),
    # assign/remove guards by letter; sign surveys; live only if assigned
    "guard_supervisor": ("enter_assignment sign_survey", {Paper.ASSIGNMENT}),
    # live and/or playback as granted
    "authorised_viewer": ("report_fault", LIVE_OR_PAST),
    # apply for camera, access, renewal; report change of duty; sign survey; receive assets
    "unit_supervisor": ("apply_for_authority report_duty_change sign_survey sign_handover", LIVE_OR_PAST),
    # register letters, requests, holds, Olur references, scans
    "registry_clerk": (
        (
            "register_letter register_request place_hold enter_grant enter_renewal report_duty_change record_agreement"
            " issue_document assign_request"
        ),
        LIVE_OR_PAST,
    ),
    # inspect only the locked interval of an assigned request, cut, export, prepare record, deliver, purge
    "footage_officer": ("export_footage deliver_footage ask_for_hold issue_document", {Paper.OLUR, Paper.REQUEST}),
    # check basis, approve or refuse a request
    "legal_reviewer": ("review_request", LIVE_OR_PAST),
    # register/configure cameras, masks, health, work orders, faults, surveys, weekly check; technical view
    "technician": (
        (
            "see_health manage_cameras manage_masks open_work_order work_on_faults report_fault check_recording"
            " sign_survey manage_training issue_document"
        ),
        {Paper.OLUR, Paper.WORK_ORDER},
    ),
    # sign records P-04..P-07; assign work; reviews of shared accounts; reports; breaches (D-11.4c)
    "vms_unit_head": (
        (
            "sign_record open_work_order review_shared_account see_reports activate_grant withdraw_grant see_health"
            " record_breach assign_request"
        ),
        LIVE_OR_PAST,
    ),
    # as above + approve exemption requests, commission appointments
    "branch_manager": (
        (
            "sign_record open_work_order review_shared_account see_reports activate_grant withdraw_grant see_health"
            " record_breach assign_request approve_exemption appoint_commission"
        ),
        LIVE_OR_PAST,
    ),
    "department_head": ("see_reports approve_kpi", LIVE_OR_PAST),
    "general_secretary": ("issue_olur", LIVE_OR_PAST),
    "commission_member": ("sign_acceptance", LIVE_OR_PAST),
    "asset_receiver": ("sign_handover", LIVE_OR_PAST),
    "publisher": ("publish stop_publication edit_public_page", LIVE_OR_PAST),
    "strategy_unit": ("decide_publication", LIVE_OR_PAST),
    "board_member": ("decide_publication", LIVE_OR_PAST),
    "project_adviser": ("decide_publication", LIVE_OR_PAST),
    "design_approver": ("approve_design", LIVE_OR_PAST),
    "test_team_member": ("test_publication", LIVE_OR_PAST),
    "panel_user": ("edit_public_page", LIVE_OR_PAST),
    # KVKK statement, emergency unpublish
    "data_owner": ("give_kvkk_statement stop_publication", LIVE_OR_PAST),
    # read audit, reports, registers; not: picture, change anything
    "auditor": ("read_audit see_reports", set()),
    # service, backup, directory, keys; not: picture, business decisions
    "sysadmin": (
        "manage_people manage_accounts manage_settings manage_backups see_health activate_grant",
        LIVE_OR_PAST,
    ),
    # live of fixed camera set; not: playback, export, admin
    "shared_account": ("", {Paper.REVIEW}),
    "api_client": ("", set()),
    "external_authority": ("", set()),
    "public": ("", set()),
}
READING = {
    Action.SEE_PEOPLE, Action.SEE_ACCOUNTS, Action.SEE_AUTHORITY, Action.SEE_REGISTERS, Action.SEE_HEALTH,
    Action.SEE_REPORTS, Action.READ_AUDIT, Action.SEE_REQUESTS,
}  # fmt: skip


@pytest.mark.proves("D-11.1b", "C-7")
@pytest.mark.parametrize("role", list(Role))
def test_each_role_may_what_the_requirements_say_and_nothing_else(role):
    wanted, papers = TABLE[role]
    assert MAY[role] - READING == {Action(word) for word in wanted.split()} - READING
    assert {Action(word) for word in wanted.split()} <= MAY[role]
    assert SEES_BY[role] == papers


def test_the_table_knows_every_role():
    assert list(TABLE) == [role.value for role in Role]
    assert set(MAY) == set(SEES_BY) == set(Role)


@pytest.mark.proves("C-7", "D-10.1e")
def test_duties_that_must_not_meet_are_in_no_role_together():
    apart = [
        {Action.REGISTER_REQUEST, Action.REVIEW_REQUEST},
        {Action.REVIEW_REQUEST, Action.EXPORT_FOOTAGE},
        {Action.REGISTER_REQUEST, Action.EXPORT_FOOTAGE},
        {Action.EXPORT_FOOTAGE, Action.SIGN_RECORD},
        {Action.REGISTER_REQUEST, Action.SIGN_RECORD},
        {Action.ENTER_GRANT, Action.ACTIVATE_GRANT},
        {Action.ENTER_ASSIGNMENT, Action.ENTER_GRANT},
        {Action.MANAGE_ACCOUNTS, Action.ENTER_GRANT},
        {Action.PUBLISH, Action.APPROVE_DESIGN},
        {Action.PUBLISH, Action.TEST_PUBLICATION},
    ]
    for role, duties in MAY.items():
        for pair in apart:
            assert not pair <= duties, f"{role}: {pair}"
    assert roles_that_may(Action.SIGN_RECORD) == (Role.VMS_UNIT_HEAD, Role.BRANCH_MANAGER)


def test_who_audits_changes_nothing_and_sees_no_picture():
    assert MAY[Role.AUDITOR] <= READING
    assert papers_of([Role.AUDITOR, Role.AUTHORISED_VIEWER]) == set()
    assert roles_that_may(Action.READ_AUDIT) == (Role.AUDITOR,)


def test_roles_add_up():
    assert actions_of([]) == papers_of([]) == set()
    assert actions_of([Role.GUARD, Role.DEPARTMENT_HEAD]) == MAY[Role.GUARD] | MAY[Role.DEPARTMENT_HEAD]
    assert papers_of([Role.GUARD, Role.AUTHORISED_VIEWER]) == {Paper.ASSIGNMENT, Paper.OLUR}


@pytest.mark.proves("D-11.6")
def test_a_shared_account_is_nothing_but_a_wall():
    assert OF_KIND[AccountKind.SHARED] == {Role.SHARED_ACCOUNT}
    assert not OF_KIND[AccountKind.PERSONAL] & (OF_KIND[AccountKind.SHARED] | OF_KIND[AccountKind.SERVICE])
    assert set(Role) - WITHOUT_ACCOUNT == set().union(*OF_KIND.values())


def test_somebody_may_do_each_thing():
    for action in Action:
        assert roles_that_may(action), f"nobody may {action}"
