"""What an account may be and be called, which password it may have, how long a session lasts."""

import re
import unicodedata
from enum import StrEnum
from uuid import UUID

from vms.kernel.clock import US_PER_SECOND
from vms.kernel.errors import Kind, VmsError

MIN_PASSWORD_CHARACTERS = 12
MAX_PASSWORD_CHARACTERS = 256  # more is no password: hashing it would only cost time
MIN_DIFFERENT_CHARACTERS = 5
MAX_REMEMBERED_PASSWORDS = 20
MAX_DISPLAY_NAME_CHARACTERS = 120
MAX_FAILED_SIGN_INS = 5
LOCK_US = 15 * 60 * US_PER_SECOND
IDLE_LIMIT_US = 12 * 3600 * US_PER_SECOND  # a guard's shift: the wall stays open while nobody clicks
ABSOLUTE_LIMIT_US = 24 * 3600 * US_PER_SECOND
TOUCH_INTERVAL_US = 60 * US_PER_SECOND
MAX_SESSIONS = 20  # of one account; the oldest ends when another begins

LANGUAGES = ("tr", "en")

_NAME = re.compile(r"[a-z0-9][a-z0-9._-]{0,63}")
_TURKISH_I = str.maketrans({"İ": "i", "ı": "i"})


class Role(StrEnum):
    """What somebody does with the system (§7). None of them shows a picture by itself (D-11.1b); see `roles.py`."""

    GUARD = "guard"  # güvenlik görevlisi
    GUARD_SUPERVISOR = "guard_supervisor"  # Koruma ve Güvenlik
    AUTHORISED_VIEWER = "authorised_viewer"  # Olur ile yetkili izleyici
    UNIT_SUPERVISOR = "unit_supervisor"  # talep eden birimin amiri
    REGISTRY_CLERK = "registry_clerk"  # birim yazışması
    FOOTAGE_OFFICER = "footage_officer"  # görüntü sorumlusu
    LEGAL_REVIEWER = "legal_reviewer"  # hukuk incelemesi
    TECHNICIAN = "technician"
    VMS_UNIT_HEAD = "vms_unit_head"  # şef
    BRANCH_MANAGER = "branch_manager"  # şube müdürü
    DEPARTMENT_HEAD = "department_head"  # daire başkanı
    GENERAL_SECRETARY = "general_secretary"
    COMMISSION_MEMBER = "commission_member"  # kabul komisyonu
    ASSET_RECEIVER = "asset_receiver"  # demirbaş teslim alan
    PUBLISHER = "publisher"  # yayın sorumlusu
    STRATEGY_UNIT = "strategy_unit"
    BOARD_MEMBER = "board_member"  # Onay Kurulu
    PROJECT_ADVISER = "project_adviser"
    DESIGN_APPROVER = "design_approver"
    TEST_TEAM_MEMBER = "test_team_member"
    PANEL_USER = "panel_user"
    DATA_OWNER = "data_owner"  # veri sahibi
    AUDITOR = "auditor"  # reads the audit log, and never gets a right to see a camera
    SYSADMIN = "sysadmin"  # sistem yöneticisi
    SHARED_ACCOUNT = "shared_account"  # the wall of a control room
    API_CLIENT = "api_client"  # mobile application, kiosk, website
    EXTERNAL_AUTHORITY = "external_authority"  # mülki amir, savcılık, kolluk, mahkeme: no account
    PUBLIC = "public"  # citizens, tourists: no account


class AccountKind(StrEnum):
    """Whose an account is."""

    PERSONAL = "personal"
    SHARED = "shared"  # kişiye bağlı olmayan hesap (D-11.6)
    SERVICE = "service"  # a program


def refuse_own(own_id: UUID | None, account_id: UUID) -> None:
    """VmsError(FORBIDDEN, `own_account`) for who would give themselves a role or close their own account.

    So there is always somebody left who can open the others again.
    """
    if own_id is not None and own_id == account_id:
        raise VmsError(
            Kind.FORBIDDEN, "own_account", "Nobody decides about their own account. Ask another administrator."
        )


def account_key(name: str) -> str | None:
    """The spelling under which an account is stored; None when no account can be called so.

    Case does not count, nor which i a Turkish keyboard gave.
    """
    key = name.strip().translate(_TURKISH_I).lower()
    return key if _NAME.fullmatch(key) else None


def check_account_name(name: str) -> str:
    """The stored spelling of `name`; VmsError(INVALID, `account_name_invalid`)."""
    key = account_key(name)
    if key is None:
        raise VmsError(
            Kind.INVALID,
            "account_name_invalid",
            "An account's name has 1 to 64 of the characters a-z, 0-9, dot, hyphen and underscore. Correct it.",
        )
    return key


def check_display_name(name: str) -> str:
    """`name` without blanks around it; VmsError(INVALID, `display_name_invalid`)."""
    name = name.strip()
    if not 0 < len(name) <= MAX_DISPLAY_NAME_CHARACTERS or not name.isprintable():
        raise VmsError(
            Kind.INVALID,
            "display_name_invalid",
            f"A person's name has 1 to {MAX_DISPLAY_NAME_CHARACTERS} printable characters. Correct it.",
        )
    return name


def check_language(language: str) -> str:
    """`language` when the console speaks it; VmsError(INVALID, `language_unknown`)."""
    if language not in LANGUAGES:
        raise VmsError(Kind.INVALID, "language_unknown", "The console speaks tr and en. Choose one of them.")
    return language


def normalised(password: str) -> str:
    """One spelling of a password, whichever way a keyboard composed its letters (NFC)."""
    return unicodedata.normalize("NFC", password)


def check_password(name: str, password: str) -> str:
    """`password` when it may protect account `name`; VmsError(INVALID, `password_weak`) never repeats it."""
    spelt = normalised(password)
    if (
        not MIN_PASSWORD_CHARACTERS <= len(spelt) <= MAX_PASSWORD_CHARACTERS
        or len(set(spelt)) < MIN_DIFFERENT_CHARACTERS
        or account_key(spelt) == account_key(name)
    ):
        raise VmsError(
            Kind.INVALID,
            "password_weak",
            f"A password has {MIN_PASSWORD_CHARACTERS} to {MAX_PASSWORD_CHARACTERS} characters, at least"
            f" {MIN_DIFFERENT_CHARACTERS} different ones, and is not the account's name. Choose another.",
            minimum=MIN_PASSWORD_CHARACTERS,
        )
    return password
