"""What a unit may be, what is known of a person."""

import re
import unicodedata
from enum import StrEnum

from vms.kernel.errors import Kind, VmsError
from vms.people.rules import MAX_DISPLAY_NAME_CHARACTERS

MAX_UNIT_NAME_CHARACTERS = 160
MAX_TITLE_CHARACTERS = 120
MAX_EMAIL_CHARACTERS = 254  # RFC 5321
MAX_PHONE_CHARACTERS = 32

_REGISTRY_NO = re.compile(r"[0-9A-ZÇĞİÖŞÜ][0-9A-ZÇĞİÖŞÜ./-]{0,19}")
_EMAIL = re.compile(r"[^\s@<>\"(),:;\\\[\]]{1,64}@[^\s@<>\"(),:;\\\[\]]+\.[^\s@<>\"(),:;\\\[\]]+")
_PHONE = re.compile(r"\+?[0-9][0-9 ()/-]{2,}")
_CAPITALS = str.maketrans({"i": "İ", "ı": "I"})


class UnitKind(StrEnum):
    """What a unit is, from the highest to the lowest (D-1.1, D-3.1)."""

    MUNICIPALITY = "municipality"  # Belediye/Kurum
    PRESIDENCY = "presidency"  # Başkanlık
    GENERAL_SECRETARIAT = "general_secretariat"  # Genel Sekreterlik
    DEPUTY_GENERAL_SECRETARIAT = "deputy_general_secretariat"
    DEPARTMENT = "department"  # Daire Başkanlığı
    BRANCH = "branch"  # Şube Müdürlüğü
    CHIEFTAINCY = "chieftaincy"  # Şeflik
    UNIT = "unit"  # Birim


_RANKS = {kind: rank for rank, kind in enumerate(UnitKind)}


class EmploymentKind(StrEnum):
    """How somebody works for the municipality (D-3.1f). All of them are its staff, contracted guards too."""

    CIVIL_SERVANT = "civil_servant"  # memur
    CONTRACT = "contract"  # sözleşmeli
    WORKER = "worker"  # işçi
    SUPPORT_SERVICE = "support_service"  # destek hizmeti: özel güvenlik


def check_place(kind: UnitKind, parent: UnitKind | None) -> None:
    """VmsError(INVALID) `unit_parent_missing`, `unit_parent_lower`: a unit stands under a higher one, a `unit` also
    under another; the municipality stands under nothing.
    """  # noqa: D205
    if (kind is UnitKind.MUNICIPALITY) != (parent is None):
        raise VmsError(
            Kind.INVALID, "unit_parent_missing",
            "Every unit stands under another; the municipality alone stands under none. Choose where it belongs.",
        )  # fmt: skip
    if parent is None or (kind is parent is UnitKind.UNIT):
        return
    if _RANKS[parent] >= _RANKS[kind]:
        raise VmsError(
            Kind.INVALID, "unit_parent_lower",
            "A unit stands under one of a higher kind. Correct its kind, or choose where it belongs.",
            unit_kind=kind, parent_kind=parent,
        )  # fmt: skip


def check_unit_name(name: str) -> str:
    """The name in one spelling (NFC, single blanks); VmsError(INVALID, `unit_name_invalid`)."""
    return _line(name, MAX_UNIT_NAME_CHARACTERS, "unit_name_invalid", "A unit's name")


def check_title(title: str) -> str:
    """A person's title (unvan), which may be empty; VmsError(INVALID, `title_invalid`)."""
    return "" if not title.strip() else _line(title, MAX_TITLE_CHARACTERS, "title_invalid", "A title")


def check_registry_no(number: str | None) -> str | None:
    """A registry number (sicil no) in capitals; None when there is none. VmsError(INVALID, `registry_no_invalid`)."""
    spelt = unicodedata.normalize("NFC", number or "").strip().translate(_CAPITALS).upper()
    if spelt and not _REGISTRY_NO.fullmatch(spelt):
        raise VmsError(
            Kind.INVALID, "registry_no_invalid",
            "A registry number has 1 to 20 letters and digits, with dot, hyphen or slash. Correct it.",
        )  # fmt: skip
    return spelt or None


def check_email(address: str) -> str:
    """An e-mail address, which may be empty; VmsError(INVALID, `email_invalid`)."""
    address = address.strip()
    if address and (len(address) > MAX_EMAIL_CHARACTERS or not address.isprintable() or not _EMAIL.fullmatch(address)):
        raise VmsError(Kind.INVALID, "email_invalid", "This is no e-mail address. Correct it, or leave it out.")
    return address


def check_phone(number: str) -> str:
    """A telephone number as it was written, which may be empty; VmsError(INVALID, `phone_invalid`)."""
    number = " ".join(number.split())
    if number and (len(number) > MAX_PHONE_CHARACTERS or not _PHONE.fullmatch(number)):
        raise VmsError(
            Kind.INVALID, "phone_invalid", "A telephone number has digits, blanks, brackets, hyphens. Correct it."
        )
    return number


def check_person_name(name: str) -> str:
    """The name in one spelling; VmsError(INVALID, `display_name_invalid`), the same as for an account."""
    return _line(name, MAX_DISPLAY_NAME_CHARACTERS, "display_name_invalid", "A person's name")


def _line(text: str, most: int, code: str, what: str) -> str:
    spelt = re.sub(" +", " ", unicodedata.normalize("NFC", text)).strip()
    if not 0 < len(spelt) <= most or not spelt.isprintable():
        raise VmsError(Kind.INVALID, code, f"{what} has 1 to {most} printable characters. Correct it.", maximum=most)
    return spelt
