"""Which role may do what: the directive's division of duties."""

from collections.abc import Iterable, Mapping
from enum import StrEnum

from vms.people.rules import AccountKind, Role


class Action(StrEnum):
    """What the console lets people do. No action is a picture: those need a right (`vms.authority`)."""

    SEE_PEOPLE = "see_people"  # the register of persons with the organisation
    MANAGE_PEOPLE = "manage_people"
    SEE_ACCOUNTS = "see_accounts"
    MANAGE_ACCOUNTS = "manage_accounts"  # accounts with their roles, passwords, sessions
    MANAGE_SETTINGS = "manage_settings"
    MANAGE_BACKUPS = "manage_backups"
    MANAGE_TRAINING = "manage_training"

    SEE_AUTHORITY = "see_authority"  # assignments, grants, agreements, reviews: who may see what, and why
    ENTER_ASSIGNMENT = "enter_assignment"
    APPLY_FOR_AUTHORITY = "apply_for_authority"  # by letter; the console shows whom they sign for
    ENTER_GRANT = "enter_grant"
    ACTIVATE_GRANT = "activate_grant"
    WITHDRAW_GRANT = "withdraw_grant"
    ENTER_RENEWAL = "enter_renewal"
    REPORT_DUTY_CHANGE = "report_duty_change"
    RECORD_AGREEMENT = "record_agreement"
    REVIEW_SHARED_ACCOUNT = "review_shared_account"
    RECORD_BREACH = "record_breach"  # of confidentiality; a guard's note of what a camera saw is `write_incident_note`

    SEE_HEALTH = "see_health"  # how every camera and disk is; names cameras, shows none
    MANAGE_CAMERAS = "manage_cameras"
    MANAGE_MASKS = "manage_masks"
    OPEN_WORK_ORDER = "open_work_order"
    WORK_ON_FAULTS = "work_on_faults"
    CHECK_RECORDING = "check_recording"
    REPORT_FAULT = "report_fault"
    WRITE_INCIDENT_NOTE = "write_incident_note"
    SIGN_SURVEY = "sign_survey"
    SIGN_ACCEPTANCE = "sign_acceptance"
    SIGN_HANDOVER = "sign_handover"
    APPOINT_COMMISSION = "appoint_commission"
    APPROVE_EXEMPTION = "approve_exemption"

    SEE_REQUESTS = "see_requests"  # letters, requests, holds, applications with their papers; no picture
    REGISTER_LETTER = "register_letter"
    REGISTER_REQUEST = "register_request"
    ASSIGN_REQUEST = "assign_request"  # havale: whose work it is (D-6.13)
    REVIEW_REQUEST = "review_request"
    EXPORT_FOOTAGE = "export_footage"
    DELIVER_FOOTAGE = "deliver_footage"
    ASK_FOR_HOLD = "ask_for_hold"
    PLACE_HOLD = "place_hold"
    ISSUE_OLUR = "issue_olur"  # by reference: the clerk enters the paper's number and date, no page asks for it
    ISSUE_DOCUMENT = "issue_document"
    SIGN_RECORD = "sign_record"  # the chief's or the manager's signature (D-10.1e)

    PUBLISH = "publish"
    STOP_PUBLICATION = "stop_publication"
    DECIDE_PUBLICATION = "decide_publication"
    APPROVE_DESIGN = "approve_design"
    TEST_PUBLICATION = "test_publication"
    EDIT_PUBLIC_PAGE = "edit_public_page"
    GIVE_KVKK_STATEMENT = "give_kvkk_statement"

    SEE_REGISTERS = "see_registers"  # letters, requests, holds, records: read only
    SEE_REPORTS = "see_reports"
    APPROVE_KPI = "approve_kpi"
    READ_AUDIT = "read_audit"


class Paper(StrEnum):
    """What a right to see can stand on."""

    ASSIGNMENT = "assignment"  # görevlendirme yazısı: live pictures of posts
    OLUR = "olur"  # Başkanlık Oluru with a confidentiality agreement: what it says, live, recorded or both
    WORK_ORDER = "work_order"  # technical view while the order is open
    REQUEST = "request"  # an assigned footage request: its locked interval
    REVIEW = "review"  # the last six-monthly review of a shared account: live pictures of a fixed set


