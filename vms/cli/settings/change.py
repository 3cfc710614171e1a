"""What may be changed in the console, and what a change is called in the audit log."""

import copy
from collections.abc import Container, Iterable, Iterator, Mapping
from typing import Any

from pydantic import SecretStr

from vms.audit.entry import Actor, NewEntry, Subject
from vms.audit.rules import Act
from vms.cli.settings.catalogue import (
    MAIL_PASSWORD,
    MAIL_PASSWORD_FILE,
    WHERE_MAIL_GOES,
    Place,
    places,
    plain,
    value_at,
)
from vms.cli.settings.node import Settings
from vms.cli.settings.sources import Sources, says
from vms.kernel.errors import Kind, VmsError
from web.settings_desk import Change, SettingKind, Source, Value

MAX_REASON = 300
_TYPES: dict[SettingKind, type | tuple[type, ...]] = {
    SettingKind.SWITCH: bool, SettingKind.NUMBER: (int, float), SettingKind.CHOICES: list, SettingKind.LIST: list,
}  # fmt: skip


def wanted(sources: Sources, change: Change) -> tuple[dict[str, Any], list[Place]]:
    """The console's tables after the change, with the settings that differ from what they said before.

    VmsError: CONFLICT `settings_changed`; INVALID `setting_locked`, `setting_unknown`, `settings_invalid`,
    `decision_needed`.
    """
    if sources.version != change.version:
        raise VmsError(
            Kind.CONFLICT, "settings_changed",
            "Somebody else changed the settings meanwhile. Reload the page, then change them again.",
        )  # fmt: skip
    known = {place.key: place for place in places()}
    tables = copy.deepcopy(dict(sources.console))
    for key, value in change.values.items():
        place = known.get(key)
        if place is None:
            raise VmsError(Kind.INVALID, "setting_unknown", f"There is no setting {key}. Reload the page.", setting=key)
        _check_open(place, sources)
        _put(tables, place, _clean(place, value))
    changed = [place for key, place in known.items() if _said(tables, key) != _said(sources.console, key)]
    reason = change.reason.strip()
    if any(place.is_decided for place in changed) and not 0 < len(reason) <= MAX_REASON:
        raise VmsError(
            Kind.INVALID, "decision_needed",
            f"Say on whose decision, with its date or number, in at most {MAX_REASON} characters.",
        )  # fmt: skip
    return tables, changed


def check_password(
    was: Sources,
    now: Sources,
    changed: Iterable[Place],
    before: Settings | None,
    after: Settings,
    given: Container[str],
) -> None:
    """A kept password is sent nowhere else than before.

    `was`, `now`: what the places say before the change and after it, with `before` (None: they broke a rule), `after`;
    `given`: the settings that the change names. VmsError(INVALID): `password_needed` where the password can be typed
    again, `password_by_hand` where the file or a variable says it and nothing typed would be used.
    """
    if after.mail is None or (after.mail.password is None and after.mail.password_file is None):
        return
    goes = [
        place for place in changed if place.key in WHERE_MAIL_GOES
        and (before is None or value_at(before, place.key) != value_at(after, place.key))
    ]  # fmt: skip
    if not goes or all(was.source_of(key) is Source.DEFAULT for key in (MAIL_PASSWORD, MAIL_PASSWORD_FILE)):
        return
    if now.source_of(MAIL_PASSWORD) is not Source.CONSOLE:
        place = _password_place(now)
        raise VmsError(
            Kind.INVALID, "password_by_hand",
            f"The mail server's password comes from {place}: write where mail goes there too. Changed here, the "
            "password would be sent elsewhere than before.", setting=goes[0].key, place=place,
        )  # fmt: skip
    # Not what was asked for but what is kept of it: an empty text takes a password back, it does not give one.
    if MAIL_PASSWORD not in given or not _said(now.console, MAIL_PASSWORD):
        raise VmsError(
            Kind.INVALID, "password_needed",
            "Enter the mail server's password again: it would be sent elsewhere than before.", setting=MAIL_PASSWORD,
        )  # fmt: skip


def _password_place(now: Sources) -> str:
    """Where somebody finds the line that says a password which is not this page's."""
    key = next(one for one in (MAIL_PASSWORD, MAIL_PASSWORD_FILE) if now.source_of(one) is not Source.DEFAULT)
    return f"the variable {now.told[key]}" if key in now.told else f"{key} in {now.path.name}"


def entries_of(
    changed: Iterable[Place], before: Settings | None, after: Settings, reason: str, by: Actor
) -> Iterator[NewEntry]:  # fmt: skip
    """One entry for each setting: from what to what, on whose decision. `before` None: the files broke a rule."""
    for place in changed:
        detail = {"before": _told(place, before), "after": _told(place, after), "reason": reason.strip()}
        yield NewEntry(
            act=Act.SETTING_CHANGED, actor=by, subject=Subject("setting", place.key, place.key), detail=detail
        )


def _told(place: Place, settings: Settings | None) -> object:
    """A setting's value in the audit log; of a secret only whether there is one."""
    value = None if settings is None else value_at(settings, place.key)
    if place.kind is SettingKind.SECRET:
        return "set" if value is not None else "not set"
    assert not isinstance(value, SecretStr)
    return place.default if value is None else plain(value)


def _check_open(place: Place, sources: Sources) -> None:
    if place.is_editable and sources.source_of(place.key) not in {Source.FILE, Source.VARIABLE}:
        return
    raise VmsError(
        Kind.INVALID, "setting_locked",
        f"Setting {place.key} is not changed here: {sources.path.name} or a variable says it.", setting=place.key,
    )  # fmt: skip


def _clean(place: Place, value: Value) -> Value:
    """What is kept; None for what is taken back."""
    if value is None:
        return None
    fits = isinstance(value, _TYPES.get(place.kind, str))
    if not fits or (isinstance(value, bool) and place.kind is not SettingKind.SWITCH):
        raise _invalid(place, "has another form")
    if not isinstance(value, str):
        return value
    text = value.replace("\r\n", "\n").strip() if place.kind is not SettingKind.SECRET else value
    lines = text.split("\n") if place.kind is SettingKind.PROSE else [text]
    if not all(line.isprintable() for line in lines):
        raise _invalid(place, "holds characters that nobody can read")
    return text if text or place.is_required else None


def _put(tables: dict[str, Any], place: Place, value: Value) -> None:
    *sections, name = place.key.split(".")
    table = tables
    for section in sections:
        table = table.setdefault(section, {})
    if value is None:
        table.pop(name, None)
    else:
        table[name] = value
    for depth in range(len(sections), 0, -1):  # a section without anything in it would be set up, and incomplete
        above = tables
        for section in sections[: depth - 1]:
            above = above[section]
        if not above[sections[depth - 1]]:
            del above[sections[depth - 1]]


def _said(tables: Mapping[str, Any], key: str) -> Any:
    if not says(tables, key):
        return None
    found: Any = tables
    for word in key.split("."):
        found = found[word]
    return found


def _invalid(place: Place, what: str) -> VmsError:
    return VmsError(Kind.INVALID, "settings_invalid", f"Setting {place.key} {what}. Correct it.", setting=place.key)