A = Action
_HEADS = frozenset({
    A.SEE_PEOPLE, A.SEE_ACCOUNTS, A.SEE_AUTHORITY, A.SEE_HEALTH, A.SEE_REGISTERS, A.SEE_REPORTS,
    A.ACTIVATE_GRANT, A.WITHDRAW_GRANT,  # second person beside who entered it; D-12.3b, §8.1
    A.REVIEW_SHARED_ACCOUNT,  # D-11.6
    A.RECORD_BREACH,  # D-11.4c; auditors find breaches, they record none
    A.OPEN_WORK_ORDER,  # D-5.22
    A.SIGN_RECORD,  # D-10.1e: either of the two is enough
    A.SEE_REQUESTS, A.ASSIGN_REQUEST,  # D-6.13
})  # fmt: skip

MAY: Mapping[Role, frozenset[Action]] = {
    # D-11.1a; live pictures come from the assignment
    Role.GUARD: frozenset({A.REPORT_FAULT, A.WRITE_INCIDENT_NOTE, A.ASK_FOR_HOLD}),
    # D-11.1a: Koruma ve Güvenlik posts its guards; D-4.3: signs surveys
    Role.GUARD_SUPERVISOR: frozenset({A.SEE_PEOPLE, A.SEE_AUTHORITY, A.ENTER_ASSIGNMENT, A.SIGN_SURVEY}),
    Role.AUTHORISED_VIEWER: frozenset({A.REPORT_FAULT}),  # D-11.2a, D-11.4: sees as granted, and nothing else
    # D-4.3, D-4.9, D-11.5b, D-11.5c
    Role.UNIT_SUPERVISOR: frozenset({
        A.APPLY_FOR_AUTHORITY, A.REPORT_DUTY_CHANGE, A.SIGN_SURVEY, A.SIGN_HANDOVER,
    }),
    # D-6.13, D-10.1, D-11.2a: papers come in through the clerk, who activates nothing
    Role.REGISTRY_CLERK: frozenset({
        A.SEE_PEOPLE, A.SEE_AUTHORITY, A.SEE_REGISTERS, A.REGISTER_LETTER, A.REGISTER_REQUEST, A.PLACE_HOLD,
        A.SEE_REQUESTS, A.ASSIGN_REQUEST,
        A.ENTER_GRANT, A.ENTER_RENEWAL, A.REPORT_DUTY_CHANGE, A.RECORD_AGREEMENT, A.ISSUE_DOCUMENT,
    }),
    # D-6.14, D-10.1, D-12.2
    Role.FOOTAGE_OFFICER: frozenset({
        A.SEE_REQUESTS, A.EXPORT_FOOTAGE, A.DELIVER_FOOTAGE, A.ASK_FOR_HOLD, A.ISSUE_DOCUMENT,
    }),
    Role.LEGAL_REVIEWER: frozenset({A.SEE_REGISTERS, A.SEE_REQUESTS, A.REVIEW_REQUEST}),  # D-10.1, A-04
    # D-4.1, D-5.5b, D-6, D-12.1, D-15
    Role.TECHNICIAN: frozenset({
        A.SEE_HEALTH, A.MANAGE_CAMERAS, A.MANAGE_MASKS, A.OPEN_WORK_ORDER, A.WORK_ON_FAULTS, A.REPORT_FAULT,
        A.CHECK_RECORDING, A.SIGN_SURVEY, A.MANAGE_TRAINING, A.ISSUE_DOCUMENT,
    }),
    Role.VMS_UNIT_HEAD: _HEADS,  # D-5, A-22
    Role.BRANCH_MANAGER: _HEADS | {A.APPROVE_EXEMPTION, A.APPOINT_COMMISSION},  # D-7.2, D-7.4
    Role.DEPARTMENT_HEAD: frozenset({A.SEE_REPORTS, A.APPROVE_KPI}),  # D-19.1
    Role.GENERAL_SECRETARY: frozenset({A.ISSUE_OLUR}),  # D-4.5, D-7.1, D-11.1-3
    Role.COMMISSION_MEMBER: frozenset({A.SIGN_ACCEPTANCE}),  # D-7.2
    Role.ASSET_RECEIVER: frozenset({A.SIGN_HANDOVER}),  # D-4.9
    Role.PUBLISHER: frozenset({A.PUBLISH, A.STOP_PUBLICATION, A.EDIT_PUBLIC_PAGE}),  # D-4.7, D-13.9
    Role.STRATEGY_UNIT: frozenset({A.DECIDE_PUBLICATION}),
    Role.BOARD_MEMBER: frozenset({A.DECIDE_PUBLICATION}),
    Role.PROJECT_ADVISER: frozenset({A.DECIDE_PUBLICATION}),
    Role.DESIGN_APPROVER: frozenset({A.APPROVE_DESIGN}),  # W-3.8, W-13.1
    Role.TEST_TEAM_MEMBER: frozenset({A.TEST_PUBLICATION}),
    Role.PANEL_USER: frozenset({A.EDIT_PUBLIC_PAGE}),
    Role.DATA_OWNER: frozenset({A.GIVE_KVKK_STATEMENT, A.STOP_PUBLICATION}),
    # C-1: reads everything, changes nothing
    Role.AUDITOR: frozenset({
        A.READ_AUDIT, A.SEE_REGISTERS, A.SEE_REQUESTS, A.SEE_REPORTS, A.SEE_PEOPLE, A.SEE_ACCOUNTS, A.SEE_AUTHORITY,
    }),
    # D-1.1, D-5.5a, D-6.15, D-12.3; activating is the technical act after the papers, by another person than the clerk
    Role.SYSADMIN: frozenset({
        A.SEE_PEOPLE, A.MANAGE_PEOPLE, A.SEE_ACCOUNTS, A.MANAGE_ACCOUNTS, A.SEE_AUTHORITY, A.ACTIVATE_GRANT,
        A.SEE_HEALTH, A.MANAGE_SETTINGS, A.MANAGE_BACKUPS,
    }),
    Role.SHARED_ACCOUNT: frozenset(),  # D-11.6
    Role.API_CLIENT: frozenset(),  # D-5.8
    Role.EXTERNAL_AUTHORITY: frozenset(),
    Role.PUBLIC: frozenset(),
}  # fmt: skip

# On which papers somebody of a role may be given a right to see. None is given by the role itself.
SEES_BY: Mapping[Role, frozenset[Paper]] = {role: frozenset({Paper.OLUR}) for role in Role} | {
    Role.GUARD: frozenset({Paper.ASSIGNMENT}),
    Role.GUARD_SUPERVISOR: frozenset({Paper.ASSIGNMENT}),  # "live only if assigned"
    Role.TECHNICIAN: frozenset({Paper.OLUR, Paper.WORK_ORDER}),
    Role.FOOTAGE_OFFICER: frozenset({Paper.OLUR, Paper.REQUEST}),
    Role.SHARED_ACCOUNT: frozenset({Paper.REVIEW}),
    **dict.fromkeys((Role.AUDITOR, Role.API_CLIENT, Role.EXTERNAL_AUTHORITY, Role.PUBLIC), frozenset[Paper]()),
}

# What a right on a paper may show at the most; what it does show stands in the paper itself.
SHOWS_LIVE = frozenset({Paper.ASSIGNMENT, Paper.OLUR, Paper.WORK_ORDER, Paper.REVIEW})
SHOWS_PAST = frozenset({Paper.OLUR, Paper.REQUEST})  # D-11.1a, A-25: no assignment opens the past, not even a minute

WITHOUT_ACCOUNT = frozenset({Role.EXTERNAL_AUTHORITY, Role.PUBLIC})
OF_KIND: Mapping[AccountKind, frozenset[Role]] = {
    AccountKind.PERSONAL: frozenset(Role) - WITHOUT_ACCOUNT - {Role.SHARED_ACCOUNT, Role.API_CLIENT},
    AccountKind.SHARED: frozenset({Role.SHARED_ACCOUNT}),
    AccountKind.SERVICE: frozenset({Role.SHARED_ACCOUNT, Role.API_CLIENT}),
}


def actions_of(roles: Iterable[Role]) -> frozenset[Action]:
    """What these roles together may do; nothing without a role."""
    return frozenset(action for role in roles for action in MAY[role])


def papers_of(roles: Iterable[Role]) -> frozenset[Paper]:
    """On which papers who holds these roles may be given a right to see; none as soon as one of them is the auditor."""
    held = frozenset(roles)
    if Role.AUDITOR in held:
        return frozenset()
    return frozenset(paper for role in held for paper in SEES_BY[role])


def roles_that_may(action: Action) -> tuple[Role, ...]:
    """Who may do it, for a refusal that says whom to ask."""
    return tuple(role for role in Role if action in MAY[role])
